import { audit, getWorkspace } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { minorDigits } from '../../platform/values/money-text.rules.ts';
import { problemsOf, type Field } from '../../platform/values/criteria-fields.rules.ts';
import { explainCriteria, type Criteria } from '../../platform/values/criteria.rules.ts';
import { catalogueOf, loadSegmentFields, type SegmentFields } from './catalogue.ts';
import type { SegmentSubject } from './field-source.ts';
import { fillSegments } from './keep-segments.ts';
import { countAndSample, deleteSegment, findSegment, findSegmentCalled, listSegments, saveSegment, selectionOf, type Segment } from './segment.store.ts';
import { loadNames, namesIn } from './names.queries.ts';

export interface GivenSegment {
  name: string;
  note?: string | null | undefined;
  subject: SegmentSubject;
  kind: 'live' | 'static';
  criteria: Criteria;
}

const segmentsMax = 200;

function checked(criteria: Criteria, fields: SegmentFields): void {
  const problems = problemsOf(criteria, fields.byName);
  if (problems.length > 0) refuse('invalid', 'identity/segment-criteria', problems.join(' '));
}

/** A static one is filled once and stays; a live one is filled and followed from then on. */
export async function makeSegment(tx: Tx, cx: Context, given: GivenSegment): Promise<string> {
  const fields = await loadSegmentFields(tx, given.subject);
  checked(given.criteria, fields);
  await freeName(tx, given.name);
  if ((await listSegments(tx)).length >= segmentsMax) refuse('limit', 'identity/segments', `There are ${segmentsMax} segments already, which is the most. Delete one that nobody needs.`);
  const id = cx.ids.next();
  const at = cx.clock.now();
  await saveSegment(tx, { id, ...given, note: given.note ?? null, madeAt: at, changedAt: at });
  await fillSegments(tx, cx, [id]);
  await audit(tx, cx, { what: 'segment.made', subjectId: id, detail: { name: given.name } });
  cx.live.publish(tx, 'segment');
  return id;
}

/** New conditions make new members; a name and a note change nothing. Turning live into static freezes it as it is. */
export async function changeSegment(
  tx: Tx,
  cx: Context,
  id: string,
  change: Partial<Omit<GivenSegment, 'subject'>>,
): Promise<void> {
  const was = (await findSegment(tx, id)) ?? refuse('not-found', 'identity/no-such-segment', 'There is no such segment here.');
  if (change.name !== undefined && change.name.toLowerCase() !== was.name.toLowerCase()) await freeName(tx, change.name);
  const next: Segment = {
    ...was,
    name: change.name ?? was.name,
    note: change.note === undefined ? was.note : change.note,
    kind: change.kind ?? was.kind,
    criteria: change.criteria ?? was.criteria,
    changedAt: cx.clock.now(),
  };
  if (change.criteria) checked(change.criteria, await loadSegmentFields(tx, was.subject));
  await saveSegment(tx, next);
  if (change.criteria !== undefined || (next.kind === 'live' && was.kind === 'static')) await fillSegments(tx, cx, [id]);
  await audit(tx, cx, { what: 'segment.changed', subjectId: id, detail: { fields: Object.keys(change) } });
  cx.live.publish(tx, 'segment');
}

export async function removeSegment(tx: Tx, cx: Context, id: string): Promise<void> {
  const was = (await findSegment(tx, id)) ?? refuse('not-found', 'identity/no-such-segment', 'There is no such segment here.');
  await deleteSegment(tx, id);
  await audit(tx, cx, { what: 'segment.removed', subjectId: id, detail: { name: was.name } });
  cx.live.publish(tx, 'segment');
}

async function freeName(tx: Tx, name: string): Promise<void> {
  if (await findSegmentCalled(tx, name)) refuse('conflict', 'identity/segment-exists', `There is a segment “${name}” already.`);
}

/** How many the conditions find now, some of them, and the conditions as a sentence; while they cannot be asked, why. */
export async function previewSegment(
  tx: Tx,
  cx: Context,
  given: { subject: SegmentSubject; criteria: Criteria },
): Promise<{ count: number | null; sample: string[]; sentence: string; problems: string[] }> {
  const fields = await loadSegmentFields(tx, given.subject);
  const problems = problemsOf(given.criteria, fields.byName);
  const sentence = await sentenceOf(tx, given.criteria, fields);
  if (problems.length > 0) return { count: null, sample: [], sentence, problems };
  const { workspaceId } = tx.scope;
  const selection = selectionOf(given.subject, given.criteria, catalogueOf(fields, workspaceId), workspaceId, cx.clock.now());
  return { ...(await countAndSample(tx, selection, sampleSize)), sentence, problems };
}
const sampleSize = 8;

/** The conditions as people say them: ids by the names of what they are of, amounts in whole units. */
export async function sentenceOf(tx: Tx, criteria: Criteria, fields: Pick<SegmentFields, 'byName'>): Promise<string> {
  const names = await loadNames(tx, namesIn(criteria, fields.byName));
  const { currency } = await getWorkspace(tx);
  return explainCriteria(said(criteria, fields.byName, names, 10 ** minorDigits(currency)), Object.fromEntries([...fields.byName].map(([field, { label }]) => [field, label])));
}

const countries = new Intl.DisplayNames(['en'], { type: 'region' });

function said(criteria: Criteria, fields: ReadonlyMap<string, Field>, names: ReadonlyMap<string, string>, unit: number): Criteria {
  if ('all' in criteria) return { all: criteria.all.map((one) => said(one, fields, names, unit)) };
  if ('any' in criteria) return { any: criteria.any.map((one) => said(one, fields, names, unit)) };
  if ('not' in criteria) return { not: said(criteria.not, fields, names, unit) };
  const field = fields.get(criteria.field);
  const word = (value: unknown): string | number | boolean | null => {
    if (typeof value !== 'string' && typeof value !== 'number') return value as boolean | null;
    if (field?.type === 'money') return Number(value) / unit;
    if (field?.type === 'country') return /^[a-z]{2}$/i.test(String(value)) ? (countries.of(String(value).toUpperCase()) ?? value) : value;
    return field?.choices?.find((one) => one.value === value)?.label ?? names.get(String(value)) ?? value;
  };
  const { value } = criteria;
  return value === undefined ? criteria : { ...criteria, value: Array.isArray(value) ? value.map(word) : word(value) };
}
