import { Button, SegmentedControl, Select } from '@mantine/core';
import { useState } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import type { Answer } from '../../api/contract.ts';
import { may, useSession } from '../../api/session.ts';
import { href, useFilters } from '../../shell/address.ts';
import { plural, useFormat } from '../../ui/format.ts';
import { A, Badge, Card, EmptyState, ErrorNote, Page, PageTitle, Row, SkeletonRows, Stack, toast } from '../../ui/index.tsx';
import css from './readings.module.css';

type Readings = Answer<'GET /v1/readings'>;
type Reading = Readings['items'][number];
type Kind = 'title' | 'industry';

const choices = (of: readonly { code: string; label: string }[]) => of.map(({ code, label }) => ({ value: code, label }));

/** What positions and businesses mean here: those nobody could read first, by how many have them. Said once, everybody follows. */
export default function ReadingsPage() {
  const [filters, set] = useFilters();
  const kind: Kind = filters['kind'] === 'industry' ? 'industry' : 'title';
  const which = filters['which'] === 'said' || filters['which'] === 'all' ? filters['which'] : 'unread';
  const answer = useApi('GET /v1/readings', { query: { kind, which, limit: 200 } });
  const canAct = may(useSession(), ['marketing']);
  return (
    <Page>
      <PageTitle title="Positions and businesses" question="What do people call themselves, and what does it mean here?" />
      <Stack>
        <Row>
          <SegmentedControl
            size="xs"
            aria-label="Of what"
            data={[
              { value: 'title', label: 'Positions' },
              { value: 'industry', label: 'Businesses' },
            ]}
            value={kind}
            onChange={(value) => set({ kind: value === 'title' ? undefined : value })}
          />
          <SegmentedControl
            size="xs"
            aria-label="Which"
            data={[
              { value: 'unread', label: 'Not understood' },
              { value: 'said', label: 'Said by us' },
              { value: 'all', label: 'All' },
            ]}
            value={which}
            onChange={(value) => set({ which: value === 'unread' ? undefined : value })}
          />
        </Row>
        <ErrorNote error={answer.error} retry={() => void answer.refetch()} />
        {!answer.data ? (
          !answer.error && <SkeletonRows rows={8} />
        ) : answer.data.items.length === 0 ? (
          <EmptyState title={which === 'unread' ? 'All understood' : 'None'}>
            {which === 'unread'
              ? `Every ${kind === 'title' ? 'position' : 'business'} anybody has here is read as ${kind === 'title' ? 'a rank and what they do' : 'a sector'}.`
              : which === 'said'
                ? 'Nobody has said yet what something means; the rules read everything.'
                : 'Nobody here has said anything of it.'}
          </EmptyState>
        ) : (
          <Card>
            <div className={css.heads} aria-hidden>
              <span>{kind === 'title' ? 'Position, as written' : 'Business, as written'}</span>
              <span>{kind === 'title' ? 'Rank' : 'Sector'}</span>
              {kind === 'title' && <span>What they do</span>}
            </div>
            <ul className={css.list}>
              {answer.data.items.map((one) => (
                <OneReading key={`${one.said} ${one.saidAt}`} one={one} kind={kind} of={answer.data} canAct={canAct} />
              ))}
            </ul>
          </Card>
        )}
      </Stack>
    </Page>
  );
}

function OneReading({ one, kind, of, canAct }: { one: Reading; kind: Kind; of: Readings; canAct: boolean }) {
  const format = useFormat();
  const [level, setLevel] = useState<string | null>(one.level);
  const [does, setDoes] = useState<string | null>(one.function);
  const [sector, setSector] = useState<string | null>(one.sector);
  const undo = useSend('POST /v1/readings/undo', { stale: ['/v1/readings', '/v1/segments'] });
  const say = useSend('POST /v1/readings', {
    stale: ['/v1/readings', '/v1/segments'],
    done: () => toast({ message: `“${one.said}”: ${format.number(one.count)} follow.`, undo: () => undo.mutate({ body: { kind, said: one.said } }) }),
  });
  const words = [one.words.level, one.words.function, one.words.sector].filter(Boolean);
  const where =
    kind === 'title'
      ? href('/people', { where: JSON.stringify({ field: 'title', op: 'equals', value: one.said }) })
      : href('/organizations', { where: JSON.stringify({ field: 'industry', op: 'equals', value: one.said }) });
  const isChanged = kind === 'title' ? level !== one.level || does !== one.function : sector !== one.sector;
  const why = one.saidBy !== null || one.saidAt !== null ? <Badge tone="sale">said by {one.saidBy ?? 'the house'}</Badge> : words.length > 0 ? <span className="dim">by “{[...new Set(words)].join('”, “')}”</span> : <span className="dim">no word known</span>;
  return (
    <li>
      <span className={css.said}>
        <b>{one.said}</b>
        <span>
          <A to={where}>
            {format.number(one.count)} {kind === 'title' ? plural(one.count, 'person', 'people') : plural(one.count, 'company', 'companies')}
          </A>{' '}
          · {why}
        </span>
      </span>
      {kind === 'title' ? (
        <>
          <Select aria-label={`Rank of ${one.said}`} size="xs" data={choices(of.levels)} value={level} onChange={setLevel} disabled={!canAct} allowDeselect={false} />
          <Select aria-label={`What ${one.said} does`} size="xs" searchable data={choices(of.functions)} value={does} onChange={setDoes} disabled={!canAct} allowDeselect={false} />
        </>
      ) : (
        <Select
          className={css.wide}
          aria-label={`Sector of ${one.said}`}
          size="xs"
          searchable
          placeholder="Not known"
          data={of.sectors.map(({ code, label }) => ({ value: code, label: `${code} ${label}` }))}
          value={sector}
          onChange={setSector}
          disabled={!canAct}
        />
      )}
      {canAct && (one.saidAt !== null || isChanged) && (
        <div className={css.acts}>
          {one.saidAt !== null && (
            <Button size="xs" variant="subtle" loading={undo.isPending} onClick={() => undo.mutate({ body: { kind, said: one.said } })}>
              Undo
            </Button>
          )}
          {isChanged && (
            <Button
              size="xs"
              loading={say.isPending}
              onClick={() =>
                say.mutate({
                  body: kind === 'title' ? { kind, said: one.said, level: level as 'chief', function: does as 'sales' } : { kind, said: one.said, sector: sector as '31' },
                })
              }
            >
              Save
            </Button>
          )}
        </div>
      )}
      <ErrorNote error={say.error ?? undo.error} />
    </li>
  );
}
