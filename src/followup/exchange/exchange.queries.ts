import { behindLead } from '../../identity/index.ts';
import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Standing } from './answer.rules.ts';

/** Leads of a holder in the order something last happened to them. */
export const listNews = (tx: Tx, holderId: string, after: number, limit: number): Promise<{ leadId: string; no: number }[]> =>
  tx.rows(sql`select lead_id, no from followup.lead_news
    where workspace_id = ${tx.scope.workspaceId} and holder_id = ${holderId} and no > ${after} order by no limit ${limit}`);

/** How leads stand, to one holder or (null) to the house. Read with the house's own eyes: a partner does not see who else has a lead. */
export async function findStandings(tx: Tx, leadIds: readonly string[], holderId: string | null): Promise<Map<string, Standing>> {
  if (leadIds.length === 0) return new Map();
  const rows = await tx.rows<Standing>(sql`
    select l.id as lead_id, l.fate, a.holder_id as open_holder_id, h.kind as open_kind, worked.holder_id as last_holder_id,
      own.started_at is not null as held, own.started_at as offered_at, own.accepted_at
    from qualify.lead l
    left join distribute.assignment a on a.workspace_id = l.workspace_id and a.lead_id = l.id and a.ended_at is null
    left join distribute.holder h on h.workspace_id = a.workspace_id and h.id = a.holder_id
    left join lateral (select x.holder_id from distribute.assignment x
      join distribute.holder y on y.workspace_id = x.workspace_id and y.id = x.holder_id and y.kind in ('rep', 'partner')
      where x.workspace_id = l.workspace_id and x.lead_id = l.id and x.declined_at is null order by x.sequence desc, x.started_at desc limit 1) worked on true
    left join lateral (select x.started_at, x.accepted_at from distribute.assignment x
      where x.workspace_id = l.workspace_id and x.lead_id = l.id and x.holder_id = coalesce(${holderId}::uuid, a.holder_id, worked.holder_id)
      order by x.sequence desc, x.started_at desc limit 1) own on true
    where l.workspace_id = ${tx.scope.workspaceId} and l.id = any(${leadIds}::uuid[])`);
  return new Map(rows.map((row) => [row.leadId, row]));
}

export interface LeadWords {
  leadId: string;
  receipt: string | null;
  grade: 'hot' | 'warm' | 'cold';
  score: number;
  personName: string | null;
  title: string | null;
  email: string | null;
  phone: string | null;
  mobile: string | null;
  street: string | null;
  postalCode: string | null;
  city: string | null;
  state: string | null;
  country: string | null;
  language: string | null;
  mayCall: boolean;
  mayMail: boolean;
  organizationName: string | null;
  website: string | null;
  organizationCity: string | null;
  organizationCountry: string | null;
  message: string | null;
  product: string | null;
  budget: string | null;
  authority: string | null;
  need: string | null;
  timing: string | null;
  program: string | null;
  source: string | null;
  respondBy: Date | null;
  pausedUntil: Date | null;
  verdict: 'hot' | 'warm' | 'bad' | 'sale' | 'dont_know' | null;
  verdictReason: string | null;
  valueMinor: number | null;
  currency: string | null;
  verdictAt: Date | null;
  nextWhat: string | null;
  nextDueAt: Date | null;
  holderId: string | null;
  holderName: string | null;
  holderKind: string | null;
}

/** What is known of leads, as far as whoever asks may see it. */
export async function findWords(tx: Tx, leadIds: readonly string[]): Promise<LeadWords[]> {
  if (leadIds.length === 0) return [];
  return tx.rows<LeadWords>(sql`
    select l.id as lead_id, i.receipt, l.grade, l.score, p.full_name as person_name, p.title, p.email, coalesce(p.phone, p.phone_e164) as phone, p.mobile_e164 as mobile,
      p.street, p.postal_code, coalesce(p.city, o.city) as city, p.state, coalesce(l.country, p.country) as country, p.language,
      not (p.do_not_contact or p.do_not_call) as may_call, not (p.do_not_contact or p.do_not_mail or p.unsubscribed_at is not null) as may_mail,
      o.name as organization_name, o.website, o.city as organization_city, o.country as organization_country,
      i.fields->>'message' as message, coalesce(l.product, i.fields->>'product') as product, l.budget, l.authority, l.need, l.timing, g.name as program, s.name as source,
      a.respond_by, a.paused_until, d.verdict, d.reason as verdict_reason, d.value_minor, d.currency, d.at as verdict_at, n.what as next_what, n.due_at as next_due_at,
      h.id as holder_id, h.name as holder_name, h.kind as holder_kind
    from qualify.lead l
    ${behindLead(sql`l`)}
    left join capture.inquiry i on i.workspace_id = l.workspace_id and i.id = l.inquiry_id
    left join capture.program g on g.workspace_id = l.workspace_id and g.id = l.program_id
    left join capture.source s on s.workspace_id = l.workspace_id and s.id = l.source_id
    left join distribute.assignment a on a.workspace_id = l.workspace_id and a.lead_id = l.id and a.ended_at is null
    left join distribute.holder h on h.workspace_id = a.workspace_id and h.id = a.holder_id
    left join followup.disposition d on d.workspace_id = l.workspace_id and d.lead_id = l.id and d.current
    left join followup.next_action n on n.workspace_id = l.workspace_id and n.lead_id = l.id
    where l.workspace_id = ${tx.scope.workspaceId} and l.id = any(${leadIds}::uuid[])`);
}
