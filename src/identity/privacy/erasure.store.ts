import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { WhyErased } from './privacy.contract.ts';

export interface ErasureRow {
  id: string;
  personId: string;
  personIds: string[];
  why: WhyErased;
  remembers: boolean;
  askedAt: Date;
  askedBy: string;
  requestId: string | null;
  state: 'asked' | 'files' | 'done';
  doneAt: Date | null;
  counts: Record<string, number>;
  jobId: string | null;
}
export const erasureColumns = sql`e.id, e.person_id, e.person_ids, e.why, e.remembers, e.asked_at, e.asked_by, e.request_id, e.state, e.done_at, e.counts, e.job_id`;

export const insertErasure = (tx: Tx, row: Omit<ErasureRow, 'state' | 'doneAt' | 'counts'>): Promise<number> =>
  tx.run(sql`insert into identity.erasure (workspace_id, id, person_id, person_ids, why, remembers, asked_at, asked_by, request_id, job_id)
    values (${tx.scope.workspaceId}, ${row.id}, ${row.personId}, ${row.personIds}::uuid[], ${row.why}, ${row.remembers}, ${row.askedAt}, ${row.askedBy}, ${row.requestId}, ${row.jobId})`);

export const lockErasure = (tx: Tx, id: string): Promise<ErasureRow | undefined> =>
  tx.maybe(sql`select ${erasureColumns} from identity.erasure e where e.workspace_id = ${tx.scope.workspaceId} and e.id = ${id} for update`);

export async function saveEmptied(tx: Tx, id: string, counts: Record<string, number>, personIds: readonly string[]): Promise<void> {
  await tx.run(sql`update identity.erasure set state = 'files', counts = ${JSON.stringify(counts)}, person_ids = ${personIds}::uuid[] where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);
}

export async function saveAskedAgain(tx: Tx, id: string, jobId: string | null): Promise<void> {
  await tx.run(sql`update identity.erasure set job_id = ${jobId} where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);
}

export async function saveDone(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.run(sql`update identity.erasure set state = 'done', done_at = ${at} where workspace_id = ${tx.scope.workspaceId} and id = ${id} and state = 'files'`);
  await tx.run(sql`update identity.privacy_request r set done_at = ${at}, done_by = e.asked_by, outcome = 'done' from identity.erasure e
    where r.workspace_id = ${tx.scope.workspaceId} and e.workspace_id = ${tx.scope.workspaceId} and e.id = ${id} and r.done_at is null
      and (r.id = e.request_id or (r.kind = 'erasure' and r.person_id = any(e.person_ids)))`);
}
