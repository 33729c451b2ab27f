import { acceptKept } from '../distribute/index.ts';
import { stillOwes } from '../followup/index.ts';
import { empty, sql } from '../platform/db/index.ts';
import type { Sql, Tx } from '../platform/db/index.ts';
import { ofSales, type Sales } from '../revenue/index.ts';
import { behindFilter, dateFilter, hasHolderFilter, holderFilter, inquiryFilter, instantFilter, leadsByArrival, originFilter, sumsOf, type Cut } from './cuts.queries.ts';
import { waitsSince } from './leads.queries.ts';
import type { LoopCell } from './loop.rules.ts';
import type { State } from './state.rules.ts';

/** What became of the inquiry `r`, whose lead is `l`. */
const stateNow = sql`case when r.status = 'quarantined' then 'quarantined' else coalesce(l.state, 'not_yet') end`;

/** Where every inquiry of the cut is now. With a holder or territory: the inquiries of their leads. */
export const countLoop = (tx: Tx, cut: Cut): Promise<LoopCell[]> =>
  hasHolderFilter(cut)
    ? tx.rows(sql`select channel, holder_kind, state, sum(inquiries)::int as inquiries from ${leadsByArrival(cut)} group by 1, 2, 3`)
    : cut.behind
      ? tx.rows(sql`select r.channel, l.holder_kind, ${stateNow} as state, count(*)::int as inquiries from report.inquiry_row r
          left join report.lead_row l on l.workspace_id = r.workspace_id and l.lead_id = r.lead_id
          where r.workspace_id = ${cut.workspaceId} and r.status <> 'withdrawn' and coalesce(l.counted, true)${dateFilter(cut, sql`r.occurred_on`)}${originFilter(cut, sql`r.`)}${inquiryFilter(cut, sql`r.inquiry_id`)}
          group by 1, 2, 3`)
      : tx.rows(
        sql`select channel, holder_kind, state, sum(inquiries)::int as inquiries from report.arrival_cell where ${sumsOf(cut, 'month')} and state not in ('withdrawn', 'merged')${originFilter(cut)} group by 1, 2, 3`,
      );

export interface Now {
  undecided: number;
  unheld: number;
  waiting: number;
  longestSince: Date | null;
  pastPromise: number;
  /** of what was handed over in the last seven days, how much was passed on because nobody answered */
  passedOn: number;
  worstHolderId: string | null;
  worstCount: number;
}

/** What needs somebody now, whatever the period. `today`: the company's. */
export const countNow = (tx: Tx, workspaceId: string, { now, today }: { now: Date; today: string }): Promise<Now> =>
  tx.one(sql`
    select (select count(*)::int from report.inquiry_row where workspace_id = ${workspaceId} and not decided) as undecided,
      (select count(*)::int from report.lead_row where workspace_id = ${workspaceId} and closed_at is null and holder_id is null) as unheld,
      (select coalesce(sum(redirected), 0)::int from report.assigned_cell where workspace_id = ${workspaceId} and grain = 'd' and on_date > ${today}::date - 7) as passed_on,
      w.waiting, w.longest_since, p.past_promise, p.worst_holder_id, coalesce(p.worst_count, 0) as worst_count
    from (select count(*)::int as waiting, min(assigned_at) as longest_since from report.lead_row where workspace_id = ${workspaceId} and closed_at is null and holder_kind = 'desk') w
    cross join (select coalesce(sum(n), 0)::int as past_promise, (array_agg(holder_id order by n desc))[1] as worst_holder_id, max(n)::int as worst_count
      from (select holder_id, count(*) as n from report.lead_row where workspace_id = ${workspaceId} and awaited_by < ${now} group by 1) late) p`);

/** Leads that wait for a holder since `sinceAt` or longer, and the one that waits longest. */
export const findWaitingSince = (tx: Tx, sinceAt: Date): Promise<{ count: number; leadId: string | null; name: string | null; waitsSince: Date | null }> =>
  tx.one(sql`with late as materialized (select r.lead_id, r.person_name as name, coalesce(r.assigned_at, r.qualified_at) as since
      from report.lead_row r where r.workspace_id = ${tx.scope.workspaceId} and r.counted and ${waitsSince(sinceAt)})
    select (select count(*)::int from late) as count, oldest.lead_id, oldest.name, oldest.since as waits_since
    from (select 1) one left join lateral (select * from late order by since, lead_id limit 1) oldest on true`);

/** Attempts and verdicts that are late and still owed. */
export const findOwed = (tx: Tx): Promise<{ count: number; leadId: string | null; name: string | null; holder: string | null; since: Date | null }> =>
  tx.one(sql`with late as materialized (select a.lead_id, a.holder_id, a.owes_since as since from distribute.assignment a where a.workspace_id = ${tx.scope.workspaceId} and ${stillOwes})
    select (select count(*)::int from late) as count, oldest.lead_id, r.person_name as name, h.name as holder, oldest.since
    from (select 1) one left join lateral (select * from late order by since, lead_id limit 1) oldest on true
    left join report.lead_row r on r.workspace_id = ${tx.scope.workspaceId} and r.lead_id = oldest.lead_id
    left join distribute.holder h on h.workspace_id = ${tx.scope.workspaceId} and h.id = oldest.holder_id`);

export const countPastPromise = (tx: Tx, workspaceId: string, now: Date): Promise<{ holderId: string; count: number }[]> =>
  tx.rows(
    sql`select holder_id, count(*)::int as count from report.lead_row where workspace_id = ${workspaceId} and awaited_by < ${now} group by 1`,
  );

export interface FateRow {
  inquiryId: string;
  receipt: string;
  occurredAt: Date;
  occurredOn: string;
  channel: string | null;
  sourceId: string | null;
  programId: string | null;
  status: string;
  state: State;
  leadId: string | null;
  name: string | null;
}

/** Inquiries by what became of them: what the bands of the loop open. */
export function listFates(
  tx: Tx,
  cut: Cut,
  more: { state?: string | undefined; holderKind?: string | undefined },
  after: unknown[] | undefined,
  limit: number,
): Promise<FateRow[]> {
  const held =
    more.holderKind === 'none' ? sql` and l.holder_kind is null` : more.holderKind ? sql` and l.holder_kind = ${more.holderKind}` : empty;
  const page: Sql = after ? sql` and (r.occurred_on, r.inquiry_id) < (${after[0]}::date, ${after[1]}::uuid)` : empty;
  return tx.rows(sql`
    select r.inquiry_id, i.receipt, i.occurred_at, r.occurred_on, r.channel, r.source_id, r.program_id, r.status, ${stateNow} as state, l.lead_id,
      coalesce(l.person_name, nullif(i.fields->>'fullName', ''), nullif(concat_ws(' ', i.fields->>'givenName', i.fields->>'familyName'), ''), i.fields->>'email', i.external_id) as name
    from report.inquiry_row r
    join capture.inquiry i on i.workspace_id = r.workspace_id and i.id = r.inquiry_id
    left join report.lead_row l on l.workspace_id = r.workspace_id and l.lead_id = r.lead_id
    where r.workspace_id = ${cut.workspaceId} and r.status <> 'withdrawn'${more.state ? sql` and ${stateNow} = ${more.state}` : sql` and coalesce(l.counted, true)`}${held}${dateFilter(cut, sql`r.occurred_on`)}${originFilter(cut, sql`r.`)}${holderFilter(cut, sql`l.`)}${inquiryFilter(cut, sql`r.inquiry_id`)}${page}
    order by r.occurred_on desc, r.inquiry_id desc limit ${limit}`);
}

/** Sales by month: money by the day of the sale, costs by their own day. */
export const countMonths = (
  tx: Tx,
  cut: Cut,
  currency: string,
  sales: Sales | undefined,
): Promise<{ month: string; spentMinor: number; sales: number; wonMinor: number; invoicedMinor: number }[]> =>
  tx.rows(sql`
    select month, sum(spent)::bigint as spent_minor, sum(sales)::int as sales, sum(won)::bigint as won_minor, sum(invoiced)::bigint as invoiced_minor from (
      select date_trunc('month', sold_on)::date as month, 0 as spent, count(*) filter (where sale_kind = 'opportunity' and first_part) as sales,
        coalesce(sum(amount_minor) filter (where sale_kind = 'opportunity'), 0) as won, coalesce(sum(amount_minor) filter (where sale_kind = 'invoice'), 0) as invoiced
      from (select sold_on, sale_kind, amount_minor, true as first_part, channel, source_id, program_id from revenue.credit
        where workspace_id = ${cut.workspaceId} and model = 'first' and currency = ${currency}${dateFilter(cut, sql`sold_on`)}${originFilter(cut)}${ofSales(sql`sale_id`, sales)}) credit group by 1
      union all
      select date_trunc('month', c.on_date)::date, sum(c.amount_minor), 0, 0, 0 from capture.program_cost c
      join capture.program p on p.workspace_id = c.workspace_id and p.id = c.program_id and p.status <> 'withdrawn'
      where c.workspace_id = ${cut.workspaceId} and c.currency = ${currency}${dateFilter(cut, sql`c.on_date`)}${cut.filters.programId && cut.filters.programId !== 'none' ? sql` and c.program_id = ${cut.filters.programId}` : empty}${
        cut.filters.channel ? sql` and p.channel = ${cut.filters.channel}` : empty
      } group by 1) months group by 1 order by 1`);

export const listGoals = (
  tx: Tx,
): Promise<
  {
    id: string;
    budgetMinor: number | null;
    expectedMinor: number | null;
    goalInquiries: number | null;
    goalLeads: number | null;
    goalSales: number | null;
  }[]
> =>
  tx.rows(
    sql`select id, budget_minor, expected_minor, goal_inquiries, goal_leads, goal_sales from capture.program where workspace_id = ${tx.scope.workspaceId} and status <> 'withdrawn'`,
  );

/** Of the answers promised in the period: how many came in time, by the same rule as the agreement's. Those still within their time are not asked yet. */
export const countPromises = (tx: Tx, cut: Cut, now: Date): Promise<{ asked: number; kept: number }> =>
  tx.one(sql`
    select count(accept)::int as asked, count(*) filter (where accept)::int as kept
    from (select ${acceptKept(now)} as accept from distribute.assignment a
      where a.workspace_id = ${cut.workspaceId} and a.respond_by is not null${instantFilter(cut, sql`a.started_at`)}${holderFilter(cut, sql`a.`)}${behindFilter(cut, sql`a.lead_id`)}) promised`);
