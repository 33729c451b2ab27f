import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { ExtractFile, ExtractFormat } from './extract.contract.ts';

/** Files it under the next number. @returns the number; undefined where another one is still being made */
export async function addExtract(
  tx: Tx,
  asked: { id: string; datasets: readonly string[]; format: ExtractFormat; since: number | null; jobId: string; at: Date },
): Promise<number | undefined> {
  const { workspaceId, userId } = tx.scope;
  const made = await tx.maybe<{ number: number }>(sql`
    insert into report.extract (workspace_id, number, id, datasets, format, since, state, job_id, asked_at, asked_by)
    select ${workspaceId}, coalesce(max(number), 0) + 1, ${asked.id}, ${asked.datasets}::text[], ${asked.format}, ${asked.since}::int, 'waiting', ${asked.jobId}, ${asked.at}, ${userId ?? null}::uuid
    from report.extract where workspace_id = ${workspaceId}
    on conflict do nothing returning number`);
  return made?.number;
}

export async function beginExtract(tx: Tx, id: string): Promise<void> {
  await tx.run(sql`update report.extract set state = 'running', problem = null, files = '[]' where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);
}

export async function finishExtract(tx: Tx, id: string, made: { files: readonly ExtractFile[]; seenAt: Date; horizon: string; at: Date }): Promise<void> {
  await tx.run(sql`update report.extract set state = 'finished', files = ${JSON.stringify(made.files)}, seen_at = ${made.seenAt}, horizon = ${made.horizon}, finished_at = ${made.at}
    where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);
}

export async function endExtract(tx: Tx, id: string, state: 'failed' | 'cancelled', problem: string | null, at: Date): Promise<void> {
  await tx.run(sql`update report.extract set state = ${state}, problem = ${problem}, finished_at = ${at}
    where workspace_id = ${tx.scope.workspaceId} and id = ${id} and state in ('waiting', 'running')`);
}

/** Those whose files need not be kept: all but the latest so many, and what was seen before somebody was erased while it was written. */
export const removeOld = (tx: Tx, keep: number): Promise<{ number: number }[]> =>
  tx.rows(sql`update report.extract x set state = 'removed' where workspace_id = ${tx.scope.workspaceId} and state = 'finished'
    and (number <= (select number from report.extract where workspace_id = ${tx.scope.workspaceId} and state = 'finished' order by number desc offset ${keep} limit 1)
      or exists (select 1 from identity.erasure e where e.workspace_id = ${tx.scope.workspaceId} and e.state <> 'asked' and coalesce(e.done_at, 'infinity') > x.seen_at))
    returning number`);
