import { Select, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Item } from '../../api/contract.ts';
import { useSend } from '../../api/hooks.ts';
import { FormDialog } from '../../ui/index.tsx';
import { fieldTypes, ofWhom } from '../../ui/own-field-words.ts';
import type { ImportView } from './import-status.tsx';

type Column = NonNullable<ImportView['analysis']>['columns'][number];
type Field = Item<'GET /v1/fields'>;
const seen: Record<string, Field['type']> = { integer: 'number', number: 'number', money: 'money', date: 'date', datetime: 'date', boolean: 'boolean' };
const choicesMost = 8;

/** Declares an own field from a column of a file: named like it, of the kind its cells look like. */
export function OwnFieldNew({ column, subject, close, made }: { column: Column; subject: Field['subject']; close: () => void; made: (key: string) => void }) {
  const samples = [...new Set(column.samples.map((one) => one.trim()).filter(Boolean))];
  const few = samples.length >= 2 && column.distinct <= choicesMost && column.filled > column.distinct * 2;
  const [form, setForm] = useState({ label: column.header || `Column ${column.index + 1}`, type: seen[column.content] ?? (few ? 'choice' : 'text'), choices: few ? samples : [] });
  const set = (patch: Partial<typeof form>) => setForm((was) => ({ ...was, ...patch }));
  const send = useSend('POST /v1/fields', { stale: ['/v1/fields', '/v1/segments'], done: ({ key }) => made(key) });
  const submit = () => {
    send.mutate({ body: { subject, ...form, choices: form.type === 'choice' ? form.choices : [] } });
  };
  return (
    <FormDialog
      title={`An own field of ${ofWhom[subject]}`}
      gap={12}
      verb="Declare it, and fill it"
      submit={submit}
      close={close}
      pending={send.isPending}
      disabled={!form.label.trim() || (form.type === 'choice' && form.choices.length < 2)}
      error={send.error}
    >
      <TextInput label="Name" required maxLength={80} data-autofocus value={form.label} onChange={(event) => set({ label: event.currentTarget.value })} />
      <Select label="Holds" data={fieldTypes} allowDeselect={false} value={form.type} onChange={(type) => set({ type: type ?? 'text' })} />
      {form.type === 'choice' && (
        <TagsInput label="Values" description="Type one, press Enter. Rows with another value are listed as problems." splitChars={[',', ';']} acceptValueOnBlur value={form.choices} onChange={(choices) => set({ choices })} />
      )}
      <p className="dim">{samples.slice(0, 4).join('  ·  ') || 'Nothing in the first rows'}</p>
    </FormDialog>
  );
}
