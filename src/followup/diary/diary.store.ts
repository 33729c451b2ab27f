import { workedCalendar } from '../../distribute/index.ts';
import type { WeeklyCalendar } from '../../distribute/index.ts';
import { behindLead } from '../../identity/index.ts';
import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';

export interface Diary {
  feedId: string | null;
  planHour: number | null;
}
export async function findDiary(tx: Tx, userId: string): Promise<Diary | undefined> {
  return tx.maybe<Diary>(sql`select feed_id, plan_hour from followup.diary where workspace_id = ${tx.scope.workspaceId} and user_id = ${userId}`);
}
export async function saveFeed(tx: Tx, userId: string, feedId: string | null): Promise<void> {
  await tx.run(sql`insert into followup.diary (workspace_id, user_id, feed_id) values (${tx.scope.workspaceId}, ${userId}, ${feedId})
    on conflict (workspace_id, user_id) do update set feed_id = excluded.feed_id`);
}
export async function savePlanHour(tx: Tx, userId: string, hour: number | null): Promise<void> {
  await tx.run(sql`insert into followup.diary (workspace_id, user_id, plan_hour) values (${tx.scope.workspaceId}, ${userId}, ${hour})
    on conflict (workspace_id, user_id) do update set plan_hour = excluded.plan_hour`);
}

/** Whose calendar this is: while they may sign in, and the address is the one of now. */
export async function findFeed(tx: Tx, feedId: string): Promise<{ userId: string; userName: string; company: string; holderIds: string[] } | undefined> {
  return tx.maybe(sql`select u.id as user_id, u.name as user_name, w.name as company,
      array(select h.id from distribute.holder h where h.workspace_id = d.workspace_id and (h.user_id = u.id or h.id = u.holder_id)) as holder_ids
    from followup.diary d join platform.app_user u on u.workspace_id = d.workspace_id and u.id = d.user_id and u.status = 'active'
    join platform.workspace w on w.id = d.workspace_id
    where d.workspace_id = ${tx.scope.workspaceId} and d.feed_id = ${feedId}`);
}

export interface ActionDue {
  holderId: string;
  leadId: string;
  what: string;
  dueAt: Date;
  setAt: Date;
  minutes: number | null;
  place: string | null;
  personName: string | null;
  organizationName: string | null;
  phone: string | null;
}
const actionsMax = 2000;

/** Next actions of open leads these holders have, due within the time, the earliest first; of each holder so many at most, whatever the others have. */
export async function listActionsDue(tx: Tx, holderIds: readonly string[], from: Date, until: Date, most = actionsMax): Promise<ActionDue[]> {
  return tx.rows<ActionDue>(sql`
    select h.id as holder_id, n.lead_id, n.what, n.due_at, n.set_at, n.minutes, n.place, p.full_name as person_name, o.name as organization_name, coalesce(p.mobile_e164, p.phone_e164, p.phone) as phone
    from unnest(${holderIds}::uuid[]) as h (id)
    cross join lateral (
      select x.*, l.person_id, l.organization_id from followup.next_action x
      join distribute.assignment a on a.workspace_id = x.workspace_id and a.lead_id = x.lead_id and a.ended_at is null and a.holder_id = h.id
      join qualify.lead l on l.workspace_id = x.workspace_id and l.id = x.lead_id and l.closed_at is null
      where x.workspace_id = ${tx.scope.workspaceId} and x.due_at >= ${from} and x.due_at < ${until} order by x.due_at, x.lead_id limit ${most}
    ) n
    ${behindLead(sql`n`)}
    order by n.due_at, n.lead_id`);
}

/** A plan that could not go out at its hour goes out within two more; later it is no plan any more. */
const lateHours = 2;

export interface PlanDue {
  userId: string;
  name: string;
  email: string;
  /** Who they are as holders: a rep may be a partner's user, too. The first says whose time it is. */
  holderIds: string[];
  timeZone: string;
  calendar: WeeklyCalendar | null;
  today: string;
  /** leads that wait for an answer or a first followup */
  waiting: number;
}
/** Who is to be told of their day now: their hour has come where they are, and they were not told today. */
export async function lockPlansDue(tx: Tx, now: Date): Promise<PlanDue[]> {
  return tx.rows<PlanDue>(sql`
    with due as (
      select d.user_id, u.name, u.email, h.ids as holder_ids, h.time_zone, h.calendar, (${now}::timestamptz at time zone h.time_zone)::date as today
      from followup.diary d
      join platform.app_user u on u.workspace_id = d.workspace_id and u.id = d.user_id and u.status = 'active' and u.email is not null
      join lateral (select array_agg(h.id order by h.id) as ids, (array_agg(h.time_zone order by h.id))[1] as time_zone, (array_agg(${workedCalendar} order by h.id))[1] as calendar
        from distribute.holder h where h.workspace_id = d.workspace_id and h.active and (h.user_id = u.id or h.id = u.holder_id) having count(*) > 0) h on true
      where d.workspace_id = ${tx.scope.workspaceId} and d.plan_hour is not null
        and extract(hour from ${now}::timestamptz at time zone h.time_zone) between d.plan_hour and d.plan_hour + ${lateHours}
        and (d.planned_on is null or d.planned_on < (${now}::timestamptz at time zone h.time_zone)::date)
      for update of d skip locked
    )
    select due.*, due.today::text as today, (select count(*)::int from distribute.assignment a where a.workspace_id = ${tx.scope.workspaceId} and a.holder_id = any(due.holder_ids)
      and a.ended_at is null and a.first_followup_at is null) as waiting
    from due`);
}
export async function markPlanned(tx: Tx, plans: readonly Pick<PlanDue, 'userId' | 'today'>[]): Promise<void> {
  await tx.run(sql`update followup.diary d set planned_on = c.today from unnest(${plans.map((one) => one.userId)}::uuid[], ${plans.map((one) => one.today)}::date[]) as c (user_id, today)
    where d.workspace_id = ${tx.scope.workspaceId} and d.user_id = c.user_id`);
}
