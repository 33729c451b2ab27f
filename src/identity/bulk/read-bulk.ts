import type { Tx } from '../../platform/db/index.ts';
import { findJob } from '../../platform/jobs/index.ts';
import { listRuns } from './bulk.store.ts';
import { getRun } from './edit-many.ts';

export const readRuns = listRuns;

export async function readRun(tx: Tx, id: string) {
  const run = await getRun(tx, id);
  const job = run.jobId === null ? undefined : await findJob(tx, run.jobId);
  return { ...run, progress: job && (job.state === 'waiting' || job.state === 'running') ? { done: job.done, total: job.total, note: job.note } : null };
}
