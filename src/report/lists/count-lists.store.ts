import { sql } from '../../platform/db/index.ts';
import type { Sql, Tx } from '../../platform/db/index.ts';

const usable = (column: Sql): Sql => sql`${column} in ('verified', 'plausible', 'doubtful')`;

/**
 * Counts every list anew, in one statement over all sightings. Each person belongs to the list, if any, of the first of their sightings that
 * stand. Only changed rows are written.
 */
export async function countLists(tx: Tx, currency: string): Promise<void> {
  const { workspaceId } = tx.scope;
  // One large sort, in memory where that is possible; and no walk of the whole base for each of many lists.
  await tx.run(sql`select set_config('work_mem', '192MB', true), set_config('enable_nestloop', 'off', true)`);
  await tx.run(sql`
    with part as materialized (select list_id, import_id from capture.list_part where workspace_id = ${workspaceId}),
    seen as (
      select case when m.survivor_id is null then m.id else m.survivor_id end as person_id, s.id, part.list_id
      from identity.sighting s join identity.person m on m.workspace_id = ${workspaceId} and m.id = s.person_id left join part on part.import_id = s.import_id
      where s.workspace_id = ${workspaceId} and s.withdrawn_at is null and exists (select from part)
    ), named as materialized (
      select person_id, list_id, count(*)::int as times, bool_or(place = 1) as is_fresh
      from (select person_id, list_id, row_number() over (partition by person_id order by id) as place from seen) s
      where list_id is not null group by person_id, list_id
    ), judged as (
      select n.list_id, n.times, n.is_fresh, q.person_id is null and p.erased_at is null and p.retired_at is null as is_unjudged, coalesce(w.reach and not p.do_not_contact, false) as is_reachable,
        coalesce(q.name = 'bad', false) or (not w.reach and coalesce(q.mail = 'bad' or q.phone = 'bad' or q.mobile = 'bad' or q.address = 'bad', false)) as is_junk
      from named n join identity.person p on p.workspace_id = ${workspaceId} and p.id = n.person_id
      left join identity.quality q on q.workspace_id = ${workspaceId} and q.person_id = n.person_id
      cross join lateral (select coalesce(${usable(sql`q.mail`)}, false) or coalesce(${usable(sql`q.phone`)}, false) or coalesce(${usable(sql`q.mobile`)}, false)
        or coalesce(${usable(sql`q.address`)} and p.street is not null and p.country is not null, false) as reach) w
    ), people as (
      select list_id, count(*)::int as people, (sum(times) - count(*))::int as again, count(*) filter (where is_fresh)::int as fresh,
        count(*) filter (where is_reachable)::int as reachable, count(*) filter (where is_junk)::int as junk,
        count(*) filter (where is_fresh and not is_junk and is_reachable)::int as good,
        count(*) filter (where is_fresh and not is_junk and not is_reachable)::int as out_of_reach, count(*) filter (where is_unjudged)::int as unjudged
      from judged group by list_id
    ), earned as (
      select n.list_id, count(*)::int as leads, count(distinct r.person_id)::int as lead_people, count(*) filter (where r.status in ('hot', 'warm', 'sale'))::int as qualified,
        count(*) filter (where r.state = 'sale')::int as sales, coalesce(sum(r.value_minor) filter (where r.currency = ${currency}), 0)::bigint as won_minor,
        count(*) filter (where r.currency <> ${currency} and r.value_minor is not null)::int as foreign_sales
      from named n join report.lead_row r on r.workspace_id = ${workspaceId} and r.person_id = n.person_id and r.counted
      where n.is_fresh group by n.list_id
    ), gone as (
      delete from report.list_count c where c.workspace_id = ${workspaceId} and not exists (select from people p where p.list_id = c.list_id)
    )
    insert into report.list_count as c (workspace_id, list_id, people, again, fresh, reachable, junk, good, out_of_reach, unjudged, leads, lead_people, qualified, sales, won_minor, foreign_sales)
    select ${workspaceId}::uuid, p.list_id, p.people, p.again, p.fresh, p.reachable, p.junk, p.good, p.out_of_reach, p.unjudged,
      coalesce(e.leads, 0), coalesce(e.lead_people, 0), coalesce(e.qualified, 0), coalesce(e.sales, 0), coalesce(e.won_minor, 0), coalesce(e.foreign_sales, 0)
    from people p left join earned e on e.list_id = p.list_id
    on conflict (workspace_id, list_id) do update set people = excluded.people, again = excluded.again, fresh = excluded.fresh, reachable = excluded.reachable,
      junk = excluded.junk, good = excluded.good, out_of_reach = excluded.out_of_reach, unjudged = excluded.unjudged, leads = excluded.leads, lead_people = excluded.lead_people,
      qualified = excluded.qualified, sales = excluded.sales, won_minor = excluded.won_minor, foreign_sales = excluded.foreign_sales
    where c.* is distinct from excluded.*`);
}

/** Something happened that may change a figure; says nothing where that is known already. */
export async function markListsStale(tx: Tx): Promise<void> {
  const { workspaceId } = tx.scope;
  await tx.run(sql`insert into report.list_counting as c (workspace_id, stale) select ${workspaceId}, true
    where not exists (select from report.list_counting where workspace_id = ${workspaceId} and stale)
    on conflict (workspace_id) do update set stale = true`);
}

/** From here on what happens counts as news; committed before the counting reads, so that nothing falls between. */
export async function beginCounting(tx: Tx): Promise<void> {
  await tx.run(sql`insert into report.list_counting (workspace_id, stale) values (${tx.scope.workspaceId}, false)
    on conflict (workspace_id) do update set stale = false`);
}

export async function endCounting(tx: Tx, at: Date, tookMs: number): Promise<void> {
  await tx.run(sql`update report.list_counting set counted_at = ${at}, took_ms = ${Math.round(tookMs)},
    stale = stale or exists (select from report.list_count where workspace_id = ${tx.scope.workspaceId} and unjudged > 0) where workspace_id = ${tx.scope.workspaceId}`);
}

export async function lockCounting(tx: Tx): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`lists ${tx.scope.workspaceId}`}, 21))`);
}
