import { Button, Switch, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import { may, useSession } from '../../api/session.ts';
import { A, Badge, Card, ErrorNote, Row, Stack, When, toast } from '../../ui/index.tsx';
import { useFormat } from '../../ui/format.ts';

const rule =
  'Of the leads offered in the last 90 days, up to a quarter may be passed on for silence without any effect. Beyond that each further percent takes 0.8 percent off the share of turns; at least 40% always stays. Fewer than eight leads are not judged. It rises again by itself as leads are answered.';
const inPercent = (part: number): string => `${Math.round(part * 100)}%`;

/** The part of its share a partner has, why, and what can be done about it: by itself and by its manager. */
export function ShareCut({ holderId }: { holderId: string }) {
  const session = useSession();
  const format = useFormat();
  const isOwn = session.user.holderId === holderId;
  const canLift = may(session, ['sales_manager']);
  const cuts = useApi('GET /v1/share-cuts', undefined, { live: ['holder', 'setting'] });
  const [until, setUntil] = useState('');
  const [note, setNote] = useState('');
  const stale = ['/v1/share-cuts', '/v1/holders'];
  const lift = useSend('POST /v1/holders/:id/share-cut/lift', { stale, done: () => toast({ message: 'From the next lead on.', tone: 'good' }) });
  const contest = useSend('POST /v1/holders/:id/share-cut/contest', { stale, done: () => toast({ message: 'Your sales managers were told.', tone: 'good' }) });
  const cut = cuts.data?.items.find((one) => one.holderId === holderId);
  if (!cuts.data || !cut || cut.part === 1) return null;
  const isLifted = cut.liftedUntil !== null && cut.partToday === 1 && cuts.data.on;
  const send = (event: FormEvent) => {
    event.preventDefault();
    contest.mutate({ params: { id: holderId }, body: { note } }, { onSuccess: () => setNote('') });
  };
  return (
    <div style={{ marginBottom: 14 }}>
      <Card title="Share of turns" id="share" side={cuts.data.on ? <Badge tone={isLifted ? 'sale' : 'hot'}>{inPercent(cut.partToday)} of its share</Badge> : <Badge tone="quiet">cuts are off</Badge>}>
        <Stack gap={10}>
          <p>
            {cut.silent} of {cut.offered} leads in 90 days were passed on because they were not answered or followed up in time, which leaves <b className="strong">{inPercent(cut.part)}</b> of the share
            {isLifted ? `. The cut is lifted until ${format.date(cut.liftedUntil)}.` : cuts.data.on ? '.' : ' once cuts are switched on.'} The leads are below, under “Passed on for silence”.
          </p>
          <p className="dim">{rule}</p>
          {cut.contestedAt && (
            <p>
              Contested <When at={cut.contestedAt} />: “{cut.contestNote}”
            </p>
          )}
          <ErrorNote error={lift.error ?? contest.error} />
          {isOwn && (
            <form onSubmit={send}>
              <Stack gap={8}>
                <Textarea label="Is this not right? Say why" autosize minRows={2} maxLength={2000} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
                <Row end>
                  <Button type="submit" variant="default" disabled={!note.trim()} loading={contest.isPending}>
                    Contest
                  </Button>
                </Row>
              </Stack>
            </form>
          )}
          {canLift && (
            <Row end>
              <TextInput type="date" aria-label="Lift the cut until" value={until} onChange={(event) => setUntil(event.currentTarget.value)} />
              <Button variant="default" disabled={!until} loading={lift.isPending} onClick={() => lift.mutate({ params: { id: holderId }, body: { untilOn: until } })}>
                Lift until then
              </Button>
              {cut.liftedUntil && (
                <Button variant="subtle" loading={lift.isPending} onClick={() => lift.mutate({ params: { id: holderId }, body: { untilOn: null } })}>
                  Put in force
                </Button>
              )}
            </Row>
          )}
        </Stack>
      </Card>
    </div>
  );
}

/** Whether silence lowers shares at all, and whose it does. */
export function ShareCuts({ period }: { period: string }) {
  const canSet = may(useSession(), ['sales_manager']);
  const cuts = useApi('GET /v1/share-cuts', undefined, { live: ['holder', 'setting'] });
  const save = useSend('PUT /v1/settings/share-cuts', { stale: ['/v1/share-cuts', '/v1/settings/share-cuts', '/v1/holders'] });
  if (!cuts.data) return null;
  return (
    <div style={{ marginTop: 14 }}>
      <Card title="Silence and shares" id="cuts">
        <Stack gap={10}>
          <Switch label="Who is silent again and again is given less" checked={cuts.data.on} disabled={!canSet || save.isPending} onChange={(event) => save.mutate({ body: { on: event.currentTarget.checked } })} />
          <p className="dim">{rule} Partners see their own and may contest it; you can lift it until a day.</p>
          <ErrorNote error={save.error} />
          {cuts.data.items.map((cut) => (
            <Row key={cut.holderId} between>
              <span>
                <A to={`/scorecards/${cut.holderId}${period}`}>{cut.holderName}</A>{' '}
                <span className="dim">
                  {cut.silent} of {cut.offered} passed on
                </span>{' '}
                {cut.contestedAt && <Badge tone="warm">contested</Badge>}
              </span>
              <span>{cut.liftedUntil && cut.partToday === 1 ? 'lifted' : inPercent(cut.part)}</span>
            </Row>
          ))}
        </Stack>
      </Card>
    </div>
  );
}
