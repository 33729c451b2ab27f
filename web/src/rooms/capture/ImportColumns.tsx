import { Autocomplete, Button, Select, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Body } from '../../api/contract.ts';
import { useApi, useSend } from '../../api/hooks.ts';
import { usePrograms } from '../../api/options.ts';
import { may, useSession } from '../../api/session.ts';
import { useFilters } from '../../shell/address.ts';
import { Card, ErrorNote, FormGrid, MoneyInput, Note, Row, Stack, Wide } from '../../ui/index.tsx';
import { useCountries } from '../../ui/countries.ts';
import { bytes, plural, useFormat } from '../../ui/format.ts';
import type { ImportView, Kind } from './import-status.tsx';
import { ImportAppendTerms } from './ImportAppendTerms.tsx';
import { ofWhom } from '../../ui/own-field-words.ts';
import { OwnFieldNew } from './OwnFieldNew.tsx';
import css from './import.module.css';

type Settings = NonNullable<Body<'PUT /v1/imports/:id'>>['settings'];
const keep = '+';
const leave = '-';
const declare = '*';
const encodings = ['utf-8', 'windows-1252', 'iso-8859-1', 'iso-8859-15', 'windows-1250', 'utf-16le', 'macintosh', 'shift_jis'];
const bases = [
  'Consent given',
  'Contract or inquiry',
  'Legitimate interest',
  'Business card handed over',
  'Public register',
  'None: do not write to them',
];
const forms = [
  { value: 'csv', label: 'A table of text (CSV, TSV)' },
  { value: 'json', label: 'Records in JSON' },
  { value: 'vcard', label: 'vCards' },
];
const delimiters = [
  { value: ',', label: 'Comma' },
  { value: ';', label: 'Semicolon' },
  { value: '\t', label: 'Tab' },
  { value: '|', label: 'Bar' },
];

/** What the file was read as, and which column feeds which field. Everything is proposed; put right what is not. */
export function ImportColumns({ one, kinds }: { one: ImportView; kinds: Kind[] }) {
  const format = useFormat();
  const [{ programId }, setFilters] = useFilters();
  const programs = usePrograms();
  const countries = useCountries();
  const [settings, setSettings] = useState<Settings>({ programId, ...one.settings });
  const [saving, setSaving] = useState(Boolean(one.settings.saveAs));
  const adopt = (answer: ImportView) => setSettings((was) => ({ ...was, ...answer.settings }));
  const save = useSend('PUT /v1/imports/:id', { stale: ['/v1/imports'] });
  const canDeclare = may(useSession(), ['marketing']);
  const [declaring, setDeclaring] = useState<number>();
  const kind = kinds.find((known) => known.kind === one.kind);
  const own = useApi('GET /v1/fields', { query: { subject: kind?.ownFieldsOf ?? undefined } }, { enabled: Boolean(kind?.ownFieldsOf) }).data?.items ?? [];
  const analysis = one.analysis;
  if (!analysis) return <Note>The file is still being read.</Note>;
  const mapping = settings.mapping ?? {};
  const set = (patch: Partial<Settings>) => setSettings((was) => ({ ...was, ...patch }));
  const feed = (index: number, field: string | null) => {
    const { [String(index)]: _was, ...rest } = mapping;
    set({ mapping: field && field !== keep ? { ...rest, [String(index)]: field } : rest });
  };
  /** Reads the file anew, so the mapping is proposed anew too. */
  const reread = (patch: Partial<Settings>, kindName?: string) => {
    const { mapping: _old, ...rest } = { ...settings, ...patch };
    save.mutate({ params: { id: one.id }, body: { kind: kindName, settings: rest } }, { onSuccess: adopt });
  };
  const next = () =>
    save.mutate(
      {
        params: { id: one.id },
        body: { kind: one.kind ?? undefined, settings: { ...settings, saveAs: saving ? settings.saveAs || one.fileName : undefined } },
      },
      { onSuccess: () => setFilters({ step: 'check' }, { push: true }) },
    );
  const used = Object.values(mapping);
  const missing = kind?.fields.filter((field) => field.required && !used.includes(field.name)) ?? [];
  const country = kind?.fields.find((field) => field.name === 'country');
  // Whole lists lie abroad: here the company's own country is no answer.
  const placeless = country?.asked === true && !used.includes('country') && !settings.country;
  const serving = (kind?.matchedBy.fields ?? [])
    .filter((name) => used.includes(name))
    .map((name) => kind?.fields.find((field) => field.name === name)?.label ?? name);
  const fieldData = [
    {
      group: kind?.label ?? 'Fields',
      items: (kind?.fields ?? []).map((field) => ({ value: field.name, label: field.required ? `${field.label} *` : field.label })),
    },
    ...(own.length > 0 ? [{ group: `Own fields of ${ofWhom[kind!.ownFieldsOf!]}`, items: own.map(({ key, label }) => ({ value: `custom.${key}`, label })) }] : []),
    {
      group: 'Or',
      items: [
        { value: keep, label: 'Keep as extra' },
        ...(kind?.ownFieldsOf && canDeclare ? [{ value: declare, label: 'A new own field …' }] : []),
        { value: leave, label: 'Leave out' },
      ],
    },
  ];
  // Which table of an archive is meant, nobody guesses; below stands what the first of them holds.
  const undecided = analysis.members !== undefined && !settings.member;
  const doubled = used.filter((name, at) => name !== leave && used.indexOf(name) !== at);
  return (
    <Stack>
      <Card title="Read as" side={one.savedMapping ? `by the saved mapping “${one.savedMapping}”` : undefined}>
        <Stack gap={12}>
          <FormGrid>
            <Select
              label="What is in it"
              placeholder="Choose"
              allowDeselect={false}
              data={kinds.map((known) => ({ value: known.kind, label: known.label }))}
              value={one.kind}
              onChange={(value) => value && value !== one.kind && reread({}, value)}
            />
            {analysis.members && (
              <Select
                label="File of the archive"
                data={analysis.members.map(({ name, bytes: size }) => ({ value: name, label: `${name} (${bytes(size)})` }))}
                value={settings.member ?? null}
                placeholder="Choose one"
                error={undecided ? `It holds ${analysis.members.length}: say which is meant.` : undefined}
                allowDeselect={false}
                searchable
                onChange={(member) => member && reread({ member })}
              />
            )}
            {analysis.format !== 'xlsx' && (
              <Select
                label="The file is"
                data={forms}
                value={analysis.format}
                allowDeselect={false}
                onChange={(form) => form && reread({ format: form as 'csv' | 'json' | 'vcard' })}
              />
            )}
            {analysis.format === 'xlsx' ? (
              <Select
                label="Sheet"
                data={analysis.sheets}
                value={settings.sheet ?? analysis.sheets[0] ?? null}
                allowDeselect={false}
                onChange={(sheet) => sheet && reread({ sheet })}
              />
            ) : analysis.format === 'csv' ? (
              <Select
                label="Columns are separated by"
                data={
                  delimiters.some((known) => known.value === analysis.delimiter) || !analysis.delimiter
                    ? delimiters
                    : [...delimiters, { value: analysis.delimiter, label: analysis.delimiter }]
                }
                value={settings.delimiter ?? analysis.delimiter}
                allowDeselect={false}
                onChange={(delimiter) => delimiter && reread({ delimiter })}
              />
            ) : null}
            {analysis.format !== 'xlsx' && (
              <Select
                label="Encoding"
                data={[...new Set([analysis.encoding, ...encodings])]}
                value={settings.encoding ?? analysis.encoding}
                allowDeselect={false}
                onChange={(encoding) => encoding && reread({ encoding })}
              />
            )}
            {(analysis.format === 'csv' || analysis.format === 'xlsx') && (
              <Switch
                label="The first row names the columns"
                checked={settings.hasHeader ?? analysis.hasHeader}
                onChange={(event) => reread({ hasHeader: event.currentTarget.checked })}
                mb={8}
              />
            )}
          </FormGrid>
          <div>
            {analysis.sentences.map((sentence) => (
              <p key={sentence} className="dim">
                {sentence}
              </p>
            ))}
          </div>
        </Stack>
      </Card>
      <Card
        title="Columns"
        side={`${analysis.columns.length} ${plural(analysis.columns.length, 'column')}, about ${format.number(analysis.rowsEstimate)} ${plural(analysis.rowsEstimate, 'row')}`}
        flush
      >
        <div className={css.columns}>
          {analysis.columns.map((column) => {
            const value = mapping[String(column.index)] ?? keep;
            const name = column.header || `Column ${column.index + 1}`;
            return (
              <div key={column.index} className={css.column} data-out={value === leave || undefined}>
                <div className={css.head}>
                  <b>{name}</b>
                  <span>
                    {column.content}
                    {column.filled === 0 ? ' · empty' : ` · ${format.number(column.distinct)} different`}
                  </span>
                </div>
                <span className={css.arrow} aria-hidden>
                  →
                </span>
                <Select
                  aria-label={`What ${name} feeds`}
                  data={fieldData}
                  value={value}
                  searchable
                  allowDeselect={false}
                  error={doubled.includes(value) ? 'also fed by another column' : undefined}
                  styles={value === keep || value === leave ? { input: { color: 'var(--ink-2)' } } : undefined}
                  onChange={(field) => (field === declare ? setDeclaring(column.index) : feed(column.index, field))}
                />
                <div className={css.samples}>{column.samples.filter(Boolean).slice(0, 4).join('  ·  ') || 'nothing in the first rows'}</div>
              </div>
            );
          })}
        </div>
      </Card>
      {declaring !== undefined && kind?.ownFieldsOf && (
        <OwnFieldNew
          column={analysis.columns.find(({ index }) => index === declaring)!}
          subject={kind.ownFieldsOf}
          close={() => setDeclaring(undefined)}
          made={(key) => {
            feed(declaring, `custom.${key}`);
            setDeclaring(undefined);
          }}
        />
      )}
      {kind?.appends && <ImportAppendTerms terms={settings.append ?? {}} set={(append) => set({ append })} />}
      <Card title="For all rows">
        <FormGrid>
          {!kind?.appends && (
            <>
          <Select
            label="Program"
            placeholder="As the rows say, or none"
            searchable
            clearable
            data={programs}
            value={settings.programId ?? null}
            onChange={(value) => set({ programId: value })}
          />
          <TextInput
            label="Source, where a row names none"
            placeholder="As the rows say"
            value={settings.source ?? ''}
            onChange={(event) => set({ source: event.currentTarget.value || null })}
          />
          {kind?.updates && (
            <Select
              label="Rows of what is known already"
              data={[
                { value: 'both', label: 'Update it; make what is new' },
                { value: 'create', label: 'Skip them: only make what is new' },
                { value: 'update', label: 'Update it; skip what is new' },
              ]}
              value={settings.mode ?? 'both'}
              allowDeselect={false}
              onChange={(mode) => mode && set({ mode })}
            />
          )}
          <Autocomplete
            label="Consent, where a row says nothing"
            description="On what ground these people may be written to"
            placeholder="Not known"
            data={bases}
            value={settings.consentBasis ?? ''}
            onChange={(value) => set({ consentBasis: value || null })}
          />
          <TextInput
            label="Whose list it is"
            description="Who gave, sold or looks after it"
            value={settings.listOwner ?? ''}
            maxLength={200}
            onChange={(event) => set({ listOwner: event.currentTarget.value || null })}
          />
          {(kind?.kind === 'people' || kind?.kind === 'inquiries') && (
            <MoneyInput
              label="What the list cost"
              description="Where it was bought or rented: judged by what it yields"
              min={0}
              minor={settings.listCostMinor ?? null}
              onMinor={(listCostMinor) => set({ listCostMinor })}
            />
          )}
            </>
          )}
          {country && (
            <Select
              label="Country of rows that name none"
              placeholder={country.asked ? 'Choose the country' : 'The company’s'}
              error={placeless ? 'No column names the country: say where all these rows are.' : undefined}
              searchable
              clearable
              data={countries.options}
              value={settings.country ?? null}
              onChange={(value) => set({ country: value })}
            />
          )}
          <Select
            label="Dates such as 03/04/2026 mean"
            placeholder="Found out from the file"
            clearable
            data={[
              { value: 'dmy', label: '3 April (day first)' },
              { value: 'mdy', label: 'March 4 (month first)' },
            ]}
            value={settings.dateOrder ?? null}
            onChange={(value) => set({ dateOrder: value })}
          />
          <TextInput
            label="Currency of amounts that name none, or only say $"
            placeholder="The company’s"
            maxLength={3}
            value={settings.currency ?? ''}
            onChange={(event) => set({ currency: event.currentTarget.value.toUpperCase() || null })}
          />
          <Wide>
            <Stack gap={8}>
              {!kind?.appends && (
              <Switch
                label="Make programs, reps and companies that rows name and Baton does not know yet"
                checked={settings.createMissing ?? true}
                onChange={(event) => set({ createMissing: event.currentTarget.checked })}
              />
              )}
              <Switch
                label="Remember these columns for the next file of this shape"
                checked={saving}
                onChange={(event) => setSaving(event.currentTarget.checked)}
              />
              {saving && (
                <TextInput
                  label="Remember as"
                  placeholder={one.fileName}
                  value={settings.saveAs ?? ''}
                  onChange={(event) => set({ saveAs: event.currentTarget.value || undefined })}
                />
              )}
            </Stack>
          </Wide>
        </FormGrid>
      </Card>
      {kind && (
        <Note>
          {kind.matchedBy.sentence}{' '}
          {serving.length > 0 ? `In this file: ${serving.join(', ')}.` : `No column of this file serves for that: ${kind.appends ? 'nobody will be found' : 'every row will be new'}.`}
        </Note>
      )}
      {missing.length > 0 && (
        <Note tone="warn">
          No column feeds {missing.map((field) => field.label).join(', ')}, which every row needs. Rows without it would be listed as
          problems.
        </Note>
      )}
      <ErrorNote error={save.error} />
      <Row end>
        <Button loading={save.isPending} disabled={!one.kind || doubled.length > 0 || undecided || placeless} onClick={next}>
          See what would happen
        </Button>
      </Row>
    </Stack>
  );
}
