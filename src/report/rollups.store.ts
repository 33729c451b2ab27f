import { join, sql } from '../platform/db/index.ts';
import type { Sql, Tx } from '../platform/db/index.ts';
import { addDays, startOfDay, startOfMonth, startOfWeek } from '../platform/values/period.rules.ts';

// Sums by day, week and month. A day is summed again from its rows whenever one of them changed, so summing twice changes nothing.

export type Cube = 'arrival' | 'cohort' | 'assigned';

/** Takes the dirty days off the list; whoever comes at the same time waits, then finds what is left. */
export async function takeDirtyDays(tx: Tx): Promise<Map<Cube, string[]>> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended('report.settle ' || ${tx.scope.workspaceId}, 0))`);
  const days = await tx.rows<{ cube: Cube; onDate: string }>(
    sql`delete from report.dirty_day where workspace_id = ${tx.scope.workspaceId} returning cube, on_date`,
  );
  const byCube = new Map<Cube, string[]>();
  for (const { cube, onDate } of days) byCube.set(cube, [...(byCube.get(cube) ?? []), onDate]);
  return byCube;
}

export async function anyDirtyDay(tx: Tx): Promise<boolean> {
  return (await tx.maybe(sql`select 1 from report.dirty_day where workspace_id = ${tx.scope.workspaceId} limit 1`)) !== undefined;
}

export async function sumArrivals(tx: Tx, days: readonly string[]): Promise<void> {
  const { workspaceId } = tx.scope;
  await tx.run(sql`delete from report.arrival_cell where workspace_id = ${workspaceId} and grain = 'd' and on_date = any(${days}::date[])`);
  await tx.run(sql`
    insert into report.arrival_cell (workspace_id, grain, on_date, source_id, program_id, channel, holder_kind, state, inquiries, leads, hot, sales, value_minor)
    select r.workspace_id, 'd', r.occurred_on, r.source_id, r.program_id, r.channel, l.holder_kind, st.state, count(*),
      count(*) filter (where r.is_origin and st.lead), count(*) filter (where r.is_origin and st.lead and l.grade = 'hot'),
      count(*) filter (where r.is_origin and st.state = 'sale'), coalesce(sum(l.value_minor) filter (where r.is_origin and st.state = 'sale'), 0)
    from report.inquiry_row r
    left join report.lead_row l on l.workspace_id = ${workspaceId} and l.lead_id = r.lead_id
    cross join lateral (select case when r.status = 'quarantined' then 'quarantined' else coalesce(l.state, 'not_yet') end as state, l.lead_id is not null and l.counted as lead) st
    where r.workspace_id = ${workspaceId} and r.occurred_on = any(${days}::date[]) and r.status <> 'withdrawn'
    group by r.workspace_id, r.occurred_on, r.source_id, r.program_id, r.channel, l.holder_kind, st.state`);
  const months = [...new Set(days.map(startOfMonth))];
  await tx.run(
    sql`delete from report.arrival_cell where workspace_id = ${workspaceId} and grain = 'm' and on_date = any(${months}::date[])`,
  );
  await tx.run(sql`
    insert into report.arrival_cell (workspace_id, grain, on_date, source_id, program_id, channel, holder_kind, state, inquiries, leads, hot, sales, value_minor)
    select c.workspace_id, 'm', m.month, c.source_id, c.program_id, c.channel, c.holder_kind, c.state, sum(c.inquiries), sum(c.leads), sum(c.hot), sum(c.sales), sum(c.value_minor)
    from unnest(${months}::date[]) as m (month)
    join report.arrival_cell c on c.workspace_id = ${workspaceId} and c.grain = 'd' and c.on_date >= m.month and c.on_date < m.month + interval '1 month'
    group by c.workspace_id, m.month, c.source_id, c.program_id, c.channel, c.holder_kind, c.state`);
}

export async function sumCohorts(tx: Tx, days: readonly string[], timeZone: string): Promise<void> {
  const { workspaceId } = tx.scope;
  const leads = leadsOfDays(workspaceId, days, timeZone);
  await tx.run(sql`delete from report.cohort_cell where workspace_id = ${workspaceId} and grain = 'd' and on_date = any(${days}::date[])`);
  await tx.run(sql`
    insert into report.cohort_cell (workspace_id, grain, on_date, holder_id, territory_id, leads, followed_up, next_action_set, calls, mails, visits, meetings, quotes, literature, notes,
      hot, warm, bad, sale, dont_know, open, silent, value_minor)
    select workspace_id, 'd', qualified_on, holder_id, territory_id, count(*), count(*) filter (where last_activity_at is not null or first_followup_at is not null),
      count(*) filter (where last_next_action is not null), sum(calls), sum(mails), sum(visits), sum(meetings), sum(quotes), sum(literature), sum(notes),
      count(*) filter (where status = 'hot'), count(*) filter (where status = 'warm'), count(*) filter (where status = 'bad'), count(*) filter (where status = 'sale'),
      count(*) filter (where status = 'dont_know'), count(*) filter (where status = 'open'),
      count(*) filter (where status = 'open' and last_activity_at is null and first_followup_at is null and holder_kind in ('rep', 'partner')), coalesce(sum(value_minor), 0)
    from ${leads}
    group by workspace_id, qualified_on, holder_id, territory_id`);
  await sumWorks(tx, days, leads);
  for (const [grain, startOf, length] of [
    ['w', startOfWeek, '7 days'],
    ['m', startOfMonth, '1 month'],
  ] as const) {
    const starts = [...new Set(days.map(startOf))];
    await tx.run(
      sql`delete from report.cohort_cell where workspace_id = ${workspaceId} and grain = ${grain} and on_date = any(${starts}::date[])`,
    );
    await tx.run(sql`
      insert into report.cohort_cell (workspace_id, grain, on_date, holder_id, territory_id, leads, followed_up, next_action_set, calls, mails, visits, meetings, quotes, literature, notes,
        hot, warm, bad, sale, dont_know, open, silent, value_minor)
      select c.workspace_id, ${grain}, s.start, c.holder_id, c.territory_id, sum(leads), sum(followed_up), sum(next_action_set), sum(calls), sum(mails), sum(visits), sum(meetings), sum(quotes),
        sum(literature), sum(notes), sum(hot), sum(warm), sum(bad), sum(sale), sum(dont_know), sum(open), sum(silent), sum(value_minor)
      from unnest(${starts}::date[]) as s (start)
      join report.cohort_cell c on c.workspace_id = ${workspaceId} and c.grain = 'd' and c.on_date >= s.start and c.on_date < s.start + ${length}::interval
      group by c.workspace_id, s.start, c.holder_id, c.territory_id`);
  }
  const months = [...new Set(days.map(startOfMonth))];
  await tx.run(sql`delete from report.works_cell where workspace_id = ${workspaceId} and grain = 'm' and on_date = any(${months}::date[])`);
  await tx.run(sql`
    insert into report.works_cell (workspace_id, grain, on_date, dimension, value, leads, sales)
    select c.workspace_id, 'm', m.month, c.dimension, c.value, sum(c.leads), sum(c.sales)
    from unnest(${months}::date[]) as m (month)
    join report.works_cell c on c.workspace_id = ${workspaceId} and c.grain = 'd' and c.on_date >= m.month and c.on_date < m.month + interval '1 month'
    group by c.workspace_id, m.month, c.dimension, c.value`);
}

/** The leads of some days by their instants, so that the index the lists read serves here too. */
function leadsOfDays(workspaceId: string, days: readonly string[], timeZone: string): Sql {
  return sql`(select * from report.lead_row where workspace_id = ${workspaceId} and counted and ${withinDays(sql`qualified_at`, days, timeZone)} and qualified_on = any(${days}::date[])) lead`;
}

const spansMax = 20;

/** Instants that can fall on these days: a range for each run of days, or, where they are scattered, one range over all. */
function withinDays(column: Sql, days: readonly string[], timeZone: string): Sql {
  const sorted = [...new Set(days)].toSorted();
  const runs: { first: string; last: string }[] = [];
  for (const day of sorted) {
    const run = runs.at(-1);
    if (run && addDays(run.last, 1) === day) run.last = day;
    else runs.push({ first: day, last: day });
  }
  const spans = runs.length <= spansMax ? runs : [{ first: sorted[0]!, last: sorted.at(-1)! }];
  const parts = spans.map(
    ({ first, last }) => sql`(${column} >= ${startOfDay(first, timeZone)} and ${column} < ${startOfDay(addDays(last, 1), timeZone)})`,
  );
  return sql`(${join(parts, ' or ')})`;
}

/**
 * What each lead had, and whether it bought, counted in one pass: grouping sets for what a lead has once, filtered counts for the activities it
 * may have many of. `leads` is a table expression; by day for the sums, at once for a filtered report.
 */
export function worksOf(leads: Sql, byDay: boolean): Sql {
  const day = byDay ? sql`qualified_on` : sql`null::date`;
  return sql`
    with lead as materialized (
      select ${day} as on_date, source_id, first_activity, grade, report.wait_band(wait_seconds) as wait, left(lower(last_next_action), 80) as next_action, state = 'sale' as sale,
        calls > 0 as call, mails > 0 as mail, visits > 0 as visit, meetings > 0 as meeting, quotes > 0 as quote, literature > 0 as literature, notes > 0 as note,
        last_activity_at is null as nothing
      from ${leads}
    ), once as (
      select on_date, grouping(source_id, first_activity, grade, wait, next_action) as which, source_id, first_activity, grade, wait, next_action,
        count(*) as leads, count(*) filter (where sale) as sales
      from lead group by grouping sets ((on_date, source_id), (on_date, first_activity), (on_date, grade), (on_date, wait), (on_date, next_action))
    ), many as (
      select on_date, count(*) filter (where call) c1, count(*) filter (where call and sale) s1, count(*) filter (where mail) c2, count(*) filter (where mail and sale) s2,
        count(*) filter (where visit) c3, count(*) filter (where visit and sale) s3, count(*) filter (where meeting) c4, count(*) filter (where meeting and sale) s4,
        count(*) filter (where quote) c5, count(*) filter (where quote and sale) s5, count(*) filter (where literature) c6, count(*) filter (where literature and sale) s6,
        count(*) filter (where note) c7, count(*) filter (where note and sale) s7, count(*) filter (where nothing) c8, count(*) filter (where nothing and sale) s8
      from lead group by on_date
    )
    select on_date, case which when 15 then 'source' when 23 then 'first' when 27 then 'grade' when 29 then 'wait' else 'next_action' end as dimension,
      coalesce(case which when 15 then source_id::text when 23 then first_activity when 27 then grade when 29 then wait else next_action end, 'none') as value, leads, sales
    from once
    union all
    select on_date, 'activity', a.kind, a.leads, a.sales
    from many cross join lateral (values ('call', c1, s1), ('mail', c2, s2), ('visit', c3, s3), ('meeting', c4, s4), ('quote', c5, s5), ('literature', c6, s6), ('note', c7, s7), ('none', c8, s8))
      as a (kind, leads, sales)
    where a.leads > 0`;
}

async function sumWorks(tx: Tx, days: readonly string[], leads: Sql): Promise<void> {
  const { workspaceId } = tx.scope;
  await tx.run(sql`delete from report.works_cell where workspace_id = ${workspaceId} and grain = 'd' and on_date = any(${days}::date[])`);
  await tx.run(sql`
    insert into report.works_cell (workspace_id, grain, on_date, dimension, value, leads, sales)
    select ${workspaceId}::uuid, 'd', w.on_date, w.dimension, w.value, w.leads, w.sales from (${worksOf(leads, true)}) w`);
}

export async function sumAssignments(tx: Tx, days: readonly string[], timeZone: string): Promise<void> {
  const { workspaceId } = tx.scope;
  await tx.run(
    sql`delete from report.assigned_cell where workspace_id = ${workspaceId} and grain = 'd' and on_date = any(${days}::date[])`,
  );
  await tx.run(sql`delete from report.wait_cell where workspace_id = ${workspaceId} and grain = 'd' and on_date = any(${days}::date[])`);
  const assignments = sql`(select *, (started_at at time zone ${timeZone})::date as on_date from distribute.assignment where workspace_id = ${workspaceId}
    and ${withinDays(sql`started_at`, days, timeZone)} and (started_at at time zone ${timeZone})::date = any(${days}::date[])
    and lead_id not in (select lead_id from report.lead_row where workspace_id = ${workspaceId} and not counted)) a`;
  await tx.run(sql`
    insert into report.assigned_cell (workspace_id, grain, on_date, holder_id, territory_id, assigned, accepted, declined, followed_up, redirected, open, wait_seconds)
    select ${workspaceId}::uuid, 'd', a.on_date, a.holder_id, a.territory_id, count(*), count(a.accepted_at), count(a.declined_at), count(a.first_followup_at),
      count(*) filter (where a.end_reason = 'redirected'), count(*) filter (where a.ended_at is null), coalesce(sum(greatest(0, extract(epoch from a.first_followup_at - a.started_at))), 0)
    from ${assignments} group by a.on_date, a.holder_id, a.territory_id`);
  await tx.run(sql`
    insert into report.wait_cell (workspace_id, grain, on_date, holder_id, bucket, followed_up)
    select ${workspaceId}::uuid, 'd', a.on_date, a.holder_id, a.wait_bucket, count(*)
    from ${assignments} where a.first_followup_at is not null group by a.on_date, a.holder_id, 5`);
  const months = [...new Set(days.map(startOfMonth))];
  await tx.run(
    sql`delete from report.assigned_cell where workspace_id = ${workspaceId} and grain = 'm' and on_date = any(${months}::date[])`,
  );
  await tx.run(sql`
    insert into report.assigned_cell (workspace_id, grain, on_date, holder_id, territory_id, assigned, accepted, declined, followed_up, redirected, open, wait_seconds)
    select c.workspace_id, 'm', m.month, c.holder_id, c.territory_id, sum(assigned), sum(accepted), sum(declined), sum(followed_up), sum(redirected), sum(open), sum(wait_seconds)
    from unnest(${months}::date[]) as m (month)
    join report.assigned_cell c on c.workspace_id = ${workspaceId} and c.grain = 'd' and c.on_date >= m.month and c.on_date < m.month + interval '1 month'
    group by c.workspace_id, m.month, c.holder_id, c.territory_id`);
  await tx.run(sql`delete from report.wait_cell where workspace_id = ${workspaceId} and grain = 'm' and on_date = any(${months}::date[])`);
  await tx.run(sql`
    insert into report.wait_cell (workspace_id, grain, on_date, holder_id, bucket, followed_up)
    select c.workspace_id, 'm', m.month, c.holder_id, c.bucket, sum(followed_up)
    from unnest(${months}::date[]) as m (month)
    join report.wait_cell c on c.workspace_id = ${workspaceId} and c.grain = 'd' and c.on_date >= m.month and c.on_date < m.month + interval '1 month'
    group by c.workspace_id, m.month, c.holder_id, c.bucket`);
}
