import { NumberInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import type { Answer } from '../../api/contract.ts';
import { usePrograms } from '../../api/options.ts';
import { FormDialog, FormGrid, MoneyInput, Wide } from '../../ui/index.tsx';

type Opportunity = Answer<'POST /v1/opportunities'>;

export function OpportunityForm({
  one,
  leadId,
  close,
  saved,
}: {
  one?: Opportunity;
  leadId?: string;
  close: () => void;
  saved?: (one: Opportunity) => void;
}) {
  const programs = usePrograms();
  const [form, setForm] = useState({
    name: one?.name ?? '',
    amountMinor: one?.amountMinor ?? null,
    probability: one?.probability ?? null,
    closeOn: one?.closeOn ?? '',
    programId: one?.program?.id ?? null,
    leadId: leadId ?? null,
  });
  const [text, setText] = useState('');
  const set = (patch: Partial<typeof form>) => setForm((was) => ({ ...was, ...patch }));
  const leads = useApi('GET /v1/leads', { query: { text, limit: 20 } }, { enabled: !one && !leadId && text.length > 1 });
  const stale = ['/v1/opportunities', '/v1/leads', '/v1/roi'];
  const done = (answer: Opportunity) => {
    close();
    saved?.(answer);
  };
  const add = useSend('POST /v1/opportunities', { stale, done });
  const change = useSend('PATCH /v1/opportunities/:id', { stale, done });
  const submit = () => {
    if (one)
      change.mutate({
        params: { id: one.id },
        body: {
          name: form.name,
          amountMinor: form.amountMinor ?? 0,
          closeOn: form.closeOn || null,
          programId: form.programId,
          ...(form.probability === null ? {} : { probability: form.probability }),
        },
      });
    else
      add.mutate({
        body: {
          name: form.name,
          amountMinor: form.amountMinor ?? 0,
          closeOn: form.closeOn || undefined,
          programId: form.programId ?? undefined,
          leadId: form.leadId ?? undefined,
          probability: form.probability ?? undefined,
        },
      });
  };
  return (
    <FormDialog
      title={one ? 'Change the opportunity' : 'New opportunity'}
      size={560}
      verb={one ? 'Save' : 'Open it'}
      submit={submit}
      close={close}
      pending={add.isPending || change.isPending}
      disabled={!form.name.trim()}
      error={add.error ?? change.error}
    >
      <FormGrid>
        <Wide>
          <TextInput
            label="What is it about"
            placeholder="Three pumps for the new line"
            required
            data-autofocus
            value={form.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
        </Wide>
        {!one && !leadId && (
          <Wide>
            <Select
              label="Lead"
              placeholder="Type a name or company"
              searchable
              clearable
              nothingFoundMessage={text.length > 1 ? 'No lead by that name' : 'Type two letters'}
              filter={({ options }) => options}
              searchValue={text}
              onSearchChange={setText}
              data={(leads.data?.items ?? []).map((lead) => ({
                value: lead.id,
                label: [lead.person.name, lead.organization?.name].filter(Boolean).join(' · '),
              }))}
              value={form.leadId}
              onChange={(value) => set({ leadId: value })}
            />
          </Wide>
        )}
        <MoneyInput label="Amount" currency={one?.currency} minor={form.amountMinor} onMinor={(amountMinor) => set({ amountMinor })} />
        <NumberInput
          label="How likely (%)"
          placeholder="By its stage"
          min={0}
          max={100}
          hideControls
          value={form.probability ?? ''}
          onChange={(value) => set({ probability: value === '' ? null : Number(value) })}
        />
        <TextInput
          label="Closes on"
          type="date"
          value={form.closeOn}
          onChange={(event) => set({ closeOn: event.currentTarget.value })}
        />
        <Select
          label="Program"
          placeholder="By its lead"
          searchable
          clearable
          data={programs}
          value={form.programId}
          onChange={(programId) => set({ programId })}
        />
      </FormGrid>
    </FormDialog>
  );
}
