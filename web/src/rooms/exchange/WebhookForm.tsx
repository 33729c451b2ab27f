import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Answer } from '../../api/contract.ts';
import { useSend } from '../../api/hooks.ts';
import { Card, ErrorNote, FormGrid, Row, Stack } from '../../ui/index.tsx';
import css from './exchange.module.css';
import type { Webhook } from './WebhookPanel.tsx';

type Choice = Answer<'GET /v1/webhooks'>['choices'][number];
const usual = ['lead.assigned', 'lead.passedOn', 'lead.reminded', 'lead.changed', 'lead.withdrawn', 'lead.erased'];
const usualHere = ['lead.qualified', 'lead.assigned', 'lead.judged', 'lead.closed', 'lead.erased'];

/** A new webhook, or one to change: where, of what, and for the company also of whose leads. */
export function WebhookForm({
  hook,
  whose,
  choices,
  partners,
  made,
  close,
}: {
  hook: Webhook | undefined;
  whose: 'company' | 'partner';
  choices: Choice[];
  partners: { id: string; name: string }[];
  made: (secret: string, name: string) => void;
  close: () => void;
}) {
  const [form, setForm] = useState({ name: hook?.name ?? '', url: hook?.url ?? '', holderId: hook?.holderId ?? null, events: hook?.events ?? (whose === 'company' ? usualHere : usual) });
  const set = (patch: Partial<typeof form>) => setForm((was) => ({ ...was, ...patch }));
  const ofPartner = whose === 'partner' || form.holderId !== null;
  const offered = choices.filter(({ to }) => to === 'both' || to === (ofPartner ? 'partner' : 'company'));
  const events = form.events.filter((event) => offered.some((one) => one.event === event));
  const stale = ['/v1/webhooks'];
  const add = useSend('POST /v1/webhooks', {
    stale,
    done: ({ secret }) => {
      made(secret, form.name);
      close();
    },
  });
  const save = useSend('PATCH /v1/webhooks/:id', { stale, done: close });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { name, url, holderId } = form;
    if (hook) save.mutate({ params: { id: hook.id }, body: { name, url, events } });
    else add.mutate({ body: { name, url, events, ...(whose === 'company' ? { holderId } : {}) } });
  };
  return (
    <Card title={hook ? `Change ${hook.name}` : 'New webhook'} quiet>
      <form onSubmit={submit}>
        <Stack gap={12}>
          <FormGrid>
          <TextInput label="Name" placeholder="Our ERP" required maxLength={100} value={form.name} onChange={(event) => set({ name: event.currentTarget.value })} />
          <TextInput
            label="Address to call"
            description="Begins with https:// and can be reached from the internet."
            placeholder="https://erp.example.com/baton"
            required
            value={form.url}
            onChange={(event) => set({ url: event.currentTarget.value })}
          />
          {whose === 'company' && !hook && (
            <Select
              label="Told of"
              data={[{ value: '', label: 'All leads' }, ...partners.map(({ id, name }) => ({ value: id, label: `Leads of ${name}` }))]}
              allowDeselect={false}
              searchable
              value={form.holderId ?? ''}
              onChange={(value) => set({ holderId: value || null })}
            />
          )}
          </FormGrid>
          <Checkbox.Group label="When this happens" value={events} onChange={(value) => set({ events: value })}>
            <div className={css.events}>
              {offered.map(({ event, means }) => (
                <Checkbox key={event} value={event} label={means} description={event} size="sm" />
              ))}
            </div>
          </Checkbox.Group>
          <ErrorNote error={add.error ?? save.error} />
          <Row end>
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" loading={add.isPending || save.isPending} disabled={!form.name.trim() || !form.url.trim() || events.length === 0}>
              {hook ? 'Save' : 'Make it'}
            </Button>
          </Row>
        </Stack>
      </form>
    </Card>
  );
}
