import { append } from '../journal/index.ts';
import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import type { RunningJob } from '../platform/jobs/index.ts';
import { enqueueJob } from '../platform/jobs/index.ts';
import { refuse } from '../platform/refusal.ts';
import { getImport } from './configure-import.ts';
import type { ChangedSince } from './import-kind.ts';
import { getKind } from './import-kinds.ts';
import { lockImport, saveImport } from './import.store.ts';

export const undoJob = 'capture.undo';

/** Puts the taking back of an import on its way; returns the job that does it. */
export async function startUndo(cx: Context, scope: Scope, id: string, changedSince?: 'keep' | 'overwrite'): Promise<string> {
  const { status } = await getImport(cx, scope, id);
  if (status === 'waiting' || status === 'running') refuse('conflict', 'capture/import-running', 'The import is running. Cancel it first, then undo what it took in.');
  if (status === 'analysed') refuse('conflict', 'capture/not-started', 'The import was never started: there is nothing to undo.');
  if (status === 'undone') refuse('conflict', 'capture/undone', 'This import was undone already.');
  if (!changedSince) {
    const { count } = await findChangedSince(cx, scope, id);
    if (count > 0)
      refuse('conflict', 'capture/changed-since', `${count.toLocaleString('en-US')} ${count === 1 ? 'row was' : 'rows were'} changed by somebody after this import had. Say whether to keep those changes or to put these back as before the import, too.`, { count });
  }
  return cx.db.write(scope, async (tx) => {
    const record = (await lockImport(tx, id))!;
    if (record.status === 'undoing' && record.jobId) return record.jobId;
    const jobId = await enqueueJob(tx, cx, undoJob, { importId: id, overwrite: changedSince === 'overwrite' });
    await saveImport(tx, id, { status: 'undoing', jobId });
    return jobId;
  });
}

/** What somebody changed after the import had, for them to say what becomes of it. */
export async function findChangedSince(cx: Context, scope: Scope, id: string): Promise<ChangedSince> {
  const { kind, startedAt } = await getImport(cx, scope, id);
  const nothing = { count: 0, items: [] };
  if (!startedAt) return nothing;
  return cx.db.read(scope, async (tx) => (await getKind(kind).changedSince?.(tx, id)) ?? nothing);
}

/** Takes a whole import back in one transaction: either all of it is gone or nothing is. */
export async function undoImport(cx: Context, scope: Scope, job: RunningJob<{ importId: string; overwrite?: boolean }>): Promise<void> {
  const id = job.payload.importId;
  await cx.db.write(scope, async (tx) => {
    const record = await lockImport(tx, id);
    if (!record || record.status !== 'undoing') return;
    await getKind(record.kind).undo(tx, cx, id, { overwrite: job.payload.overwrite ?? false });
    await saveImport(tx, id, { status: 'undone', undoneAt: cx.clock.now() });
    await append(tx, cx, [{ type: 'import.undone', chainId: id, subjectId: id, data: { importId: id } }]);
    cx.live.publish(tx, 'import');
  });
  await job.progress(1, 1, 'undone');
}
