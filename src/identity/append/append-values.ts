import { append } from '../../journal/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { loadSurroundings, lockIdentity } from '../candidates.store.ts';
import { keepBefore, setRows } from '../import.store.ts';
import { refreshComponents } from '../merge-people.ts';
import { groupOfColumn, momentsOf } from '../merge.rules.ts';
import { findSurvivors } from '../merge.store.ts';
import { jsonInstant, type Verified } from '../survive/survive.rules.ts';
import { addToRun, insertReceipts, loadSubjects, type Receipt, type Run } from './append.store.ts';
import { findAppendField, type Values } from './append-fields.rules.ts';
import { decideValue, type Unused } from './decide-value.rules.ts';

export interface Offer {
  subjectId: string;
  field: string;
  /** as it came: a cell's text, or JSON */
  value: unknown;
  /** from 0 to 1; null: what the provider's values are in general */
  confidence: number | null;
  /** the day it was true, YYYY-MM-DD */
  asOf: string | null;
  row: number | null;
  /** its share of what the row cost */
  priceMinor: number;
  providerId: string;
}
export interface Appended {
  subjectId: string;
  field: string;
  row: number | null;
  /** null: used */
  why: Unused | null;
  before: Values | null;
  after: Values | null;
}

/**
 * Writes what providers say, where it may be written, and keeps a receipt of everything offered. What it replaces is kept like that of a
 * list, under the run's id, so that the run is taken back exactly, in whatever order with lists, and tells what was changed since.
 * Later offers see what earlier ones wrote. Offers about somebody retired or unknown are left out.
 */
export async function appendValues(tx: Tx, cx: Context, run: Run, offers: readonly Offer[]): Promise<Appended[]> {
  if (offers.length === 0) return [];
  await lockIdentity(tx);
  const { kind, terms } = run;
  const { country: home } = await loadSurroundings(tx);
  const survivors = await findSurvivors(tx, kind, [...new Set(offers.map(({ subjectId }) => subjectId))]);
  const ids = [...new Set(survivors.values())];
  const subjects = await loadSubjects(tx, kind, ids);
  const changes = new Map<string, Record<string, unknown>>();
  const fields = new Map<string, Set<string>>();
  const out: Appended[] = [];
  const receipts: Receipt[] = [];
  for (const offer of offers) {
    const field = findAppendField(kind, offer.field);
    const subjectId = survivors.get(offer.subjectId) ?? '';
    const subject = subjects.get(subjectId);
    if (!field || !subject) continue;
    const country = (subject.shown['country'] as string | null) ?? home;
    const values = field.read(offer.value, country);
    const confidence = offer.confidence ?? terms.confidence;
    const verified = (subject.shown['verified'] ?? {}) as Verified;
    const isVerified = field.columns.some((column) => (groupOfColumn[kind].get(column) ?? '') in verified);
    const why = decideValue(field, { values, confidence, asOf: offer.asOf }, subject.shown, isVerified, terms);
    const of = (row: Values): Values => Object.fromEntries(field.columns.map((column) => [column, row[column] ?? null]));
    const before = of(subject.own);
    if (why === null) {
      changes.set(subjectId, { ...changes.get(subjectId), ...values, ...momentsOf(kind, field.columns, jsonInstant(cx.clock.now())) });
      fields.set(subjectId, (fields.get(subjectId) ?? new Set()).add(field.name));
    }
    out.push({ subjectId, field: field.name, row: offer.row, why, before: of(subject.shown), after: values ?? null });
    if (why === null) subjects.set(subjectId, { shown: { ...subject.shown, ...values }, own: { ...subject.own, ...values } });
    receipts.push({
      id: cx.ids.next(),
      runId: run.id,
      providerId: offer.providerId,
      kind,
      subjectId,
      field: field.name,
      value: values ?? null,
      replaced: why === null && Object.values(before).some((cell) => cell !== null) ? before : null,
      rowNo: offer.row,
      asOf: offer.asOf,
      expiresOn: terms.licenceUntil,
      confidence,
      priceMinor: offer.priceMinor,
      currency: run.currency,
      status: why === null ? 'used' : 'unused',
      why,
    });
  }
  const written = [...changes].map(([id, values]) => ({ id, values }));
  await keepBefore(tx, cx.ids.next(), run.id, written, kind);
  await setRows(tx, kind, written);
  if (written.length > 0) await refreshComponents(tx, kind, written.map(({ id }) => id));
  await insertReceipts(tx, receipts, cx.clock.now());
  await addToRun(tx, run.id, { used: receipts.filter(({ status }) => status === 'used').length, unused: receipts.filter(({ status }) => status === 'unused').length });
  await append(tx, cx, [...fields].map(([id, names]) => appended(kind, id, { runId: run.id, fields: [...names] })));
  return out;
}

/** The fact that values were written (or, `expired`, taken out) by machine. */
export const appended = (kind: 'person' | 'organization', id: string, data: { runId: string; fields: string[]; expired?: true; undone?: true }) =>
  kind === 'person'
    ? { type: 'person.appended' as const, chainId: id, subjectId: id, data: { personId: id, ...data } }
    : { type: 'organization.appended' as const, chainId: id, subjectId: id, data: { organizationId: id, ...data } };
