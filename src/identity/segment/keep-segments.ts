import type { Fact, FactType, Subscriber } from '../../journal/index.ts';
import type { Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Sql, Tx } from '../../platform/db/index.ts';
import type { Job } from '../../platform/jobs/index.ts';
import { asksFor, asksForDays, problemsOf } from '../../platform/values/criteria-fields.rules.ts';
import { catalogueOf, loadSegmentFields, type Only, type SegmentFields } from './catalogue.ts';
import { segmentSources, type SegmentSubject, type Touched } from './field-source.ts';
import { ownSource } from './own-fields.ts';
import {
  compareMembers,
  listSegments,
  loadAround,
  loadFamily,
  loadPeopleOf,
  loadSurvivingOrganizations,
  lockSegments,
  selectionOf,
  setMembers,
  setProblem,
  type Segment,
} from './segment.store.ts';

/** Somebody whom time alone moves in or out is noticed within this. */
const daysNoticedMs = 3_600_000;
const everybodyMs = 86_400_000;

function typesHeard(): readonly FactType[] {
  return [...new Set([ownSource, ...segmentSources()].flatMap((source) => source.hears))];
}

let types: readonly FactType[] | undefined;

/** Keeps live segments: whomever the facts of a batch touched is looked at again, in one statement per segment. */
export const keepSegments: Subscriber = {
  name: 'identity.segments',
  batch: 5000,
  patient: true,
  // Asked only once house.ts has handed over what the later rooms bring.
  get types() {
    return (types ??= typesHeard());
  },
  async handle(tx, cx, facts) {
    const live = await listSegments(tx, { kind: 'live' });
    if (live.length === 0) return;
    const touched = await touchedBy(tx, facts);
    await refreshTouched(tx, cx, live, touched);
  },
};

async function refreshTouched(tx: Tx, cx: Context, live: readonly Segment[], touched: Touched): Promise<void> {
  const locked = (await lockSegments(tx, live.map(({ id }) => id))).filter((one) => one.kind === 'live');
  for (const subject of ['person', 'organization'] as const) {
    const ours = locked.filter((one) => one.subject === subject);
    if (ours.length === 0) continue;
    const only = touched.everybody === true ? undefined : await whomToLookAt(tx, subject, ours, touched);
    if (only?.ids.length === 0) continue;
    await refresh(tx, cx, ours, cx.clock.now(), only);
  }
}

/** Looks again at whom something touched that no fact tells of, in the live segments that ask for certain fields. */
export async function lookAgainAt(tx: Tx, cx: Context, touched: Touched, asks: (field: string) => boolean): Promise<void> {
  const live = (await listSegments(tx, { kind: 'live' })).filter(({ criteria }) => asksFor(criteria, asks));
  if (live.length > 0) await refreshTouched(tx, cx, live, touched);
}

/** Looks at these people again in the live segments that ask for certain fields: what they read is kept without a fact for each change. */
export async function lookAgain(tx: Tx, cx: Context, people: readonly string[], asks: (field: string) => boolean): Promise<void> {
  const live = (await listSegments(tx, { kind: 'live', subject: 'person' })).filter(({ criteria }) => asksFor(criteria, asks));
  if (live.length === 0) return;
  const ids = [...people].sort();
  const locked = (await lockSegments(tx, live.map(({ id }) => id))).filter((one) => one.kind === 'live');
  await refresh(tx, cx, locked, cx.clock.now(), { ids, family: await loadFamily(tx, 'person', ids) });
}

async function touchedBy(tx: Tx, facts: readonly Fact[]): Promise<Touched> {
  const all: Required<Touched> = { people: [], organizations: [], everybody: false };
  for (const source of [ownSource, ...segmentSources()]) {
    const heard = facts.filter((fact) => source.hears.includes(fact.type));
    if (heard.length === 0) continue;
    const { people = [], organizations = [], everybody = false } = await source.touched(tx, heard);
    all.people.push(...people);
    all.organizations.push(...organizations);
    all.everybody ||= everybody;
  }
  return all;
}

/** The people touched, and, where their organization is asked about, everybody of an organization touched; organizations likewise. */
async function whomToLookAt(tx: Tx, subject: SegmentSubject, segments: readonly Segment[], touched: Touched): Promise<Only> {
  const around = await loadAround(tx, touched.people ?? []);
  const ids = new Set<string>();
  if (subject === 'person') {
    around.people.forEach((id) => ids.add(id));
    if (segments.some(({ criteria }) => asksFor(criteria, (field) => field.startsWith('organization.')))) {
      const organizations = await loadSurvivingOrganizations(tx, touched.organizations ?? []);
      const family = await loadFamily(tx, 'organization', organizations);
      for (const id of await loadPeopleOf(tx, family)) ids.add(id);
    }
  } else {
    for (const id of await loadSurvivingOrganizations(tx, [...(touched.organizations ?? []), ...around.organizations])) ids.add(id);
    for (const id of [...(touched.organizations ?? []), ...around.organizations]) ids.add(id);
  }
  const sorted = [...ids].sort();
  return { ids: sorted, family: await loadFamily(tx, subject, sorted) };
}

/** Makes the members right, of everybody or of those named. A segment that asks for a field no longer there keeps its members and says so. */
async function refresh(tx: Tx, cx: Context, segments: readonly Segment[], now: Date, only?: Only): Promise<void> {
  let moved = 0;
  const fields = new Map<SegmentSubject, SegmentFields>();
  for (const segment of segments) {
    const known = fields.get(segment.subject) ?? (await loadSegmentFields(tx, segment.subject));
    fields.set(segment.subject, known);
    const problems = problemsOf(segment.criteria, known.byName);
    if (problems.length > 0) {
      await setProblem(tx, segment.id, problems.join(' '));
      continue;
    }
    const { came, went } = await setMembers(tx, segment.id, selection(tx, segment, known, now, only), now, only);
    moved += came + went;
  }
  if (moved > 0) cx.live.publish(tx, 'segment');
}

const selection = (tx: Tx, { subject, criteria }: Pick<Segment, 'subject' | 'criteria'>, fields: SegmentFields, now: Date, only?: Only): Sql =>
  selectionOf(subject, criteria, catalogueOf(fields, tx.scope.workspaceId, only), tx.scope.workspaceId, now, only);

/** Looks at everybody for these segments. */
export async function fillSegments(tx: Tx, cx: Context, ids: readonly string[]): Promise<void> {
  await refresh(tx, cx, await lockSegments(tx, ids), cx.clock.now());
}

/** Live segments that time changes are looked at again every hour, the others once a day: what no fact says is noticed then. */
export async function refreshDue(cx: Context, scope: Scope): Promise<number> {
  const now = cx.clock.now().getTime();
  const due = (await cx.db.read(scope, (tx) => listSegments(tx, { kind: 'live' }))).filter(
    ({ criteria, countedAt, problem }) => problem === null && now - countedAt.getTime() >= (asksForDays(criteria) ? daysNoticedMs : everybodyMs),
  );
  for (const { id } of due) await cx.db.write(scope, (tx) => fillSegments(tx, cx, [id]));
  return due.length;
}

/** Everything from the beginning, one segment a transaction. */
export async function rebuildAll(
  cx: Context,
  scope: Scope,
  progress: (done: number, total: number, name: string) => unknown,
  cancelled: () => Promise<boolean> = async () => false,
): Promise<void> {
  const live = await cx.db.read(scope, (tx) => listSegments(tx, { kind: 'live' }));
  for (const [at, { id, name }] of live.entries()) {
    if (await cancelled()) return;
    await cx.db.write(scope, (tx) => fillSegments(tx, cx, [id]));
    await progress(at + 1, live.length, name);
  }
}

export const rebuildSegments: Job = (cx, scope, job) =>
  rebuildAll(
    cx,
    scope,
    (done, total, name) => job.progress(done, total, name),
    () => job.cancelled(),
  );

export interface SegmentCheck {
  id: string;
  name: string;
  members: number;
  found: number;
  missing: number;
  extra: number;
  /** whether the number shown is the number kept */
  counted: boolean;
}

/** Whether the members kept are those the conditions find, for every live segment. */
export async function checkSegments(cx: Context, scope: Scope): Promise<SegmentCheck[]> {
  return cx.db.read(scope, async (tx) => {
    const checks: SegmentCheck[] = [];
    for (const segment of await listSegments(tx, { kind: 'live' })) {
      const fields = await loadSegmentFields(tx, segment.subject);
      if (problemsOf(segment.criteria, fields.byName).length > 0) continue;
      const compared = await compareMembers(tx, segment.id, selection(tx, segment, fields, cx.clock.now()));
      const { id, name, members } = segment;
      checks.push({ id, name, members, ...compared, counted: members === compared.found - compared.missing + compared.extra });
    }
    return checks;
  });
}
