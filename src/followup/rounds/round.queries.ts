import { behindLead } from '../../identity/index.ts';
import { sql } from '../../platform/db/index.ts';
import type { Sql, Tx } from '../../platform/db/index.ts';
import type { Verdict } from '../disposition.rules.ts';
import type { OverdueLead, RoundSettings } from './round.rules.ts';

/** The hour of the week that began last, and the next one, by the company's own clock: summer time is its to know. */
export function findSlot(tx: Tx, { weekday, hour }: RoundSettings, now: Date): Promise<{ slotAt: Date; nextAt: Date }> {
  return tx.one(sql`
    with week as (
      select w.time_zone, date_trunc('week', ${now}::timestamptz at time zone w.time_zone) + make_interval(days => ${weekday - 1}::int, hours => ${hour}::int) as at
      from platform.workspace w where w.id = ${tx.scope.workspaceId}
    ), last as (
      select time_zone, case when at at time zone time_zone <= ${now} then at else at - interval '7 days' end as at from week
    )
    select at at time zone time_zone as slot_at, (at + interval '7 days') at time zone time_zone as next_at from last`);
}

/**
 * Leads whose verdict is overdue with a partner that can be asked: accepted (else given) longer ago than agreed and without one, or "don't
 * know" that ran out. The longest overdue first, `most` of each holder; what rests, and those asked for this hour already, are left out. `asked`: in how many
 * rounds whose link was not revoked, since it was given or last judged.
 */
export function findOverdue(tx: Tx, given: { now: Date; afterDays: number; reps: boolean; slotAt: Date | null; most: number }): Promise<OverdueLead[]> {
  const { now, afterDays, reps, slotAt, most } = given;
  return tx.rows(sql`
    select holder_id, time_zone, lead_id, due,
      (select count(*)::int from followup.verdict_round r where r.workspace_id = ${tx.scope.workspaceId} and r.holder_id = all_due.holder_id and all_due.lead_id = any(r.lead_ids)
        and r.revoked_at is null and r.sent_at > all_due.since) as asked
    from (
      select h.id as holder_id, h.time_zone, a.lead_id, greatest(a.started_at, d.at) as since, count(*) over (partition by h.id)::int as due,
        row_number() over (partition by h.id order by coalesce(d.expires_at, a.accepted_at, a.started_at), a.lead_id) as place
      from distribute.holder h
      left join platform.app_user u on u.workspace_id = h.workspace_id and u.id = h.user_id
      join distribute.assignment a on a.workspace_id = h.workspace_id and a.holder_id = h.id and a.ended_at is null and (a.paused_until is null or a.paused_until <= ${now})
      left join followup.disposition d on d.workspace_id = a.workspace_id and d.lead_id = a.lead_id and d.current
      where h.workspace_id = ${tx.scope.workspaceId} and (h.kind = 'partner' or ${reps} and h.kind = 'rep') and h.active and coalesce(h.email, u.email) is not null and u.status is distinct from 'disabled'
        and case when d.id is null then coalesce(a.accepted_at, a.started_at) <= ${now}::timestamptz - make_interval(days => ${afterDays}::int) else d.verdict = 'dont_know' and d.expires_at <= ${now} end
        and (${slotAt}::timestamptz is null or not exists (select from followup.verdict_round r where r.workspace_id = h.workspace_id and r.holder_id = h.id and r.slot_at = ${slotAt}))
    ) all_due where place <= ${most} order by holder_id, place`);
}

export interface RoundFound {
  id: string;
  tokenHash: string;
  holderId: string;
  holderName: string;
  active: boolean;
  timeZone: string;
  expiresAt: Date;
  revokedAt: Date | null;
  leadIds: string[];
  company: string;
  currency: string;
  locale: string;
}
export const findRound = (tx: Tx, id: string): Promise<RoundFound | undefined> =>
  tx.maybe(sql`select r.id, r.token_hash, r.holder_id, h.name as holder_name, h.active, h.time_zone, r.expires_at, r.revoked_at, r.lead_ids, w.name as company, w.currency, w.locale
    from followup.verdict_round r
    join platform.workspace w on w.id = r.workspace_id
    join distribute.holder h on h.workspace_id = r.workspace_id and h.id = r.holder_id
    where r.workspace_id = ${tx.scope.workspaceId} and r.id = ${id}`);

export interface RoundLead {
  leadId: string;
  personName: string | null;
  organizationName: string | null;
  city: string | null;
  email: string | null;
  phone: string | null;
  product: string | null;
  since: Date;
  verdict: Verdict | null;
  verdictReason: string | null;
  valueMinor: number | null;
  valueCurrency: string | null;
  /** Given in answer to this round. */
  isAnswered: boolean;
}
/** The leads of a round that are still the holder's to judge: held, or worked last where nobody works them now. In the order asked. */
export const findRoundLeads = (tx: Tx, round: { id: string; holderId: string; leadIds: readonly string[] }): Promise<RoundLead[]> =>
  tx.rows(sql`
    select l.id as lead_id, p.full_name as person_name, o.name as organization_name, coalesce(p.city, o.city) as city, p.email, coalesce(p.phone, p.phone_e164, p.mobile_e164) as phone,
      l.product, coalesce(worked.accepted_at, worked.started_at) as since, d.verdict, d.reason as verdict_reason, d.value_minor, d.currency as value_currency,
      exists (select from followup.link_answer x where x.workspace_id = l.workspace_id and x.link_id = ${round.id} and x.lead_id = l.id) as is_answered
    from unnest(${round.leadIds as string[]}::uuid[]) with ordinality as asked (lead_id, place)
    join qualify.lead l on l.workspace_id = ${tx.scope.workspaceId} and l.id = asked.lead_id and l.fate is distinct from 'withdrawn' and l.fate is distinct from 'merged'
    left join distribute.assignment a on a.workspace_id = l.workspace_id and a.lead_id = l.id and a.ended_at is null
    left join distribute.holder oh on oh.workspace_id = a.workspace_id and oh.id = a.holder_id
    join lateral (
      select x.holder_id, x.accepted_at, x.started_at from distribute.assignment x join distribute.holder y on y.workspace_id = x.workspace_id and y.id = x.holder_id and y.kind in ('rep', 'partner')
      where x.workspace_id = l.workspace_id and x.lead_id = l.id and x.declined_at is null order by x.sequence desc, x.started_at desc limit 1
    ) worked on worked.holder_id = ${round.holderId} and case when oh.kind in ('rep', 'partner') then oh.id = ${round.holderId} else oh.kind is distinct from 'desk' end
    ${behindLead(sql`l`)}
    left join followup.disposition d on d.workspace_id = l.workspace_id and d.lead_id = l.id and d.current
    order by asked.place`);

/** Where each of these holders is written to. */
export const findAskable = (tx: Tx, holderIds: readonly string[]): Promise<{ id: string; name: string; email: string }[]> =>
  tx.rows(sql`select h.id, h.name, coalesce(h.email, u.email) as email from distribute.holder h left join platform.app_user u on u.workspace_id = h.workspace_id and u.id = h.user_id
    where h.workspace_id = ${tx.scope.workspaceId} and h.id = any(${holderIds as string[]}::uuid[]) and coalesce(h.email, u.email) is not null`);

export interface RoundListed {
  id: string;
  holderId: string;
  holderName: string;
  sentAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
  due: number;
  asked: number;
  answered: number;
  elsewhere: boolean;
}
export function listRounds(tx: Tx, of: { holderId?: string | undefined; id?: string }, before: { sentAt: Date; id: string } | undefined, limit: number): Promise<RoundListed[]> {
  const older: Sql = before ? sql`and (r.sent_at, r.id) < (${before.sentAt}, ${before.id})` : sql``;
  return tx.rows(sql`
    select r.id, r.holder_id, h.name as holder_name, r.sent_at, r.expires_at, r.revoked_at, r.due, cardinality(r.lead_ids) as asked, coalesce(x.answered, 0) as answered, coalesce(x.elsewhere, false) as elsewhere
    from followup.verdict_round r join distribute.holder h on h.workspace_id = r.workspace_id and h.id = r.holder_id
    left join lateral (select count(distinct y.lead_id)::int as answered, bool_or(y.known = 'other') as elsewhere from followup.link_answer y where y.workspace_id = r.workspace_id and y.link_id = r.id) x on true
    where r.workspace_id = ${tx.scope.workspaceId} and (${of.holderId ?? null}::uuid is null or r.holder_id = ${of.holderId ?? null}) and (${of.id ?? null}::uuid is null or r.id = ${of.id ?? null}) ${older}
    order by r.sent_at desc, r.id desc limit ${limit}`);
}
