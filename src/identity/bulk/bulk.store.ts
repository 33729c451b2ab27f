import { empty, raw, sql, type Sql, type Tx } from '../../platform/db/index.ts';
import type { Kind } from '../merge.store.ts';
import type { Rows } from '../quality/changed.rules.ts';
import type { BulkAction } from './bulk.rules.ts';

export interface BulkRun {
  id: string;
  subject: Kind;
  action: BulkAction;
  state: 'waiting' | 'running' | 'finished' | 'cancelled' | 'undoing' | 'undone';
  total: number;
  changed: number;
  kept: number;
  jobId: string | null;
  madeAt: Date;
  madeBy: string;
  finishedAt: Date | null;
  undoneAt: Date | null;
}

const columns = sql`r.id, r.subject, r.action, r.state, r.total, r.changed, r.kept, r.job_id, r.made_at, coalesce(u.name, 'Baton') as made_by, r.finished_at, r.undone_at
  from identity.bulk_run r left join platform.app_user u on u.workspace_id = r.workspace_id and u.id = r.made_by`;

export const listRuns = (tx: Tx): Promise<BulkRun[]> =>
  tx.rows(sql`select ${columns} where r.workspace_id = ${tx.scope.workspaceId} order by r.made_at desc, r.id desc limit 100`);
export const findRun = (tx: Tx, id: string): Promise<BulkRun | undefined> => tx.maybe(sql`select ${columns} where r.workspace_id = ${tx.scope.workspaceId} and r.id = ${id}`);

/** Makes a run about whom the selection finds now; returns how many they are. */
export async function insertRun(tx: Tx, run: { id: string; subject: Kind; action: BulkAction; madeAt: Date }, selection: Sql): Promise<number> {
  const { workspaceId } = tx.scope;
  await tx.run(sql`insert into identity.bulk_run (workspace_id, id, subject, action, state, total, made_at, made_by)
    values (${workspaceId}, ${run.id}, ${run.subject}, ${JSON.stringify(run.action)}, 'waiting', 0, ${run.madeAt}, ${tx.scope.userId ?? null})`);
  const total = await tx.run(sql`insert into identity.bulk_change (workspace_id, run_id, subject_id) select ${workspaceId}, ${run.id}, s.id from (${selection}) s`);
  await tx.run(sql`update identity.bulk_run set total = ${total} where workspace_id = ${workspaceId} and id = ${run.id}`);
  return total;
}

export async function setRun(tx: Tx, id: string, set: { state?: BulkRun['state']; jobId?: string; finishedAt?: Date; undoneAt?: Date; kept?: number }): Promise<void> {
  await tx.run(sql`update identity.bulk_run set state = coalesce(${set.state ?? null}, state), job_id = coalesce(${set.jobId ?? null}, job_id), finished_at = coalesce(${set.finishedAt ?? null}, finished_at),
      undone_at = coalesce(${set.undoneAt ?? null}, undone_at), kept = kept + ${set.kept ?? 0},
      changed = (select count(*) from identity.bulk_change c where c.workspace_id = ${tx.scope.workspaceId} and c.run_id = ${id} and c.after is not null)
    where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);
}

/** Whom it has still to look at (or to take back), so many. */
export async function loadPending(tx: Tx, runId: string, limit: number): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`select subject_id as id from identity.bulk_change where workspace_id = ${tx.scope.workspaceId} and run_id = ${runId} and not done
    order by subject_id limit ${limit}`);
  return rows.map((row) => row.id);
}

export async function saveChanges(tx: Tx, runId: string, changes: readonly { id: string; before: Rows | null; after: Rows | null }[]): Promise<void> {
  await tx.run(sql`update identity.bulk_change c set done = true, before = v.before, after = v.after
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as v (id uuid, before jsonb, after jsonb)
    where c.workspace_id = ${tx.scope.workspaceId} and c.run_id = ${runId} and c.subject_id = v.id`);
}

export async function forgetPending(tx: Tx, runId: string): Promise<void> {
  await tx.run(sql`delete from identity.bulk_change where workspace_id = ${tx.scope.workspaceId} and run_id = ${runId} and not done`);
}

export interface MadeChange {
  id: string;
  before: Rows;
  after: Rows;
}
/** What a run changed and did not take back yet. */
export function loadMade(tx: Tx, runId: string, limit: number, afterId?: string): Promise<MadeChange[]> {
  return tx.rows(sql`select subject_id as id, before, after from identity.bulk_change where workspace_id = ${tx.scope.workspaceId} and run_id = ${runId} and after is not null and undone_at is null
    ${afterId ? sql`and subject_id > ${afterId}` : empty} order by subject_id limit ${limit}`);
}

export async function markUndone(tx: Tx, runId: string, ids: readonly string[], at: Date): Promise<void> {
  await tx.run(sql`update identity.bulk_change set undone_at = ${at} where workspace_id = ${tx.scope.workspaceId} and run_id = ${runId} and subject_id = any(${ids}::uuid[])`);
}

/** How these are shown, and the ids of the rows merged into each. */
export async function loadShown(tx: Tx, kind: Kind, ids: readonly string[]): Promise<{ id: string; shown: Record<string, unknown>; family: string[] }[]> {
  const { workspaceId } = tx.scope;
  return tx.rows(sql`select p.id, to_jsonb(p) as shown,
      array(select p.id union all select m.id from identity.${raw(kind)} m where m.workspace_id = ${workspaceId} and m.survivor_id = p.id) as family
    from identity.${raw(kind)} p where p.workspace_id = ${workspaceId} and p.id = any(${ids}::uuid[]) and p.survivor_id is null and p.retired_at is null and to_jsonb(p) ->> 'erased_at' is null order by p.id`);
}
