import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { RetentionRun } from './retention.store.ts';
import { erasureColumns, type ErasureRow } from './erasure.store.ts';

export type ErasureSeen = ErasureRow & { by: string; problem: string | null };

export const findCompany = (tx: Tx): Promise<{ company: string; timeZone: string }> =>
  tx.one(sql`select name as company, time_zone from platform.workspace where id = ${tx.scope.workspaceId}`);

/** Of the person under any id they ever had. */
export const findErasureOf = (tx: Tx, personIds: readonly string[]): Promise<ErasureSeen | undefined> =>
  tx.maybe(sql`select ${erasureColumns}, coalesce(u.name, 'Baton') as by, j.problem from identity.erasure e
    left join platform.app_user u on u.workspace_id = e.workspace_id and u.id::text = e.asked_by
    left join platform.job j on j.workspace_id = e.workspace_id and j.id = e.job_id
    where e.workspace_id = ${tx.scope.workspaceId} and e.person_ids && ${personIds}::uuid[] order by e.asked_at desc limit 1`);

export const listErasures = (tx: Tx, before: { at: string; id: string } | undefined, limit: number): Promise<ErasureSeen[]> =>
  tx.rows(sql`select ${erasureColumns}, coalesce(u.name, 'Baton') as by, j.problem from identity.erasure e
    left join platform.app_user u on u.workspace_id = e.workspace_id and u.id::text = e.asked_by
    left join platform.job j on j.workspace_id = e.workspace_id and j.id = e.job_id
    where e.workspace_id = ${tx.scope.workspaceId} and (${before?.id ?? null}::uuid is null or (e.asked_at, e.id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid))
    order by e.asked_at desc, e.id desc limit ${limit}`);

export const listRuns = (tx: Tx, limit: number): Promise<RetentionRun[]> =>
  tx.rows(sql`select r.id, r.rule, r.months, r.trial, r.before, r.found, r.cleared, r.began_at, r.ended_at, coalesce(u.name, 'Baton') as began_by from identity.retention_run r
    left join platform.app_user u on u.workspace_id = r.workspace_id and u.id::text = r.began_by
    where r.workspace_id = ${tx.scope.workspaceId} order by r.began_at desc, r.id desc limit ${limit}`);
