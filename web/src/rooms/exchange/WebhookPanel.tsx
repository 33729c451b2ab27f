import { useState } from 'react';
import type { Item } from '../../api/contract.ts';
import { useApi, useSend } from '../../api/hooks.ts';
import { Badge, Card, Chip, ConfirmButton, CopyField, DataTable, EmptyState, ErrorNote, Note, Row, SkeletonRows, Stack, TwoLines, When, toast } from '../../ui/index.tsx';
import { useFormat } from '../../ui/format.ts';
import { Deliveries } from './Deliveries.tsx';
import { WebhookForm } from './WebhookForm.tsx';

export type Webhook = Item<'GET /v1/webhooks'>;
const stale = ['/v1/webhooks'];

/** What is called, how it fares, and what is to be done about it. */
export function WebhookPanel({ whose }: { whose: 'company' | 'partner' }) {
  const answer = useApi('GET /v1/webhooks', undefined, { live: ['webhook', 'webhook-sent'] });
  const partners = useApi('GET /v1/holders', { query: { kind: 'partner' } }, { enabled: whose === 'company' });
  const [shown, setShown] = useState<{ name: string; secret: string }>();
  const [form, setForm] = useState<Webhook | 'new'>();
  const [sent, setSent] = useState<string>();
  const items = answer.data?.items ?? [];
  const nameOf = (holderId: string | null) => (holderId === null ? 'All leads' : (partners.data?.items.find(({ id }) => id === holderId)?.name ?? 'A partner'));
  const looked = items.find(({ id }) => id === sent);
  const table = (
    <Card title="Webhooks" flush side={items.length > 0 && form === undefined && <Chip onClick={() => setForm('new')}>New webhook</Chip>}>
      {answer.isLoading ? (
        <SkeletonRows rows={2} />
      ) : items.length === 0 ? (
        !answer.error && (
          <EmptyState title="No system is told yet" actions={form === undefined && <Chip onClick={() => setForm('new')}>New webhook</Chip>}>
            {whose === 'company'
              ? 'Give the address of a system, and Baton calls it within seconds whenever something happens to a lead.'
              : 'Give an address of your system, and Baton calls it within seconds whenever something happens to a lead of yours. Signed, so that your system knows it is us.'}
          </EmptyState>
        )
      ) : (
        <DataTable
          caption="Webhooks"
          rows={items}
          rowKey={(one) => one.id}
          columns={[
            {
              key: 'name',
              label: 'Webhook',
              render: (one) => (
                <TwoLines>
                  <b className="strong">{one.name}</b>
                  <span style={{ overflowWrap: 'anywhere' }}>{one.url}</span>
                </TwoLines>
              ),
            },
            ...(whose === 'company' ? [{ key: 'whose', label: 'Told of', render: (one: Webhook) => nameOf(one.holderId) }] : []),
            { key: 'state', label: 'State', render: (one) => <State hook={one} /> },
            { key: 'waiting', label: 'Waiting', align: 'end', render: (one) => one.waiting },
            { key: 'last', label: 'Last delivered', render: (one) => <When at={one.lastDeliveredAt} blank="never" /> },
            { key: 'do', label: '', align: 'end', render: (one) => <Actions hook={one} change={() => setForm(one)} look={() => setSent(one.id)} show={(secret) => setShown({ name: one.name, secret })} /> },
          ]}
        />
      )}
    </Card>
  );
  return (
    <Stack>
      <ErrorNote error={answer.error} retry={() => void answer.refetch()} />
      {shown && (
        <Note tone="good">
          <Stack gap={8}>
            <span>The secret of “{shown.name}” is shown this once: put it into your system now. By it your system knows that a call comes from Baton.</span>
            <CopyField value={shown.secret} label="Signing secret" />
          </Stack>
        </Note>
      )}
      {table}
      {form !== undefined && (
          <WebhookForm
            key={form === 'new' ? 'new' : form.id}
            hook={form === 'new' ? undefined : form}
            whose={whose}
            choices={answer.data?.choices ?? []}
            partners={partners.data?.items ?? []}
            made={(secret, name) => setShown({ secret, name })}
            close={() => setForm(undefined)}
          />
      )}
      <Deliveries hook={looked} close={() => setSent(undefined)} />
    </Stack>
  );
}

function State({ hook }: { hook: Webhook }) {
  const format = useFormat();
  if (hook.state === 'paused')
    return (
      <TwoLines>
        <span>
          <Badge tone={hook.pausedWhy ? 'hot' : 'quiet'}>Paused</Badge>
        </span>
        {hook.pausedWhy && <span>{hook.pausedWhy}</span>}
      </TwoLines>
    );
  if (hook.failingSince)
    return (
      <TwoLines>
        <span>
          <Badge tone="warm">Trying again</Badge>
        </span>
        <span>nothing arrives since {format.when(hook.failingSince)}</span>
      </TwoLines>
    );
  return (
    <TwoLines>
      <span>
        <Badge tone="sale">On</Badge>
      </span>
      {hook.failed > 0 && <span>{format.number(hook.failed)} given up</span>}
    </TwoLines>
  );
}

function Actions({ hook, change, look, show }: { hook: Webhook; change: () => void; look: () => void; show: (secret: string) => void }) {
  const test = useSend('POST /v1/webhooks/:id/ping', {
    stale,
    done: (one) =>
      toast(
        one.state === 'delivered'
          ? { message: `It arrived: your system answered ${one.status} in ${one.milliseconds} ms.`, tone: 'good' }
          : { message: one.status === null ? (one.answer ?? 'Nobody answered.') : `Your system answered ${one.status}; a number from 200 to 299 says that it was taken.`, tone: 'bad', seconds: 9 },
      ),
  });
  const save = useSend('PATCH /v1/webhooks/:id', { stale });
  const end = useSend('DELETE /v1/webhooks/:id', { stale, done: () => toast({ message: 'Ended. It is not called any more.' }) });
  const renew = useSend('POST /v1/webhooks/:id/secret', { stale, done: ({ secret }) => show(secret) });
  const params = { id: hook.id };
  const resting = hook.state === 'paused';
  return (
    <Stack gap={6}>
      <Row end>
        <Chip onClick={() => test.mutate({ params })} disabled={test.isPending}>
          Send a test
        </Chip>
        <Chip onClick={look}>What was sent</Chip>
        <Chip onClick={() => save.mutate({ params, body: { state: resting ? 'on' : 'paused' } })}>{resting ? 'Turn on' : 'Pause'}</Chip>
        <Chip onClick={change}>Change</Chip>
        <ConfirmButton gives size="compact-xs" confirm="Another secret" sentence="A new secret is shown once. For a day the old one signs as well, so that your system can change over." onConfirm={() => renew.mutate({ params })}>
          New secret
        </ConfirmButton>
        <ConfirmButton size="compact-xs" confirm="End it" sentence={`“${hook.name}” is not called any more, and what waits is not delivered. This cannot be undone.`} onConfirm={() => end.mutate({ params })}>
          End
        </ConfirmButton>
      </Row>
      <ErrorNote error={test.error ?? save.error ?? end.error ?? renew.error} />
    </Stack>
  );
}
