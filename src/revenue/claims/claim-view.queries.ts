import { behindLead } from '../../identity/index.ts';
import { empty, join, raw, sql } from '../../platform/db/index.ts';
import type { Sql, Tx } from '../../platform/db/index.ts';
import type { ClaimCandidate, ClaimRow } from './claim.store.ts';

export type { ClaimCandidate };

export interface ClaimFilter {
  id?: string | undefined;
  state?: string | undefined;
  proof?: string | undefined;
  reported?: string | undefined;
  isNew?: string | undefined;
  holderId?: string | undefined;
  reportedBy?: string | undefined;
  leadId?: string | undefined;
  importId?: string | undefined;
  text?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

export interface ClaimListed extends ClaimRow {
  holderName: string | null;
  personName: string | null;
  organizationName: string | null;
  leadName: string | null;
  reportedByName: string | null;
}

const nameOf = (alias: Sql): Sql => sql`coalesce(nullif(${alias}.full_name, ''), nullif(concat_ws(' ', ${alias}.given_name, ${alias}.family_name), ''), ${alias}.email, ${alias}.phone)`;
const within = (f: ClaimFilter): Sql => sql`${f.from ? sql` and c.sold_on >= ${f.from}::date` : empty}${f.to ? sql` and c.sold_on <= ${f.to}::date` : empty}`;

/** Claims, the latest sale first; people and organizations by the names of those they turned out to be. */
export function listClaims(tx: Tx, f: ClaimFilter, after: unknown[] | undefined, limit: number): Promise<ClaimListed[]> {
  const { workspaceId } = tx.scope;
  const parts: Sql[] = [sql`c.workspace_id = ${workspaceId}`];
  if (f.id) parts.push(sql`c.id = ${f.id}`);
  if (f.state) parts.push(sql`c.state = ${f.state}`);
  if (f.proof) parts.push(sql`c.proof = ${f.proof}`);
  if (f.reported) parts.push(f.reported === 'any' ? sql`c.reported is not null` : sql`c.reported = ${f.reported}`);
  if (f.isNew) parts.push(sql`c.is_new = ${f.isNew === 'true'}`);
  if (f.holderId) parts.push(sql`c.holder_id = ${f.holderId}`);
  if (f.reportedBy) parts.push(sql`c.reported_holder_id = ${f.reportedBy}`);
  if (f.leadId) parts.push(sql`c.lead_id = ${f.leadId}`);
  if (f.importId) parts.push(sql`c.import_id = ${f.importId}`);
  if (f.text) parts.push(sql`strpos(lower(concat_ws(' ', c.number, c.serial, c.product, c.distributor, c.said ->> 'fullName', c.said ->> 'organization')), ${f.text.trim().toLowerCase()}) > 0`);
  if (after) parts.push(sql`(c.sold_on, c.id) < (${after[0]}::date, ${after[1]}::uuid)`);
  return tx.rows(sql`
    select c.*, h.name as holder_name, ${nameOf(sql`p`)} as person_name, o.name as organization_name, coalesce(${nameOf(sql`lp`)}, lo.name) as lead_name, rh.name as reported_by_name
    from revenue.claim c
    left join distribute.holder h on h.workspace_id = c.workspace_id and h.id = c.holder_id
    left join distribute.holder rh on rh.workspace_id = c.workspace_id and rh.id = c.reported_holder_id
    left join identity.person p0 on p0.workspace_id = c.workspace_id and p0.id = c.person_id
    left join identity.person p on p.workspace_id = c.workspace_id and p.id = case when p0.survivor_id is null then p0.id else p0.survivor_id end
    left join identity.organization o0 on o0.workspace_id = c.workspace_id and o0.id = c.organization_id
    left join identity.organization o on o.workspace_id = c.workspace_id and o.id = case when o0.survivor_id is null then o0.id else o0.survivor_id end
    left join qualify.lead l on l.workspace_id = c.workspace_id and l.id = c.lead_id
    left join identity.person lp on lp.workspace_id = c.workspace_id and lp.id = l.person_id
    left join identity.organization lo on lo.workspace_id = c.workspace_id and lo.id = l.organization_id
    where ${join(parts, ' and ')}${within(f)} order by c.sold_on desc, c.id desc limit ${limit}`);
}

export interface LeadBeside {
  leadId: string;
  personId: string | null;
  personName: string | null;
  organizationId: string | null;
  organizationName: string | null;
  product: string | null;
  place: string | null;
  email: string | null;
  phone: string | null;
  qualifiedAt: Date;
  grade: 'hot' | 'warm' | 'cold';
  fate: string | null;
  verdict: string | null;
  programId: string | null;
  programName: string | null;
  holderId: string | null;
  holderName: string | null;
}

/** Leads as a person wants them beside a claim. */
export const loadLeadsBeside = (tx: Tx, leadIds: readonly string[]): Promise<LeadBeside[]> =>
  tx.rows(sql`
    select l.id as lead_id, p.id as person_id, ${nameOf(sql`p`)} as person_name, o.id as organization_id, o.name as organization_name, l.product,
      nullif(concat_ws(', ', nullif(p.street, ''), nullif(concat_ws(' ', p.postal_code, p.city), ''), p.country), '') as place, p.email, coalesce(p.phone, p.phone_e164, p.mobile_e164) as phone, l.qualified_at, l.grade, l.fate, d.verdict,
      r.id as program_id, r.name as program_name, h.id as holder_id, h.name as holder_name
    from qualify.lead l
    ${behindLead(sql`l`)}
    left join capture.program r on r.workspace_id = l.workspace_id and r.id = l.program_id
    left join followup.disposition d on d.workspace_id = l.workspace_id and d.lead_id = l.id and d.current
    left join lateral (select a.holder_id from distribute.assignment a join distribute.holder x on x.workspace_id = a.workspace_id and x.id = a.holder_id and x.kind in ('rep', 'partner')
      where a.workspace_id = l.workspace_id and a.lead_id = l.id order by a.started_at desc limit 1) a on true
    left join distribute.holder h on h.workspace_id = l.workspace_id and h.id = a.holder_id
    where l.workspace_id = ${tx.scope.workspaceId} and l.id = any(${[...leadIds]}::uuid[])`);

export interface ClaimSums {
  credited: number; creditedMinor: number; known: number; knownMinor: number; ask: number; askMinor: number;
  unknownCustomers: number; unknownCustomersMinor: number; withoutLead: number; withoutLeadMinor: number; reported: number; reportedMinor: number;
}

/** Counts of all, money of those in the ledger's currency. */
export function sumClaims(tx: Tx, currency: string, f: ClaimFilter): Promise<ClaimSums> {
  const both = (name: string, when: Sql): Sql =>
    sql`count(*) filter (where ${when})::int as ${raw(name)}, coalesce(sum(c.value_minor) filter (where ${when} and c.currency = ${currency}), 0)::bigint as ${raw(`${name}_minor`)}`;
  const pairs = join([
    both('credited', sql`c.state = 'credited'`), both('known', sql`c.state = 'known'`), both('ask', sql`c.state = 'ask'`),
    both('unknown_customers', sql`c.is_new and c.state in ('none', 'apart')`), both('without_lead', sql`not c.is_new and c.state in ('none', 'apart')`), both('reported', sql`c.reported is not null`),
  ], ', ');
  return tx.one(sql`select ${pairs} from revenue.claim c where c.workspace_id = ${tx.scope.workspaceId}${within(f)}`);
}

export interface DistributorSum {
  holderId: string; name: string; sales: number; valueMinor: number;
  bad: number; badMinor: number; dontKnow: number; dontKnowMinor: number; silent: number; silentMinor: number;
}

/** By whoever held the lead and was wrong about it, or sold: the most wrongly reported money first. */
export const sumByDistributor = (tx: Tx, currency: string, f: ClaimFilter): Promise<DistributorSum[]> =>
  tx.rows(sql`
    with claim as materialized (select coalesce(c.reported_holder_id, c.holder_id) as holder_id, c.reported, case when c.currency = ${currency} then coalesce(c.value_minor, 0) else 0 end as value
      from revenue.claim c where c.workspace_id = ${tx.scope.workspaceId} and coalesce(c.reported_holder_id, c.holder_id) is not null${within(f)})
    select h.id as holder_id, h.name, count(*)::int as sales, sum(c.value)::bigint as value_minor,
      count(*) filter (where c.reported = 'bad')::int as bad, coalesce(sum(c.value) filter (where c.reported = 'bad'), 0)::bigint as bad_minor,
      count(*) filter (where c.reported = 'dont_know')::int as dont_know, coalesce(sum(c.value) filter (where c.reported = 'dont_know'), 0)::bigint as dont_know_minor,
      count(*) filter (where c.reported = 'silent')::int as silent, coalesce(sum(c.value) filter (where c.reported = 'silent'), 0)::bigint as silent_minor
    from claim c join distribute.holder h on h.workspace_id = ${tx.scope.workspaceId} and h.id = c.holder_id group by h.id, h.name
    order by coalesce(sum(c.value) filter (where c.reported is not null), 0) desc, count(*) filter (where c.reported is not null) desc, sum(c.value) desc, h.name limit 200`);
