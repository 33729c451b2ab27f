import { acceptKept, workedCalendar } from '../../distribute/index.ts';
import type { WeeklyCalendar } from '../../distribute/index.ts';
import { behindLead } from '../../identity/index.ts';
import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Behind } from './scorecard.contract.ts';
import type { Spell } from './scorecard.rules.ts';

export interface Measured {
  id: string;
  name: string;
  kind: 'partner' | 'rep';
  active: boolean;
  calendar: WeeklyCalendar | null;
  timeZone: string;
}
export const listMeasured = (tx: Tx, kind: string): Promise<Measured[]> =>
  tx.rows(sql`select h.id, h.name, h.kind, h.active, ${workedCalendar} as calendar, h.time_zone from distribute.holder h where h.workspace_id = ${tx.scope.workspaceId} and h.kind = ${kind} order by lower(h.name), h.id`);

export const findKind = async (tx: Tx, id: string): Promise<'partner' | 'rep' | undefined> =>
  (await tx.maybe<{ kind: 'partner' | 'rep' }>(sql`select kind from distribute.holder where workspace_id = ${tx.scope.workspaceId} and id = ${id} and kind in ('partner', 'rep')`))?.kind;

/** What was given back by an undo was not given anew. */
export type MonthSpell = Spell & { month: string };
export const listSpells = (tx: Tx, kind: string, from: string, timeZone: string, now: Date): Promise<MonthSpell[]> =>
  tx.rows(sql`
    select a.holder_id, a.lead_id, a.started_at, ${acceptKept(now)} as is_in_time, a.accepted_at, a.first_followup_at, a.declined_at is not null as is_declined, a.end_reason is not distinct from 'redirected' as is_silent,
      d.verdict, d.at as verdict_at, d.value_minor, d.currency, d.reason is not null as has_reason, a.ended_at is null as is_open, n.lead_id is not null as has_next_action,
      array_remove(array[(a.accepted_at at time zone h.time_zone)::date, (a.declined_at at time zone h.time_zone)::date, (a.first_followup_at at time zone h.time_zone)::date, (d.at at time zone h.time_zone)::date]::text[], null) as days, to_char(date_trunc('month', a.started_at at time zone ${timeZone}), 'YYYY-MM-DD') as month
    from distribute.assignment a
    join distribute.holder h on h.workspace_id = a.workspace_id and h.id = a.holder_id and h.kind = ${kind}
    left join followup.disposition d on d.workspace_id = a.workspace_id and d.lead_id = a.lead_id and d.current and d.by_holder_id = a.holder_id
    left join followup.next_action n on n.workspace_id = a.workspace_id and n.lead_id = a.lead_id
    where a.workspace_id = ${tx.scope.workspaceId} and a.started_at >= ${from}::timestamp at time zone ${timeZone} and a.why <> 'restored' and a.end_reason is distinct from 'withdrawn'
    order by a.started_at`);

export interface PresenceFound {
  holderId: string;
  /** they were added, or given a first lead */
  firstDay: string;
  signedIn: string[];
  away: { from: string; to: string }[];
}
/** Since when they are here, when they were signed in, and when away, by holder: days where they work, but for signing in, of which the company's day is kept. */
export const listPresence = (tx: Tx, kind: string, from: string): Promise<PresenceFound[]> =>
  tx.rows(sql`
    select h.id as holder_id,
      (least(h.created_at, (select min(a.started_at) from distribute.assignment a where a.workspace_id = h.workspace_id and a.holder_id = h.id)) at time zone h.time_zone)::date::text as first_day,
      array(select distinct d.on_date::text from platform.app_user u join platform.user_day d on d.workspace_id = u.workspace_id and d.user_id = u.id
        where u.workspace_id = h.workspace_id and (u.id = h.user_id or u.holder_id = h.id) and d.on_date >= ${from}::date) as signed_in,
      coalesce((select jsonb_agg(jsonb_build_object('from', starts_on::text, 'to', ends_on::text)) from distribute.absence x
        where x.workspace_id = h.workspace_id and x.holder_id = h.id and x.ends_on >= ${from}::date), '[]') as away
    from distribute.holder h where h.workspace_id = ${tx.scope.workspaceId} and h.kind = ${kind}`);

export interface LeadBehind {
  leadId: string;
  name: string | null;
  organization: string | null;
  givenAt: Date;
  acceptedAt: Date | null;
  respondBy: Date | null;
}
/** The spells behind a figure, as whoever asks may see them. */
export function listBehind(tx: Tx, given: { holderId: string; behind: Behind; from: string; timeZone: string; now: Date }): Promise<LeadBehind[]> {
  const { holderId, behind, from, timeZone, now } = given;
  const which = {
    late: sql`${acceptKept(now)} is false`,
    silent: sql`a.end_reason = 'redirected'`,
    withoutVerdict: sql`a.declined_at is null and a.end_reason is distinct from 'redirected' and d.verdict is null`,
    declined: sql`a.declined_at is not null`,
    sales: sql`d.verdict = 'sale'`,
  }[behind];
  return tx.rows(sql`
    select a.lead_id, p.full_name as name, o.name as organization, a.started_at as given_at, a.accepted_at, a.respond_by
    from distribute.assignment a
    join qualify.lead l on l.workspace_id = a.workspace_id and l.id = a.lead_id
    left join followup.disposition d on d.workspace_id = a.workspace_id and d.lead_id = a.lead_id and d.current and d.by_holder_id = a.holder_id
    ${behindLead(sql`l`)}
    where a.workspace_id = ${tx.scope.workspaceId} and a.holder_id = ${holderId} and a.started_at >= ${from}::timestamp at time zone ${timeZone}
      and a.why <> 'restored' and a.end_reason is distinct from 'withdrawn' and ${which}
    order by a.started_at desc, a.id desc limit 200`);
}
