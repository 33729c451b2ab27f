import { empty, sql } from '../platform/db/index.ts';
import type { Sql, Tx } from '../platform/db/index.ts';
import type { WeeklyCalendar } from './business-hours.rules.ts';
import type { ClockName, Running } from './clocks.rules.ts';
import { workedCalendar } from './holders.store.ts';
import type { Grade } from './route.rules.ts';

/** The rows of custody: one open assignment for each open lead. */

export type Why = 'new' | 'redirect' | 'declined' | 'returned' | 'manual' | 'handover' | 'nurtured' | 'restored';
export type HolderKind = 'rep' | 'partner' | 'desk' | 'nurture';

export interface NewAssignment {
  id: string;
  leadId: string;
  holderId: string;
  territoryId: string | null;
  why: Why;
  startedAt: Date;
  respondBy: Date | null;
  followBy?: Date | null;
  triesBy?: Date | null;
  triesOwed?: number | null;
  judgeBy?: Date | null;
  remindAt?: Date | null;
  triesRemindAt?: Date | null;
  judgeRemindAt?: Date | null;
  pausedAt?: Date | null;
  pausedUntil?: Date | null;
  pauseReason?: string | null;
  firstPausedAt?: Date | null;
  clockAt: Date | null;
  remindedAt?: Date | null;
  acceptedAt?: Date | null;
  firstFollowupAt?: Date | null;
  reasons: object;
  decided: object | null;
  redirectedFrom: string | null;
  /** Who held it then. */
  fromHolderId: string | null;
  sequence: number;
  redirects: number;
  counted: boolean;
  /** of the lead when it was given */
  grade: Grade;
  /** the routing rule that gave it, and in which version */
  ruleId?: string | null;
  ruleVersion?: number | null;
}

/** A pool is the same row for everybody whose turn was dealt from it: named by what is in it. */
export async function savePools(tx: Tx, pools: readonly { id: string; holders: readonly string[]; shares: readonly number[] }[]): Promise<void> {
  if (pools.length === 0) return;
  await tx.run(sql`insert into distribute.turn_pool (workspace_id, id, holders, shares)
    select ${tx.scope.workspaceId}, p.id, array(select jsonb_array_elements_text(p.holders)::uuid), array(select jsonb_array_elements_text(p.shares)::float8)
    from jsonb_to_recordset(${JSON.stringify(pools)}::jsonb) as p (id uuid, holders jsonb, shares jsonb) order by p.id on conflict do nothing`);
}

export interface Ending {
  id: string;
  at: Date;
  reason: string;
}

/**
 * Passes custody on: ends the one and begins the other. A lead is not begun before it was let go, whichever moment the reason for passing
 * it on belongs to. Where somebody else began one for the same lead between our look and our write, the unique index refuses ours, and the
 * whole transaction is tried again on top of theirs.
 */
export async function passCustody(tx: Tx, ended: readonly Ending[], started: readonly NewAssignment[]): Promise<void> {
  const endedAt = await endAssignments(tx, ended);
  if (started.length === 0) return;
  try {
    await copyAssignments(
      tx,
      started.map((a) => {
        const from = endedAt.get(a.leadId);
        return from && from > a.startedAt ? { ...a, startedAt: from } : a;
      }),
    );
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== 'assignment_custody') throw error;
    throw Object.assign(new Error('Two took one lead at the same moment.', { cause: error }), { code: '40001' });
  }
}

async function copyAssignments(tx: Tx, assignments: readonly NewAssignment[]): Promise<void> {
  await tx.copy(
    'distribute.assignment',
    [
      'workspace_id',
      'id',
      'lead_id',
      'holder_id',
      'territory_id',
      'why',
      'started_at',
      'respond_by',
      'follow_by',
      'tries_by',
      'tries_owed',
      'judge_by',
      'remind_at',
      'tries_remind_at',
      'judge_remind_at',
      'paused_at',
      'paused_until',
      'pause_reason',
      'first_paused_at',
      'clock_at',
      'reminded_at',
      'accepted_at',
      'first_followup_at',
      'reasons',
      'decided',
      'redirected_from',
      'from_holder_id',
      'sequence',
      'redirects',
      'counted',
      'grade',
      'rule_id',
      'rule_version',
    ],
    assignments.map((a) => [
      tx.scope.workspaceId,
      a.id,
      a.leadId,
      a.holderId,
      a.territoryId,
      a.why,
      a.startedAt,
      a.respondBy,
      a.followBy,
      a.triesBy,
      a.triesOwed,
      a.judgeBy,
      a.remindAt,
      a.triesRemindAt,
      a.judgeRemindAt,
      a.pausedAt,
      a.pausedUntil,
      a.pauseReason,
      a.firstPausedAt,
      a.clockAt,
      a.remindedAt,
      a.acceptedAt,
      a.firstFollowupAt,
      a.reasons,
      a.decided,
      a.redirectedFrom,
      a.fromHolderId,
      a.sequence,
      a.redirects,
      a.counted,
      a.grade,
      a.ruleId,
      a.ruleVersion,
    ]),
  );
}

/**
 * What was due and not noticed before the end is looked at all the same, and so are attempts that were given up.
 * @returns when each lead's custody really ended: never before it began.
 */
export async function endAssignments(tx: Tx, ended: readonly Ending[]): Promise<Map<string, Date>> {
  if (ended.length === 0) return new Map();
  const rows = await tx.rows<{
    leadId: string;
    endedAt: Date;
  }>(sql`update distribute.assignment a set ended_at = greatest(e.at, a.started_at), end_reason = e.reason, passes_on = false,
      clock_at = case when a.respond_by is not null and (a.clock_at <= greatest(e.at, a.started_at) or a.tries_by is not null) then least(a.clock_at, greatest(e.at, a.started_at)) end
    from unnest(${ended.map((e) => e.id)}::uuid[], ${ended.map((e) => e.at)}::timestamptz[], ${ended.map((e) => e.reason)}::text[]) as e (id, at, reason)
    where a.workspace_id = ${tx.scope.workspaceId} and a.id = any(${ended.map((e) => e.id)}::uuid[]) and a.id = e.id and a.ended_at is null
    returning a.lead_id, a.ended_at`);
  return new Map(rows.map((row) => [row.leadId, row.endedAt]));
}

export interface OpenCustody extends Running {
  id: string;
  leadId: string;
  inquiryId: string;
  grade: Grade;
  holderId: string;
  holderKind: HolderKind;
  holderName: string;
  calendar: WeeklyCalendar | null;
  timeZone: string;
  territoryId: string | null;
  why: Why;
  clockAt: Date | null;
  remindedAt: Date | null;
  pauseReason: string | null;
  firstPausedAt: Date | null;
  sequence: number;
  redirects: number;
}

/** With why it was given to whom: large, and needed only by who continues it. */
export interface FormerCustody extends OpenCustody {
  reasons: object;
  decided: object | null;
}

/**
 * Custody rows are found, and locked, first and by themselves, then joined to what is known of lead and holder: in one step the planner
 * may, on tables it knows nothing of yet, scan all custody once for each lead.
 */
const withFound = (found: Sql, more: Sql = empty): Sql => sql`with found as materialized (${found})
  select a.id, a.lead_id, l.inquiry_id, coalesce(a.grade, a.decided ->> 'grade', l.grade) as grade, a.holder_id, h.kind as holder_kind, h.name as holder_name, ${workedCalendar} as calendar, h.time_zone, a.territory_id, a.why, a.started_at,
    a.ended_at, a.declined_at, a.respond_by, a.follow_by, a.tries_by, a.tries_owed, a.judge_by, a.remind_at, a.tries_remind_at, a.judge_remind_at, a.paused_at, a.paused_until, a.pause_reason, a.first_paused_at, a.clock_at, a.reminded_at, a.accepted_at,
    a.first_followup_at, a.sequence, a.redirects, array(select b.clock from distribute.breach b where b.workspace_id = a.workspace_id and b.assignment_id = a.id) as broken${more}
  from found a join distribute.holder h on h.workspace_id = a.workspace_id and h.id = a.holder_id
  join qualify.lead l on l.workspace_id = a.workspace_id and l.id = a.lead_id order by a.lead_id`;

/** Who holds these leads now, locked in order of lead so that no two callers wait for each other. */
export async function lockCustody(tx: Tx, leadIds: readonly string[]): Promise<OpenCustody[]> {
  return tx.rows<OpenCustody>(
    withFound(sql`select * from distribute.assignment where workspace_id = ${tx.scope.workspaceId} and lead_id = any(${leadIds}::uuid[]) and ended_at is null
      order by lead_id for update`),
  );
}

/** What waits at the desk until somebody may have room again, skipping what somebody else is at. */
export const lockDueAtDesk = (tx: Tx, now: Date, limit: number): Promise<OpenCustody[]> =>
  lockSome(tx, sql`a.clock_at <= ${now} and a.holder_id = ${deskId(tx)} order by a.clock_at, a.id limit ${limit}`);

/** What its holder did not answer, or follow up, in time. */
export const lockPassingOn = (tx: Tx, limit: number): Promise<OpenCustody[]> => lockSome(tx, sql`a.passes_on order by a.id limit ${limit}`);

const lockSome = (tx: Tx, which: Sql): Promise<OpenCustody[]> =>
  tx.rows<OpenCustody>(
    withFound(sql`select a.* from distribute.assignment a join qualify.lead l on l.workspace_id = a.workspace_id and l.id = a.lead_id
      where a.workspace_id = ${tx.scope.workspaceId} and a.ended_at is null and ${which} for update of a skip locked for share of l skip locked`),
  );
const deskId = (tx: Tx): Sql => sql`(select d.id from distribute.holder d where d.workspace_id = ${tx.scope.workspaceId} and d.kind = 'desk')`;

/** Hand-offs with a clock that is due, also those that ended before anybody noticed; skipping what somebody else is at. */
export const lockDueClocks = (tx: Tx, now: Date, limit: number): Promise<OpenCustody[]> =>
  tx.rows<OpenCustody>(
    withFound(sql`select a.* from distribute.assignment a where a.workspace_id = ${tx.scope.workspaceId} and a.clock_at <= ${now} and a.respond_by is not null
      order by a.clock_at, a.id limit ${limit} for update of a skip locked`),
  );

export async function isAnyAtDeskDue(tx: Tx, now: Date): Promise<boolean> {
  const { due } = await tx.one<{ due: boolean }>(sql`select exists (select from distribute.assignment a
    where a.workspace_id = ${tx.scope.workspaceId} and a.ended_at is null and a.clock_at <= ${now} and a.holder_id = ${deskId(tx)}) as due`);
  return due;
}
export async function isAnyPassingOn(tx: Tx): Promise<boolean> {
  const { due } = await tx.one<{ due: boolean }>(sql`select exists (select from distribute.assignment a where a.workspace_id = ${tx.scope.workspaceId} and a.passes_on) as due`);
  return due;
}

export async function lockHolderCustody(tx: Tx, holderId: string): Promise<OpenCustody[]> {
  const { workspaceId } = tx.scope;
  await tx.rows(sql`select l.id from distribute.assignment a join qualify.lead l on l.workspace_id = a.workspace_id and l.id = a.lead_id
    where a.workspace_id = ${workspaceId} and a.holder_id = ${holderId} and a.ended_at is null order by l.id for share of l`);
  return tx.rows<OpenCustody>(
    withFound(sql`select * from distribute.assignment where workspace_id = ${workspaceId} and holder_id = ${holderId} and ended_at is null
      order by lead_id for update`),
  );
}

export async function findAssignments(tx: Tx, ids: readonly string[]): Promise<FormerCustody[]> {
  return tx.rows<FormerCustody>(
    withFound(
      sql`select * from distribute.assignment where workspace_id = ${tx.scope.workspaceId} and id = any(${ids}::uuid[])`,
      sql`, a.reasons, a.decided`,
    ),
  );
}

export type Stamp = Pick<OpenCustody, 'id' | 'acceptedAt' | 'firstFollowupAt' | 'followBy' | 'remindAt' | 'remindedAt' | 'clockAt'>;

/** Sets the stamps of open assignments, and the clock that runs by them, to exactly these. Whoever answered passes nothing on. */
export async function stampAssignments(tx: Tx, stamps: readonly Stamp[]): Promise<void> {
  if (stamps.length === 0) return;
  await tx.run(sql`update distribute.assignment a set accepted_at = s.accepted_at, first_followup_at = s.first_followup_at, follow_by = s.follow_by,
      remind_at = s.remind_at, reminded_at = s.reminded_at, clock_at = s.clock_at, passes_on = false
    from unnest(${stamps.map((s) => s.id)}::uuid[], ${stamps.map((s) => s.acceptedAt)}::timestamptz[], ${stamps.map((s) => s.firstFollowupAt)}::timestamptz[],
      ${stamps.map((s) => s.followBy)}::timestamptz[], ${stamps.map((s) => s.remindAt)}::timestamptz[], ${stamps.map((s) => s.remindedAt)}::timestamptz[],
      ${stamps.map((s) => s.clockAt)}::timestamptz[]) as s (id, accepted_at, first_followup_at, follow_by, remind_at, reminded_at, clock_at)
    where a.workspace_id = ${tx.scope.workspaceId} and a.id = any(${stamps.map((s) => s.id)}::uuid[]) and a.id = s.id`);
}

/** By when the agreement asks for a verdict and for how many attempts, and when to remind of it. */
export type Owed = Pick<OpenCustody, 'id' | 'judgeBy' | 'judgeRemindAt' | 'triesBy' | 'triesRemindAt' | 'triesOwed'>;

export async function stampOwed(tx: Tx, owed: readonly Owed[]): Promise<void> {
  if (owed.length === 0) return;
  await tx.run(sql`update distribute.assignment a set judge_by = o.judge_by, judge_remind_at = o.judge_remind_at, tries_by = o.tries_by, tries_remind_at = o.tries_remind_at, tries_owed = o.tries_owed
    from unnest(${owed.map((o) => o.id)}::uuid[], ${owed.map((o) => o.judgeBy)}::timestamptz[], ${owed.map((o) => o.judgeRemindAt)}::timestamptz[],
      ${owed.map((o) => o.triesBy)}::timestamptz[], ${owed.map((o) => o.triesRemindAt)}::timestamptz[], ${owed.map((o) => o.triesOwed)}::int[])
      as o (id, judge_by, judge_remind_at, tries_by, tries_remind_at, tries_owed)
    where a.workspace_id = ${tx.scope.workspaceId} and a.id = any(${owed.map((o) => o.id)}::uuid[]) and a.id = o.id`);
}

/** What was seen of a hand-off's clocks: when to look again, of what somebody was reminded, whether it passes on. */
export interface Seen {
  id: string;
  clockAt: Date | null;
  /** of the answer or the first contact; null: not now */
  remindedAt: Date | null;
  reminded: readonly ClockName[];
  passesOn: boolean;
  /** attempts or a verdict, since then */
  owesSince: Date | null;
  /** its pause is over */
  resumes: boolean;
}

export async function noteSeen(tx: Tx, seen: readonly Seen[]): Promise<void> {
  if (seen.length === 0) return;
  const did = (name: ClockName): boolean[] => seen.map(({ reminded }) => reminded.includes(name));
  await tx.run(sql`update distribute.assignment a set clock_at = s.clock_at, passes_on = s.passes_on, owes_since = least(a.owes_since, s.owes_since), reminded_at = coalesce(s.reminded_at, a.reminded_at),
      remind_at = case when s.reminded_at is null then a.remind_at end, tries_remind_at = case when not s.tries then a.tries_remind_at end, judge_remind_at = case when not s.judge then a.judge_remind_at end,
      paused_at = case when not s.resumes then a.paused_at end, paused_until = case when not s.resumes then a.paused_until end, pause_reason = case when not s.resumes then a.pause_reason end
    from unnest(${seen.map((s) => s.id)}::uuid[], ${seen.map((s) => s.clockAt)}::timestamptz[], ${seen.map((s) => s.passesOn)}::boolean[], ${seen.map((s) => s.remindedAt)}::timestamptz[],
      ${seen.map((s) => s.owesSince)}::timestamptz[], ${did('attempts')}::boolean[], ${did('verdict')}::boolean[], ${seen.map((s) => s.resumes)}::boolean[])
      as s (id, clock_at, passes_on, reminded_at, owes_since, tries, judge, resumes)
    where a.workspace_id = ${tx.scope.workspaceId} and a.id = any(${seen.map((s) => s.id)}::uuid[]) and a.id = s.id`);
}

/** Sets pauses, and what they put off, to exactly these. */
export async function savePauses(tx: Tx, held: readonly OpenCustody[]): Promise<void> {
  if (held.length === 0) return;
  const rows = held.map((h) => ({
    id: h.id, paused_at: h.pausedAt, paused_until: h.pausedUntil, pause_reason: h.pauseReason, first_paused_at: h.firstPausedAt, clock_at: h.clockAt,
    follow_by: h.followBy, tries_by: h.triesBy, judge_by: h.judgeBy, remind_at: h.remindAt, tries_remind_at: h.triesRemindAt, judge_remind_at: h.judgeRemindAt,
  }));
  await tx.run(sql`update distribute.assignment a set paused_at = p.paused_at, paused_until = p.paused_until, pause_reason = p.pause_reason, first_paused_at = p.first_paused_at,
      clock_at = p.clock_at, passes_on = false, follow_by = p.follow_by, tries_by = p.tries_by, judge_by = p.judge_by, remind_at = p.remind_at, tries_remind_at = p.tries_remind_at,
      judge_remind_at = p.judge_remind_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as p (id uuid, paused_at timestamptz, paused_until timestamptz, pause_reason text, first_paused_at timestamptz, clock_at timestamptz,
      follow_by timestamptz, tries_by timestamptz, judge_by timestamptz, remind_at timestamptz, tries_remind_at timestamptz, judge_remind_at timestamptz)
    where a.workspace_id = ${tx.scope.workspaceId} and a.id = p.id`);
}

export interface Breach {
  assignmentId: string;
  clock: ClockName;
  leadId: string;
  holderId: string;
  dueAt: Date;
}

/** Keeps breaches. @returns which of them nobody had kept before */
export async function saveBreaches(tx: Tx, breaches: readonly Breach[], now: Date): Promise<Set<string>> {
  if (breaches.length === 0) return new Set();
  const rows = await tx.rows<{ key: string }>(sql`insert into distribute.breach (workspace_id, assignment_id, clock, lead_id, holder_id, due_at, noticed_at)
    select ${tx.scope.workspaceId}, b.*, ${now} from unnest(${breaches.map((b) => b.assignmentId)}::uuid[], ${breaches.map((b) => b.clock)}::text[], ${breaches.map((b) => b.leadId)}::uuid[],
      ${breaches.map((b) => b.holderId)}::uuid[], ${breaches.map((b) => b.dueAt)}::timestamptz[]) as b
    on conflict do nothing returning assignment_id || clock as key`);
  return new Set(rows.map(({ key }) => key));
}

export async function setClocks(tx: Tx, clocks: readonly { id: string; clockAt: Date | null }[]): Promise<void> {
  await tx.run(sql`update distribute.assignment a set clock_at = c.clock_at
    from unnest(${clocks.map((c) => c.id)}::uuid[], ${clocks.map((c) => c.clockAt)}::timestamptz[]) as c (id, clock_at)
    where a.workspace_id = ${tx.scope.workspaceId} and a.id = any(${clocks.map((c) => c.id)}::uuid[]) and a.id = c.id`);
}

export async function markDeclined(tx: Tx, declined: readonly { id: string; at: Date; reason: string }[]): Promise<void> {
  if (declined.length === 0) return;
  await tx.run(sql`update distribute.assignment a set declined_at = d.at, decline_reason = d.reason
    from unnest(${declined.map((d) => d.id)}::uuid[], ${declined.map((d) => d.at)}::timestamptz[], ${declined.map((d) => d.reason)}::text[]) as d (id, at, reason)
    where a.workspace_id = ${tx.scope.workspaceId} and a.id = any(${declined.map((d) => d.id)}::uuid[]) and a.id = d.id`);
}

/** A change of people or territories may find a holder for what waits at the desk, of all leads or of these: ask again now. */
export async function wakeDesk(tx: Tx, now: Date, leadIds?: readonly string[]): Promise<void> {
  await tx.run(sql`update distribute.assignment a set clock_at = ${now} from distribute.holder h
    where a.workspace_id = ${tx.scope.workspaceId} and a.ended_at is null and h.workspace_id = a.workspace_id and h.id = a.holder_id and h.kind = 'desk'
      and a.redirects = 0 and a.why <> 'manual'${leadIds ? sql` and a.lead_id = any(${leadIds}::uuid[])` : empty}`);
}

export interface LeadToHand {
  leadId: string;
  inquiryId: string;
  grade: Grade;
  openId: string | null;
  holderId: string | null;
  sequence: number;
}

/** The open leads among these with their custody; both are locked, the lead first, until the transaction ends. */
export async function findLeadsToHand(tx: Tx, leadIds: readonly string[]): Promise<LeadToHand[]> {
  return tx.rows<LeadToHand>(sql`
    with leads as materialized (
      select l.id, l.workspace_id, l.inquiry_id, l.grade from qualify.lead l
      where l.workspace_id = ${tx.scope.workspaceId} and l.id = any(${leadIds}::uuid[]) and l.closed_at is null order by l.id for share
    ), open as materialized (
      select a.id, a.lead_id, a.holder_id from distribute.assignment a
      where a.workspace_id = ${tx.scope.workspaceId} and a.lead_id = any(array(select id from leads)) and a.ended_at is null order by a.lead_id for update
    )
    select l.id as lead_id, l.inquiry_id, l.grade, o.id as open_id, o.holder_id,
      coalesce((select max(a.sequence) from distribute.assignment a where a.workspace_id = l.workspace_id and a.lead_id = l.id), 0) as sequence
    from leads l left join open o on o.lead_id = l.id`);
}

/** Locks leads before their custody, as everybody does who moves it: whoever closes one at the same moment is waited for. */
export async function holdLeads(tx: Tx, leadIds: readonly string[]): Promise<void> {
  await tx.rows(
    sql`select id from qualify.lead where workspace_id = ${tx.scope.workspaceId} and id = any(${leadIds}::uuid[]) order by id for share`,
  );
}

/** The last assignment of each lead to somebody who works leads and did not decline it: to whom it can be given back. */
export async function findLastWork(tx: Tx, leadIds: readonly string[]): Promise<OpenCustody[]> {
  return tx.rows<OpenCustody>(
    withFound(sql`select distinct on (a.lead_id) a.* from distribute.assignment a
      where a.workspace_id = ${tx.scope.workspaceId} and a.lead_id = any(${leadIds}::uuid[]) and a.declined_at is null
        and a.holder_id not in (select d.id from distribute.holder d where d.workspace_id = ${tx.scope.workspaceId} and d.kind in ('desk', 'nurture'))
      order by a.lead_id, a.sequence desc, a.started_at desc`),
  );
}
