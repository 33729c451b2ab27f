import { behindLead } from '../identity/index.ts';
import { sql } from '../platform/db/index.ts';
import type { Sql, Tx } from '../platform/db/index.ts';
import { acceptKept, workedCalendar } from '../distribute/index.ts';
import type { WeeklyCalendar } from '../distribute/index.ts';
import { valueOf, type Valued } from './day/value.rules.ts';
import type { Via } from './followup.store.ts';
import type { QueueLead } from './queue.rules.ts';

/** Who and what a lead of the queue is, for whoever reads it. */
export interface QueueDetail {
  leadId: string;
  personId: string;
  personName: string | null;
  personTitle: string | null;
  email: string | null;
  phone: string | null;
  organizationName: string | null;
  city: string | null;
  country: string | null;
  message: string | null;
  sourceName: string | null;
  programName: string | null;
  receipt: string | null;
  holderName: string;
  /** steps of its playbook behind it, and all there are; null without one */
  stepsBehind: number | null;
  stepsAll: number | null;
}

/** A queue a person can work: beyond this many the rest waits for a better day, and the count says so. */
const queueMax = 2000;

/** What the place of a lead `l` in a queue depends on, held by its open assignment `a`; what it may bring in the company's currency. */
const worth = ({ scope: { workspaceId } }: Tx): Sql => {
  const currency = sql`(select w.currency from platform.workspace w where w.id = ${workspaceId})`;
  return sql`l.id as lead_id, l.grade, l.score, a.started_at as assigned_at, a.accepted_at, a.first_followup_at, a.respond_by, a.follow_by, a.judge_by,
    a.paused_until, a.pause_reason, n.what as next_action_what, n.due_at as next_action_at, d.verdict, d.expires_at as verdict_expires_at, d.via = 'silence' as verdict_by_silence,
    (select max(x.at) from followup.activity x where x.workspace_id = l.workspace_id and x.lead_id = l.id) as last_activity_at, coalesce(asked.at, l.qualified_at) as asked_at,
    case when a.why in ('returned', 'restored') then jsonb_path_query_first(a.reasons, '$.because[*] ? (@.label == "Back from nurture").detail') #>> '{}' end as returned_why,
    a.holder_id, l.source_id, coalesce(asked.product, l.product) as product, l.budget, ${currency} as currency,
    (select max(o.amount_minor) from revenue.opportunity o where o.workspace_id = l.workspace_id and o.lead_id = l.id and o.outcome = 'open' and o.currency = ${currency}) as opportunity_minor,
    (select max(g.expected_minor) from followup.registration g where g.workspace_id = l.workspace_id and g.lead_id = l.id and g.state = 'granted' and g.currency = ${currency}) as registered_minor`;
};
type Found = Omit<QueueLead, 'valueMinor' | 'valueWhy'> & Valued;
const valued = (rows: readonly Found[]): QueueLead[] =>
  rows.map(({ opportunityMinor, registeredMinor, budget, currency, ...lead }) => ({ ...lead, ...valueOf({ opportunityMinor, registeredMinor, budget, currency }) }));
/** The last time a lead `l` was asked about. */
const lastAsked = sql`left join lateral (
      select q.joined_at as at, y.fields->>'product' as product, y.fields->>'message' as message from qualify.lead_inquiry q
      join capture.inquiry y on y.workspace_id = q.workspace_id and y.id = q.inquiry_id
      where q.workspace_id = l.workspace_id and q.lead_id = l.id order by q.joined_at desc limit 1
    ) asked on true`;
const worthOf = sql`left join followup.next_action n on n.workspace_id = l.workspace_id and n.lead_id = l.id
    left join followup.disposition d on d.workspace_id = l.workspace_id and d.lead_id = l.id and d.current
    ${lastAsked}`;

/** What these holders have, the latest given first. */
export const listHeld = async (tx: Tx, holderIds: readonly string[]): Promise<QueueLead[]> =>
  valued(
    await tx.rows<Found>(sql`select ${worth(tx)} from distribute.assignment a
    join qualify.lead l on l.workspace_id = a.workspace_id and l.id = a.lead_id
    ${worthOf}
    where a.workspace_id = ${tx.scope.workspaceId} and a.holder_id = any(${holderIds}::uuid[]) and a.ended_at is null
    order by a.started_at desc limit ${queueMax}`),
  );

/** The same of these open leads, whoever has them. */
export const listForWorth = async (tx: Tx, leadIds: readonly string[]): Promise<QueueLead[]> =>
  valued(
    await tx.rows<Found>(sql`select ${worth(tx)} from unnest(${leadIds}::uuid[]) as w (id)
    join qualify.lead l on l.workspace_id = ${tx.scope.workspaceId} and l.id = w.id
    join distribute.assignment a on a.workspace_id = l.workspace_id and a.lead_id = l.id and a.ended_at is null
    ${worthOf}`),
  );

/** Of these open leads, for those of a page: what people read. */
export const describeHeld = (tx: Tx, leadIds: readonly string[]): Promise<QueueDetail[]> =>
  tx.rows<QueueDetail>(sql`
    select l.id as lead_id, l.person_id, p.full_name as person_name, p.title as person_title, p.email, coalesce(p.phone, p.phone_e164, p.mobile_e164) as phone, o.name as organization_name,
      coalesce(p.city, o.city) as city, coalesce(l.country, p.country) as country, asked.message, s.name as source_name, g.name as program_name, i.receipt, h.name as holder_name,
      steps.behind as steps_behind, steps."all" as steps_all
    from unnest(${leadIds}::uuid[]) as w (id)
    join qualify.lead l on l.workspace_id = ${tx.scope.workspaceId} and l.id = w.id
    join distribute.assignment a on a.workspace_id = l.workspace_id and a.lead_id = l.id and a.ended_at is null
    join distribute.holder h on h.workspace_id = a.workspace_id and h.id = a.holder_id
    ${behindLead(sql`l`)}
    left join capture.inquiry i on i.workspace_id = l.workspace_id and i.id = l.inquiry_id
    left join capture.source s on s.workspace_id = l.workspace_id and s.id = l.source_id
    left join capture.program g on g.workspace_id = l.workspace_id and g.id = l.program_id
    left join lateral (
      select count(*) filter (where t.done_at is not null or t.skipped_at is not null)::int as behind, nullif(count(*), 0)::int as "all"
      from followup.playbook_step t where t.workspace_id = l.workspace_id and t.lead_id = l.id
    ) steps on true
    ${lastAsked}`);

/** What a sale brings on average, in the currency of the company `w`: what was sold in others is left out. */
const averageSale = sql`(select avg(value_minor)::bigint from (select value_minor from followup.disposition
      where workspace_id = w.id and current and verdict = 'sale' and value_minor > 0 and currency = w.currency limit 1000) sales)`;

export const findAverageSale = async (tx: Tx): Promise<number | null> =>
  (await tx.one<{ minor: number | null }>(sql`select ${averageSale} as minor from platform.workspace w where w.id = ${tx.scope.workspaceId}`)).minor;

/** How much there is, whether promises were kept, and what a sale brings on average. */
export async function countQueue(
  tx: Tx,
  holderIds: readonly string[],
  now: Date,
): Promise<{ total: number; kept: number; due: number; averageSaleMinor: number | null; currency: string }> {
  return tx.one(sql`select
    (select count(*)::int from distribute.assignment where workspace_id = ${tx.scope.workspaceId} and holder_id = any(${holderIds}::uuid[]) and ended_at is null) as total,
    due.kept, due.due, w.currency,
    ${averageSale} as average_sale_minor
    from platform.workspace w, (
      select count(*) filter (where accept)::int as kept, count(accept)::int as due from (select ${acceptKept(now)} as accept from distribute.assignment a
        where a.workspace_id = ${tx.scope.workspaceId} and a.holder_id = any(${holderIds}::uuid[]) and a.respond_by between ${now}::timestamptz - interval '7 days' and ${now}) promised
    ) due where w.id = ${tx.scope.workspaceId}`);
}

export interface StateFound {
  leadId: string;
  closedAt: Date | null;
  fate: string | null;
  assignmentId: string | null;
  holderId: string | null;
  holderName: string | null;
  holderKind: string | null;
  calendar: WeeklyCalendar | null;
  timeZone: string | null;
  startedAt: Date | null;
  acceptedAt: Date | null;
  respondBy: Date | null;
  followBy: Date | null;
  firstFollowupAt: Date | null;
  pausedUntil: Date | null;
  pauseReason: string | null;
  firstPausedAt: Date | null;
  what: string | null;
  dueAt: Date | null;
  setBy: string | null;
  hasAction: boolean;
}
export async function findState(tx: Tx, leadId: string): Promise<StateFound | undefined> {
  return tx.maybe<StateFound>(sql`
    select l.id as lead_id, l.closed_at, l.fate, a.id as assignment_id, h.id as holder_id, h.name as holder_name, h.kind as holder_kind, ${workedCalendar} as calendar, h.time_zone,
      a.started_at, a.accepted_at, a.respond_by, a.follow_by, a.first_followup_at, a.paused_until, a.pause_reason, a.first_paused_at, n.what, n.due_at, n.set_by, n.lead_id is not null as has_action
    from qualify.lead l
    left join distribute.assignment a on a.workspace_id = l.workspace_id and a.lead_id = l.id and a.ended_at is null
    left join distribute.holder h on h.workspace_id = a.workspace_id and h.id = a.holder_id
    left join followup.next_action n on n.workspace_id = l.workspace_id and n.lead_id = l.id
    where l.workspace_id = ${tx.scope.workspaceId} and l.id = ${leadId}`);
}

export interface DispositionSeen {
  id: string;
  leadId: string;
  verdict: 'hot' | 'warm' | 'bad' | 'sale' | 'dont_know';
  reason: string | null;
  valueMinor: number | null;
  currency: string | null;
  at: Date;
  byHolderId: string | null;
  byHolderName: string | null;
  byUserId: string | null;
  via: string;
  expiresAt: Date | null;
  current: boolean;
  undoneAt: Date | null;
}
export async function listDispositions(tx: Tx, leadId: string): Promise<DispositionSeen[]> {
  return tx.rows<DispositionSeen>(sql`
    select d.id, d.lead_id, d.verdict, d.reason, d.value_minor, d.currency, d.at, d.by_holder_id, h.name as by_holder_name, d.by_user_id, d.via, d.expires_at, d.current, d.undone_at
    from followup.disposition d left join distribute.holder h on h.workspace_id = d.workspace_id and h.id = d.by_holder_id
    where d.workspace_id = ${tx.scope.workspaceId} and d.lead_id = ${leadId} order by d.at desc, d.id desc limit 200`);
}

export interface ActivitySeen {
  id: string;
  leadId: string;
  kind: 'call' | 'mail' | 'visit' | 'meeting' | 'quote' | 'literature' | 'note';
  at: Date;
  outcome: string | null;
  note: string | null;
  via: Via;
  holderId: string | null;
  holderName: string | null;
  userId: string | null;
}
export async function listActivities(tx: Tx, leadId: string, id: string | null = null): Promise<ActivitySeen[]> {
  return tx.rows<ActivitySeen>(sql`
    select a.id, a.lead_id, a.kind, a.at, a.outcome, a.note, a.via, a.holder_id, h.name as holder_name, a.user_id
    from followup.activity a left join distribute.holder h on h.workspace_id = a.workspace_id and h.id = a.holder_id
    where a.workspace_id = ${tx.scope.workspaceId} and a.lead_id = ${leadId} and (${id}::uuid is null or a.id = ${id}) order by a.at desc, a.id desc limit 500`);
}

export interface LinkListed {
  id: string;
  holderId: string;
  holderName: string;
  createdAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
  revokedBy: string | null;
  firstOpenedAt: Date | null;
  answers: { at: string; did: string; via: 'page' | 'mail' | 'round'; known: 'first' | 'known' | 'other'; browser: string | null }[];
}
export async function listLinks(tx: Tx, leadId: string): Promise<LinkListed[]> {
  return tx.rows(sql`select k.id, k.holder_id, h.name as holder_name, k.created_at, k.expires_at, k.revoked_at, u.name as revoked_by, k.first_opened_at, coalesce(a.answers, '[]') as answers
    from followup.link k join distribute.holder h on h.workspace_id = k.workspace_id and h.id = k.holder_id
    left join platform.app_user u on u.workspace_id = k.workspace_id and u.id = k.revoked_by
    left join lateral (
      select jsonb_agg(jsonb_build_object('at', to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'did', a.did, 'via', a.via, 'known', a.known, 'browser', a.browser) order by a.at desc, a.id desc) as answers
      from (select * from followup.link_answer x where x.workspace_id = k.workspace_id and x.link_id = k.id order by x.at desc, x.id desc limit 20) a
    ) a on true
    where k.workspace_id = ${tx.scope.workspaceId} and k.lead_id = ${leadId} order by k.created_at desc`);
}

/** Whether whoever asks may see this link at all. */
export const seesLink = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.maybe(sql`select 1 as one from followup.link where workspace_id = ${tx.scope.workspaceId} and id = ${id}`)) !== undefined;

export interface Whose {
  leadId: string;
  openHolderId: string | null;
  openKind: string | null;
  lastHolderId: string | null;
}

/** Whose leads these are: the open holder, else who worked it last. */
export async function findWhose(tx: Tx, leadIds: readonly string[]): Promise<Whose[]> {
  return tx.rows(sql`
    select l.id as lead_id, a.holder_id as open_holder_id, h.kind as open_kind, (
      select x.holder_id from distribute.assignment x join distribute.holder y on y.workspace_id = x.workspace_id and y.id = x.holder_id and y.kind in ('rep', 'partner')
      where x.workspace_id = l.workspace_id and x.lead_id = l.id and x.declined_at is null order by x.sequence desc, x.started_at desc limit 1) as last_holder_id
    from qualify.lead l
    left join distribute.assignment a on a.workspace_id = l.workspace_id and a.lead_id = l.id and a.ended_at is null
    left join distribute.holder h on h.workspace_id = a.workspace_id and h.id = a.holder_id
    where l.workspace_id = ${tx.scope.workspaceId} and l.id = any(${leadIds}::uuid[])`);
}
