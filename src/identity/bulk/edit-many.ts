import { append, type NewFact } from '../../journal/index.ts';
import { audit, type Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { readCustomPatch } from '../../platform/fields/index.ts';
import { cancelJob, enqueueJob, type RunningJob } from '../../platform/jobs/index.ts';
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
import { findRun, forgetPending, insertRun, loadMade, loadPending, loadShown, markUndone, saveChanges, setRun, type BulkRun, type MadeChange } from './bulk.store.ts';
import { selectSubjects, type BulkSelection } from './select-subjects.ts';

export const bulkJob = 'identity.bulk-edit';
export const undoBulkJob = 'identity.undo-bulk';
const batch = 500;
const rowsMost = 200_000;
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

const labelOf = (subject: Kind, shown: Record<string, unknown>): string => String(shown[subject === 'person' ? 'full_name' : 'name'] ?? shown['email'] ?? 'Without a name');

async function plan(tx: Tx, cx: Context, subject: Kind, action: BulkAction, ids: readonly string[], by: string): Promise<Planned[]> {
  const rows = await loadShown(tx, subject, ids);
  const own = await loadOwn(tx, subject, rows.flatMap((row) => row.family));
  const { country: home } = await loadSurroundings(tx);
  const at = jsonInstant(cx.clock.now());
  return rows.map(({ id, shown, family }) => ({
    id,
    shown,
    label: labelOf(subject, shown),
    changes: bulkChanges(shapes[subject], action, { id, shown, own: new Map(family.map((one) => [one, own.get(one) ?? {}])), home, at, by }),
  }));
}

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

/** Starts a run about whom the selection finds now; it works in the background. */
export async function startBulk(tx: Tx, cx: Context, given: { subject: Kind; selection: BulkSelection; action: BulkAction }): Promise<{ id: string; jobId: string }> {
  const action = await readAction(tx, given.subject, given.action);
  const { count, select } = await selectSubjects(tx, cx, given.subject, given.selection, 0);
  if (count === 0) refuse('invalid', 'identity/bulk-nobody', 'Nobody is meant: the list is empty.');
  if (count > rowsMost) refuse('limit', 'identity/bulk-many', `${count.toLocaleString('en')} are more than ${rowsMost.toLocaleString('en')} at once. Narrow the list.`);
  const id = cx.ids.next();
  await insertRun(tx, { id, subject: given.subject, action, madeAt: cx.clock.now() }, select);
  const jobId = await enqueueJob(tx, cx, bulkJob, { runId: id, by: tx.scope.userId ?? 'baton' });
  await setRun(tx, id, { jobId });
  await audit(tx, cx, { what: 'bulk.started', subjectId: id, detail: { subject: given.subject, action, count } });
  return { id, jobId };
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

/** One batch: what each row said is kept beside what it says now. */
async function changeBatch(tx: Tx, cx: Context, run: BulkRun, by: string): Promise<number> {
  await lockIdentity(tx);
  const ids = await loadPending(tx, run.id, batch);
  const planned = await plan(tx, cx, run.subject, run.action, ids, by);
  const rowIds = planned.flatMap((one) => [...one.changes.keys()]);
  const was = await loadOwn(tx, run.subject, rowIds);
  await write(tx, run.subject, Object.fromEntries(planned.flatMap((one) => [...one.changes])));
  const is = await loadOwn(tx, run.subject, rowIds);
  const told = new Map<string, string[]>();
  const kept = new Map<string, { before: Rows; after: Rows }>();
  for (const { id, changes } of planned) {
    const rows = [...changes.keys()].map((rowId) => [rowId, changedColumns(was.get(rowId) ?? {}, is.get(rowId) ?? {})] as const).filter(([, one]) => Object.keys(one.after).length > 0);
    if (rows.length === 0) continue;
    kept.set(id, { before: Object.fromEntries(rows.map(([rowId, one]) => [rowId, one.before])), after: Object.fromEntries(rows.map(([rowId, one]) => [rowId, one.after])) });
    told.set(id, [...new Set(rows.flatMap(([, one]) => Object.keys(one.after)))]);
  }
  await saveChanges(tx, run.id, ids.map((id) => ({ id, before: kept.get(id)?.before ?? null, after: kept.get(id)?.after ?? null })));
  await settle(tx, cx, run.subject, told);
  return ids.length;
}

/** Works a run off, a batch a transaction; after a crash it goes on where it was. */
export async function bulkEdit(cx: Context, scope: Scope, job: RunningJob<{ runId: string; by: string }>): Promise<void> {
  const { runId, by } = job.payload;
  const as = { ...scope, ...(by === 'baton' ? {} : { userId: by }) };
  const run = await cx.db.write(as, async (tx) => {
    await setRun(tx, runId, { state: 'running' });
    return (await findRun(tx, runId))!;
  });
  let done = 0;
  for (;;) {
    if (await job.cancelled()) {
      await cx.db.write(as, async (tx) => {
        await forgetPending(tx, runId);
        await setRun(tx, runId, { state: 'cancelled', finishedAt: cx.clock.now() });
      });
      return;
    }
    const n = await cx.db.write(as, (tx) => changeBatch(tx, cx, run, by));
    if (n === 0) break;
    done += n;
    await job.progress(Math.min(done, run.total), run.total, 'changing');
  }
  await cx.db.write(as, (tx) => setRun(tx, runId, { state: 'finished', finishedAt: cx.clock.now() }));
}

export async function cancelBulk(tx: Tx, cx: Context, id: string): Promise<void> {
  const run = await getRun(tx, id);
  if (run.jobId === null || !['waiting', 'running'].includes(run.state)) refuse('conflict', 'identity/bulk-over', 'This is over already; it can be undone.');
  await cancelJob(tx, cx, run.jobId);
  if (run.state === 'waiting') {
    await forgetPending(tx, id);
    await setRun(tx, id, { state: 'cancelled', finishedAt: cx.clock.now() });
  }
}

export async function getRun(tx: Tx, id: string): Promise<BulkRun> {
  return (await findRun(tx, id)) ?? refuse('not-found', 'identity/no-such-bulk', 'There is no such change of many.');
}

async function sinceOf(tx: Tx, subject: Kind, made: readonly MadeChange[]): Promise<Map<string, string[]>> {
  const is = await loadOwn(tx, subject, made.flatMap(({ after }) => Object.keys(after)));
  return new Map(made.flatMap((one): [string, string[]][] => {
    const since = changedSince(one.after, is);
    return since.length > 0 ? [[one.id, since]] : [];
  }));
}

/** Who was changed after the run had, and how many. */
export async function readChangedSince(tx: Tx, run: BulkRun): Promise<{ count: number; items: { id: string; label: string; fields: string[] }[] }> {
  const found = new Map<string, string[]>();
  for (let after: string | undefined; ;) {
    const made = await loadMade(tx, run.id, 2000, after);
    for (const [id, fields] of await sinceOf(tx, run.subject, made)) found.set(id, fields);
    if (made.length < 2000) break;
    after = made.at(-1)!.id;
  }
  const shown = await loadShown(tx, run.subject, [...found.keys()].slice(0, 20));
  return {
    count: found.size,
    items: shown.map((one) => ({
      id: one.id,
      label: labelOf(run.subject, one.shown),
      fields: (found.get(one.id) ?? []).map((column) => column.replaceAll('_', ' ')),
    })),
  };
}

/** Takes a run back. Where somebody changed rows since, it asks until it is told whether to keep that or to overwrite it. */
export async function undoBulk(tx: Tx, cx: Context, id: string, changed: 'keep' | 'overwrite' | undefined): Promise<{ jobId: string }> {
  const run = await getRun(tx, id);
  if (!['finished', 'cancelled'].includes(run.state)) refuse('conflict', 'identity/bulk-undo', run.state === 'undone' ? 'This was undone already.' : 'Wait until it is finished, or stop it.');
  if (changed === undefined) {
    const { count, items } = await readChangedSince(tx, run);
    if (count > 0) refuse('conflict', 'identity/bulk-changed-since', `${count === 1 ? 'One was' : `${count} were`} changed since by somebody. Say whether to keep that or to overwrite it.`, items.map((one) => ({ sentence: `${one.label}: ${one.fields.join(', ')}` })));
  }
  const jobId = await enqueueJob(tx, cx, undoBulkJob, { runId: id, changed: changed ?? 'keep', by: tx.scope.userId ?? 'baton' });
  await setRun(tx, id, { state: 'undoing', jobId });
  await audit(tx, cx, { what: 'bulk.undone', subjectId: id, detail: { changedSince: changed ?? 'keep' } });
  return { jobId };
}

export async function undoBulkEdit(cx: Context, scope: Scope, job: RunningJob<{ runId: string; changed: 'keep' | 'overwrite'; by: string }>): Promise<void> {
  const { runId, changed, by } = job.payload;
  const as = { ...scope, ...(by === 'baton' ? {} : { userId: by }) };
  const run = await cx.db.read(as, (tx) => getRun(tx, runId));
  let done = 0;
  for (;;) {
    const n = await cx.db.write(as, async (tx) => {
      await lockIdentity(tx);
      const made = await loadMade(tx, runId, batch);
      const since = changed === 'keep' ? await sinceOf(tx, run.subject, made) : new Map<string, string[]>();
      const back = made.filter(({ id }) => !since.has(id));
      await write(tx, run.subject, Object.assign({}, ...back.map((one) => one.before)) as Rows);
      await markUndone(tx, runId, made.map((one) => one.id), cx.clock.now());
      await setRun(tx, runId, { kept: since.size });
      await settle(tx, cx, run.subject, new Map(back.map((one) => [one.id, [...new Set(Object.values(one.after).flatMap(Object.keys))]])));
      return made.length;
    });
    done += n;
    await job.progress(Math.min(done, run.changed), run.changed, 'taking back');
    if (n === 0) break;
  }
  await cx.db.write(as, (tx) => setRun(tx, runId, { state: 'undone', undoneAt: cx.clock.now() }));
}
