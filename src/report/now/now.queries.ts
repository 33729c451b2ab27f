import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { stateOf } from '../leads.queries.ts';

/** Everything here is counted from what stands in the rows this instant: no sum could know which clock has ended since. */
interface Place {
  holderId: string | null;
  territoryId: string | null;
}

export interface OwedCell extends Place {
  offered: number;
  late: number;
  accept: number;
  contact: number;
  attempts: number;
  verdict: number;
}
export const countOwed = (tx: Tx, now: Date): Promise<OwedCell[]> =>
  tx.rows(sql`select holder_id, territory_id, count(awaited_by)::int as offered,
      (count(*) filter (where least(awaited_by, contact_by, tries_by, verdict_by) < ${now}))::int as late, (count(*) filter (where awaited_by < ${now}))::int as accept,
      (count(*) filter (where contact_by < ${now}))::int as contact, (count(*) filter (where tries_by < ${now}))::int as attempts,
      (count(*) filter (where verdict_by < ${now}))::int as verdict
    from report.lead_row
    where workspace_id = ${tx.scope.workspaceId} and counted and least(awaited_by, contact_by, tries_by, verdict_by) is not null
    group by 1, 2`);

export const countUnassigned = (tx: Tx): Promise<{ territoryId: string | null; unassigned: number; since: Date }[]> =>
  tx.rows(sql`select r.territory_id, count(*)::int as unassigned, min(coalesce(r.assigned_at, r.qualified_at)) as since
    from report.lead_row r where r.workspace_id = ${tx.scope.workspaceId} and r.counted and ${stateOf('waiting')} group by 1`);

/** Leads passed on since then, each once for every holder it was taken from; those of today apart. */
export const listRedirected = (tx: Tx, sinceAt: Date, todayAt: Date): Promise<(Place & { leadId: string; today: boolean })[]> =>
  tx.rows(sql`select a.from_holder_id as holder_id, r.territory_id, a.lead_id, bool_or(a.started_at >= ${todayAt}) as today
    from distribute.assignment a join report.lead_row r on r.workspace_id = a.workspace_id and r.lead_id = a.lead_id and r.counted
    where a.workspace_id = ${tx.scope.workspaceId} and a.from_holder_id is not null and a.why = 'redirect' and a.started_at >= ${sinceAt}
    group by 1, 2, 3`);

export interface SpeedFound extends Place {
  /** by holder, by territory, by territory with all that lies under it, where something does, or of all */
  of: 'holder' | 'territory' | 'region' | 'all';
  contacts: number;
  waits: (number | null)[] | null;
  asked: number;
  kept: number;
}

/** First contacts on what was given since then. Promised is what was agreed with its acceptance, before that the time to answer; who was passed over for silence broke it. */
export const countSpeed = (tx: Tx, sinceAt: Date, now: Date): Promise<SpeedFound[]> =>
  tx.rows(sql`
    with recursive region as (
      select distinct parent_id as region_id, parent_id as id from distribute.territory where workspace_id = ${tx.scope.workspaceId} and parent_id is not null
      union select region.region_id, t.id from distribute.territory t join region on t.parent_id = region.id where t.workspace_id = ${tx.scope.workspaceId}),
    given as (
      select a.holder_id, a.territory_id, extract(epoch from a.first_followup_at - a.started_at)::float8 / 60 as minutes,
        case when a.first_followup_at is not null then a.first_followup_at <= d.due_at
          when a.end_reason = 'redirected' or (a.ended_at is null and d.due_at < ${now}) then false end as kept
      from distribute.assignment a cross join lateral (select coalesce(a.follow_by, a.respond_by) as due_at) d
      where a.workspace_id = ${tx.scope.workspaceId} and a.started_at >= ${sinceAt} and a.why <> 'restored'
        and a.lead_id not in (select lead_id from report.lead_row where workspace_id = ${tx.scope.workspaceId} and not counted))
    select case grouping(holder_id, territory_id) when 1 then 'holder' when 2 then 'territory' else 'all' end as of, holder_id, territory_id, count(minutes)::int as contacts,
      percentile_cont(array[0.5, 0.9]::float8[]) within group (order by minutes) as waits, count(kept)::int as asked, (count(*) filter (where kept))::int as kept
    from given group by grouping sets ((holder_id), (territory_id), ())
    union all
    select 'region', null, region.region_id, count(minutes)::int, percentile_cont(array[0.5, 0.9]::float8[]) within group (order by minutes), count(kept)::int, (count(*) filter (where kept))::int
    from given join region on region.id = given.territory_id group by region.region_id`);

/** Which territory lies under which. */
export const listParents = (tx: Tx): Promise<{ id: string; parentId: string }[]> =>
  tx.rows(sql`select id, parent_id from distribute.territory where workspace_id = ${tx.scope.workspaceId} and parent_id is not null`);
