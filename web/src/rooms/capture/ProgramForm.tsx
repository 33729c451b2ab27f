import { Autocomplete, NumberInput, Select, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import type { Answer } from '../../api/contract.ts';
import { FormDialog, FormGrid, MoneyInput, Wide } from '../../ui/index.tsx';
import { statusOptions } from './program-status.tsx';

type Program = Answer<'POST /v1/programs'>;
type Status = Exclude<Program['status'], 'withdrawn'>;

/** Name a program, or change it. Only the name is needed; the rest makes its results comparable. */
export function ProgramForm({ program, close, saved }: { program?: Program; close: () => void; saved?: (program: Program) => void }) {
  const [form, setForm] = useState({
    name: program?.name ?? '',
    channel: program?.channel ?? '',
    status: (program?.status ?? 'active') as Status,
    startsOn: program?.startsOn ?? '',
    endsOn: program?.endsOn ?? '',
    budgetMinor: program?.budgetMinor ?? null,
    expectedMinor: program?.expectedMinor ?? null,
    goalInquiries: program?.goalInquiries ?? null,
    goalLeads: program?.goalLeads ?? null,
    goalSales: program?.goalSales ?? null,
    ownerName: program?.ownerName ?? '',
    note: program?.note ?? '',
  });
  const set = (patch: Partial<typeof form>) => setForm((was) => ({ ...was, ...patch }));
  const channels = useApi('GET /v1/programs/channels', undefined, { staleTime: 60_000 });
  const done = (answer: Program) => {
    close();
    saved?.(answer);
  };
  const stale = ['/v1/programs', '/v1/roi', '/v1/scoreboard'];
  const add = useSend('POST /v1/programs', { stale, done });
  const change = useSend('PATCH /v1/programs/:id', { stale, done });
  const body = {
    ...form,
    channel: form.channel.trim() || null,
    startsOn: form.startsOn || null,
    endsOn: form.endsOn || null,
    ownerName: form.ownerName.trim() || null,
    note: form.note.trim() || null,
  };
  const submit = () => {
    if (program) change.mutate({ params: { id: program.id }, body });
    else add.mutate({ body });
  };
  const count = (name: 'goalInquiries' | 'goalLeads' | 'goalSales', label: string) => (
    <NumberInput
      label={label}
      hideControls
      min={0}
      allowDecimal={false}
      value={form[name] ?? ''}
      onChange={(value) => set({ [name]: value === '' ? null : Number(value) })}
    />
  );
  return (
    <FormDialog
      title={program ? 'Change the program' : 'New program'}
      size={620}
      verb={program ? 'Save' : 'Create'}
      submit={submit}
      close={close}
      pending={add.isPending || change.isPending}
      disabled={!form.name.trim()}
      error={add.error ?? change.error}
    >
      <FormGrid>
        <Wide>
          <TextInput
            label="Name"
            required
            data-autofocus
            maxLength={200}
            value={form.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
        </Wide>
        <Autocomplete
          label="Channel"
          placeholder="Trade show, Email, Search ads …"
          data={channels.data?.items ?? []}
          value={form.channel}
          onChange={(channel) => set({ channel })}
        />
        <Select
          label="Status"
          data={statusOptions.filter((one) => one.value !== 'withdrawn')}
          value={form.status}
          allowDeselect={false}
          onChange={(status) => set({ status: (status ?? form.status) as Status })}
        />
        <TextInput
          label="Begins"
          type="date"
          value={form.startsOn}
          onChange={(event) => set({ startsOn: event.currentTarget.value })}
        />
        <TextInput
          label="Ends"
          type="date"
          value={form.endsOn}
          min={form.startsOn || undefined}
          onChange={(event) => set({ endsOn: event.currentTarget.value })}
        />
        <MoneyInput
          label="Budget"
          currency={program?.currency}
          minor={form.budgetMinor}
          onMinor={(budgetMinor) => set({ budgetMinor })}
        />
        <MoneyInput
          label="Revenue expected"
          currency={program?.currency}
          minor={form.expectedMinor}
          onMinor={(expectedMinor) => set({ expectedMinor })}
        />
      </FormGrid>
      <div style={{ display: 'grid', gridTemplateColumns: 'repeat(3, minmax(0, 1fr))', gap: 12 }}>
        {count('goalInquiries', 'Goal: inquiries')}
        {count('goalLeads', 'Goal: leads')}
        {count('goalSales', 'Goal: sales')}
      </div>
      <TextInput label="Who runs it" value={form.ownerName} onChange={(event) => set({ ownerName: event.currentTarget.value })} />
      <Textarea label="Note" autosize minRows={2} value={form.note} onChange={(event) => set({ note: event.currentTarget.value })} />
    </FormDialog>
  );
}
