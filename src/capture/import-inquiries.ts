import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { listCustomFields } from '../platform/fields/index.ts';
import { readExtra, type CustomField } from '../platform/values/custom-field.rules.ts';
import { append } from '../journal/index.ts';
import type { NewFact } from '../journal/index.ts';
import { acceptInquiries } from './accept-inquiries.ts';
import type { Arrival } from './accept-inquiries.ts';
import type { ImportBatch, ImportKind, RowOutcome } from './import-kind.ts';
import { countKnownExternalIds, findRecords } from './inquiry.queries.ts';
import { lockRecords, widenImport, withdrawOfImport } from './inquiry.store.ts';
import { inquiryFields, inquiryKnownBy, ownColumns } from './inquiry-words.rules.ts';
import { makeMissingPrograms, programsChangedSince, undoPrograms } from './import-programs.ts';
import { cleanText } from './read-inquiry.rules.ts';
import { readTouch } from './touch.rules.ts';
import { noUuid } from '../platform/values/uuid.rules.ts';

const LENGTH: Record<string, number> = { message: 20_000, landingPage: 2000, externalId: 200, email: 320 };
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function arrivalOf(batch: ImportBatch, index: number, programId: string | null, own: readonly CustomField[]): Arrival {
  const { row, values, extra } = batch.rows[index]!;
  const fields: Record<string, unknown> = {};
  for (const name of Object.keys(values)) {
    if (ownColumns.has(name)) continue;
    const value = values[name];
    fields[name] = typeof value === 'string' ? cleanText(value, LENGTH[name] ?? 500) : value;
  }
  if (fields['country'] === undefined && batch.options.countrySaid) fields['country'] = batch.options.countrySaid;
  if (fields['consent'] === undefined && batch.options.consentBasis) fields['consent'] = batch.options.consentBasis;
  if (Object.keys(extra).length > 0) {
    // A column named like an own field of inquiries is kept under its key and of its kind; the others, and what cannot be read, as they stand.
    const { values: said, rest } = readExtra(own, extra, batch.options.currency);
    fields['custom'] = { ...rest, ...said };
  }
  const parameters: Record<string, unknown> = {
    utm_source: values['utmSource'], utm_medium: values['utmMedium'], utm_campaign: values['utmCampaign'], utm_term: values['utmTerm'], utm_content: values['utmContent'],
    gclid: values['gclid'], fbclid: values['fbclid'], msclkid: values['msclkid'],
  };
  const page = text(values['landingPage']);
  const touch = readTouch({ parameters, url: page?.includes('://') ? page : undefined, referrer: values['referrer'] });
  const externalId = text(fields['externalId']) ?? null;
  const occurredAt = (values['occurredAt'] as Date | undefined) ?? null;
  return {
    channel: 'import',
    fields,
    externalId,
    source: text(values['source']) ?? text(values['utmSource']) ?? batch.options.source,
    programId,
    occurredAt,
    firstTouch: touch,
    lastTouch: touch,
    importId: batch.importId,
    importRow: row,
  };
}

/** The same record exported twice is one inquiry; the same record telling of another day is another. */
async function recordsKnown(tx: Tx, arrivals: readonly Arrival[]): Promise<Set<number>> {
  const externalIds = [...new Set(arrivals.flatMap(({ externalId }) => (externalId ? [externalId] : [])))];
  const known = new Set<number>();
  if (externalIds.length === 0) return known;
  await lockRecords(tx);
  const seen = new Set<string>();
  for (const { externalId, occurredAt } of await findRecords(tx, externalIds)) {
    seen.add(externalId);
    seen.add(`${externalId} ${occurredAt.getTime()}`);
  }
  arrivals.forEach(({ externalId, occurredAt }, index) => {
    if (!externalId) return;
    const record = occurredAt ? `${externalId} ${occurredAt.getTime()}` : externalId;
    if (seen.has(record)) known.add(index);
    seen.add(record).add(externalId);
  });
  return known;
}

async function apply(tx: Tx, cx: Context, batch: ImportBatch): Promise<RowOutcome[]> {
  const wanted = batch.rows.map(({ values }) => ({ externalId: text(values['programExternalId']) ?? null, name: text(values['programName']) ?? null }));
  const [programs, own] = await Promise.all([makeMissingPrograms(tx, cx, batch, wanted), listCustomFields(tx, { subject: 'inquiry' })]);
  const arrivals = batch.rows.map((_, index) => arrivalOf(batch, index, programs[index] ?? batch.options.programId, own));
  const known = await recordsKnown(tx, arrivals);
  const accepted = await acceptInquiries(tx, cx, arrivals.filter((_, index) => !known.has(index)));
  const ids = accepted.map(({ id }) => id).toSorted();
  if (ids.length > 0) await widenImport(tx, batch.importId, ids[0]!, ids.at(-1)!);
  return batch.rows.map(({ row }, index): RowOutcome => {
    if (known.has(index)) return { row, outcome: 'matched' };
    const { name, externalId } = wanted[index]!;
    const unknown = (name ?? externalId) !== null && !programs[index];
    return unknown ? { row, outcome: 'new', field: 'programName', sentence: `There is no program “${(name ?? externalId)!.slice(0, 80)}”; the inquiry came in without one.` } : { row, outcome: 'new' };
  });
}

async function undo(tx: Tx, cx: Context, importId: string, options?: { overwrite?: boolean }): Promise<void> {
  for (let after = noUuid; ; ) {
    const withdrawn = await withdrawOfImport(tx, importId, after, 5000);
    if (withdrawn.length === 0) break;
    after = withdrawn.reduce((last, { id }) => (id > last ? id : last), after);
    await append(tx, cx, withdrawn.map(({ id }): NewFact => ({ type: 'inquiry.withdrawn', chainId: id, subjectId: id, data: { inquiryId: id, importId } })));
  }
  await undoPrograms(tx, cx, importId, options);
}

export const inquiriesKind: ImportKind = {
  kind: 'inquiries',
  label: 'Inquiries',
  matchedBy: { fields: ['externalId', 'occurredAt'], sentence: 'A row is an inquiry of its own, unless one with its external id and moment is known. Who sent it is recognised by all it says of the person.' },
  updates: false,
  knownBy: inquiryKnownBy,
  fields: inquiryFields.map((field) => (field.name === 'externalId' ? { ...field, known: countKnownExternalIds } : field)),
  apply,
  undo,
  // Programs it made on the way may have become somebody's work.
  changedSince: programsChangedSince,
};
