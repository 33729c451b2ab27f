import { Button, Checkbox, MultiSelect, Select, Switch, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import { Card, Chip, CopyField, ErrorNote, Icon, Note, Row, SkeletonRows, Split, Stack, toast } from '../../ui/index.tsx';
import { MoveButtons } from '../../ui/MoveButtons.tsx';
import { useDraft } from '../../ui/draft.ts';
import { useCustomFields } from '../../ui/custom-fields.tsx';
import { appenderOf, consentField, freeName, knownFields, ownField, typeNames, type FormField, type HostedForm } from './form-fields.ts';
import { channelChoices } from '../../ui/consent-words.ts';
import { LeadAddress } from './LeadAddress.tsx';
import css from './form.module.css';

/** The program's own form: what it asks, where it is found, how it is put on a web site. */
export function ProgramHostedForm({ programId, programName }: { programId: string; programName: string }) {
  const answer = useApi('GET /v1/programs/:id/form', { params: { id: programId } });
  const save = useSend('PUT /v1/programs/:id/form', {
    stale: ['/v1/programs'],
    done: () => toast({ message: 'The form is saved and live.', tone: 'good' }),
  });
  const [form, setForm, isChanged] = useDraft<HostedForm>(answer.data?.form);
  if (answer.error) return <ErrorNote error={answer.error} retry={() => void answer.refetch()} />;
  if (!answer.data || !form) return <SkeletonRows rows={8} />;
  const set = (patch: Partial<HostedForm>) => setForm({ ...form, ...patch });
  return (
    <Split even>
      <Stack>
        <Card title="Where it is" side={form.active ? 'open to everybody' : 'closed'}>
          <Stack gap={12}>
            <div>
              <p className="dim" style={{ marginBottom: 4 }}>
                Its own page: put the address in mails, on cards, behind a QR code.{' '}
                <a href={answer.data.url} target="_blank" rel="noreferrer">
                  Open it
                </a>
              </p>
              <CopyField value={answer.data.url} label="Address of the form" />
            </div>
            <div>
              <p className="dim" style={{ marginBottom: 4 }}>
                On your web site: paste this where the form shall stand. Campaign parameters and click ids are kept, first and last.
              </p>
              <CopyField value={answer.data.snippet} label="Snippet for a web site" lines />
            </div>
          </Stack>
        </Card>
        <LeadAddress programId={programId} what={programName} />
        <Card title="What it says">
          <Stack gap={12}>
            <TextInput label="Title" value={form.title} maxLength={200} onChange={(event) => set({ title: event.currentTarget.value })} />
            <Textarea
              label="Introduction"
              autosize
              minRows={2}
              value={form.intro ?? ''}
              onChange={(event) => set({ intro: event.currentTarget.value || undefined })}
            />
            <TextInput label="Button" value={form.button} maxLength={60} onChange={(event) => set({ button: event.currentTarget.value })} />
            <Textarea
              label="Thanks"
              description="Shown when it was sent."
              autosize
              minRows={2}
              value={form.thanks}
              onChange={(event) => set({ thanks: event.currentTarget.value })}
            />
            <TextInput
              label="Count inquiries under the source"
              description={`Where no campaign parameter says otherwise. Empty: ${programName}.`}
              value={form.source ?? ''}
              onChange={(event) => set({ source: event.currentTarget.value || undefined })}
            />
            <Switch
              label={form.active ? 'Open: anybody with the address can send it' : 'Closed: the page says so'}
              checked={form.active}
              onChange={(event) => set({ active: event.currentTarget.checked })}
            />
          </Stack>
        </Card>
        <Fields fields={form.fields} change={(fields) => set({ fields })} />
      </Stack>
      <Stack>
        <div style={{ position: 'sticky', top: 16 }}>
          <Stack>
            <Card
              title="As the enquirer sees it"
              side={
                <Row>
                  {isChanged && <span>not saved yet</span>}
                  <Button
                    size="xs"
                    loading={save.isPending}
                    disabled={!isChanged || form.fields.length === 0}
                    onClick={() => save.mutate({ params: { id: programId }, body: form })}
                  >
                    Save the form
                  </Button>
                </Row>
              }
            >
              <Stack gap={12}>
                <ErrorNote error={save.error} />
                {!form.fields.some((field) => field.name === 'email' || field.name === 'phone') && (
                  <Note tone="warn">Without an e-mail address or a phone number nobody can answer. Add one of them.</Note>
                )}
                <Preview form={form} />
              </Stack>
            </Card>
          </Stack>
        </div>
      </Stack>
    </Split>
  );
}

const usePurposes = () => useApi('GET /v1/consent/purposes', undefined, { staleTime: 60_000 }).data?.items ?? [];

function Fields({ fields, change }: { fields: FormField[]; change: (fields: FormField[]) => void }) {
  const [question, setQuestion] = useState('');
  const [openAt, setOpenAt] = useState<string>();
  const put = (at: number, patch: Partial<FormField>) =>
    change(fields.map((field, index) => (index === at ? { ...field, ...patch } : field)));
  const move = (at: number, by: number) => {
    const next = [...fields];
    const [one] = next.splice(at, 1);
    if (one) next.splice(at + by, 0, one);
    change(next);
  };
  const own = [...useCustomFields('inquiry').map(ownField), ...usePurposes().map(consentField)];
  const offered = [...knownFields, ...own];
  const providers = useApi('GET /v1/append/providers', undefined, { staleTime: 60_000 }).data?.items ?? [];
  const unused = offered.filter((known) => !fields.some((field) => field.name === known.name));
  const needless = fields.filter((field) => appenderOf(field.name, providers));
  const [better, plain] = [unused.filter((field) => appenderOf(field.name, providers)), unused.filter((field) => !appenderOf(field.name, providers))];
  const appenders = (some: readonly FormField[]) => [...new Set(some.flatMap(({ name }) => appenderOf(name, providers) ?? []))].join(', ');
  const add = () => {
    const label = question.trim();
    if (!label) return;
    const name = freeName(
      label,
      [...fields, ...offered].map((field) => field.name),
    );
    change([...fields, { name, label, type: 'text' }]);
    setQuestion('');
    setOpenAt(name);
  };
  return (
    <Card title="What it asks" side={`${fields.length} ${fields.length === 1 ? 'question' : 'questions'}; each one more costs answers`}>
      <Stack gap={8}>
        {fields.map((field, at) => {
          const known = offered.find((one) => one.name === field.name);
          const isOpen = openAt === field.name;
          return (
            <div key={field.name} className={css.field}>
              <div className={css.head}>
                <button
                  type="button"
                  onClick={() => setOpenAt(isOpen ? undefined : field.name)}
                  aria-expanded={isOpen}
                  style={{ border: 0, background: 'none', textAlign: 'left', padding: 0, cursor: 'pointer' }}
                >
                  <span className="strong">{field.label}</span> {field.required && <span style={{ color: 'var(--overdue)' }}>needed</span>}
                  <span className={css.meta} style={{ display: 'block' }}>
                    {typeNames[field.type]} · {known ? known.why : 'your own question, kept with the inquiry'}
                  </span>
                </button>
                <span className={css.tools}>
                  <MoveButtons name={field.label} at={at} count={fields.length} move={(by) => move(at, by)} />
                  <button
                    type="button"
                    className={css.tool}
                    disabled={fields.length === 1}
                    aria-label={`Take ${field.label} out`}
                    onClick={() => change(fields.filter((_one, index) => index !== at))}
                  >
                    <Icon name="close" size={14} />
                  </button>
                </span>
              </div>
              {isOpen && (
                <Stack gap={8}>
                  <TextInput label="Label" value={field.label} onChange={(event) => put(at, { label: event.currentTarget.value })} />
                  {!known && (
                    <Select
                      label="Kind of answer"
                      data={(['text', 'textarea', 'select', 'checkbox', 'hidden'] as const).map((value) => ({
                        value,
                        label: typeNames[value],
                      }))}
                      value={field.type}
                      allowDeselect={false}
                      onChange={(type) => put(at, { type: type ?? 'text' })}
                    />
                  )}
                  {field.type === 'select' && (
                    <Textarea
                      label="Choices, one a line"
                      autosize
                      minRows={3}
                      value={(field.options ?? []).join('\n')}
                      onChange={(event) => put(at, { options: event.currentTarget.value.split('\n').slice(0, 300) })}
                      onBlur={() => put(at, { options: (field.options ?? []).map((one) => one.trim()).filter(Boolean) })}
                    />
                  )}
                  {field.type === 'checkbox' && <ConsentTo field={field} put={(patch) => put(at, patch)} />}
                  {field.type === 'hidden' && (
                    <TextInput
                      label="Value"
                      value={field.value ?? ''}
                      onChange={(event) => put(at, { value: event.currentTarget.value })}
                    />
                  )}
                  <Checkbox
                    label="It cannot be sent without this"
                    checked={field.required ?? false}
                    onChange={(event) => put(at, { required: event.currentTarget.checked || undefined })}
                  />
                </Stack>
              )}
            </div>
          );
        })}
        {needless.length > 0 && (
          <Note>
            <Row between>
              <span>
                {appenders(needless)} can append {needless.map(({ label }) => `“${label}”`).join(', ')}: nobody need be asked.
              </span>
              <Chip disabled={needless.length === fields.length} onClick={() => change(fields.filter((field) => !needless.includes(field)))}>
                Take {needless.length === 1 ? 'it' : 'them'} out
              </Chip>
            </Row>
          </Note>
        )}
        <p className="dim" style={{ marginTop: 4 }}>
          Add a question
        </p>
        <Offered fields={plain} add={(field) => change([...fields, field])} />
        {better.length > 0 && (
          <>
            <p className="dim">Better appended than asked: {appenders(better)} can tell</p>
            <Offered fields={better} add={(field) => change([...fields, field])} />
          </>
        )}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
          style={{ display: 'grid', gridTemplateColumns: '1fr auto', gap: 8, alignItems: 'end' }}
        >
          <TextInput label="A question of your own" value={question} onChange={(event) => setQuestion(event.currentTarget.value)} />
          <Button type="submit" variant="default" disabled={!question.trim()}>
            Add
          </Button>
        </form>
      </Stack>
    </Card>
  );
}

function Offered({ fields, add }: { fields: readonly (FormField & { why: string })[]; add: (field: FormField) => void }) {
  return (
    <div className={css.picker}>
      {fields.map(({ why, ...field }) => (
        <Chip key={field.name} title={why} onClick={() => add(field)}>
          + {field.label}
        </Chip>
      ))}
    </div>
  );
}

/** A box may stand for a consent: then its label is what was agreed to, kept with every tick. */
function ConsentTo({ field, put }: { field: FormField; put: (patch: Partial<FormField>) => void }) {
  const purposes = usePurposes();
  const { consent } = field;
  return (
    <>
      <Select
        label="Ticking it is a consent to"
        description="The label is kept with it, word for word."
        placeholder="nothing"
        clearable
        data={purposes.map(({ key, label }) => ({ value: key, label }))}
        value={consent?.purpose ?? null}
        onChange={(purpose) => put({ consent: purpose ? { purpose, channels: consent?.channels ?? ['mail'] } : undefined })}
      />
      {consent && (
        <MultiSelect
          label="By"
          data={channelChoices}
          value={consent.channels}
          onChange={(channels) => channels.length > 0 && put({ consent: { ...consent, channels } })}
        />
      )}
    </>
  );
}

function Preview({ form }: { form: HostedForm }) {
  return (
    <div className={css.preview} aria-hidden>
      <div className={css.paper}>
        <h3>{form.title}</h3>
        {form.intro && <p className="dim">{form.intro}</p>}
        {form.fields
          .filter((field) => field.type !== 'hidden')
          .map((field) =>
            field.type === 'checkbox' ? (
              <label key={field.name} data-check>
                <span className={css.tick} /> {field.label}
              </label>
            ) : (
              <label key={field.name}>
                <span>
                  {field.label}
                  {field.required && ' *'}
                </span>
                <span className={css.blank} data-tall={field.type === 'textarea' || undefined}>
                  {field.type === 'select' || field.type === 'country' ? 'Choose …' : ''}
                </span>
              </label>
            ),
          )}
        <span className={css.send}>{form.button}</span>
      </div>
    </div>
  );
}
