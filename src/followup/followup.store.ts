import type { CustodySnapshot } from '../distribute/index.ts';
import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { Verdict } from './disposition.rules.ts';

export type Via = 'app' | 'link' | 'import' | 'mail' | 'api';
/** `silence`: nobody said it; asked again and again, they said nothing. */
export type VerdictVia = Via | 'silence';
export type ActivityKind = 'call' | 'mail' | 'visit' | 'meeting' | 'quote' | 'literature' | 'note';

export interface LockedLead {
  leadId: string;
  inquiryId: string;
  personId: string;
  grade: 'hot' | 'warm' | 'cold';
  closedAt: Date | null;
  fate: string | null;
}

/** The leads themselves, locked before their custody: verdicts, undos and nurture queue up here, one lead at a time. */
export async function lockLeads(tx: Tx, leadIds: readonly string[]): Promise<Map<string, LockedLead>> {
  const rows = await tx.rows<LockedLead>(sql`select id as lead_id, inquiry_id, person_id, grade, closed_at, fate from qualify.lead
    where workspace_id = ${tx.scope.workspaceId} and id = any(${leadIds}::uuid[]) order by id for no key update`);
  return new Map(rows.map((row) => [row.leadId, row]));
}

export interface DispositionRow {
  id: string;
  leadId: string;
  verdict: Verdict;
  reason: string | null;
  valueMinor: number | null;
  currency: string | null;
  at: Date;
  byHolderId: string | null;
  byUserId: string | null;
  via: VerdictVia;
  importId: string | null;
  expiresAt: Date | null;
  before: Before;
}
/** The state a verdict replaced. */
export interface Before {
  fate: string | null;
  dispositionId: string | null;
  custody: CustodySnapshot | null;
}

export async function findCurrent(tx: Tx, leadIds: readonly string[]): Promise<Map<string, DispositionRow>> {
  const rows =
    await tx.rows<DispositionRow>(sql`select id, lead_id, verdict, reason, value_minor, currency, at, by_holder_id, by_user_id, via, import_id, expires_at, before
    from followup.disposition where workspace_id = ${tx.scope.workspaceId} and lead_id = any(${leadIds}::uuid[]) and current`);
  return new Map(rows.map((row) => [row.leadId, row]));
}

export async function findVerdicts(tx: Tx, ids: readonly string[]): Promise<Map<string, { verdict: Verdict; reason: string | null }>> {
  const rows = await tx.rows<{ id: string; verdict: Verdict; reason: string | null }>(
    sql`select id, verdict, reason from followup.disposition where workspace_id = ${tx.scope.workspaceId} and id = any(${ids}::uuid[])`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

export async function replaceCurrent(tx: Tx, dispositions: readonly DispositionRow[]): Promise<void> {
  if (dispositions.length === 0) return;
  await tx.run(sql`update followup.disposition set current = false
    where workspace_id = ${tx.scope.workspaceId} and lead_id = any(${dispositions.map((d) => d.leadId)}::uuid[]) and current`);
  await tx.copy(
    'followup.disposition',
    [
      'workspace_id',
      'id',
      'lead_id',
      'verdict',
      'reason',
      'value_minor',
      'currency',
      'at',
      'by_holder_id',
      'by_user_id',
      'via',
      'import_id',
      'expires_at',
      'current',
      'before',
    ],
    dispositions.map((d) => [
      tx.scope.workspaceId,
      d.id,
      d.leadId,
      d.verdict,
      d.reason,
      d.valueMinor,
      d.currency,
      d.at,
      d.byHolderId,
      d.byUserId,
      d.via,
      d.importId,
      d.expiresAt,
      true,
      d.before,
    ]),
  );
}

/** Takes dispositions back and lets the ones they replaced stand again. */
export async function undoDispositions(tx: Tx, undone: readonly { id: string; formerId: string | null }[], at: Date): Promise<void> {
  if (undone.length === 0) return;
  await tx.run(sql`update followup.disposition set current = false, undone_at = ${at}
    where workspace_id = ${tx.scope.workspaceId} and id = any(${undone.map((u) => u.id)}::uuid[])`);
  await tx.run(sql`update followup.disposition set current = true
    where workspace_id = ${tx.scope.workspaceId} and id = any(${undone.map((u) => u.formerId).filter((id) => id !== null)}::uuid[])`);
}

export interface ActivityRow {
  id: string;
  leadId: string;
  holderId: string | null;
  userId: string | null;
  kind: ActivityKind;
  at: Date;
  outcome: string | null;
  note: string | null;
  via: Via;
}
export async function addActivities(tx: Tx, activities: readonly ActivityRow[]): Promise<void> {
  if (activities.length === 0) return;
  await tx.copy(
    'followup.activity',
    ['workspace_id', 'id', 'lead_id', 'holder_id', 'user_id', 'kind', 'at', 'outcome', 'note', 'via'],
    activities.map((a) => [tx.scope.workspaceId, a.id, a.leadId, a.holderId, a.userId, a.kind, a.at, a.outcome, a.note, a.via]),
  );
}

export interface NextActionRow {
  leadId: string;
  what: string;
  dueAt: Date | null;
  setBy: string | null;
  setAt: Date;
  /** of a meeting */
  minutes: number | null;
  place: string | null;
}
/** In place of what was to be done. A meeting that is only named otherwise, and stays at its time, keeps how long and where it is. */
export async function saveNextActions(tx: Tx, actions: readonly NextActionRow[]): Promise<void> {
  if (actions.length === 0) return;
  const sameTime = sql`excluded.minutes is null and excluded.due_at = next_action.due_at`;
  await tx.run(sql`insert into followup.next_action (workspace_id, lead_id, what, due_at, set_by, set_at, minutes, place)
    select ${tx.scope.workspaceId}, n.* from unnest(${actions.map((a) => a.leadId)}::uuid[], ${actions.map((a) => a.what)}::text[],
      ${actions.map((a) => a.dueAt)}::timestamptz[], ${actions.map((a) => a.setBy)}::uuid[], ${actions.map((a) => a.setAt)}::timestamptz[],
      ${actions.map((a) => a.minutes)}::int[], ${actions.map((a) => a.place)}::text[]) as n
    on conflict (workspace_id, lead_id) do update set what = excluded.what, due_at = excluded.due_at, set_by = excluded.set_by, set_at = excluded.set_at,
      minutes = case when ${sameTime} then next_action.minutes else excluded.minutes end, place = case when ${sameTime} then next_action.place else excluded.place end`);
}
export async function dropNextActions(tx: Tx, leadIds: readonly string[]): Promise<void> {
  if (leadIds.length === 0) return;
  await tx.run(sql`delete from followup.next_action where workspace_id = ${tx.scope.workspaceId} and lead_id = any(${leadIds}::uuid[])`);
}

/** The receipt each lead's facts belong to. */
export async function findChains(tx: Tx, leadIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.rows<{ id: string; inquiryId: string }>(
    sql`select id, inquiry_id from qualify.lead where workspace_id = ${tx.scope.workspaceId} and id = any(${leadIds}::uuid[])`,
  );
  return new Map(rows.map((row) => [row.id, row.inquiryId]));
}

export async function findHouse(tx: Tx): Promise<{ name: string; locale: string; currency: string; timeZone: string }> {
  return tx.one(sql`select name, locale, currency, time_zone from platform.workspace where id = ${tx.scope.workspaceId}`);
}
