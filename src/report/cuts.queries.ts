import { empty, join, sql } from '../platform/db/index.ts';
import type { Sql, Tx } from '../platform/db/index.ts';
import { addDays, coverBy, startOfDay, type Period, type Span } from '../platform/values/period.rules.ts';
import { conditionsBehind, inquiriesBehind, type Behind, type RowsOf } from '../identity/index.ts';
import type { Context } from '../platform/context.ts';
import type { ReportFilters } from './report.contract.ts';

// One cut of the data, said to SQL in the two ways it is stored: as sums (whole months or weeks, days at the ends) and as rows.

export interface Cut {
  workspaceId: string;
  timeZone: string;
  /** undefined: all time */
  period: Period | undefined;
  filters: ReportFilters;
  /** in which values are added up; what is in others is left out */
  currency?: string;
  /** conditions on who is behind: no sum holds them, so everything is counted by its rows */
  behind?: Behind | undefined;
}

/** A lead's person and company, and its first inquiry. */
export const leadsBehind: RowsOf = { from: sql`report.lead_row x`, id: sql`x.lead_id`, person: sql`x.person_id`, organization: sql`x.organization_id`, inquiry: sql`x.inquiry_id` };

/** The cut these filters ask for. */
export async function openCut(tx: Tx, cx: Context, timeZone: string, filters: ReportFilters): Promise<Cut> {
  const behind = filters.where === undefined ? undefined : await conditionsBehind(tx, cx, filters.where);
  return { ...cutOf(tx.scope.workspaceId, timeZone, filters), behind };
}

export function cutOf(workspaceId: string, timeZone: string, filters: ReportFilters): Cut {
  const period = filters.from || filters.to ? { fromOn: filters.from ?? '1900-01-01', toOn: filters.to ?? '2899-12-31' } : undefined;
  return { workspaceId, timeZone, period, filters };
}

/** Which sums to add up: months (or weeks) where the period covers them whole, days elsewhere. */
export function sumsOf(cut: Cut, unit: 'month' | 'week'): Sql {
  const grain = unit === 'month' ? 'm' : 'w';
  if (!cut.period) return sql`workspace_id = ${cut.workspaceId} and grain = ${grain}`;
  const { whole, days } = coverBy(unit, cut.period);
  const within = (letter: string, span: Span): Sql =>
    sql`(grain = ${letter} and on_date >= ${span.fromOn}::date and on_date < ${span.untilOn}::date)`;
  const parts = [...(whole ? [within(grain, whole)] : []), ...days.map((span) => within('d', span))];
  return sql`workspace_id = ${cut.workspaceId} and (${join(parts, ' or ')})`;
}

const idFilter = (column: Sql, value: string | undefined): Sql =>
  value === undefined ? empty : value === 'none' ? sql` and ${column} is null` : sql` and ${column} = ${value}::uuid`;

/** Leads (or, by their own id, inquiries) of those who fit. */
export const behindFilter = ({ behind }: Cut, leadId: Sql): Sql => (behind ? sql` and ${leadId} in (${behind(leadsBehind)})` : empty);
export const inquiryFilter = ({ behind }: Cut, inquiryId: Sql): Sql => (behind ? sql` and ${inquiryId} in (${behind(inquiriesBehind)})` : empty);

export function originFilter({ filters }: Cut, of: Sql = empty): Sql {
  const channel =
    filters.channel === undefined
      ? empty
      : filters.channel === ''
        ? sql` and ${of}channel is null`
        : sql` and ${of}channel = ${filters.channel}`;
  return sql`${idFilter(sql`${of}source_id`, filters.sourceId)}${idFilter(sql`${of}program_id`, filters.programId)}${channel}`;
}

export function holderFilter({ filters }: Cut, of: Sql = empty): Sql {
  return sql`${idFilter(sql`${of}holder_id`, filters.holderId)}${idFilter(sql`${of}territory_id`, filters.territoryId)}`;
}

/** Whether the leads themselves must be looked at, which sums by holder do not hold. */
export const hasOriginFilter = ({ filters, behind }: Cut): boolean =>
  behind !== undefined || filters.sourceId !== undefined || filters.programId !== undefined || filters.channel !== undefined;
export const hasHolderFilter = ({ filters }: Cut): boolean => filters.holderId !== undefined || filters.territoryId !== undefined;

/** Rows between the instants of the period. */
export function instantFilter(cut: Cut, column: Sql): Sql {
  if (!cut.period) return empty;
  return sql` and ${column} >= ${startOfDay(cut.period.fromOn, cut.timeZone)} and ${column} < ${startOfDay(addDays(cut.period.toOn, 1), cut.timeZone)}`;
}

export function dateFilter(cut: Cut, column: Sql): Sql {
  return cut.period ? sql` and ${column} >= ${cut.period.fromOn}::date and ${column} <= ${cut.period.toOn}::date` : empty;
}

/** The leads of a cut, all filters applied, by the day of their inquiry. */
export function leadsByArrival(cut: Cut): Sql {
  return sql`(select * from report.lead_row where workspace_id = ${cut.workspaceId} and counted${dateFilter(cut, sql`occurred_on`)}${originFilter(cut)}${holderFilter(cut)}${behindFilter(cut, sql`lead_id`)}) lead`;
}

/** The same by the day they were qualified. */
export function leadsOf(cut: Cut): Sql {
  return sql`(select * from report.lead_row where workspace_id = ${cut.workspaceId} and counted${instantFilter(cut, sql`qualified_at`)}${originFilter(cut)}${holderFilter(cut)}${behindFilter(cut, sql`lead_id`)}) lead`;
}
