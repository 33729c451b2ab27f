import { empty, sql } from '../../platform/db/index.ts';
import type { Sql, Tx } from '../../platform/db/index.ts';
import type { Chosen } from './calling.contract.ts';
import type { HourTold } from './next-call.rules.ts';
import type { ScriptStep } from './script.rules.ts';

export interface ListRow {
  id: string;
  name: string;
  scriptId: string;
  chosen: Chosen;
  fromHour: number;
  untilHour: number;
  perDayMost: number;
  attemptsMost: number;
  dealAnew: boolean;
  leftOut: number;
  madeAt: Date;
  closedAt: Date | null;
}
const ofList = sql`id, name, script_id, chosen, from_hour, until_hour, per_day_most, attempts_most, deal_anew, left_out, made_at, closed_at`;
export const findList = (tx: Tx, id: string): Promise<ListRow | undefined> =>
  tx.maybe(sql`select ${ofList} from followup.call_list where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);

export async function saveList(tx: Tx, list: ListRow): Promise<void> {
  await tx.run(sql`insert into followup.call_list (workspace_id, id, name, script_id, chosen, from_hour, until_hour, per_day_most, attempts_most, deal_anew, left_out, made_at, made_by, closed_at)
    values (${tx.scope.workspaceId}, ${list.id}, ${list.name}, ${list.scriptId}, ${JSON.stringify(list.chosen)}, ${list.fromHour}, ${list.untilHour}, ${list.perDayMost}, ${list.attemptsMost},
      ${list.dealAnew}, ${list.leftOut}, ${list.madeAt}, ${tx.scope.userId ?? null}, ${list.closedAt})
    on conflict (workspace_id, id) do update set name = excluded.name, script_id = excluded.script_id, from_hour = excluded.from_hour, until_hour = excluded.until_hour,
      per_day_most = excluded.per_day_most, attempts_most = excluded.attempts_most, deal_anew = excluded.deal_anew, left_out = excluded.left_out, closed_at = excluded.closed_at`);
}

export interface ScriptRow {
  id: string;
  name: string;
  steps: ScriptStep[];
  changedAt: Date;
  lists: number;
}
export const listScripts = (tx: Tx, id?: string): Promise<ScriptRow[]> =>
  tx.rows(sql`select s.id, s.name, s.steps, s.changed_at,
      (select count(*)::int from followup.call_list l where l.workspace_id = s.workspace_id and l.script_id = s.id and l.closed_at is null) as lists
    from followup.call_script s where s.workspace_id = ${tx.scope.workspaceId} ${id ? sql`and s.id = ${id}` : empty} order by lower(s.name), s.id`);

export const saveScript = (tx: Tx, script: { id: string; name: string; steps: readonly ScriptStep[]; at: Date }): Promise<number> =>
  tx.run(sql`insert into followup.call_script (workspace_id, id, name, steps, changed_at, changed_by)
    values (${tx.scope.workspaceId}, ${script.id}, ${script.name}, ${JSON.stringify(script.steps)}, ${script.at}, ${tx.scope.userId ?? null})
    on conflict (workspace_id, id) do update set name = excluded.name, steps = excluded.steps, changed_at = excluded.changed_at, changed_by = excluded.changed_by`);

export interface Candidate {
  leadId: string;
  personId: string;
  country: string | null;
  state: string | null;
}
/** Open leads that meet a choice and are not on the list yet, the best first. `members`: of a segment, people or organizations. */
export function listCandidates(
  tx: Tx,
  listId: string,
  chosen: Chosen,
  members: { subject: 'person' | 'organization'; ids: Sql } | undefined,
  most: number,
): Promise<Candidate[]> {
  const { workspaceId } = tx.scope;
  return tx.rows(sql`select l.id as lead_id, l.person_id, coalesce(l.country, p.country) as country, coalesce(l.state, p.state) as state
    from qualify.lead l join identity.person p on p.workspace_id = l.workspace_id and p.id = l.person_id
    where l.workspace_id = ${workspaceId} and l.closed_at is null
      ${chosen.programId ? sql`and l.program_id = ${chosen.programId}` : empty}
      ${chosen.grade ? sql`and l.grade = ${chosen.grade}` : empty}
      ${chosen.country ? sql`and coalesce(l.country, p.country) = ${chosen.country}` : empty}
      ${chosen.importId ? sql`and exists (select from qualify.lead_inquiry li join capture.inquiry i on i.workspace_id = li.workspace_id and i.id = li.inquiry_id where li.workspace_id = l.workspace_id and li.lead_id = l.id and i.import_id = ${chosen.importId})` : empty}
      ${chosen.holderId ? sql`and exists (select from distribute.assignment a where a.workspace_id = l.workspace_id and a.lead_id = l.id and a.ended_at is null and a.holder_id = ${chosen.holderId})` : empty}
      ${members ? (members.subject === 'person' ? sql`and coalesce(p.survivor_id, p.id) in (${members.ids})` : sql`and coalesce(l.organization_id, p.organization_id) in (${members.ids})`) : empty}
      and not exists (select from followup.call_target t where t.workspace_id = l.workspace_id and t.list_id = ${listId} and t.lead_id = l.id)
    order by l.score desc, l.id limit ${most}`);
}

export const addTargets = (tx: Tx, listId: string, targets: readonly { leadId: string; zones: string }[], at: Date): Promise<number> =>
  tx.run(sql`insert into followup.call_target (workspace_id, list_id, lead_id, added_at, zones)
    select ${tx.scope.workspaceId}, ${listId}, t.* from (select u.lead_id, ${at}::timestamptz, u.zones from unnest(${targets.map((t) => t.leadId)}::uuid[], ${targets.map((t) => t.zones)}::text[]) as u (lead_id, zones)) t
    on conflict do nothing`);

/** Where those who wait may be: few, however many wait. */
export const listZones = (tx: Tx, listId: string): Promise<{ zones: string; waiting: number }[]> =>
  tx.rows(
    sql`select zones, count(*)::int as waiting from followup.call_target where workspace_id = ${tx.scope.workspaceId} and list_id = ${listId} and state = 'waiting' group by zones`,
  );

export interface TargetRow {
  leadId: string;
  personId: string;
  zones: string;
  score: number;
  attempts: number;
  day: string | null;
  dayCalls: number;
  dueAt: Date | null;
  callBack: boolean;
  addedAt: Date;
  closed: boolean;
}
const ofTarget = sql`t.lead_id, l.person_id, t.zones, l.score, t.attempts, to_char(t.day, 'YYYY-MM-DD') as day, t.day_calls, t.due_at, t.call_back, t.added_at, l.closed_at is not null as closed`;
/** Those who may be called by their clocks and that nobody is at. */
export const listDue = (tx: Tx, listId: string, awake: readonly string[], now: Date, most: number): Promise<TargetRow[]> =>
  tx.rows(sql`select ${ofTarget} from followup.call_target t join qualify.lead l on l.workspace_id = t.workspace_id and l.id = t.lead_id
    where t.workspace_id = ${tx.scope.workspaceId} and t.list_id = ${listId} and t.state = 'waiting' and t.zones = any(${awake}::text[]) and (t.due_at is null or t.due_at <= ${now})
      and (t.leased_until is null or t.leased_until <= ${now})
    order by t.call_back desc, t.attempts, l.score desc, t.lead_id limit ${most}`);

export interface Locked extends TargetRow {
  listId: string;
  state: 'waiting' | 'done';
  leasedBy: string | null;
  leasedUntil: Date | null;
}
/** A lead's places on all lists, locked in one order: whoever calls it holds all of them. */
export const lockTargets = (tx: Tx, leadId: string): Promise<Locked[]> =>
  tx.rows(sql`select ${ofTarget}, t.list_id, t.state, t.leased_by, t.leased_until from followup.call_target t join qualify.lead l on l.workspace_id = t.workspace_id and l.id = t.lead_id
    where t.workspace_id = ${tx.scope.workspaceId} and t.lead_id = ${leadId} order by t.list_id for update of t`);

export const findLeased = async (tx: Tx, listId: string, userId: string, now: Date): Promise<string | undefined> =>
  (
    await tx.maybe<{
      leadId: string;
    }>(sql`select lead_id from followup.call_target where workspace_id = ${tx.scope.workspaceId} and list_id = ${listId} and state = 'waiting'
    and leased_by = ${userId} and leased_until > ${now} order by leased_until desc limit 1`)
  )?.leadId;

export const saveLease = (tx: Tx, leadId: string, lease: { by: string | null; until: Date | null }): Promise<number> =>
  tx.run(
    sql`update followup.call_target set leased_by = ${lease.by}, leased_until = ${lease.until} where workspace_id = ${tx.scope.workspaceId} and lead_id = ${leadId}`,
  );

export const endTargets = (tx: Tx, leadId: string, outcome: string, listId?: string): Promise<number> =>
  tx.run(sql`update followup.call_target set state = 'done', outcome = ${outcome}, due_at = null, call_back = false, leased_by = null, leased_until = null
    where workspace_id = ${tx.scope.workspaceId} and lead_id = ${leadId} and state = 'waiting' ${listId ? sql`and list_id = ${listId}` : empty}`);

/** What a call made of its target, and of the lead's day on every list. */
export async function saveTarget(
  tx: Tx,
  target: {
    listId: string;
    leadId: string;
    state: 'waiting' | 'done';
    outcome: string;
    attempts: number;
    dueAt: Date | null;
    callBack: boolean;
    day: string;
    dayCalls: number;
  },
): Promise<void> {
  const { workspaceId } = tx.scope;
  await tx.run(
    sql`update followup.call_target set day = ${target.day}::date, day_calls = ${target.dayCalls}, leased_by = null, leased_until = null where workspace_id = ${workspaceId} and lead_id = ${target.leadId}`,
  );
  await tx.run(sql`update followup.call_target set state = ${target.state}, outcome = ${target.outcome}, attempts = ${target.attempts}, due_at = ${target.dueAt}, call_back = ${target.callBack}
    where workspace_id = ${workspaceId} and list_id = ${target.listId} and lead_id = ${target.leadId}`);
}

export interface CallRow {
  id: string;
  listId: string;
  leadId: string;
  activityId: string;
  at: Date;
  localHour: number;
  outcome: string;
  reached: boolean;
  answers: { ask: string; answer: string }[];
  note: string | null;
}
export const addCall = (tx: Tx, call: CallRow): Promise<number> =>
  tx.run(sql`insert into followup.call (workspace_id, id, list_id, lead_id, activity_id, user_id, at, local_hour, outcome, reached, answers, note)
    values (${tx.scope.workspaceId}, ${call.id}, ${call.listId}, ${call.leadId}, ${call.activityId}, ${tx.scope.userId ?? null}, ${call.at}, ${call.localHour}, ${call.outcome}, ${call.reached},
      ${JSON.stringify(call.answers)}, ${call.note})`);

/** Calls by the hour it was where they rang, of a list or of all of a year. */
export const countHours = (tx: Tx, of: { listId: string } | { since: Date }): Promise<HourTold[]> =>
  tx.rows(sql`select local_hour as hour, count(*)::int as calls, count(*) filter (where reached)::int as reached from followup.call
    where workspace_id = ${tx.scope.workspaceId} and ${'listId' in of ? sql`list_id = ${of.listId}` : sql`at > ${of.since}`} group by 1 order by 1`);

export const listMissedHours = async (tx: Tx, leadId: string): Promise<number[]> =>
  (
    await tx.rows<{ hour: number }>(
      sql`select local_hour as hour from followup.call where workspace_id = ${tx.scope.workspaceId} and lead_id = ${leadId} and not reached`,
    )
  ).map(({ hour }) => hour);
