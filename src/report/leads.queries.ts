import { stillOwes } from '../followup/index.ts';
import { brought } from '../identity/index.ts';
import { atMost, empty, join, sql } from '../platform/db/index.ts';
import type { Sql, Tx } from '../platform/db/index.ts';
import { addDays, startOfDay } from '../platform/values/period.rules.ts';
import type { z } from 'zod';
import { waitBands } from './decay.rules.ts';
import type { leadFilters, leadSort } from './leads.contract.ts';
import { ownFieldOf, whereOwn } from './own-fields.queries.ts';
import { searchWords } from './search.rules.ts';

export type LeadFilters = z.output<typeof leadFilters>;
export type LeadSort = z.output<typeof leadSort>;

export interface LeadRow {
  leadId: string;
  inquiryId: string;
  receipt: string | null;
  personId: string;
  personName: string;
  title: string | null;
  email: string | null;
  phone: string | null;
  organizationId: string | null;
  organizationName: string | null;
  country: string | null;
  region: string | null;
  city: string | null;
  product: string | null;
  vertical: string | null;
  programId: string | null;
  sourceId: string | null;
  channel: string | null;
  territoryId: string | null;
  holderId: string | null;
  holderKind: string | null;
  grade: string;
  score: number;
  occurredAt: Date;
  qualifiedAt: Date;
  assignedAt: Date | null;
  acceptedAt: Date | null;
  respondBy: Date | null;
  owedBy: Date | null;
  firstFollowupAt: Date | null;
  waitSeconds: number | null;
  redirects: number;
  verdict: string | null;
  verdictReason: string | null;
  verdictAt: Date | null;
  state: string;
  fate: string | null;
  closedAt: Date | null;
  valueMinor: number | null;
  currency: string | null;
  nextAction: string | null;
  nextActionDueAt: Date | null;
  lastActivityAt: Date | null;
  inquiries: number;
}

const columns = sql`r.lead_id, r.inquiry_id, r.receipt, r.person_id, r.person_name, r.title, r.email, r.phone, r.organization_id, r.organization_name, r.country, r.region, r.city, r.product, r.vertical,
  r.program_id, r.source_id, r.channel, r.territory_id, r.holder_id, r.holder_kind, r.grade, r.score, r.occurred_at, r.qualified_at, r.assigned_at, r.accepted_at, r.respond_by, r.awaited_by as owed_by,
  r.first_followup_at, r.wait_seconds, r.redirects, r.verdict, r.verdict_reason, r.verdict_at, r.state, r.fate, r.closed_at, r.value_minor, r.currency, r.next_action, r.next_action_due_at,
  r.last_activity_at, r.inquiries`;

/** How each order reads its index: the columns, newest or largest first, and which rows are in it at all. */
const orders: Record<LeadSort, { by: Sql; down: boolean; cast: Sql; where: Sql; value: (row: LeadRow) => unknown }> = {
  newest: { by: sql`r.qualified_at`, down: true, cast: sql`timestamptz`, where: empty, value: (row) => row.qualifiedAt },
  oldest: { by: sql`r.qualified_at`, down: false, cast: sql`timestamptz`, where: empty, value: (row) => row.qualifiedAt },
  score: { by: sql`r.score`, down: true, cast: sql`int`, where: empty, value: (row) => row.score },
  value: {
    by: sql`r.value_minor`,
    down: true,
    cast: sql`bigint`,
    where: sql` and r.value_minor is not null`,
    value: (row) => row.valueMinor,
  },
  due: {
    by: sql`r.next_action_due_at`,
    down: false,
    cast: sql`timestamptz`,
    where: sql` and r.next_action_due_at is not null and r.closed_at is null`,
    value: (row) => row.nextActionDueAt,
  },
  awaited: {
    by: sql`r.awaited_by`,
    down: false,
    cast: sql`timestamptz`,
    where: sql` and r.awaited_by is not null`,
    value: (row) => row.owedBy,
  },
};

export interface ListOptions {
  workspaceId: string;
  timeZone: string;
  now: Date;
  filters: LeadFilters;
  /** since when, or longer, a lead waits for a holder longer than agreed; only where that is asked */
  lateSince?: Date | undefined;
  /** whose leads, where a segment is asked for */
  segment?: { subject: 'person' | 'organization'; ids: Sql } | undefined;
  /** the leads behind whom somebody is who fits conditions, as a select of ids */
  behind?: Sql | undefined;
  /** of whom a promise of the agreement was asked for */
  promised?: Sql | undefined;
}

export function leadListQuery(options: ListOptions & { sort: LeadSort; after: unknown[] | undefined; limit: number }): Sql {
  const { by, down, cast, where } = orders[options.sort];
  const after = options.after
    ? down
      ? sql` and (${by}, r.lead_id) < (${options.after[0]}::${cast}, ${options.after[1]}::uuid)`
      : sql` and (${by}, r.lead_id) > (${options.after[0]}::${cast}, ${options.after[1]}::uuid)`
    : empty;
  const direction = down ? sql`desc` : sql`asc`;
  return sql`select ${columns} from report.lead_row r where ${whereOf(options)}${where}${after} order by ${by} ${direction}, r.lead_id ${direction} limit ${atMost(options.limit + 1)}`;
}

/** One row more than the page shows, so that the caller sees whether another page follows. */
export async function listLeads(tx: Tx, options: Parameters<typeof leadListQuery>[0]): Promise<LeadRow[]> {
  return tx.rows<LeadRow>(leadListQuery(options));
}

/** What the cursor of this order holds. */
export const leadSortValues =
  (sort: LeadSort) =>
  (row: LeadRow): unknown[] => [orders[sort].value(row), row.leadId];

export async function countLeads(tx: Tx, options: ListOptions, atMost: number): Promise<number> {
  const { n } = await tx.one<{ n: number }>(
    sql`select count(*)::int as n from (select 1 from report.lead_row r where ${whereOf(options)} limit ${atMost + 1}) found`,
  );
  return n;
}

export async function findLeadRow(tx: Tx, id: string): Promise<LeadRow | undefined> {
  return tx.maybe<LeadRow>(
    sql`select ${columns} from report.lead_row r where r.workspace_id = ${tx.scope.workspaceId} and r.lead_id = ${id}`,
  );
}

/** Every filter as SQL. Withdrawn and joined leads are found only when asked for by state or fate. */
export function whereOf({ workspaceId, timeZone, now, lateSince, filters: f, segment, behind, promised }: ListOptions): Sql {
  const held = f.assignedTo !== undefined || f.assignedIn !== undefined || f.assignedUnder !== undefined || f.dateBy === 'assigned';
  const parts: Sql[] = [sql`r.workspace_id = ${workspaceId}`];
  const and = (part: Sql): void => void parts.push(part);
  const same = (column: Sql, value: string | undefined, cast: Sql): void => {
    if (value === 'none' || value === '') and(sql`${column} is null`);
    else if (value !== undefined) and(sql`${column} = ${value}::${cast}`);
  };
  const yes = (value: string | undefined, when: Sql): void => {
    if (value !== undefined) and(value === 'true' ? sql`(${when})` : sql`not (${when})`);
  };
  if (f.state === undefined && f.fate === undefined) and(sql`r.counted`);
  same(sql`r.source_id`, f.sourceId, sql`uuid`);
  same(sql`r.program_id`, f.programId, sql`uuid`);
  same(sql`r.channel`, f.channel, sql`text`);
  same(sql`r.holder_id`, f.holderId, sql`uuid`);
  same(sql`r.territory_id`, f.territoryId, sql`uuid`);
  if (f.region !== undefined) and(sql`r.territory_id = any(${territoriesFrom(workspaceId, f.region)})`);
  same(sql`r.grade`, f.grade, sql`text`);
  same(sql`r.verdict`, f.verdict, sql`text`);
  same(sql`r.fate`, f.fate, sql`text`);
  same(sql`r.country`, f.country, sql`text`);
  same(sql`r.person_id`, f.personId, sql`uuid`);
  same(sql`r.organization_id`, f.organizationId, sql`uuid`);
  if (segment) and(segment.subject === 'person' ? sql`r.person_id in (${segment.ids})` : sql`r.organization_id in (${segment.ids})`);
  if (behind) and(sql`r.lead_id in (${behind})`);
  if (promised) and(promised);
  if (f.own) and(whereOwn(workspaceId, ownFieldOf(f.own.slice(0, f.own.indexOf(':'))), f.own.slice(f.own.indexOf(':') + 1)));
  if (f.importId) and(ofImport(workspaceId, f.importId));
  if (f.listId) and(sql`r.person_id in (${brought(workspaceId, f.listId)})`);
  yes(f.worth, sql`r.status in ('hot', 'warm', 'sale')`);
  same(sql`r.first_activity`, f.firstActivity, sql`text`);
  if (f.status) and(sql`r.status = ${f.status}`);
  if (f.state) and(stateOf(f.state));
  if (f.holderKind)
    and(
      f.holderKind === 'desk' || f.holderKind === 'nurture'
        ? sql`r.holder_kind = ${f.holderKind} and (r.closed_at is not null or r.holder_kind in ('desk', 'nurture'))`
        : sql`r.holder_kind = ${f.holderKind}`,
    );
  yes(f.open, sql`r.closed_at is null`);
  if (f.overdue === 'true') and(sql`r.awaited_by is not null and r.awaited_by < ${now}`);
  else if (f.overdue) and(sql`(r.awaited_by is null or r.awaited_by >= ${now})`);
  yes(f.offered, sql`r.awaited_by is not null`);
  if (f.late) and(lateBy(f.late, now));
  if (f.unfollowed !== undefined && lateSince) and(sql`(${lateBy('any', now)} or ${waitsSince(lateSince)}) ${f.unfollowed === 'true' ? empty : sql`is not true`}`);
  if (f.unplaced === 'true') and(stateOf('waiting'));
  else if (f.unplaced) and(sql`r.state <> 'waiting'`);
  yes(f.owes, sql`r.lead_id in (select a.lead_id from distribute.assignment a where a.workspace_id = ${workspaceId} and ${stillOwes})`);
  if (f.unplacedLate !== undefined && lateSince) yes(f.unplacedLate, waitsSince(lateSince));
  yes(
    f.followedUp,
    held
      ? assignment(workspaceId, timeZone, f, sql`a.first_followup_at is not null`)
      : sql`r.last_activity_at is not null or r.first_followup_at is not null`,
  );
  yes(
    f.silent,
    sql`r.status = 'open' and r.last_activity_at is null and r.first_followup_at is null and r.holder_kind in ('rep', 'partner')`,
  );
  if (f.accepted)
    yes(f.accepted, held ? assignment(workspaceId, timeZone, f, sql`a.accepted_at is not null`) : sql`r.accepted_at is not null`);
  if (f.declined) yes(f.declined, assignment(workspaceId, timeZone, f, sql`a.declined_at is not null`));
  if (f.redirected) yes(f.redirected, held ? assignment(workspaceId, timeZone, f, sql`a.end_reason = 'redirected'`) : sql`r.redirects > 0`);
  if (held) and(assignment(workspaceId, timeZone, f, f.open === 'true' ? sql`a.ended_at is null` : sql`true`));
  if (f.activity === 'none') and(sql`r.last_activity_at is null`);
  else if (f.activity) and(sql`${activityColumns[f.activity]} > 0`);
  if (f.nextAction !== undefined)
    and(
      f.nextAction === 'none' ? sql`r.last_next_action is null` : sql`left(lower(r.last_next_action), 80) = ${f.nextAction.toLowerCase()}`,
    );
  if (f.wait) and(waitOf(f.wait));
  if (f.redirectedFrom || f.dateBy === 'redirected') and(passedOn(workspaceId, timeZone, f));
  else if (!held && !promised) dates(and, timeZone, f);
  if (f.text !== undefined && f.text.trim() !== '') {
    const words = searchWords(f.text);
    and(words ? sql`r.lead_id in (select report.find_leads(${words}, 5000))` : sql`false`);
  }
  return join(parts, ' and ');
}

/** The inquiries of an import lie in a range of ids, since ids follow time. */
function ofImport(workspaceId: string, importId: string): Sql {
  return sql`r.lead_id in (select li.lead_id from capture.import m
    join capture.inquiry i on i.workspace_id = m.workspace_id and i.id between m.first_inquiry_id and m.last_inquiry_id and i.import_id = m.id
    join qualify.lead_inquiry li on li.workspace_id = i.workspace_id and li.inquiry_id = i.id and li.withdrawn_at is null
    where m.workspace_id = ${workspaceId} and m.id = ${importId})`;
}

const activityColumns = {
  call: sql`r.calls`,
  mail: sql`r.mails`,
  visit: sql`r.visits`,
  meeting: sql`r.meetings`,
  quote: sql`r.quotes`,
  literature: sql`r.literature`,
  note: sql`r.notes`,
};

/** A state with the broader column that has an index, so that a rare state is found without reading every lead. */
export function stateOf(state: string): Sql {
  const status = {
    sale: 'sale',
    bad: 'bad',
    lost: 'bad',
    hot: 'hot',
    warm: 'warm',
    dont_know: 'dont_know',
    working: 'open',
    withdrawn: 'gone',
    merged: 'gone',
  }[state];
  if (status) return sql`r.state = ${state} and r.status = ${status}`;
  if (state === 'nurture') return sql`r.state = 'nurture' and r.holder_kind = 'nurture' and r.closed_at is null`;
  return sql`r.state = 'waiting' and r.closed_at is null and (r.holder_kind = 'desk' or r.holder_id is null)`;
}

/** Of `r`: it waits for a holder since then, or longer. */
export const waitsSince = (at: Date): Sql => sql`${stateOf('waiting')} and coalesce(r.assigned_at, r.qualified_at) <= ${at}`;

function waitOf(key: string): Sql {
  const band = waitBands.find((one) => one.key === key);
  if (!band) return sql`r.wait_seconds is null`;
  return band.untilSeconds === null
    ? sql`r.wait_seconds >= ${band.fromSeconds}`
    : sql`r.wait_seconds >= ${band.fromSeconds} and r.wait_seconds < ${band.untilSeconds}`;
}

function dates(and: (part: Sql) => void, timeZone: string, f: LeadFilters): void {
  const by = f.dateBy ?? 'qualified';
  if (by === 'occurred' || by === 'sold') {
    const column = by === 'occurred' ? sql`r.occurred_on` : sql`r.sold_on`;
    if (f.from) and(sql`${column} >= ${f.from}::date`);
    if (f.to) and(sql`${column} <= ${f.to}::date`);
  } else {
    if (f.from) and(sql`r.qualified_at >= ${startOfDay(f.from, timeZone)}`);
    if (f.to) and(sql`r.qualified_at < ${startOfDay(addDays(f.to, 1), timeZone)}`);
  }
}

/** Of an open lead `r`: its clock has ended; null once it is kept. */
export function lateBy(clock: NonNullable<LeadFilters['late']>, now: Date): Sql {
  const column = { accept: sql`r.awaited_by`, contact: sql`r.contact_by`, attempts: sql`r.tries_by`, verdict: sql`r.verdict_by`, any: sql`least(r.awaited_by, r.contact_by, r.tries_by, r.verdict_by)` }[clock];
  return sql`${column} < ${now}`;
}

/** That it was taken from a holder who did not move, in the period. */
function passedOn(workspaceId: string, timeZone: string, f: LeadFilters): Sql {
  const who = f.redirectedFrom ? sql` and a.from_holder_id = ${f.redirectedFrom}::uuid` : empty;
  return sql`r.lead_id in (select a.lead_id from distribute.assignment a where a.workspace_id = ${workspaceId} and a.from_holder_id is not null and a.why = 'redirect'${who}${startedWithin(timeZone, f)})`;
}

const startedWithin = (timeZone: string, { from, to }: LeadFilters): Sql =>
  sql`${from ? sql` and a.started_at >= ${startOfDay(from, timeZone)}` : empty}${to ? sql` and a.started_at < ${startOfDay(addDays(to, 1), timeZone)}` : empty}`;

/** The ids of a territory and of all that lie under it. */
const territoriesFrom = (workspaceId: string, id: string): Sql =>
  sql`array(with recursive below as (select ${id}::uuid as id union select t.id from distribute.territory t join below on t.parent_id = below.id where t.workspace_id = ${workspaceId}) select id from below)`;

/** That the lead had an assignment that began in the period, with this holder where one is asked for. */
function assignment(workspaceId: string, timeZone: string, f: LeadFilters, what: Sql): Sql {
  const holder = f.assignedTo ? sql` and a.holder_id = ${f.assignedTo}::uuid` : empty;
  const where = f.assignedIn === undefined ? empty : f.assignedIn === 'none' ? sql` and a.territory_id is null` : sql` and a.territory_id = ${f.assignedIn}::uuid`;
  const region = f.assignedUnder === undefined ? empty : sql` and a.territory_id = any(${territoriesFrom(workspaceId, f.assignedUnder)})`;
  const when = f.dateBy === 'assigned' ? startedWithin(timeZone, f) : empty;
  return sql`exists (select from distribute.assignment a where a.workspace_id = ${workspaceId} and a.lead_id = r.lead_id${holder}${where}${region}${when} and ${what})`;
}
