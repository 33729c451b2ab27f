import { Button, Modal, Select, TextInput, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useApi, useSend } from '../api/hooks.ts';
import { ErrorNote } from '../ui/Page.tsx';
import { toast } from '../ui/toast.tsx';

/** `n`: somebody called, somebody gave a card. As little typing as will do; identity, score and holder follow by themselves. */
export default function QuickLead({ close }: { close: () => void }) {
  const [form, setForm] = useState({ fullName: '', organization: '', email: '', phone: '', message: '', programId: '' });
  const set = (patch: Partial<typeof form>) => setForm((was) => ({ ...was, ...patch }));
  const programs = useApi('GET /v1/programs', { query: { limit: 200 } });
  const send = useSend('POST /v1/inquiries', {
    stale: ['/v1/'],
    done: (answer) => {
      toast({ message: `Received. Receipt ${String((answer as { receipt?: string }).receipt ?? '')}`.trim(), tone: 'good' });
      close();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { programId, ...fields } = form;
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value.trim()));
    send.mutate({ body: { fields: given, programId: programId || undefined, channel: 'phone' } });
  };
  const items = ((programs.data as { items?: { id: string; name: string }[] } | undefined)?.items ?? []).map((program) => ({
    value: program.id,
    label: program.name,
  }));
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
        <ErrorNote error={send.error} />
        <div style={{ display: 'flex', justifyContent: 'flex-end', gap: 8 }}>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={send.isPending} disabled={!form.fullName && !form.email && !form.phone && !form.organization}>
            Add
          </Button>
        </div>
      </form>
    </Modal>
  );
}
