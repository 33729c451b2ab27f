import { audit } from '../access/audit.ts';
import type { Scope } from '../access/scope.ts';
import type { Context } from '../context.ts';
import type { Sql, Tx } from '../db/index.ts';
import { cancelJob, enqueueJob, findJob, type RunningJob } from '../jobs/index.ts';
import { refuse } from '../refusal.ts';
import type { BulkRun, bulkRuns, MadeChange } from './bulk-run.store.ts';

const batch = 500;
const rowsMost = 200_000;
const askedMost = 2000;
const namedMost = 20;

/** What a room knows of its runs: how so many are changed and taken back, and who was changed since. */
export interface BulkRoom<Action, Subject extends string, Before, After> {
  job: string;
  undoJob: string;
  /** One batch in one transaction: what each said before and says since, null of those that stay as they are. */
  change(tx: Tx, cx: Context, run: BulkRun<Action, Subject>, ids: readonly string[], by: string): Promise<{ id: string; before: Before | null; after: After | null }[]>;
  back(tx: Tx, cx: Context, run: BulkRun<Action, Subject>, made: readonly MadeChange<Before, After>[], by: string): Promise<void>;
  /** Those somebody changed since, with what is different. */
  since(tx: Tx, run: BulkRun<Action, Subject>, made: readonly MadeChange<Before, After>[]): Promise<Map<string, string[]>>;
  /** How these are called, for the question before an undo. */
  names(tx: Tx, run: BulkRun<Action, Subject>, ids: readonly string[]): Promise<Map<string, string>>;
  /** Taken before a batch, so that nobody else is at them. */
  lock?(tx: Tx): Promise<void>;
}
type Payload = { runId: string; by: string };

/** Starts runs, works them off a batch a transaction (after a crash it goes on where it was), stops them, and takes them back. */
export function bulkWork<Action, Subject extends string, Before, After>(
  runs: ReturnType<typeof bulkRuns<Action, Subject, Before, After>>,
  room: BulkRoom<Action, Subject, Before, After>,
) {
  type Run = BulkRun<Action, Subject>;
  const as = (scope: Scope, by: string): Scope => ({ ...scope, ...(by === 'baton' ? {} : { userId: by }) });
  const get = async (tx: Tx, id: string): Promise<Run> => (await runs.find(tx, id)) ?? refuse('not-found', 'bulk/no-such-run', 'There is no such change of many.');

  /** Who was changed after the run had: how many, and some of them by name. */
  async function readChangedSince(tx: Tx, run: Run): Promise<{ count: number; items: { id: string; label: string; fields: string[] }[] }> {
    const found = new Map<string, string[]>();
    for (let after: string | undefined; ;) {
      const made = await runs.made(tx, run.id, askedMost, after);
      for (const [id, fields] of await room.since(tx, run, made)) found.set(id, fields);
      if (made.length < askedMost) break;
      after = made.at(-1)!.id;
    }
    const names = await room.names(tx, run, [...found.keys()].slice(0, namedMost));
    return { count: found.size, items: [...names].map(([id, label]) => ({ id, label, fields: found.get(id) ?? [] })) };
  }

  return {
    get,
    /** Starts a run about what the selection finds now; it works in the background. */
    async start(tx: Tx, cx: Context, given: { subject: Subject; action: Action; count: number; select: Sql }): Promise<{ id: string; jobId: string }> {
      const { subject, action, count } = given;
      if (count === 0) refuse('invalid', 'bulk/nobody', 'Nobody is meant: the list is empty.');
      if (count > rowsMost) refuse('limit', 'bulk/too-many', `${count.toLocaleString('en')} are more than ${rowsMost.toLocaleString('en')} at once. Narrow the list.`);
      const id = cx.ids.next();
      await runs.insert(tx, { id, subject, action, madeAt: cx.clock.now() }, given.select);
      const jobId = await enqueueJob(tx, cx, room.job, { runId: id, by: tx.scope.userId ?? 'baton' });
      await runs.set(tx, id, { jobId });
      await audit(tx, cx, { what: 'bulk.started', subjectId: id, detail: { subject, action: action as object, count } });
      return { id, jobId };
    },
    async read(tx: Tx, id: string) {
      const run = await get(tx, id);
      const job = run.jobId === null ? undefined : await findJob(tx, run.jobId);
      return { ...run, progress: job && (job.state === 'waiting' || job.state === 'running') ? { done: job.done, total: job.total, note: job.note } : null };
    },
    async run(cx: Context, scope: Scope, job: RunningJob<Payload>): Promise<void> {
      const { runId, by } = job.payload;
      const self = as(scope, by);
      const run = await cx.db.write(self, async (tx) => {
        await runs.set(tx, runId, { state: 'running' });
        return get(tx, runId);
      });
      for (let done = 0; ;) {
        if (await job.cancelled()) {
          await cx.db.write(self, async (tx) => {
            await runs.forgetPending(tx, runId);
            await runs.set(tx, runId, { state: 'cancelled', finishedAt: cx.clock.now() });
          });
          return;
        }
        const n = await cx.db.write(self, async (tx) => {
          await room.lock?.(tx);
          const ids = await runs.pending(tx, runId, batch);
          if (ids.length > 0) {
            const made = new Map((await room.change(tx, cx, run, ids, by)).map((one) => [one.id, one]));
            await runs.save(tx, runId, ids.map((id) => made.get(id) ?? { id, before: null, after: null }));
          }
          return ids.length;
        });
        if (n === 0) break;
        done += n;
        await job.progress(Math.min(done, run.total), run.total, 'changing');
      }
      await cx.db.write(self, (tx) => runs.set(tx, runId, { state: 'finished', finishedAt: cx.clock.now() }));
    },
    async cancel(tx: Tx, cx: Context, id: string): Promise<void> {
      const run = await get(tx, id);
      if (run.jobId === null || !['waiting', 'running'].includes(run.state)) refuse('conflict', 'bulk/over', 'This is over already; it can be undone.');
      await cancelJob(tx, cx, run.jobId);
      if (run.state === 'waiting') {
        await runs.forgetPending(tx, id);
        await runs.set(tx, id, { state: 'cancelled', finishedAt: cx.clock.now() });
      }
    },
    /** Takes a run back. Where somebody changed them since, it asks until it is told what becomes of that. */
    async undo(tx: Tx, cx: Context, id: string, changed: 'keep' | 'overwrite' | undefined): Promise<{ jobId: string }> {
      const run = await get(tx, id);
      if (!['finished', 'cancelled'].includes(run.state)) refuse('conflict', 'bulk/undo', run.state === 'undone' ? 'This was undone already.' : 'Wait until it is finished, or stop it.');
      if (changed === undefined) {
        const { count, items } = await readChangedSince(tx, run);
        if (count > 0)
          refuse('conflict', 'bulk/changed-since', `${count === 1 ? 'One was' : `${count} were`} changed since by somebody. Say what becomes of that.`, items.map((one) => ({ sentence: `${one.label}: ${one.fields.join(', ')}` })));
      }
      const jobId = await enqueueJob(tx, cx, room.undoJob, { runId: id, changed: changed ?? 'keep', by: tx.scope.userId ?? 'baton' });
      await runs.set(tx, id, { state: 'undoing', jobId });
      await audit(tx, cx, { what: 'bulk.undone', subjectId: id, detail: { changedSince: changed ?? 'keep' } });
      return { jobId };
    },
    async runUndo(cx: Context, scope: Scope, job: RunningJob<Payload & { changed: 'keep' | 'overwrite' }>): Promise<void> {
      const { runId, changed, by } = job.payload;
      const self = as(scope, by);
      const run = await cx.db.read(self, (tx) => get(tx, runId));
      for (let done = 0; ;) {
        const n = await cx.db.write(self, async (tx) => {
          await room.lock?.(tx);
          const made = await runs.made(tx, runId, batch);
          const since = changed === 'keep' ? await room.since(tx, run, made) : new Map<string, string[]>();
          await room.back(tx, cx, run, made.filter(({ id }) => !since.has(id)), by);
          await runs.markUndone(tx, runId, made.map((one) => one.id), cx.clock.now());
          await runs.set(tx, runId, { kept: since.size });
          return made.length;
        });
        done += n;
        await job.progress(Math.min(done, run.changed), run.changed, 'taking back');
        if (n === 0) break;
      }
      await cx.db.write(self, (tx) => runs.set(tx, runId, { state: 'undone', undoneAt: cx.clock.now() }));
    },
  };
}
