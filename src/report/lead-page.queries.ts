import { everKnownAs } from '../identity/index.ts';
import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { TimelineFact } from './timeline.rules.ts';

// Everything one page says about a lead, each part by an index on the lead, its person or its inquiries.

export interface LeadDetail {
  budget: string | null;
  authority: string | null;
  need: string | null;
  timing: string | null;
  scoreReasons: unknown;
}
export const findLeadDetail = (tx: Tx, id: string): Promise<LeadDetail> =>
  tx.one(
    sql`select budget, authority, need, timing, score_reasons from qualify.lead where workspace_id = ${tx.scope.workspaceId} and id = ${id}`,
  );

export interface PersonDetail {
  id: string;
  fullName: string | null;
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
  doNotContact: boolean;
  doNotMail: boolean;
  doNotCall: boolean;
  unsubscribedAt: Date | null;
  sightings: number;
}
export const findPerson = (tx: Tx, id: string): Promise<PersonDetail> =>
  tx.one(sql`select id, coalesce(nullif(full_name, ''), nullif(concat_ws(' ', given_name, family_name), '')) as full_name, title, email, coalesce(phone, phone_e164) as phone, mobile_e164 as mobile, street,
      postal_code, city, state, country, language, do_not_contact, do_not_mail, do_not_call, unsubscribed_at, sightings
    from identity.person where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);

export interface OrganizationDetail {
  id: string;
  name: string;
  domain: string | null;
  phone: string | null;
  city: string | null;
  country: string | null;
  industry: string | null;
  vertical: string | null;
  employees: number | null;
  isCustomer: boolean;
}
export const findOrganization = (tx: Tx, id: string): Promise<OrganizationDetail | undefined> =>
  tx.maybe(sql`select id, name, domain, coalesce(phone, phone_e164) as phone, city, country, industry, vertical, employees, is_customer
    from identity.organization where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);

export interface AssignmentDetail {
  id: string;
  holderId: string;
  territoryId: string | null;
  why: string;
  startedAt: Date;
  respondBy: Date | null;
  acceptedAt: Date | null;
  declinedAt: Date | null;
  firstFollowupAt: Date | null;
  endedAt: Date | null;
  endReason: string | null;
  reasons: unknown;
}
export const listAssignments = (tx: Tx, leadId: string): Promise<AssignmentDetail[]> =>
  tx.rows(sql`select id, holder_id, territory_id, why, started_at, respond_by, accepted_at, declined_at, first_followup_at, ended_at, end_reason, reasons
    from distribute.assignment where workspace_id = ${tx.scope.workspaceId} and lead_id = ${leadId} order by started_at desc, sequence desc limit 200`);

export interface ActivityDetail {
  id: string;
  kind: string;
  at: Date;
  outcome: string | null;
  note: string | null;
  via: string;
  holderId: string | null;
  userId: string | null;
}
export const listActivities = (tx: Tx, leadId: string): Promise<ActivityDetail[]> =>
  tx.rows(
    sql`select id, kind, at, outcome, note, via, holder_id, user_id from followup.activity where workspace_id = ${tx.scope.workspaceId} and lead_id = ${leadId} order by at desc, id desc limit 500`,
  );

export interface DispositionDetail {
  id: string;
  verdict: string;
  reason: string | null;
  valueMinor: number | null;
  currency: string | null;
  at: Date;
  via: string;
  current: boolean;
  byHolderId: string | null;
  byUserId: string | null;
}
export const listDispositions = (tx: Tx, leadId: string): Promise<DispositionDetail[]> =>
  tx.rows(sql`select id, verdict, reason, value_minor, currency, at, via, current, by_holder_id, by_user_id
    from followup.disposition where workspace_id = ${tx.scope.workspaceId} and lead_id = ${leadId} order by at desc, id desc limit 200`);

export interface OpportunityDetail {
  id: string;
  name: string;
  stage: string;
  outcome: string;
  amountMinor: number;
  currency: string;
  closeOn: string | null;
  closedAt: Date | null;
}
export const listOpportunitiesOf = (tx: Tx, leadId: string): Promise<OpportunityDetail[]> =>
  tx.rows(sql`select id, name, stage, outcome, amount_minor, currency, close_on, closed_at from revenue.opportunity
    where workspace_id = ${tx.scope.workspaceId} and lead_id = ${leadId} order by opened_at desc limit 100`);

export const listInvoicesOf = (
  tx: Tx,
  leadId: string,
): Promise<{ id: string; number: string; status: string; issuedOn: string; netMinor: number; currency: string }[]> =>
  tx.rows(
    sql`select id, number, status, issued_on, net_minor, currency from revenue.invoice where workspace_id = ${tx.scope.workspaceId} and lead_id = ${leadId} order by issued_on desc limit 100`,
  );

export interface InquiryDetail {
  id: string;
  receipt: string;
  occurredAt: Date;
  channel: string | null;
  sourceId: string | null;
  programId: string | null;
  status: string;
  fields: Record<string, unknown>;
  method: string | null;
  evidence: unknown;
}
export const listInquiriesOf = (tx: Tx, leadId: string): Promise<InquiryDetail[]> =>
  tx.rows(sql`select i.id, i.receipt, i.occurred_at, i.channel, i.source_id, i.program_id, i.status, i.fields, s.method, s.evidence
    from qualify.lead_inquiry li
    join capture.inquiry i on i.workspace_id = li.workspace_id and i.id = li.inquiry_id
    left join identity.sighting s on s.workspace_id = li.workspace_id and s.inquiry_id = li.inquiry_id
    where li.workspace_id = ${tx.scope.workspaceId} and li.lead_id = ${leadId} order by i.occurred_at, i.id limit 200`);

/** What the company bought, in the currency of its latest invoice; cancelled ones and drafts are nothing. */
export const findBought = (tx: Tx, organizationId: string): Promise<{ invoices: number; netMinor: number; currency: string; lastOn: string } | undefined> =>
  tx.maybe(sql`
    with known as materialized (${everKnownAs('organization', tx.scope.workspaceId, sql`array[${organizationId}]::uuid[]`)}),
    billed as (select i.net_minor, i.currency, i.issued_on, i.kind from revenue.invoice i
      where i.workspace_id = ${tx.scope.workspaceId} and i.organization_id = any(array(select id from known)) and i.status in ('open', 'paid'))
    select (count(*) filter (where b.kind = 'invoice'))::int as invoices, sum(case when b.kind = 'credit_note' then -abs(b.net_minor) else b.net_minor end)::bigint as net_minor, b.currency, max(b.issued_on)::text as last_on
    from billed b where b.currency = (select currency from billed order by issued_on desc limit 1) group by b.currency having count(*) filter (where b.kind = 'invoice') > 0`);

/** Others of the company who asked since, with the lead they are, the latest first. */
export const listColleagues = (tx: Tx, organizationId: string, personId: string, since: Date): Promise<{ name: string; product: string | null; at: Date }[]> =>
  tx.rows(sql`
    with known as materialized (${everKnownAs('organization', tx.scope.workspaceId, sql`array[${organizationId}]::uuid[]`)})
    select name, product, at from (
      select distinct on (r.person_id) r.person_name as name, r.product, r.qualified_at as at from report.lead_row r
      where r.workspace_id = ${tx.scope.workspaceId} and r.organization_id = any(array(select id from known)) and r.person_id <> ${personId} and r.qualified_at >= ${since}
        and r.fate is distinct from 'withdrawn' and r.fate is distinct from 'merged' and r.person_name <> ''
      order by r.person_id, r.qualified_at desc) one
    order by at desc limit 20`);

/** The facts of the lead's receipts, and of its opportunities and invoices. */
export const listFactsOf = (tx: Tx, chainIds: readonly string[]): Promise<TimelineFact[]> =>
  tx.rows(
    sql`select id, type, chain_id, at, actor, data from journal.fact where workspace_id = ${tx.scope.workspaceId} and chain_id = any(${[...chainIds]}::uuid[]) order by at, id limit 2000`,
  );

export async function loadUserNames(tx: Tx): Promise<Map<string, string>> {
  const users = await tx.rows<{ id: string; name: string }>(
    sql`select id, name from platform.app_user where workspace_id = ${tx.scope.workspaceId}`,
  );
  return new Map(users.map((user) => [user.id, user.name]));
}
