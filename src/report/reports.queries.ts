import { empty, raw, sql } from '../platform/db/index.ts';
import type { Sql, Tx } from '../platform/db/index.ts';
import { bucketsOf, quantileOf, type BucketCount } from './quantile.rules.ts';
import {
  behindFilter,
  dateFilter,
  hasHolderFilter,
  hasOriginFilter,
  holderFilter,
  inquiryFilter,
  instantFilter,
  leadsByArrival,
  leadsOf,
  originFilter,
  sumsOf,
  type Cut,
} from './cuts.queries.ts';
import { ownValue, type OwnField } from './own-fields.queries.ts';
import { takeForeignOut } from './foreign-values.queries.ts';
import { worksOf } from './rollups.store.ts';

// The figures of the five reports, unshaped. Each has two ways to the same answer: over the sums where the cut allows it, else over indexed rows;
// a test compares the two.

export interface SourceCount {
  sourceId: string | null;
  programId: string | null;
  channel: string | null;
  inquiries: number;
  leads: number;
  hot: number;
  sales: number;
  valueMinor: number;
}

/** By the day of the inquiry; values in the currency of the cut. */
export async function countSources(tx: Tx, cut: Cut, by: { source: boolean; program: boolean; channel: boolean }): Promise<SourceCount[]> {
  const part = (name: string, wanted: boolean): Sql => (wanted ? sql`coalesce(${raw(name)}::text, '')` : sql`''`);
  const key = sql`concat_ws('|', ${part('source_id', by.source)}, ${part('program_id', by.program)}, ${part('channel', by.channel)})`;
  return takeForeignOut(tx, cut, await sumSources(tx, cut, by), leadsByArrival(cut), key, (row) =>
    [row.sourceId, row.programId, row.channel].map((one) => one ?? '').join('|'),
  );
}

/** With a holder or territory, the inquiries that became leads of theirs, on the day of the first. */
async function sumSources(tx: Tx, cut: Cut, by: { source: boolean; program: boolean; channel: boolean }): Promise<SourceCount[]> {
  const key = (name: string, wanted: boolean): Sql => (wanted ? raw(name) : sql`null::${raw(name === 'channel' ? 'text' : 'uuid')}`);
  const keys = sql`${key('source_id', by.source)} as source_id, ${key('program_id', by.program)} as program_id, ${key('channel', by.channel)} as channel`;
  if (!hasHolderFilter(cut) && cut.behind)
    return tx.rows<SourceCount>(sql`
      select ${keys}, sum(inquiries)::bigint as inquiries, sum(leads)::bigint as leads, sum(hot)::bigint as hot, sum(sales)::bigint as sales, sum(value)::bigint as value_minor from (
        select source_id, program_id, channel, 1 as inquiries, 0 as leads, 0 as hot, 0 as sales, 0::bigint as value from report.inquiry_row
        where workspace_id = ${cut.workspaceId} and status <> 'withdrawn'${dateFilter(cut, sql`occurred_on`)}${originFilter(cut)}${inquiryFilter(cut, sql`inquiry_id`)}
        union all
        select source_id, program_id, channel, 0, 1, (grade = 'hot')::int, (state = 'sale')::int, coalesce(value_minor, 0) from ${leadsByArrival(cut)}) found group by 1, 2, 3`);
  if (!hasHolderFilter(cut))
    return tx.rows<SourceCount>(sql`
      select ${keys}, sum(inquiries)::bigint as inquiries, sum(leads)::bigint as leads, sum(hot)::bigint as hot, sum(sales)::bigint as sales, sum(value_minor)::bigint as value_minor
      from report.arrival_cell where ${sumsOf(cut, 'month')}${originFilter(cut)} group by 1, 2, 3`);
  return tx.rows<SourceCount>(sql`
    select ${keys}, sum(inquiries)::bigint as inquiries, count(*) as leads, count(*) filter (where grade = 'hot') as hot, count(*) filter (where state = 'sale') as sales,
      coalesce(sum(value_minor), 0)::bigint as value_minor
    from ${leadsByArrival(cut)} group by 1, 2, 3`);
}

export interface SaleTiming {
  sales: number;
  meanDays: number | null;
  medianDays: number | null;
  reps: number;
}

/** From the first contact to the sale, at exact instants. */
export async function timeSales(tx: Tx, cut: Cut): Promise<SaleTiming> {
  return tx.one<SaleTiming>(sql`
    select count(*)::int as sales, (avg(sale_seconds) / 86400)::float8 as mean_days, (percentile_cont(0.5) within group (order by sale_seconds) / 86400)::float8 as median_days,
      count(distinct sold_by)::int as reps
    from report.lead_row where workspace_id = ${cut.workspaceId} and state = 'sale'${dateFilter(cut, sql`occurred_on`)}${originFilter(cut)}${holderFilter(cut)}${behindFilter(cut, sql`lead_id`)}`);
}

export interface HolderCount {
  holderId: string;
  assigned: number;
  accepted: number;
  declined: number;
  followedUp: number;
  redirected: number;
  open: number;
  waitSeconds: number;
}

/** By the day of the assignment; every assignment counts, so a lead passed on twice counts three times. */
export async function countAssigned(tx: Tx, cut: Cut): Promise<HolderCount[]> {
  if (!hasOriginFilter(cut))
    return tx.rows<HolderCount>(sql`
      select holder_id, sum(assigned)::bigint as assigned, sum(accepted)::bigint as accepted, sum(declined)::bigint as declined, sum(followed_up)::bigint as followed_up,
        sum(redirected)::bigint as redirected, sum(open)::bigint as open, sum(wait_seconds) as wait_seconds
      from report.assigned_cell where ${sumsOf(cut, 'month')}${holderFilter(cut)} group by holder_id`);
  return tx.rows<HolderCount>(sql`
    select a.holder_id, count(*) as assigned, count(a.accepted_at) as accepted, count(a.declined_at) as declined, count(a.first_followup_at) as followed_up,
      count(*) filter (where a.end_reason = 'redirected') as redirected, count(*) filter (where a.ended_at is null) as open,
      coalesce(sum(greatest(0, extract(epoch from a.first_followup_at - a.started_at))), 0)::float8 as wait_seconds
    from ${assignmentsOf(cut)} group by a.holder_id`);
}

const assignmentsOf = (cut: Cut): Sql => sql`report.lead_row l
  join distribute.assignment a on a.workspace_id = ${cut.workspaceId} and a.lead_id = l.lead_id${instantFilter(cut, sql`a.started_at`)}${holderFilter(cut, sql`a.`)}
  where l.workspace_id = ${cut.workspaceId} and l.counted${originFilter(cut, sql`l.`)}${behindFilter(cut, sql`l.lead_id`)}`;

const waitSeconds = sql`greatest(0, extract(epoch from a.first_followup_at - a.started_at))::float8`;

/** Exact quantiles of the wait for the first follow-up, per holder and over all ('all'), in seconds. */
export async function waitQuantiles(
  tx: Tx,
  cut: Cut,
  quantiles: readonly number[],
  perHolder = true,
): Promise<Map<string, (number | null)[]>> {
  const out = new Map<string, (number | null)[]>();
  // A territory is not in the counted waits: they are by holder only.
  if (hasOriginFilter(cut) || cut.filters.territoryId !== undefined) {
    const rows = await tx.rows<{ holderId: string | null; waits: number[] }>(sql`
      select a.holder_id, percentile_cont(${[...quantiles]}::float8[]) within group (order by ${waitSeconds}) as waits
      from ${assignmentsOf(cut)} and a.first_followup_at is not null group by grouping sets ((a.holder_id), ())`);
    for (const { holderId, waits } of rows) if (waits) out.set(holderId ?? 'all', waits);
    return out;
  }
  const counts = await tx.rows<{ holderId: string; bucket: number; count: number }>(sql`
    select holder_id, bucket, sum(followed_up)::bigint as count from report.wait_cell where ${sumsOf(cut, 'month')}${cut.filters.holderId ? sql` and holder_id = ${cut.filters.holderId}` : empty} group by 1, 2`);
  const byHolder = new Map<string, BucketCount[]>();
  const all = new Map<number, number>();
  for (const { holderId, bucket, count } of counts) {
    const list = byHolder.get(holderId) ?? [];
    list.push({ bucket, count });
    byHolder.set(holderId, list);
    all.set(bucket, (all.get(bucket) ?? 0) + count);
  }
  const total = [...all].map(([bucket, count]) => ({ bucket, count }));
  const wanted: { holderId: string; bucket: number }[] = bucketsOf(total, quantiles).flatMap((bucket) =>
    [...byHolder.keys()].map((holderId) => ({ holderId, bucket })),
  );
  if (perHolder)
    for (const [holderId, list] of byHolder) for (const bucket of bucketsOf(list, quantiles)) wanted.push({ holderId, bucket });
  const unique = [...new Map(wanted.map((one) => [`${one.holderId} ${one.bucket}`, one])).values()];
  if (unique.length === 0) return out;
  const values = await tx.rows<{ holderId: string; bucket: number; waits: number[] }>(sql`
    select w.holder_id, w.bucket, array_agg(${waitSeconds}) as waits
    from unnest(${unique.map((one) => one.holderId)}::uuid[], ${unique.map((one) => one.bucket)}::int[]) as w (holder_id, bucket)
    join distribute.assignment a on a.workspace_id = ${cut.workspaceId} and a.holder_id = w.holder_id and a.first_followup_at is not null
      and a.wait_bucket = w.bucket${instantFilter(cut, sql`a.started_at`)}
    where a.lead_id not in (select lead_id from report.lead_row where workspace_id = ${cut.workspaceId} and not counted)
    group by w.holder_id, w.bucket`);
  const read = new Map<string, Map<number, number[]>>();
  const readAll = new Map<number, number[]>();
  for (const { holderId, bucket, waits } of values) {
    const own = read.get(holderId) ?? new Map<number, number[]>();
    own.set(bucket, waits);
    read.set(holderId, own);
    readAll.set(bucket, [...(readAll.get(bucket) ?? []), ...waits]);
  }
  out.set(
    'all',
    quantiles.map((quantile) => quantileOf(total, readAll, quantile) ?? null),
  );
  if (perHolder)
    for (const [holderId, list] of byHolder)
      out.set(
        holderId,
        quantiles.map((quantile) => quantileOf(list, read.get(holderId) ?? new Map(), quantile) ?? null),
      );
  return out;
}

export async function countRedirects(tx: Tx, cut: Cut): Promise<{ fromId: string; toId: string; count: number; why: string }[]> {
  const origin = hasOriginFilter(cut)
    ? sql` join report.lead_row l on l.workspace_id = ${cut.workspaceId} and l.lead_id = a.lead_id${originFilter(cut, sql`l.`)}${behindFilter(cut, sql`l.lead_id`)}`
    : empty;
  const holder = cut.filters.holderId ? sql` and ${cut.filters.holderId}::uuid in (a.holder_id, a.from_holder_id)` : empty;
  return tx.rows(sql`
    select a.from_holder_id as from_id, a.holder_id as to_id, a.why, count(*)::int as count
    from distribute.assignment a${origin}
    where a.workspace_id = ${cut.workspaceId} and a.from_holder_id is not null${instantFilter(cut, sql`a.started_at`)}${holder}
    group by 1, 2, 3 order by 4 desc, 1, 2, 3 limit 100`);
}

export interface StatusCount {
  key: string | null;
  leads: number;
  followedUp: number;
  nextActionSet: number;
  calls: number;
  mails: number;
  visits: number;
  meetings: number;
  quotes: number;
  literature: number;
  notes: number;
  hot: number;
  warm: number;
  bad: number;
  sale: number;
  dontKnow: number;
  open: number;
  silent: number;
  valueMinor: number;
}

const statusKeys = {
  holder: sql`coalesce(holder_id::text, '')`,
  week: sql`date_trunc('week', qualified_on)::date::text`,
  all: sql`''`,
};

/** By the day of qualification; each lead once, under its holder now (of a closed lead, who held it last); values in the currency of the cut. */
export async function countStatus(tx: Tx, cut: Cut, by: StatusBy): Promise<StatusCount[]> {
  const key = typeof by === 'string' ? statusKeys[by] : sql`coalesce(${ownValue(cut.workspaceId, by, sql`lead`)}, '')`;
  return takeForeignOut(tx, cut, await sumStatus(tx, cut, by), leadsOf(cut), key, (row) => row.key ?? '');
}
type StatusBy = 'holder' | 'week' | 'all' | OwnField;

async function sumStatus(tx: Tx, cut: Cut, by: StatusBy): Promise<StatusCount[]> {
  const unit = by === 'week' ? 'week' : 'month';
  if (!hasOriginFilter(cut) && typeof by === 'string') {
    const key = by === 'holder' ? sql`holder_id::text` : by === 'week' ? sql`date_trunc('week', on_date)::date::text` : sql`null::text`;
    return tx.rows<StatusCount>(sql`
      select ${key} as key, sum(leads)::bigint as leads, sum(followed_up)::bigint as followed_up, sum(next_action_set)::bigint as next_action_set, sum(calls)::bigint as calls, sum(mails)::bigint as mails,
        sum(visits)::bigint as visits, sum(meetings)::bigint as meetings, sum(quotes)::bigint as quotes, sum(literature)::bigint as literature, sum(notes)::bigint as notes,
        sum(hot)::bigint as hot, sum(warm)::bigint as warm, sum(bad)::bigint as bad, sum(sale)::bigint as sale, sum(dont_know)::bigint as dont_know, sum(open)::bigint as open,
        sum(silent)::bigint as silent, sum(value_minor)::bigint as value_minor
      from report.cohort_cell where ${sumsOf(cut, unit)}${holderFilter(cut)} group by 1`);
  }
  const key =
    typeof by !== 'string' ? ownValue(cut.workspaceId, by, sql`lead`) : by === 'holder' ? sql`holder_id::text` : by === 'week' ? sql`date_trunc('week', qualified_on)::date::text` : sql`null::text`;
  return tx.rows<StatusCount>(sql`
    select ${key} as key, count(*) as leads, count(*) filter (where last_activity_at is not null or first_followup_at is not null) as followed_up,
      count(*) filter (where last_next_action is not null) as next_action_set, coalesce(sum(calls), 0) as calls, coalesce(sum(mails), 0) as mails, coalesce(sum(visits), 0) as visits,
      coalesce(sum(meetings), 0) as meetings, coalesce(sum(quotes), 0) as quotes, coalesce(sum(literature), 0) as literature, coalesce(sum(notes), 0) as notes,
      count(*) filter (where status = 'hot') as hot, count(*) filter (where status = 'warm') as warm, count(*) filter (where status = 'bad') as bad, count(*) filter (where status = 'sale') as sale,
      count(*) filter (where status = 'dont_know') as dont_know, count(*) filter (where status = 'open') as open,
      count(*) filter (where status = 'open' and last_activity_at is null and first_followup_at is null and holder_kind in ('rep', 'partner')) as silent,
      coalesce(sum(value_minor), 0)::bigint as value_minor
    from ${leadsOf(cut)} group by 1`);
}

export interface WorksCount {
  dimension: string;
  value: string;
  leads: number;
  sales: number;
}

export async function countWorks(tx: Tx, cut: Cut): Promise<WorksCount[]> {
  if (!hasOriginFilter(cut) && !hasHolderFilter(cut))
    return tx.rows<WorksCount>(sql`
      select dimension, value, sum(leads)::bigint as leads, sum(sales)::bigint as sales from report.works_cell where ${sumsOf(cut, 'month')} group by 1, 2`);
  return tx.rows<WorksCount>(sql`select dimension, value, leads, sales from (${worksOf(leadsOf(cut), false)}) w`);
}
