import { Button } from '@mantine/core';
import { useState } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import { may, useSession } from '../../api/session.ts';
import { useFilters, useParam } from '../../shell/address.ts';
import { useKeys } from '../../shell/keys.ts';
import { plural, useFormat } from '../../ui/format.ts';
import { Badge, Card, Chip, EmptyState, ErrorNote, Kbd, PageTitle, RecordPage, Row, SkeletonRows, Stack, Tabs, toast } from '../../ui/index.tsx';
import { CallProgress } from './CallProgress.tsx';
import { CallTurn } from './CallTurn.tsx';
import type { Turn } from './calling-words.ts';

/** One calling list: the one to call now, with the script beside; or how far the list is. */
export default function CallPage() {
  const id = useParam('id');
  const session = useSession();
  const [filters] = useFilters();
  const answer = useApi('GET /v1/calling/lists/:id', { params: { id } }, { live: ['calling'] });
  const page = answer.data;
  const calls = may(session, ['rep', 'sales_manager', 'marketing']);
  const part = filters['part'] ?? (calls ? 'call' : 'progress');
  const back = { to: '/calling', label: 'All lists' };
  if (!page) return <RecordPage back={back} waiting={answer} />;
  const { list } = page;
  return (
    <RecordPage back={back}>
      <PageTitle
        title={
          <>
            {list.name} {list.closedAt && <Badge tone="quiet">Closed</Badge>}
          </>
        }
        question={`${list.chosenWords}. ${list.left} of ${list.leads} left, from ${list.fromHour} to ${list.untilHour} o’clock where they are.`}
        side={may(session, ['marketing', 'sales_manager']) && <Manage id={id} closed={list.closedAt !== null} />}
      />
      <Tabs
        label="This list"
        tabs={[...(calls ? [{ to: `/calling/${id}`, label: 'Call' }] : []), { to: `/calling/${id}?part=progress`, label: 'How far it is' }]}
      />
      {part === 'progress' ? (
        <CallProgress page={page} />
      ) : list.closedAt ? (
        <EmptyState title="This list is closed">Open it again to call on.</EmptyState>
      ) : (
        <Calling id={id} script={page.script} />
      )}
    </RecordPage>
  );
}

function Manage({ id, closed }: { id: string; closed: boolean }) {
  const stale = ['/v1/calling'];
  const change = useSend('PATCH /v1/calling/lists/:id', { stale });
  const fill = useSend('POST /v1/calling/lists/:id/fill', {
    stale,
    done: ({ added, leftOut }) =>
      toast({
        message: `${added} added${leftOut > 0 ? `, ${leftOut} left out: they may not be called or have no number` : ''}.`,
        tone: 'good',
      }),
  });
  return (
    <Row>
      <ErrorNote error={change.error ?? fill.error} />
      {!closed && (
        <Button variant="default" loading={fill.isPending} onClick={() => fill.mutate({ params: { id } })}>
          Add new leads
        </Button>
      )}
      <Button variant="default" loading={change.isPending} onClick={() => change.mutate({ params: { id }, body: { closed: !closed } })}>
        {closed ? 'Open again' : 'Close the list'}
      </Button>
    </Row>
  );
}

function Calling({ id, script }: { id: string; script: Parameters<typeof CallTurn>[0]['script'] }) {
  const format = useFormat();
  const [turn, setTurn] = useState<Turn>();
  const next = useSend('POST /v1/calling/lists/:id/next', { done: setTurn });
  // The one just called is gone from the screen at once: a key pressed meanwhile must not mean them.
  const take = () => {
    setTurn(undefined);
    next.mutate({ params: { id } });
  };
  const release = useSend('POST /v1/calling/lists/:id/release', { done: () => setTurn(undefined) });
  useKeys(turn?.lead || next.isPending ? [] : [{ key: 'Enter', label: 'Take the next one', group: 'Calling', run: take }]);
  if (turn?.lead)
    return (
      <Stack>
        <ErrorNote error={release.error ?? next.error} />
        <CallTurn
          key={turn.lead.leadId + turn.lead.leasedUntil}
          listId={id}
          lead={turn.lead}
          script={script}
          done={take}
          giveBack={() => release.mutate({ params: { id }, body: { leadId: turn.lead!.leadId } })}
        />
      </Stack>
    );
  if (next.isPending) return <SkeletonRows rows={5} />;
  const empty = turn !== undefined;
  return (
    <Card>
      <Stack>
        <p data-prose>
          {!empty
            ? 'You get one at a time: whoever agreed to be called back first, then who is likelier to be reached at this hour of theirs. Nobody else gets the same one for a quarter of an hour.'
            : turn.waiting === 0
              ? 'Everybody on this list has been called. Well done.'
              : `Nobody is to be called now. ${format.number(turn.waiting)} ${plural(turn.waiting, 'waits', 'wait')}: ${[turn.asleep > 0 && `${format.number(turn.asleep)} outside their hours`, turn.nextAt && `the next is due ${format.dateTime(turn.nextAt)}`, 'or a colleague has them at hand'].filter(Boolean).join(', ')}.`}
        </p>
        <ErrorNote error={next.error} />
        <Row>
          <Button onClick={take} loading={next.isPending} rightSection={<Kbd>⏎</Kbd>}>
            {empty ? 'Look again' : 'Start calling'}
          </Button>
          {empty && <Chip onClick={() => setTurn(undefined)}>Back</Chip>}
        </Row>
      </Stack>
    </Card>
  );
}
