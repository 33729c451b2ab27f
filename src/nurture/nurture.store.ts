import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';

export interface WarmLead {
  leadId: string;
  inquiryId: string;
  personId: string;
  programId: string | null;
  closedAt: Date | null;
  verdict: string | null;
  holderKind: 'rep' | 'partner' | 'desk' | 'nurture' | null;
  enrolmentId: string | null;
  untilAt: Date | null;
}

/** These leads, locked as every verdict locks them, with what decides whether they wait. */
export async function lockWarm(tx: Tx, leadIds: readonly string[]): Promise<Map<string, WarmLead>> {
  const rows = await tx.rows<WarmLead>(sql`
    with locked as materialized (
      select workspace_id, id, inquiry_id, person_id, program_id, closed_at from qualify.lead
      where workspace_id = ${tx.scope.workspaceId} and id = any(${leadIds}::uuid[]) order by id for no key update
    )
    select l.id as lead_id, l.inquiry_id, l.person_id, l.program_id, l.closed_at, d.verdict, h.kind as holder_kind, e.id as enrolment_id, e.until_at
    from locked l
    left join followup.disposition d on d.workspace_id = l.workspace_id and d.lead_id = l.id and d.current
    left join distribute.assignment a on a.workspace_id = l.workspace_id and a.lead_id = l.id and a.ended_at is null
    left join distribute.holder h on h.workspace_id = a.workspace_id and h.id = a.holder_id
    left join nurture.enrolment e on e.workspace_id = l.workspace_id and e.lead_id = l.id and e.ended_at is null`);
  return new Map(rows.map((row) => [row.leadId, row]));
}

/** Until when these leads were last meant to wait. */
export async function findLastUntil(tx: Tx, leadIds: readonly string[]): Promise<Map<string, Date>> {
  const rows = await tx.rows<{ leadId: string; untilAt: Date }>(sql`select distinct on (lead_id) lead_id, until_at from nurture.enrolment
    where workspace_id = ${tx.scope.workspaceId} and lead_id = any(${leadIds}::uuid[]) order by lead_id, started_at desc`);
  return new Map(rows.map((row) => [row.leadId, row.untilAt]));
}

export interface NewEnrolment {
  id: string;
  leadId: string;
  personId: string;
  programId: string | null;
  why: string;
  untilAt: Date;
  startedAt: Date;
}
export async function addEnrolments(tx: Tx, enrolments: readonly NewEnrolment[]): Promise<void> {
  if (enrolments.length === 0) return;
  await tx.copy(
    'nurture.enrolment',
    ['workspace_id', 'id', 'lead_id', 'person_id', 'program_id', 'why', 'until_at', 'started_at'],
    enrolments.map((e) => [tx.scope.workspaceId, e.id, e.leadId, e.personId, e.programId, e.why, e.untilAt, e.startedAt]),
  );
}

export async function endEnrolments(
  tx: Tx,
  ended: readonly { id: string; at: Date; reason: string; signal: string | null }[],
): Promise<void> {
  if (ended.length === 0) return;
  await tx.run(sql`update nurture.enrolment e set ended_at = greatest(x.at, e.started_at), end_reason = x.reason, signal = x.signal
    from unnest(${ended.map((e) => e.id)}::uuid[], ${ended.map((e) => e.at)}::timestamptz[], ${ended.map((e) => e.reason)}::text[], ${ended.map((e) => e.signal)}::text[]) as x (id, at, reason, signal)
    where e.workspace_id = ${tx.scope.workspaceId} and e.id = x.id and e.ended_at is null`);
}

export async function setUntil(tx: Tx, id: string, untilAt: Date): Promise<number> {
  return tx.run(
    sql`update nurture.enrolment set until_at = ${untilAt} where workspace_id = ${tx.scope.workspaceId} and id = ${id} and ended_at is null`,
  );
}

export interface Waiting {
  id: string;
  leadId: string;
  untilAt: Date;
}
export async function lockDue(tx: Tx, now: Date, limit: number): Promise<Waiting[]> {
  return tx.rows<Waiting>(sql`select e.id, e.lead_id, e.until_at from nurture.enrolment e join qualify.lead l on l.workspace_id = e.workspace_id and l.id = e.lead_id
    where e.workspace_id = ${tx.scope.workspaceId} and e.ended_at is null and e.until_at <= ${now}
    order by e.until_at, e.id limit ${limit} for update of e skip locked for share of l skip locked`);
}
/** The lead before its enrolment, as whoever hears a verdict does; with whether somebody works it by now. */
export async function lockWaiting(tx: Tx, ids: readonly string[]): Promise<(Waiting & { worked: boolean })[]> {
  const { workspaceId } = tx.scope;
  await tx.rows(sql`select l.id from nurture.enrolment e join qualify.lead l on l.workspace_id = e.workspace_id and l.id = e.lead_id
    where e.workspace_id = ${workspaceId} and e.id = any(${ids}::uuid[]) order by l.id for share of l`);
  return tx.rows(sql`select e.id, e.lead_id, e.until_at, exists (
      select from distribute.assignment a join distribute.holder h on h.workspace_id = a.workspace_id and h.id = a.holder_id and h.kind in ('rep', 'partner')
      where a.workspace_id = e.workspace_id and a.lead_id = e.lead_id and a.ended_at is null) as worked
    from nurture.enrolment e where e.workspace_id = ${workspaceId} and e.ended_at is null and e.id = any(${ids}::uuid[]) order by e.id for update of e`);
}
export async function findChains(tx: Tx, leadIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.rows<{ id: string; inquiryId: string }>(
    sql`select id, inquiry_id from qualify.lead where workspace_id = ${tx.scope.workspaceId} and id = any(${leadIds}::uuid[])`,
  );
  return new Map(rows.map((row) => [row.id, row.inquiryId]));
}

export interface NewTouch {
  id: string;
  personId: string;
  leadId: string | null;
  inquiryId: string | null;
  channel: string;
  kind: string;
  at: Date;
  mailId: string | null;
  heldBack: string | null;
}
export async function addTouches(tx: Tx, touches: readonly NewTouch[]): Promise<void> {
  if (touches.length === 0) return;
  await tx.copy(
    'nurture.touch',
    ['workspace_id', 'id', 'person_id', 'lead_id', 'inquiry_id', 'channel', 'kind', 'at', 'mail_id', 'held_back'],
    touches.map((t) => [tx.scope.workspaceId, t.id, t.personId, t.leadId, t.inquiryId, t.channel, t.kind, t.at, t.mailId, t.heldBack]),
  );
}
/** Who among these people got something of this kind since then. */
export async function findTouched(tx: Tx, personIds: readonly string[], kind: string, since: Date): Promise<Set<string>> {
  const rows = await tx.rows<{ personId: string }>(sql`select distinct person_id from nurture.touch
    where workspace_id = ${tx.scope.workspaceId} and person_id = any(${personIds}::uuid[]) and kind = ${kind} and held_back is null and at > ${since}`);
  return new Set(rows.map((row) => row.personId));
}

export interface Answerable {
  inquiryId: string;
  personId: string;
  receipt: string;
  channel: string;
  name: string | null;
  product: string | null;
}
/** Inquiries that came by themselves: an import or the mailing of a list is nobody waiting for an answer. */
export async function findAnswerable(tx: Tx, inquiries: readonly { inquiryId: string; personId: string }[]): Promise<Answerable[]> {
  return tx.rows<Answerable>(sql`
    select i.id as inquiry_id, w.person_id, i.receipt, i.channel, coalesce(i.fields->>'givenName', i.fields->>'fullName') as name, i.fields->>'product' as product
    from unnest(${inquiries.map((i) => i.inquiryId)}::uuid[], ${inquiries.map((i) => i.personId)}::uuid[]) as w (inquiry_id, person_id)
    join capture.inquiry i on i.workspace_id = ${tx.scope.workspaceId} and i.id = w.inquiry_id
    where i.status = 'parsed' and i.import_id is null and i.channel not in ('import', 'demo', 'partner')`);
}

export async function findHouse(tx: Tx): Promise<{ name: string }> {
  return tx.one(sql`select name from platform.workspace where id = ${tx.scope.workspaceId}`);
}
