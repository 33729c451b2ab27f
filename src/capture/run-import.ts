import { append, carry } from '../journal/index.ts';
import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import type { RunningJob } from '../platform/jobs/index.ts';
import { cancelJob, enqueueJob } from '../platform/jobs/index.ts';
import { isRetriable } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { Refusal, refuse } from '../platform/refusal.ts';
import { applyRows } from './apply-rows.ts';
import { getImport } from './configure-import.ts';
import type { FileRow } from './import-file.ts';
import type { ImportRow, RowOutcome } from './import-kind.ts';
import { countNotes, findImport } from './import.queries.ts';
import type { ImportRecord } from './import.queries.ts';
import { insertProblems, lockImport, releaseSavepoint, rollBackToSavepoint, saveImport, setSavepoint } from './import.store.ts';
import { mailSummary } from './mail-summary.ts';
import { planImport } from './plan-import.ts';
import type { ImportPlan } from './plan-import.ts';
import { addCounts, readBatch, roomNote, score } from './take-rows.ts';
import type { ReadBatch } from './take-rows.ts';

export const importJob = 'capture.import';
/** Rows a transaction. */
const batchRows = 2000;
/** Of these so many are handed on at a time: their leads are made while the next come in. */
const sliceRows = 500;

const startable = new Set<ImportRecord['status']>(['analysed', 'failed', 'paused']);

/** Puts an import on its way, or on; returns the job that does it. */
export async function startImport(cx: Context, scope: Scope, id: string): Promise<string> {
  const record = await getImport(cx, scope, id);
  if (record.fileErasedAt) refuse('conflict', 'capture/file-erased', 'The file is not kept any more: somebody in it was erased, or it was kept long enough.');
  if (!startable.has(record.status)) refuse('conflict', 'capture/import-started', 'This import was started before.');
  await planImport(cx, scope, record); // refuses now what would only fail later
  return cx.db.write(scope, async (tx) => {
    const { status } = (await lockImport(tx, id))!;
    if (!startable.has(status)) refuse('conflict', 'capture/import-started', 'This import was started before.');
    const jobId = await enqueueJob(tx, cx, importJob, { importId: id });
    await markStarted(tx, cx, (await findImport(tx, id))!, jobId);
    return jobId;
  });
}

export async function markStarted(tx: Tx, cx: Context, record: Pick<ImportRecord, 'id' | 'kind'> & Partial<ImportRecord>, jobId: string | null): Promise<void> {
  const { id, kind, startedAt, counts } = record;
  const now = cx.clock.now();
  await saveImport(tx, id, { status: 'waiting', jobId, problem: null, startedAt: startedAt ?? now, runStartedAt: now, runFromRows: counts?.rows ?? 0 });
  if (!startedAt) await append(tx, cx, [{ type: 'import.started', chainId: id, subjectId: id, data: { importId: id, kind: kind! } }]);
}

export async function cancelImport(cx: Context, scope: Scope, id: string): Promise<void> {
  const record = await getImport(cx, scope, id);
  if (!record.jobId || !['waiting', 'running', 'paused'].includes(record.status)) refuse('conflict', 'capture/not-running', 'This import is not running.');
  await cx.db.write(scope, async (tx) => {
    await cancelJob(tx, cx, record.jobId!);
    // One that never began, or lies still, ends here; one that runs ends after the rows at hand.
    if (record.status !== 'running') await saveImport(tx, id, { status: 'cancelled', finishedAt: cx.clock.now() });
  });
}

/** Stops before the next rows; what is in stays, and starting it again goes on exactly there. */
export async function pauseImport(cx: Context, scope: Scope, id: string): Promise<void> {
  await getImport(cx, scope, id);
  await cx.db.write(scope, async (tx) => {
    const record = (await lockImport(tx, id))!;
    if (!record.jobId || !['waiting', 'running'].includes(record.status)) refuse('conflict', 'capture/not-running', 'This import is not running.');
    await cancelJob(tx, cx, record.jobId);
    // Whoever takes rows in looks at this under the same lock: no row is lost or taken twice.
    await saveImport(tx, id, { status: 'paused' });
    cx.live.publish(tx, 'import');
  });
}

/**
 * Runs or goes on with an import. The position in the file is saved in the transaction that takes the rows in, so whatever dies, each row
 * takes effect exactly once.
 */
export async function runImport(cx: Context, scope: Scope, job: RunningJob<{ importId: string }>): Promise<void> {
  const id = job.payload.importId;
  const record = await cx.db.read(scope, (tx) => findImport(tx, id));
  if (!record || !['waiting', 'running', 'failed'].includes(record.status)) return;
  try {
    const plan = await planImport(cx, scope, record);
    const going = await cx.db.write(scope, async (tx) => {
      const { status } = (await lockImport(tx, id))!;
      if (status === 'paused') return false;
      await saveImport(tx, id, { status: 'running', problem: null });
      return true;
    });
    if (!going) return;
    let position = record.doneRow;
    let rows = record.counts.rows ?? 0;
    const total = Math.max(plan.rowsEstimate, rows);
    let waiting: FileRow[] = [];
    let header = plan.hasHeader;
    let cancelled = false;
    let overtaken = false;
    // While the database takes one batch in, the next is read.
    let taking: Promise<void> = Promise.resolve();
    const take = async (batch: ReadBatch, last: number): Promise<void> => {
      if (!(await takeIn(cx, scope, plan, id, position, batch, last))) {
        overtaken = true; // another worker went on with it, or somebody undid it: what they do stands
        return;
      }
      position = last;
      rows += batch.size;
      await job.progress(rows, Math.max(total, rows), `${rows.toLocaleString('en-US')} rows`);
      cancelled = await job.cancelled();
    };
    const hand = async (): Promise<void> => {
      const batch = readBatch(plan, waiting);
      const last = waiting.at(-1)!.row;
      waiting = [];
      await taking;
      if (cancelled || overtaken) return;
      taking = take(batch, last);
      taking.catch(() => {}); // told when it is waited for
    };
    for await (const handful of plan.read()) {
      for (const row of handful) {
        const isHeader = header;
        header = false;
        if (isHeader || row.row <= position) continue;
        waiting.push(row);
        if (waiting.length === batchRows) await hand();
        if (cancelled || overtaken) break;
      }
      if (cancelled || overtaken) break;
    }
    if (waiting.length > 0 && !cancelled && !overtaken) await hand();
    await taking;
    if (overtaken) return;
    await finish(cx, scope, plan, id, cancelled ? 'cancelled' : 'finished');
  } catch (error) {
    const problem = error instanceof Refusal ? error.message : 'Something went wrong inside Baton; it will be tried again from where it stopped. The log has the details.';
    await cx.db.write(scope, (tx) => saveImport(tx, id, { status: 'failed', problem }));
    throw error;
  }
}

/** Takes rows in and moves the position from `position` to `last`, in one transaction. False when somebody else went on. */
async function takeIn(cx: Context, scope: Scope, plan: ImportPlan, id: string, position: number, batch: ReadBatch, last: number): Promise<boolean> {
  return cx.db.write(scope, async (tx) => {
    const record = (await lockImport(tx, id))!;
    if (record.doneRow !== position || record.status !== 'running') return false;
    const taken = score(batch, await applySafely(tx, cx, plan, id, batch.rows));
    await insertProblems(tx, id, taken.problems);
    await saveImport(tx, id, { doneRow: last, counts: addCounts(record.counts, taken.counts), progressedAt: cx.clock.now() });
    cx.live.publish(tx, 'import');
    return true;
  });
}

/** A value that the database cannot hold costs its own row, never the batch: the batch is halved until the row is found. */
async function applySafely(tx: Tx, cx: Context, plan: ImportPlan, id: string, rows: ImportRow[], carrying = true): Promise<RowOutcome[]> {
  if (rows.length === 0) return [];
  const inSlices = async (tell: () => Promise<void>): Promise<RowOutcome[]> => {
    const outcomes: RowOutcome[] = [];
    for (let i = 0; i < rows.length; i += sliceRows) {
      outcomes.push(...(await applyRows(tx, cx, plan, id, rows.slice(i, i + sliceRows))));
      await tell();
    }
    return outcomes;
  };
  await setSavepoint(tx);
  try {
    // Rows that are only tried must carry nothing on.
    const outcomes = await (carrying && !plan.kind.whole && (plan.options.mode === 'both' || !plan.kind.updates) ? carry(tx, cx, inSlices) : applyRows(tx, cx, plan, id, rows));
    await tx.settled();
    await releaseSavepoint(tx);
    return outcomes;
  } catch (error) {
    await tx.settled().catch(() => {});
    if (carrying && !isRetriable(error)) {
      // Whatever the chain stumbled over, the rows come in; it will be delivered, and found, fact by fact.
      cx.log.warn({ importId: id, err: error }, 'a batch of an import is taken in without going on to its leads');
      await rollBackToSavepoint(tx);
      return applySafely(tx, cx, plan, id, rows, false);
    }
    const code = String((error as { code?: string }).code ?? '');
    if (!/^(22|23|54)/.test(code)) throw error;
    await rollBackToSavepoint(tx);
    if (rows.length > 1) {
      const half = rows.length >> 1;
      return [...(await applySafely(tx, cx, plan, id, rows.slice(0, half), false)), ...(await applySafely(tx, cx, plan, id, rows.slice(half), false))];
    }
    cx.log.warn({ importId: id, row: rows[0]!.row, code }, 'a row of an import could not be stored');
    return [{ row: rows[0]!.row, outcome: 'problem', sentence: 'The row holds a value that cannot be stored.' }];
  }
}

async function finish(cx: Context, scope: Scope, plan: ImportPlan, id: string, status: 'finished' | 'cancelled'): Promise<void> {
  await cx.db.write(scope, async (tx) => {
    const record = (await lockImport(tx, id))!;
    if (record.status !== 'running') return;
    const { rows = 0, new: created = 0, updated = 0, matched = 0, skipped = 0, problem = 0, cells = 0 } = record.counts;
    const n = (count: number, word: string): string[] => (count > 0 ? [`${count.toLocaleString('en-US')} ${word}`] : []);
    const parts = [...n(created, 'new'), ...n(updated, 'updated'), ...n(matched, 'known already'), ...n(skipped, 'skipped'), ...n(problem, 'kept as problems')];
    const summary = `${rows.toLocaleString('en-US')} ${rows === 1 ? 'row' : 'rows'} read: ${parts.join(', ') || 'nothing to take in'}.`;
    const sentences = [summary, ...(cells > 0 ? [`${cells.toLocaleString('en-US')} cells could not be read as what their column holds; their text is kept.`] : []), ...(await countNotes(tx, id, roomNote)).map(({ count, sentence }) => `${count.toLocaleString('en-US')} × ${sentence}`), ...(record.analysis?.sentences ?? []), ...plan.sentences];
    await saveImport(tx, id, { status, sentences, finishedAt: cx.clock.now() });
    if (record.jobId) await mailSummary(tx, cx, { ...record, status, sentences });
    await append(tx, cx, [{ type: 'import.finished', chainId: id, subjectId: id, data: { importId: id, created, updated, problems: problem } }]);
    cx.live.publish(tx, 'import');
  });
}
