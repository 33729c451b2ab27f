import { sql } from '../platform/db/index.ts';
import type { Sql, Tx } from '../platform/db/index.ts';
import { patternsOf } from '../platform/personal-data.ts';
import type { Cell, Subject } from '../platform/personal-data.ts';

type Rows = Promise<Record<string, Cell>[]>;

/** Reasons and next actions of these leads that so many other leads have word for word. */
export async function findCommonWords(tx: Tx, leadIds: readonly string[], others: number): Promise<string[]> {
  const { workspaceId } = tx.scope;
  const rows = await tx.rows<{ words: string }>(sql`
    select w.words from (select distinct reason as words from followup.disposition where workspace_id = ${workspaceId} and lead_id = any(${leadIds}::uuid[]) and reason is not null) w
    where (select count(distinct d.lead_id) from followup.disposition d where d.workspace_id = ${workspaceId} and d.reason = w.words and d.lead_id <> all(${leadIds}::uuid[])) >= ${others}
    union
    select w.words from (select distinct what as words from followup.next_action where workspace_id = ${workspaceId} and lead_id = any(${leadIds}::uuid[])) w
    where (select count(*) from followup.next_action d where d.workspace_id = ${workspaceId} and d.what = w.words and d.lead_id <> all(${leadIds}::uuid[])) >= ${others}`);
  return rows.map(({ words }) => words);
}

export const tellActivities = (tx: Tx, leadIds: readonly string[]): Rows =>
  tx.rows(sql`select a.at, a.kind, coalesce(h.name, u.name) as by, a.outcome, a.note from followup.activity a
    left join distribute.holder h on h.workspace_id = a.workspace_id and h.id = a.holder_id
    left join platform.app_user u on u.workspace_id = a.workspace_id and u.id = a.user_id
    where a.workspace_id = ${tx.scope.workspaceId} and a.lead_id = any(${leadIds}::uuid[]) order by a.at, a.id`);

export const tellVerdicts = (tx: Tx, leadIds: readonly string[]): Rows =>
  tx.rows(sql`select d.at, d.verdict, d.reason, d.value_minor, d.currency, coalesce(h.name, u.name) as by, d.undone_at from followup.disposition d
    left join distribute.holder h on h.workspace_id = d.workspace_id and h.id = d.by_holder_id
    left join platform.app_user u on u.workspace_id = d.workspace_id and u.id = d.by_user_id
    where d.workspace_id = ${tx.scope.workspaceId} and d.lead_id = any(${leadIds}::uuid[]) order by d.at, d.id`);

export const tellNextActions = (tx: Tx, leadIds: readonly string[]): Rows =>
  tx.rows(sql`select what, due_at from followup.next_action where workspace_id = ${tx.scope.workspaceId} and lead_id = any(${leadIds}::uuid[]) order by due_at`);

export async function eraseNotes(tx: Tx, leadIds: readonly string[], ours: readonly string[], at: Date): Promise<void> {
  const { workspaceId } = tx.scope;
  const theirs = sql`workspace_id = ${workspaceId} and lead_id = any(${leadIds}::uuid[])`;
  await tx.run(sql`update followup.activity set note = null, outcome = null, reference = null where ${theirs}`);
  await tx.run(sql`update followup.call set note = null, answers = '[]' where ${theirs}`);
  await tx.run(sql`update followup.disposition set reason = case when reason = any(${ours}::text[]) then reason end where ${theirs}`);
  await tx.run(sql`delete from followup.bulk_change where workspace_id = ${workspaceId} and subject_id = any(${leadIds}::uuid[])`);
  await tx.run(sql`delete from followup.next_action where ${theirs}`);
  await tx.run(sql`update followup.proposal set words = null, reason = null where ${theirs}`);
  await tx.run(sql`update followup.playbook_step set skip_reason = null where ${theirs} and skip_reason is not null`);
  await tx.run(sql`update followup.sent_once set answer = null where ${theirs}`);
  await tx.run(sql`update followup.webhook_delivery set answer = null where ${theirs} and answer is not null`);
  await tx.run(sql`update followup.link set revoked_at = ${at} where ${theirs} and revoked_at is null`);
}

/** Registrations that were recognised as theirs, and those that never were: found by their addresses. */
const registrationsOf = (workspaceId: string, subject: Subject): Sql => {
  const patterns = patternsOf(subject);
  return sql`workspace_id = ${workspaceId} and (person_id = any(${subject.personIds}::uuid[]) or inquiry_id = any(${subject.inquiryIds}::uuid[])
    or (person_id is null and lower(said::text) like any(${patterns}::text[])))`;
};

export const tellRegistrations = (tx: Tx, subject: Subject): Rows =>
  tx.rows(sql`select made_at as at, state, said->>'name' as name, said->>'organization' as organization, said->>'email' as mail, said->>'phone' as phone, said->>'wants' as wants, reason
    from followup.registration where ${registrationsOf(tx.scope.workspaceId, subject)} order by made_at`);

export async function eraseRegistrations(tx: Tx, subject: Subject): Promise<void> {
  await tx.run(sql`update followup.registration set said = '{}', said_hash = uuid_send(id), problems = '{}', reason = null where ${registrationsOf(tx.scope.workspaceId, subject)}`);
}
