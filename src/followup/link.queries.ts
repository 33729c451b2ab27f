import { workedCalendar } from '../distribute/index.ts';
import type { WeeklyCalendar } from '../distribute/index.ts';
import { behindLead } from '../identity/index.ts';
import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';

/** Everything the page behind a link shows. */
export interface LinkSeen {
  id: string;
  tokenHash: string;
  leadId: string;
  assignmentId: string;
  holderId: string;
  holderName: string;
  calendar: WeeklyCalendar | null;
  timeZone: string;
  expiresAt: Date;
  revokedAt: Date | null;
  company: string;
  currency: string;
  locale: string;
  fate: string | null;
  openHolderId: string | null;
  openKind: string | null;
  lastHolderId: string | null;
  acceptedAt: Date | null;
  respondBy: Date | null;
  pausedUntil: Date | null;
  personName: string | null;
  title: string | null;
  organizationName: string | null;
  city: string | null;
  email: string | null;
  phone: string | null;
  product: string | null;
  message: string | null;
  budget: string | null;
  timing: string | null;
  channel: string | null;
  askedAt: Date | null;
  grade: string;
  verdict: 'hot' | 'warm' | 'bad' | 'sale' | 'dont_know' | null;
  verdictReason: string | null;
  valueMinor: number | null;
  valueCurrency: string | null;
  nextWhat: string | null;
  nextDueAt: Date | null;
}
export async function findLink(tx: Tx, id: string): Promise<LinkSeen | undefined> {
  return tx.maybe<LinkSeen>(sql`
    select k.id, k.token_hash, k.lead_id, k.assignment_id, k.holder_id, h.name as holder_name, ${workedCalendar} as calendar, h.time_zone, k.expires_at, k.revoked_at, w.name as company, w.currency, w.locale,
      l.fate, a.holder_id as open_holder_id, oh.kind as open_kind, a.accepted_at, a.respond_by, a.paused_until, (
        select x.holder_id from distribute.assignment x join distribute.holder y on y.workspace_id = x.workspace_id and y.id = x.holder_id and y.kind in ('rep', 'partner')
        where x.workspace_id = l.workspace_id and x.lead_id = l.id and x.declined_at is null order by x.sequence desc, x.started_at desc limit 1) as last_holder_id,
      p.full_name as person_name, p.title, o.name as organization_name, coalesce(p.city, o.city) as city, p.email, coalesce(p.phone, p.phone_e164, p.mobile_e164) as phone,
      coalesce(asked.product, l.product) as product, asked.message, l.budget, l.timing, asked.channel, asked.at as asked_at, l.grade, d.verdict, d.reason as verdict_reason,
      d.value_minor, d.currency as value_currency, n.what as next_what, n.due_at as next_due_at
    from followup.link k
    join platform.workspace w on w.id = k.workspace_id
    join distribute.holder h on h.workspace_id = k.workspace_id and h.id = k.holder_id
    join qualify.lead l on l.workspace_id = k.workspace_id and l.id = k.lead_id
    left join distribute.assignment a on a.workspace_id = l.workspace_id and a.lead_id = l.id and a.ended_at is null
    left join distribute.holder oh on oh.workspace_id = a.workspace_id and oh.id = a.holder_id
    ${behindLead(sql`l`)}
    left join followup.disposition d on d.workspace_id = l.workspace_id and d.lead_id = l.id and d.current
    left join followup.next_action n on n.workspace_id = l.workspace_id and n.lead_id = l.id
    left join lateral (
      select y.occurred_at as at, y.channel, y.fields->>'message' as message, y.fields->>'product' as product from qualify.lead_inquiry q
      join capture.inquiry y on y.workspace_id = q.workspace_id and y.id = q.inquiry_id
      where q.workspace_id = l.workspace_id and q.lead_id = l.id order by q.joined_at desc limit 1
    ) asked on true
    where k.workspace_id = ${tx.scope.workspaceId} and k.id = ${id}`);
}
