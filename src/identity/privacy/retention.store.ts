import { empty, join, sql } from '../../platform/db/index.ts';
import type { Sql, Tx } from '../../platform/db/index.ts';
import type { Found } from '../../platform/personal-data.ts';

export interface RetentionRun {
  id: string;
  rule: string;
  months: number;
  trial: boolean;
  before: Date;
  found: number;
  cleared: number;
  beganAt: Date;
  endedAt: Date | null;
  beganBy: string;
}

export async function insertRun(tx: Tx, run: RetentionRun): Promise<void> {
  await tx.run(sql`insert into identity.retention_run (workspace_id, id, rule, months, trial, before, found, cleared, began_at, ended_at, began_by)
    values (${tx.scope.workspaceId}, ${run.id}, ${run.rule}, ${run.months}, ${run.trial}, ${run.before}, ${run.found}, ${run.cleared}, ${run.beganAt}, ${run.endedAt}, ${run.beganBy})`);
}

export async function addCleared(tx: Tx, id: string, cleared: number, endedAt: Date | null): Promise<void> {
  await tx.run(sql`update identity.retention_run set cleared = cleared + ${cleared}, ended_at = coalesce(${endedAt}::timestamptz, ended_at) where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);
}

export const findTrial = (tx: Tx, rule: string, months: number, since: Date): Promise<{ id: string } | undefined> =>
  tx.maybe(sql`select id from identity.retention_run where workspace_id = ${tx.scope.workspaceId} and rule = ${rule} and months = ${months} and trial and began_at >= ${since} limit 1`);

export const findLastWorked = (tx: Tx): Promise<{ beganAt: Date } | undefined> =>
  tx.maybe(sql`select began_at from identity.retention_run where workspace_id = ${tx.scope.workspaceId} and not trial order by began_at desc limit 1`);

/**
 * People of whom nobody heard since `before`: not seen, nothing said about being contacted, no request of theirs open, and needed by no room.
 * Merged ones are their survivor.
 */
function silentPeople(workspaceId: string, before: Date, needs: readonly Sql[]): Sql {
  const needed = needs.length === 0 ? empty : sql`and not exists (select 1 from needed n where n.id = p.id)`;
  return sql`with needed as materialized (
      select distinct case when q.survivor_id is null then q.id else q.survivor_id end as id from (${needs.length === 0 ? sql`select null::uuid as person_id` : join(needs, ' union all ')}) x
      join identity.person q on q.workspace_id = ${workspaceId} and q.id = x.person_id),
    silent as (
      select p.id, p.full_name, p.email, p.phone_e164, p.external_id, p.last_seen_at,
        p.do_not_contact or p.do_not_mail or p.do_not_call or p.unsubscribed_at is not null
          or exists (select 1 from identity.consent_standing s where s.workspace_id = ${workspaceId} and s.person_id = p.id and s.stands = 'refused') as refused
      from identity.person p
      where p.workspace_id = ${workspaceId} and p.survivor_id is null and p.retired_at is null and p.last_seen_at < ${before} ${needed}
        and not exists (select 1 from identity.consent c where c.workspace_id = ${workspaceId} and c.person_id = p.id and c.at >= ${before})
        and not exists (select 1 from identity.privacy_request r where r.workspace_id = ${workspaceId} and r.person_id = p.id and r.done_at is null)
        and not exists (select 1 from identity.erasure e where e.workspace_id = ${workspaceId} and e.person_id = p.id))`;
}

export async function findSilentPeople(tx: Tx, before: Date, needs: readonly Sql[], sampleMax: number): Promise<Found> {
  const silent = silentPeople(tx.scope.workspaceId, before, needs);
  const { count } = await tx.one<{ count: number }>(sql`${silent} select count(*)::int as count from silent`);
  const sample = await tx.rows<Found['sample'][number]>(
    sql`${silent} select coalesce(full_name, email, phone_e164, external_id, 'Unnamed') as what, last_seen_at as at from silent order by last_seen_at, id limit ${sampleMax}`,
  );
  return { count, sample };
}

/** The longest silent; `refused`: somebody who said no in some way, which is not forgotten. */
export const listSilentPeople = (tx: Tx, before: Date, needs: readonly Sql[], most: number): Promise<{ id: string; refused: boolean }[]> =>
  tx.rows(sql`${silentPeople(tx.scope.workspaceId, before, needs)} select id, refused from silent order by last_seen_at, id limit ${most}`);
