import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { listCustomFields } from '../platform/fields/index.ts';
import { refuse } from '../platform/refusal.ts';
import { fieldOfHeader } from '../platform/values/custom-field.rules.ts';
import { nameableCountries } from './countries.rules.ts';
import { sightFile } from './sight-file.ts';
import { piecesOf, readRows } from './import-file.ts';
import type { FileRow } from './import-file.ts';
import type { ImportKind, ImportOptions } from './import-kind.ts';
import { getKind, ownFieldsOf } from './import-kinds.ts';
import type { ImportRecord } from './import.queries.ts';
import { findProgram } from './program.queries.ts';
import { OWN, planRows } from './read-row.rules.ts';
import type { RowPlan } from './read-row.rules.ts';
import { workspaceHabits } from './workspace.queries.ts';

/** Everything that decides how the rows of an import are read; the same at the preview, at the run and when a run goes on. */
export interface ImportPlan {
  kind: ImportKind;
  rows: RowPlan;
  options: ImportOptions;
  headers: string[];
  hasHeader: boolean;
  rowsEstimate: number;
  /** Columns that feed a field the workspace declared itself, by position: its name. */
  ownFields: Map<number, string>;
  sentences: string[];
  read(): AsyncGenerator<FileRow[]>;
}

export async function planImport(cx: Context, scope: Scope, record: ImportRecord): Promise<ImportPlan> {
  const kind = getKind(record.kind);
  const { settings } = record;
  const habits = await cx.db.read(scope, workspaceHabits);
  const pieces = piecesOf(cx, scope, record.id);
  const sight = await sightFile(pieces, record.fileBytes, { ...settings, hasHeader: settings.hasHeader ?? record.analysis!.hasHeader }, { label: record.analysis!.encoding }, record.analysis!);
  const mapping = settings.mapping ?? {};
  const mapped = new Set(Object.values(mapping));
  const missing = kind.fields.filter((field) => field.required && !mapped.has(field.name));
  if (missing.length > 0) refuse('invalid', 'capture/required-field', `No column feeds ${missing.map(({ label }) => `“${label}”`).join(' and ')}. Choose ${missing.length > 1 ? 'columns' : 'one'} in the mapping.`);
  const asked = kind.fields.find((field) => field.asked && !mapped.has(field.name));
  if (asked && !settings.country) refuse('invalid', 'capture/country-unsaid', 'No column of this file names the country. Say for all rows in which country they are.');
  const { programId } = settings;
  if (programId) {
    const program = await cx.db.read(scope, (tx) => findProgram(tx, programId));
    if (!program) refuse('invalid', 'capture/no-program', 'The program chosen for this import does not exist.');
  }
  const timeZone = settings.timeZone ?? habits.timeZone;
  const currency = settings.currency ?? habits.currency;
  const rows = planRows(kind.fields, {
    mapping,
    values: settings.values,
    headers: sight.headers,
    samples: sight.body,
    timeZone,
    currency,
    forcedCurrency: settings.currency,
    dateOrder: monthFirst(habits.locale, habits.country) ? 'mdy' : 'dmy',
    forcedDateOrder: settings.dateOrder,
  });
  const options: ImportOptions = { programId: programId ?? null, source: settings.source?.trim() || null, createMissing: settings.createMissing ?? true, mode: settings.mode ?? 'both', consentBasis: settings.consentBasis?.trim() || null, ...(settings.append ? { append: settings.append } : {}), timeZone, currency, country: settings.country ?? habits.country, ...(settings.country ? { countrySaid: settings.country } : {}) };
  const translated = rows.columns.filter(({ values }) => values !== null);
  const sentences = rows.columns.flatMap(({ sentence, key }) => (sentence ? [`${key}: ${sentence}`] : []));
  for (const { key, values } of translated) sentences.push(`${key}: ${values!.size} ${values!.size === 1 ? 'value is' : 'values are'} taken as you said.`);
  if (settings.country && kind.fields.some(({ name }) => name === 'country')) sentences.push(`Rows that name no country are taken to be in ${nameableCountries().find(({ value }) => value === settings.country)?.label ?? settings.country}, as you said.`);
  if (kind.updates && options.mode !== 'both') sentences.push(options.mode === 'create' ? 'Only new ones are made; rows of known ones are skipped.' : 'Only known ones are updated; rows of unknown ones are skipped.');
  const subject = ownFieldsOf(record.kind);
  const declared = subject ? await cx.db.read(scope, (tx) => listCustomFields(tx, { subject })) : [];
  const unfed = rows.columns.filter(({ field, key, index }) => !field && key !== '' && mapping[index] !== '-' && sight.columns[index]!.content !== 'empty');
  const ownFields = new Map<number, string>();
  for (const [index, wanted] of Object.entries(mapping))
    if (wanted.startsWith(OWN) && !declared.some(({ key }) => key === wanted.slice(OWN.length))) refuse('invalid', 'capture/no-own-field', `The column “${sight.headers[Number(index)] ?? index}” is to fill a field that is not declared: ${wanted.slice(OWN.length)}.`);
  for (const { index, key } of unfed) {
    const field = fieldOfHeader(declared, key);
    if (field) ownFields.set(index, field.label);
  }
  if (ownFields.size > 0) sentences.push(`${[...ownFields.values()].map((label) => `“${label}”`).join(', ')} ${ownFields.size === 1 ? 'fills the field of that name you declared' : 'fill the fields of those names you declared'}.`);
  const extras = unfed.filter(({ index }) => !ownFields.has(index)).map(({ key }) => `“${key}”`);
  if (extras.length > 0) sentences.push(`${extras.slice(0, 12).join(', ')}${extras.length > 12 ? ` and ${extras.length - 12} more` : ''} ${extras.length === 1 ? 'has' : 'have'} no field and ${extras.length === 1 ? 'is' : 'are'} kept as extra.${subject ? ' Declare a field of that name in the settings, and it is filled.' : ''}`);
  return { kind, rows, options, headers: sight.headers, hasHeader: sight.hasHeader && !sight.form.keys, rowsEstimate: sight.rowsEstimate, ownFields, sentences, read: () => readRows(pieces, sight.form) };
}

/** Whether people there write the month first. */
const monthFirst = (locale: string, country: string | null): boolean => country === 'US' || country === 'PH' || /-(US|PH)$/i.test(locale) || (!country && locale.toLowerCase() === 'en-us');
