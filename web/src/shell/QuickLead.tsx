import { Button, Modal, Select, TextInput, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { send, type ApiProblem } from '../api/client.ts';
import { forget, useApi } from '../api/hooks.ts';
import { ErrorNote } from '../ui/Page.tsx';
import { toast } from '../ui/toast.tsx';

/** `n`: somebody called, somebody gave a card. As little typing as will do; identity, score and holder follow by themselves. */
export default function QuickLead({ close }: { close: () => void }) {
  const [form, setForm] = useState({ fullName: '', organization: '', email: '', phone: '', message: '', programId: '' });
  const set = (patch: Partial<typeof form>) => setForm((was) => ({ ...was, ...patch }));
  const programs = useApi('GET /v1/programs', { query: { limit: 200 } });
  const client = useQueryClient();
  // Intake takes any bytes and so has no contract of its own; it answers with the receipt.
  const add = useMutation<{ receipt: string }, ApiProblem, Record<string, unknown>>({
    mutationFn: async (inquiry) => (await send('POST', '/v1/inquiries', inquiry)).json() as Promise<{ receipt: string }>,
    onSuccess: ({ receipt }) => {
      toast({ message: `Received. Receipt ${receipt}`, tone: 'good' });
      forget(client, ['/v1/']);
      close();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { programId, ...fields } = form;
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value.trim()));
    add.mutate({ ...given, program: programs.data?.items.find((program) => program.id === programId)?.name, source: 'By hand' });
  };
  const items = (programs.data?.items ?? []).map((program) => ({ value: program.id, label: program.name }));
  return (
    <Modal opened onClose={close} title="Add a lead" data-overlay-open>
      <form onSubmit={submit} style={{ display: 'grid', gap: 12 }}>
        <TextInput label="Name" data-autofocus value={form.fullName} onChange={(event) => set({ fullName: event.currentTarget.value })} />
        <TextInput label="Company" value={form.organization} onChange={(event) => set({ organization: event.currentTarget.value })} />
        <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 12 }}>
          <TextInput label="Mail" type="email" value={form.email} onChange={(event) => set({ email: event.currentTarget.value })} />
          <TextInput label="Phone" type="tel" value={form.phone} onChange={(event) => set({ phone: event.currentTarget.value })} />
        </div>
        <Textarea
          label="What do they want?"
          autosize
          minRows={2}
          value={form.message}
          onChange={(event) => set({ message: event.currentTarget.value })}
        />
        <Select
          label="Program"
          placeholder="None"
          data={items}
          searchable
          clearable
          value={form.programId || null}
          onChange={(value) => set({ programId: value ?? '' })}
        />
        <ErrorNote error={add.error} />
        <div style={{ display: 'flex', justifyContent: 'flex-end', gap: 8 }}>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={add.isPending} disabled={!form.fullName && !form.email && !form.phone && !form.organization}>
            Add
          </Button>
        </div>
      </form>
    </Modal>
  );
}
