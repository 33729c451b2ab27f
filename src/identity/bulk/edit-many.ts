import { append, type NewFact } from '../../journal/index.ts';
import { bulkWork, type BulkRun } from '../../platform/bulk/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { readCustomPatch } from '../../platform/fields/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { loadSurroundings, lockIdentity } from '../candidates.store.ts';
import { fileForSearch } from '../index-for-search.ts';
import { loadOwn, setRows } from '../import.store.ts';
import { refreshComponents } from '../merge-people.ts';
import { organizationShape, personShape } from '../merge.rules.ts';
import type { Kind } from '../merge.store.ts';
import { changedColumns, changedSince, type Rows } from '../quality/changed.rules.ts';
import { jsonInstant } from '../survive/survive.rules.ts';
import { bulkChanges, problemOf, type BulkAction } from './bulk.rules.ts';
import { loadShown, peopleRuns } from './bulk.store.ts';
import { selectSubjects, type BulkSelection } from './select-subjects.ts';

const sampleSize = 12;
const lookedMost = 5000;
const shapes = { person: personShape, organization: organizationShape };

/** The action with its value read as it will be kept; refused where it cannot be done. */
async function readAction(tx: Tx, subject: Kind, action: BulkAction): Promise<BulkAction> {
  const problem = problemOf(subject, action);
  if (problem) refuse('invalid', 'identity/bulk', problem);
  if (action.do !== 'custom') return action;
  const [value] = Object.values(await readCustomPatch(tx, subject, { [action.key]: action.value }));
  return { ...action, value: value ?? null };
}

interface Planned {
  id: string;
  label: string;
  changes: Map<string, Record<string, unknown>>;
  shown: Record<string, unknown>;
}

async function plan(tx: Tx, cx: Context, subject: Kind, action: BulkAction, ids: readonly string[], by: string): Promise<Planned[]> {
  const rows = await loadShown(tx, subject, ids);
  const own = await loadOwn(tx, subject, rows.flatMap((row) => row.family));
  const { country: home } = await loadSurroundings(tx);
  const at = jsonInstant(cx.clock.now());
  return rows.map(({ id, shown, family }) => ({
    id,
    shown,
    label: nameOf(subject, shown),
    changes: bulkChanges(shapes[subject], action, { id, shown, own: new Map(family.map((one) => [one, own.get(one) ?? {}])), home, at, by }),
  }));
}

const nameOf = (subject: Kind, shown: Record<string, unknown>): string => String(shown[subject === 'person' ? 'full_name' : 'name'] ?? shown['email'] ?? 'Without a name');

/** Columns that only mirror another, or say who vouched and when. */
const derived = new Set(['email_key', 'phone_e164', 'mobile_e164', 'full_name', 'name_is_junk', 'name_key', 'domain', 'verified']);

/** What would happen: how many would change, of the first so many, and some of them before and after. Nothing is kept. */
export async function previewBulk(tx: Tx, cx: Context, given: { subject: Kind; selection: BulkSelection; action: BulkAction }) {
  const action = await readAction(tx, given.subject, given.action);
  const { count, ids } = await selectSubjects(tx, cx, given.subject, given.selection, lookedMost);
  const planned = await plan(tx, cx, given.subject, action, ids, tx.scope.userId ?? 'baton');
  const changing = planned.filter((one) => one.changes.size > 0);
  return {
    count,
    looked: planned.length,
    changing: changing.length,
    sample: changing.slice(0, sampleSize).map(({ id, label, shown, changes }) => ({
      id,
      label,
      fields: [...new Map([...changes].reverse().flatMap(([, row]) => Object.entries(row))).entries()]
        .filter(([column, value]) => !derived.has(column) && !column.endsWith('_at') && JSON.stringify(shown[column] ?? null) !== JSON.stringify(value ?? null))
        .map(([column, value]) => ({ field: column.replaceAll('_', ' '), before: said(shown[column], action), after: said(value, action) })),
    })),
  };
}

const said = (value: unknown, action: BulkAction): string | null => {
  const one = action.do === 'custom' && value !== null && typeof value === 'object' ? ((value as Record<string, unknown>)[action.key] ?? null) : value;
  return one === null || one === undefined ? null : typeof one === 'object' ? JSON.stringify(one) : String(one);
};

export const listRuns = (tx: Tx) => peopleRuns.list(tx);

/** Starts a run about whom the selection finds now; it works in the background. */
export async function startBulk(tx: Tx, cx: Context, given: { subject: Kind; selection: BulkSelection; action: BulkAction }): Promise<{ id: string; jobId: string }> {
  const action = await readAction(tx, given.subject, given.action);
  const { count, select } = await selectSubjects(tx, cx, given.subject, given.selection, 0);
  return peopleWork.start(tx, cx, { subject: given.subject, action, count, select });
}

const write = (tx: Tx, subject: Kind, rows: Rows): Promise<void> => setRows(tx, subject, Object.entries(rows).map(([id, values]) => ({ id, values })));

async function settle(tx: Tx, cx: Context, subject: Kind, changed: ReadonlyMap<string, readonly string[]>): Promise<void> {
  if (changed.size === 0) return;
  const ids = [...changed.keys()];
  await refreshComponents(tx, subject, ids);
  await append(
    tx,
    cx,
    [...changed].map(([id, fields]): NewFact =>
      subject === 'person'
        ? { type: 'person.changed', chainId: id, subjectId: id, data: { personId: id, fields: [...fields] } }
        : { type: 'organization.changed', chainId: id, subjectId: id, data: { organizationId: id, fields: [...fields] } },
    ),
  );
  await fileForSearch(tx, subject === 'person' ? ids : [], subject === 'organization' ? ids : []);
}

/** What each row said is kept beside what it says now. */
async function change(tx: Tx, cx: Context, run: BulkRun<BulkAction, Kind>, ids: readonly string[], by: string) {
  const planned = await plan(tx, cx, run.subject, run.action, ids, by);
  const rowIds = planned.flatMap((one) => [...one.changes.keys()]);
  const was = await loadOwn(tx, run.subject, rowIds);
  await write(tx, run.subject, Object.fromEntries(planned.flatMap((one) => [...one.changes])));
  const is = await loadOwn(tx, run.subject, rowIds);
  const made = planned.flatMap(({ id, changes }) => {
    const rows = [...changes.keys()].map((rowId) => [rowId, changedColumns(was.get(rowId) ?? {}, is.get(rowId) ?? {})] as const).filter(([, one]) => Object.keys(one.after).length > 0);
    if (rows.length === 0) return [];
    const before: Rows = Object.fromEntries(rows.map(([rowId, one]) => [rowId, one.before]));
    return [{ id, before, after: Object.fromEntries(rows.map(([rowId, one]) => [rowId, one.after])) }];
  });
  await settle(tx, cx, run.subject, columnsOf(made));
  return made;
}
const columnsOf = (made: readonly { id: string; after: Rows }[]): Map<string, string[]> =>
  new Map(made.map(({ id, after }) => [id, [...new Set(Object.values(after).flatMap(Object.keys))]]));

/** Changes of many people and organizations. */
export const peopleWork = bulkWork(peopleRuns, {
  job: 'identity.bulk-edit',
  undoJob: 'identity.undo-bulk',
  lock: lockIdentity,
  change,
  async back(tx, cx, run, made) {
    await write(tx, run.subject, Object.assign({}, ...made.map((one) => one.before)) as Rows);
    await settle(tx, cx, run.subject, columnsOf(made));
  },
  async since(tx, run, made) {
    const is = await loadOwn(tx, run.subject, made.flatMap(({ after }) => Object.keys(after)));
    return new Map(made.flatMap((one): [string, string[]][] => {
      const since = changedSince(one.after, is).map((column) => column.replaceAll('_', ' '));
      return since.length > 0 ? [[one.id, since]] : [];
    }));
  },
  names: async (tx, run, ids) => new Map((await loadShown(tx, run.subject, ids)).map(({ id, shown }) => [id, nameOf(run.subject, shown)])),
});
