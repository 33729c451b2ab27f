import { empty, join, sql } from '../platform/db/index.ts';
import type { Sql } from '../platform/db/index.ts';
import { addDays, coverBy, startOfDay, type Period, type Span } from '../platform/values/period.rules.ts';
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

export const hasOriginFilter = ({ filters }: Cut): boolean =>
  filters.sourceId !== undefined || filters.programId !== undefined || filters.channel !== undefined;
export const hasHolderFilter = ({ filters }: Cut): boolean => filters.holderId !== undefined || filters.territoryId !== undefined;

/** Rows between the instants of the period. */
export function instantFilter(cut: Cut, column: Sql): Sql {
  if (!cut.period) return empty;
  return sql` and ${column} >= ${startOfDay(cut.period.fromOn, cut.timeZone)} and ${column} < ${startOfDay(addDays(cut.period.toOn, 1), cut.timeZone)}`;
}

export function dateFilter(cut: Cut, column: Sql): Sql {
  return cut.period ? sql` and ${column} >= ${cut.period.fromOn}::date and ${column} <= ${cut.period.toOn}::date` : empty;
}

/** The leads of a cut, by the day they were qualified, all filters applied. */
/** Leads by the day of their inquiry. */
export function leadsByArrival(cut: Cut): Sql {
  return sql`(select * from report.lead_row where workspace_id = ${cut.workspaceId} and counted${dateFilter(cut, sql`occurred_on`)}${originFilter(cut)}${holderFilter(cut)}) lead`;
}

export function leadsOf(cut: Cut): Sql {
  return sql`(select * from report.lead_row where workspace_id = ${cut.workspaceId} and counted${instantFilter(cut, sql`qualified_at`)}${originFilter(cut)}${holderFilter(cut)}) lead`;
}
