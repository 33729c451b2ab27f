import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import type { Answer } from '../../api/contract.ts';
import { useFilters, useGo } from '../../shell/address.ts';
import { plural, useFormat } from '../../ui/format.ts';
import { A, Back, Card, DataTable, EmptyState, ErrorNote, Note, Page, PageTitle, Row, SkeletonRows, Split, Stack } from '../../ui/index.tsx';
import css from './balance.module.css';

type Proposal = Answer<'GET /v1/even-out'>;
type Kind = Proposal['whom']['kind'];

/** Which untouched leads go from whom to whom, so that all of a team or territory have as many for their share: seen first, then done, and undone exactly. */
export default function EvenOut() {
  const [{ kind, id }, setFilters] = useFilters();
  const teams = useApi('GET /v1/teams', undefined, { live: ['holder'] }).data?.items ?? [];
  const territories = useApi('GET /v1/territories', undefined, { live: ['territory', 'holder'] }).data?.items ?? [];
  const several = ({ holders }: { holders: unknown[] }) => holders.length > 1;
  const choices = [
    { group: 'Teams', items: teams.filter(several).map((one) => ({ value: `team.${one.id}`, label: one.name })) },
    { group: 'Territories', items: territories.filter(several).map((one) => ({ value: `territory.${one.id}`, label: one.name })) },
  ].filter(({ items }) => items.length > 0);
  const picked = kind && id ? `${kind}.${id}` : null;
  return (
    <Page>
      <Back to="/holders">Reps & partners</Back>
      <PageTitle title="Even out" question="Who has too many open leads, and who could have some of them?" side={<A to="/lead-changes">What was changed before</A>} />
      <Stack>
        <Select
          label="Team or territory"
          placeholder="Choose one"
          searchable
          maw={360}
          data={choices}
          value={picked}
          onChange={(value) => setFilters({ kind: value?.split('.')[0], id: value?.split('.')[1] })}
        />
        {picked ? (
          <Shown key={picked} kind={kind as Kind} id={id!} />
        ) : (
          <Card>
            <EmptyState title="Among whom?">Choose a team or a territory with several holders. It is shown here first which leads would go from whom to whom; nothing is changed until you say so.</EmptyState>
          </Card>
        )}
      </Stack>
    </Page>
  );
}

function Shown({ kind, id }: { kind: Kind; id: string }) {
  const format = useFormat();
  const go = useGo();
  const [note, setNote] = useState('');
  const answer = useApi('GET /v1/even-out', { query: { kind, id } }, { live: ['lead', 'holder', 'territory'] });
  const send = useSend('POST /v1/even-out', { stale: ['/v1/lead-changes', '/v1/leads', '/v1/holders', '/v1/queue', '/v1/even-out'], done: (made) => go(`/lead-changes/${made.id}`) });
  if (!answer.data) return answer.error ? <ErrorNote error={answer.error} retry={() => void answer.refetch()} /> : <SkeletonRows rows={5} />;
  const { whom, mark, isCut, holders, moves, staying } = answer.data;
  const longest = Math.max(1, ...holders.flatMap((one) => [one.before, one.after]));
  return (
    <Split>
      <Stack>
        <Card title="Open leads: above now, below after">
          <ul className={css.bars}>
            {holders.map((one) => (
              <li key={one.id}>
                <A to={`/holders/${one.id}`}>{one.name}</A>
                <span className={css.track} aria-hidden>
                  <i style={{ width: `${(one.before / longest) * 100}%`, bottom: 8, background: 'var(--ink-2)', opacity: 0.45 }} />
                  <i style={{ width: `${(one.after / longest) * 100}%`, top: 8, background: 'var(--cold-fill)' }} />
                </span>
                <span className="num">
                  {format.number(one.before)} → <strong>{format.number(one.after)}</strong>
                  <span className="dim">{one.takesNone ? `, ${one.takesNone}` : one.weight === 1 ? '' : `, share ${format.number(one.weight)}`}</span>
                </span>
              </li>
            ))}
          </ul>
        </Card>
        <Card title="What would go" flush>
          {moves.length === 0 ? (
            <EmptyState title="Nothing would go">What nobody has begun with is as even as it can be among those who may have it.</EmptyState>
          ) : (
            <DataTable
              caption="Leads that would go, from whom to whom"
              rows={moves}
              rowKey={(one) => one.leadId}
              columns={[
                { key: 'lead', label: 'Lead', render: (one) => one.label, to: (one) => `/leads/${one.leadId}`, sort: (one) => one.label },
                { key: 'from', label: 'From', render: (one) => one.from, sort: (one) => one.from },
                { key: 'to', label: 'To', render: (one) => one.to, sort: (one) => one.to },
              ]}
            />
          )}
        </Card>
      </Stack>
      <Card title="Do it" quiet>
        <Stack gap={12}>
          <TextInput label="Note for the new holders" placeholder={`evened out among ${whom.name}`} maxLength={500} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
          <ErrorNote error={send.error} />
          <Row end>
            <Button disabled={moves.length === 0} loading={send.isPending} onClick={() => send.mutate({ body: { kind, id, mark, note: note.trim() || null } }, { onError: () => void answer.refetch() })}>
              {moves.length === 0 ? 'Even out' : `Move ${format.number(moves.length)} ${plural(moves.length, 'lead')}`}
            </Button>
          </Row>
          {isCut && <Note tone="warn">These are the most that go at once. Do them, and look again.</Note>}
          <p className="dim">It works in the background, and can be undone exactly for what nobody changed since.</p>
          {staying.length > 0 && (
            <>
              <p className="strong">What stays where it is</p>
              <ul className="dim">
                {staying.map((one) => (
                  <li key={one.why}>
                    {format.number(one.count)} {one.why}
                  </li>
                ))}
              </ul>
            </>
          )}
        </Stack>
      </Card>
    </Split>
  );
}
