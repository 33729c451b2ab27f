import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { noUuid } from '../platform/values/uuid.rules.ts';

export interface EnrolmentSeen {
  id: string;
  leadId: string;
  personId: string;
  personName: string | null;
  organizationName: string | null;
  programId: string | null;
  programName: string | null;
  grade: string;
  score: number;
  why: string;
  untilAt: Date;
  startedAt: Date;
  signal: string | null;
  endedAt: Date | null;
  endReason: string | null;
}

/** By the date they wait for, or for those that ended by the date they ended, latest first. */
export async function listEnrolments(
  tx: Tx,
  given: { id?: string; ended?: boolean; after?: { at: string; id: string } | undefined; limit: number },
): Promise<EnrolmentSeen[]> {
  const { id = null, ended = false, after, limit } = given;
  const keys = ended
    ? sql`(e.ended_at, e.id) < (${after?.at ?? 'infinity'}::timestamptz, ${after?.id ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff'}::uuid)`
    : sql`(e.until_at, e.id) > (${after?.at ?? '-infinity'}::timestamptz, ${after?.id ?? noUuid}::uuid)`;
  const which = id ? sql`e.id = ${id}` : ended ? sql`e.ended_at is not null and ${keys}` : sql`e.ended_at is null and ${keys}`;
  const order = ended ? sql`e.ended_at desc, e.id desc` : sql`e.until_at, e.id`;
  return tx.rows<EnrolmentSeen>(sql`
    select e.id, e.lead_id, coalesce(p.survivor_id, e.person_id) as person_id, p.full_name as person_name, o.name as organization_name, e.program_id, g.name as program_name, l.grade, l.score, e.why,
      e.until_at, e.started_at, e.signal, e.ended_at, e.end_reason
    from (select e.* from nurture.enrolment e where e.workspace_id = ${tx.scope.workspaceId} and ${which} order by ${order} limit ${limit}) e
    join qualify.lead l on l.workspace_id = e.workspace_id and l.id = e.lead_id
    left join identity.person p on p.workspace_id = e.workspace_id and p.id = e.person_id
    left join identity.organization o on o.workspace_id = e.workspace_id and o.id = case when p.organization_id is null then l.organization_id else p.organization_id end
    left join capture.program g on g.workspace_id = e.workspace_id and g.id = e.program_id
    order by ${order}`);
}

export async function countWaiting(tx: Tx, now: Date): Promise<{ waiting: number; dueThisWeek: number }> {
  return tx.one(sql`select count(*)::int as waiting, count(*) filter (where until_at <= ${now}::timestamptz + interval '7 days')::int as due_this_week
    from nurture.enrolment where workspace_id = ${tx.scope.workspaceId} and ended_at is null`);
}

export async function listTouches(
  tx: Tx,
  personId: string,
): Promise<{ id: string; personId: string; leadId: string | null; channel: string; kind: string; at: Date; heldBack: string | null }[]> {
  return tx.rows(sql`select t.id, t.person_id, t.lead_id, t.channel, t.kind, t.at, t.held_back from nurture.touch t
    where t.workspace_id = ${tx.scope.workspaceId} and t.person_id in (
      select p.id from identity.person p where p.workspace_id = ${tx.scope.workspaceId} and (p.id = ${personId} or p.survivor_id = ${personId}))
    order by t.at desc limit 200`);
}

export async function findCompany(
  tx: Tx,
  personId: string,
): Promise<{ company: string; email: string | null; unsubscribed: boolean } | undefined> {
  return tx.maybe(sql`select w.name as company, p.email, p.unsubscribed_at is not null as unsubscribed
    from identity.person asked join identity.person p on p.workspace_id = asked.workspace_id and p.id = case when asked.survivor_id is null then asked.id else asked.survivor_id end
    join platform.workspace w on w.id = asked.workspace_id where asked.workspace_id = ${tx.scope.workspaceId} and asked.id = ${personId}`);
}
