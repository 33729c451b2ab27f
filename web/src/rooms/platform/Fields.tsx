import { Button, SegmentedControl, Select, Switch, TagsInput, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Item } from '../../api/contract.ts';
import { useApi, useSend } from '../../api/hooks.ts';
import { useFilters } from '../../shell/address.ts';
import { Badge, Card, DataTable, EmptyState, ErrorNote, FormGrid, Row, SkeletonRows, Split, Stack, Wide, toast } from '../../ui/index.tsx';
import { fieldTypes } from '../../ui/own-field-words.ts';
import { SettingsFrame } from './SettingsFrame.tsx';

type Field = Item<'GET /v1/fields'>;
type Subject = Field['subject'];
const stale = ['/v1/fields', '/v1/segments'];

const subjects: { value: Subject; label: string }[] = [
  { value: 'person', label: 'People' },
  { value: 'organization', label: 'Companies' },
  { value: 'inquiry', label: 'Inquiries' },
];
const stages = [
  { value: 'inquiry', label: 'From the inquiry on' },
  { value: 'lead', label: 'To be a lead' },
  { value: 'sale', label: 'To be closed as a sale' },
];
const labelIn = (of: { value: string; label: string }[], value: string | null): string => of.find((one) => one.value === value)?.label ?? '';

/** What this company keeps beyond what everybody keeps. */
export default function Fields() {
  const [filters, setFilters] = useFilters();
  const subject = (subjects.find((one) => one.value === filters['of'])?.value ?? 'person') satisfies Subject;
  const [chosen, setChosen] = useState<string>();
  const answer = useApi('GET /v1/fields', { query: { subject, retired: 'true' } });
  const items = answer.data?.items ?? [];
  const one = items.find(({ id }) => id === chosen);
  return (
    <SettingsFrame>
      <Split>
        <Stack>
          <SegmentedControl
            aria-label="Fields of what"
            data={subjects}
            value={subject}
            onChange={(value) => {
              setChosen(undefined);
              setFilters({ of: value === 'person' ? undefined : value });
            }}
          />
          <ErrorNote error={answer.error} retry={() => void answer.refetch()} />
          <Card title={`Own fields of ${labelIn(subjects, subject).toLowerCase()}`} flush>
            {answer.isLoading ? (
              <SkeletonRows rows={3} />
            ) : items.length === 0 ? (
              !answer.error && (
                <EmptyState title="No field of your own yet">
                  A machine park, a contract date, a customer class: declare it, and it can be filled in, brought in by files, asked in segments and read by the API.
                </EmptyState>
              )
            ) : (
              <DataTable
                caption="Own fields"
                rows={items}
                rowKey={(row) => row.id}
                columns={[
                  { key: 'label', label: 'Field', render: (row) => <b className="strong">{row.label}</b> },
                  { key: 'key', label: 'Key', render: (row) => <code>{row.key}</code> },
                  {
                    key: 'type',
                    label: 'Holds',
                    render: (row) => (row.type === 'choice' ? row.choices.join(', ') : labelIn(fieldTypes, row.type).toLowerCase()),
                  },
                  { key: 'required', label: 'Required', render: (row) => labelIn(stages, row.requiredFrom).toLowerCase() },
                  {
                    key: 'do',
                    label: '',
                    align: 'end',
                    render: (row) => (
                      <Row end>
                        {row.retiredAt && <Badge tone="quiet">Put away</Badge>}
                        <Button size="compact-xs" variant="default" onClick={() => setChosen(row.id)}>
                          Change
                        </Button>
                      </Row>
                    ),
                  },
                ]}
              />
            )}
          </Card>
        </Stack>
        {one ? <Change key={one.id} field={one} close={() => setChosen(undefined)} /> : <Declare key={subject} subject={subject} />}
      </Split>
    </SettingsFrame>
  );
}

function Declare({ subject }: { subject: Subject }) {
  const empty = { label: '', type: 'text' as Field['type'], choices: [] as string[], requiredFrom: null as Field['requiredFrom'] };
  const [form, setForm] = useState(empty);
  const set = (patch: Partial<typeof empty>) => setForm((was) => ({ ...was, ...patch }));
  const send = useSend('POST /v1/fields', {
    stale,
    done: (made) => {
      setForm(empty);
      toast({ message: `“${made.label}” is kept under ${made.key}.`, tone: 'good' });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate({ body: { subject, ...form } });
  };
  return (
    <Card title="New field" quiet>
      <form onSubmit={submit}>
        <Stack gap={12}>
          <FormGrid>
            <Wide>
              <TextInput label="Name" required maxLength={80} placeholder="Machine park" value={form.label} onChange={(event) => set({ label: event.currentTarget.value })} />
            </Wide>
            <Select label="Holds" data={fieldTypes} allowDeselect={false} value={form.type} onChange={(value) => set({ type: value ?? 'text' })} />
            <Asked value={form.requiredFrom} onChange={(requiredFrom) => set({ requiredFrom })} />
            {form.type === 'choice' && <Choices value={form.choices} onChange={(choices) => set({ choices })} />}
          </FormGrid>
          <ErrorNote error={send.error} />
          <Row end>
            <Button type="submit" loading={send.isPending} disabled={!form.label.trim() || (form.type === 'choice' && form.choices.length < 2)}>
              Declare it
            </Button>
          </Row>
        </Stack>
      </form>
    </Card>
  );
}

function Change({ field, close }: { field: Field; close: () => void }) {
  const [form, setForm] = useState({ label: field.label, choices: field.choices, requiredFrom: field.requiredFrom, retired: field.retiredAt !== null });
  const set = (patch: Partial<typeof form>) => setForm((was) => ({ ...was, ...patch }));
  const send = useSend('PATCH /v1/fields/:id', { stale, done: close });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { choices, ...rest } = form;
    send.mutate({ params: { id: field.id }, body: { ...rest, ...(field.type === 'choice' ? { choices } : {}) } });
  };
  return (
    <Card title={field.label} quiet>
      <form onSubmit={submit}>
        <Stack gap={12}>
          <FormGrid>
            <Wide>
              <TextInput label="Name" required maxLength={80} value={form.label} onChange={(event) => set({ label: event.currentTarget.value })} />
            </Wide>
            <Asked value={form.requiredFrom} onChange={(requiredFrom) => set({ requiredFrom })} />
            {field.type === 'choice' && <Choices value={form.choices} onChange={(choices) => set({ choices })} />}
          </FormGrid>
          <Switch
            label="Put away: not offered any more, its values are kept"
            checked={form.retired}
            onChange={(event) => set({ retired: event.currentTarget.checked })}
          />
          <ErrorNote error={send.error} />
          <Row end>
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" loading={send.isPending} disabled={!form.label.trim()}>
              Save
            </Button>
          </Row>
        </Stack>
      </form>
    </Card>
  );
}

const Asked = ({ value, onChange }: { value: Field['requiredFrom']; onChange: (value: Field['requiredFrom']) => void }) => (
  <Select
    label="Required"
    placeholder="never"
    clearable
    data={stages}
    value={value}
    onChange={(next) => onChange(next as Field['requiredFrom'])}
  />
);
const Choices = ({ value, onChange }: { value: string[]; onChange: (value: string[]) => void }) => (
  <Wide>
    <TagsInput label="Values" description="Type one, press Enter" splitChars={[',', ';']} acceptValueOnBlur value={value} onChange={onChange} />
  </Wide>
);
