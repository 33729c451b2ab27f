import { empty, raw, sql, type Sql, type Tx } from '../db/index.ts';

export type BulkState = 'waiting' | 'running' | 'finished' | 'cancelled' | 'undoing' | 'undone';

export interface BulkRun<Action = unknown, Subject extends string = string> {
  id: string;
  subject: Subject;
  action: Action;
  state: BulkState;
  /** Of how many it was asked, how many were changed, and how many an undo left as they are. */
  total: number;
  changed: number;
  kept: number;
  jobId: string | null;
  madeAt: Date;
  madeBy: string;
  madeById: string | null;
  finishedAt: Date | null;
  undoneAt: Date | null;
}
export interface MadeChange<Before, After> {
  id: string;
  before: Before;
  after: After;
}

/** The runs a room keeps in its tables `bulk_run` and `bulk_change`; each room writes its own and knows what before and after mean. */
export function bulkRuns<Action, Subject extends string, Before, After>(room: string) {
  type Run = BulkRun<Action, Subject>;
  const runs = raw(`${room}.bulk_run`);
  const changes = raw(`${room}.bulk_change`);
  const columns = sql`r.id, r.subject, r.action, r.state, r.total, r.changed, r.kept, r.job_id, r.made_at, r.made_by as made_by_id, coalesce(u.name, 'Baton') as made_by, r.finished_at, r.undone_at
    from ${runs} r left join platform.app_user u on u.workspace_id = r.workspace_id and u.id = r.made_by`;
  return {
    list: (tx: Tx, by?: string): Promise<Run[]> =>
      tx.rows(sql`select ${columns} where r.workspace_id = ${tx.scope.workspaceId} ${by === undefined ? empty : sql`and r.made_by = ${by}`} order by r.made_at desc, r.id desc limit 100`),
    find: (tx: Tx, id: string): Promise<Run | undefined> => tx.maybe(sql`select ${columns} where r.workspace_id = ${tx.scope.workspaceId} and r.id = ${id}`),

    /** Makes a run about what the selection finds now (a column `id`). */
    async insert(tx: Tx, run: { id: string; subject: Subject; action: Action; madeAt: Date }, selection: Sql): Promise<void> {
      const { workspaceId } = tx.scope;
      await tx.run(sql`insert into ${runs} (workspace_id, id, subject, action, state, total, made_at, made_by)
        values (${workspaceId}, ${run.id}, ${run.subject}, ${JSON.stringify(run.action)}, 'waiting', 0, ${run.madeAt}, ${tx.scope.userId ?? null})`);
      const total = await tx.run(sql`insert into ${changes} (workspace_id, run_id, subject_id) select ${workspaceId}, ${run.id}, s.id from (${selection}) s`);
      await tx.run(sql`update ${runs} set total = ${total} where workspace_id = ${workspaceId} and id = ${run.id}`);
    },
    /** What a run changed is counted once, when it is over. */
    async set(tx: Tx, id: string, set: { state?: BulkState; jobId?: string; finishedAt?: Date; undoneAt?: Date; kept?: number }): Promise<void> {
      await tx.run(sql`update ${runs} set state = coalesce(${set.state ?? null}, state), job_id = coalesce(${set.jobId ?? null}, job_id), finished_at = coalesce(${set.finishedAt ?? null}, finished_at),
          undone_at = coalesce(${set.undoneAt ?? null}, undone_at), kept = kept + ${set.kept ?? 0},
          changed = case when ${set.finishedAt ?? null}::timestamptz is null then changed
            else (select count(*) from ${changes} c where c.workspace_id = ${tx.scope.workspaceId} and c.run_id = ${id} and c.after is not null) end
        where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);
    },
    /** Whom it has still to look at, so many. */
    async pending(tx: Tx, runId: string, limit: number): Promise<string[]> {
      const rows = await tx.rows<{ id: string }>(sql`select subject_id as id from ${changes} where workspace_id = ${tx.scope.workspaceId} and run_id = ${runId} and not done
        order by subject_id limit ${limit}`);
      return rows.map((row) => row.id);
    },
    async save(tx: Tx, runId: string, made: readonly { id: string; before: Before | null; after: After | null }[]): Promise<void> {
      await tx.run(sql`update ${changes} c set done = true, before = v.before, after = v.after
        from jsonb_to_recordset(${JSON.stringify(made)}::jsonb) as v (id uuid, before jsonb, after jsonb)
        where c.workspace_id = ${tx.scope.workspaceId} and c.run_id = ${runId} and c.subject_id = v.id`);
    },
    async forgetPending(tx: Tx, runId: string): Promise<void> {
      await tx.run(sql`delete from ${changes} where workspace_id = ${tx.scope.workspaceId} and run_id = ${runId} and not done`);
    },
    /** What a run changed and did not take back yet. */
    made: (tx: Tx, runId: string, limit: number, afterId?: string): Promise<MadeChange<Before, After>[]> =>
      tx.rows(sql`select subject_id as id, before, after from ${changes} where workspace_id = ${tx.scope.workspaceId} and run_id = ${runId} and after is not null and undone_at is null
        ${afterId ? sql`and subject_id > ${afterId}` : empty} order by subject_id limit ${limit}`),
    async markUndone(tx: Tx, runId: string, ids: readonly string[], at: Date): Promise<void> {
      await tx.run(sql`update ${changes} set undone_at = ${at} where workspace_id = ${tx.scope.workspaceId} and run_id = ${runId} and subject_id = any(${ids}::uuid[])`);
    },
  };
}
