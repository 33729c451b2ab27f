import { Drawer, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { Item } from '../../api/contract.ts';
import { usePages, useSend } from '../../api/hooks.ts';
import { A, Badge, Chip, EmptyState, ErrorNote, SkeletonRows, Stack, When } from '../../ui/index.tsx';
import { useFormat } from '../../ui/format.ts';
import { useIsPhone } from '../../ui/screen-size.ts';
import css from './exchange.module.css';
import type { Webhook } from './WebhookPanel.tsx';

type Delivery = Item<'GET /v1/webhooks/:id/deliveries'>;
const looks = { waiting: { label: 'Waiting', tone: 'quiet' }, delivered: { label: 'Delivered', tone: 'sale' }, failed: { label: 'Given up', tone: 'hot' } } as const;
const states = [{ value: 'all', label: 'All' }, ...Object.entries(looks).map(([value, { label }]) => ({ value, label }))];

/** What one webhook was sent, the latest first, with what came back. */
export function Deliveries({ hook, close }: { hook: Webhook | undefined; close: () => void }) {
  const isPhone = useIsPhone();
  return (
    <Drawer opened={hook !== undefined} onClose={close} position="right" size={isPhone ? '100%' : 620} title={hook && `What “${hook.name}” was sent`} closeButtonProps={{ 'aria-label': 'Close' }} data-overlay-open={hook ? true : undefined}>
      {hook && <List id={hook.id} />}
    </Drawer>
  );
}

function List({ id }: { id: string }) {
  const [state, setState] = useState('all');
  const pages = usePages('GET /v1/webhooks/:id/deliveries', { params: { id }, query: { state: state === 'all' ? undefined : state } }, { live: ['webhook', 'webhook-sent'], limit: 50 });
  return (
    <Stack gap={12}>
      <SegmentedControl aria-label="Which" data={states} value={state} onChange={setState} fullWidth />
      <ErrorNote error={pages.error} retry={pages.refetch} />
      {pages.isLoading ? (
        <SkeletonRows rows={4} />
      ) : pages.rows.length === 0 ? (
        !pages.error && <EmptyState title="Nothing here">{state === 'all' ? 'As soon as something happens, or you send a test, it is listed here for 30 days.' : 'No message is in this state.'}</EmptyState>
      ) : (
        <ul className={css.list}>
          {pages.rows.map((one) => (
            <Line key={one.id} one={one} />
          ))}
        </ul>
      )}
      {pages.hasMore && (
        <div>
          <Chip onClick={pages.more} disabled={pages.isFetching}>
            Earlier ones
          </Chip>
        </div>
      )}
    </Stack>
  );
}

function Line({ one }: { one: Delivery }) {
  const format = useFormat();
  const again = useSend('POST /v1/webhook-deliveries/:id/resend', { stale: ['/v1/webhooks'] });
  const came = one.answeredAt === null ? null : one.status === null ? one.answer : `Answered ${one.status} in ${one.milliseconds} ms${one.answer ? `: ${one.answer}` : ''}`;
  return (
    <li>
      <div className={css.head}>
        <b className="strong">{one.event}</b>
        <Badge tone={looks[one.state].tone}>{looks[one.state].label}</Badge>
        <span className="dim">
          <When at={one.at} />
        </span>
        {one.leadId && <A to={`/leads/${one.leadId}`}>the lead</A>}
        <Chip onClick={() => again.mutate({ params: { id: one.id } })} disabled={again.isPending} aria-label={`Send again: ${one.event} of ${format.dateTime(one.at)}`}>
          Send again
        </Chip>
      </div>
      {came && <p className={css.answer}>{came}</p>}
      {one.state === 'waiting' && one.attempts > 0 && (
        <p className="dim">
          tried {one.attempts === 1 ? 'once' : `${one.attempts} times`}, the next time {format.when(one.dueAt)}
        </p>
      )}
      <ErrorNote error={again.error} />
    </li>
  );
}
