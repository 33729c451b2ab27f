import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { LeadOf } from './match.rules.ts';

// Who a text in a file of another system means: the same questions for opportunities, outcomes and invoices, asked once for a batch.

export interface Known {
  personId: string | null;
  organizationId: string | null;
}

/** Inquiries with the lead and the person they became. */
export async function findOfInquiries(
  tx: Tx,
  inquiryIds: readonly string[],
): Promise<Map<string, Known & { leadId: string | null; programId: string | null; sourceId: string | null }>> {
  if (inquiryIds.length === 0) return new Map();
  const rows = await tx.rows<Known & { inquiryId: string; leadId: string | null; programId: string | null; sourceId: string | null }>(sql`
    select i.id as inquiry_id, li.lead_id, coalesce(m.survivor_id, s.person_id) as person_id, coalesce(p.organization_id, s.organization_id) as organization_id, i.program_id, i.source_id
    from capture.inquiry i
    left join identity.sighting s on s.workspace_id = i.workspace_id and s.inquiry_id = i.id and s.withdrawn_at is null
    left join identity.identity_map m on m.workspace_id = i.workspace_id and m.old_id = s.person_id and m.kind = 'person'
    left join identity.person p on p.workspace_id = i.workspace_id and p.id = case when m.survivor_id is null then s.person_id else m.survivor_id end
    left join qualify.lead_inquiry li on li.workspace_id = i.workspace_id and li.inquiry_id = i.id and li.withdrawn_at is null
    where i.workspace_id = ${tx.scope.workspaceId} and i.id = any(${[...inquiryIds]}::uuid[])`);
  return new Map(rows.map((row) => [row.inquiryId, row]));
}

/** People by the id another system knows them by: that of a list of people before that of an inquiry, whose numbers may be others' (leads count by themselves). */
export async function findPeopleByExternalId(tx: Tx, externalIds: readonly string[]): Promise<Map<string, Known>> {
  if (externalIds.length === 0) return new Map();
  const rows = await tx.rows<Known & { externalId: string }>(sql`
    select distinct on (s.external_id) s.external_id, p.id as person_id, p.organization_id
    from identity.sighting s
    join identity.identity_map m on m.workspace_id = s.workspace_id and m.old_id = s.person_id and m.kind = 'person'
    join identity.person p on p.workspace_id = s.workspace_id and p.id = m.survivor_id and p.retired_at is null
    where s.workspace_id = ${tx.scope.workspaceId} and s.external_id = any(${[...externalIds]}::text[]) and s.withdrawn_at is null
    order by s.external_id, (s.inquiry_id is null) desc, s.seen_at desc`);
  return new Map(rows.map((row) => [row.externalId, row]));
}

export async function findPeopleByMail(tx: Tx, keys: readonly string[]): Promise<Map<string, Known>> {
  if (keys.length === 0) return new Map();
  const rows = await tx.rows<Known & { key: string }>(sql`
    select distinct on (s.mail_key) s.mail_key as key, p.id as person_id, p.organization_id
    from identity.sighting s
    join identity.identity_map m on m.workspace_id = s.workspace_id and m.old_id = s.person_id and m.kind = 'person'
    join identity.person p on p.workspace_id = s.workspace_id and p.id = m.survivor_id and p.retired_at is null
    where s.workspace_id = ${tx.scope.workspaceId} and s.mail_key = any(${[...keys]}::text[]) and s.withdrawn_at is null order by s.mail_key, s.seen_at desc`);
  return new Map(rows.map((row) => [row.key, row]));
}

/** Organizations by the id another system knows them by, and by their normalised name where only one carries it. */
export async function findOrganizations(
  tx: Tx,
  externalIds: readonly string[],
  nameKeys: readonly string[],
): Promise<{ byExternalId: Map<string, string>; byName: Map<string, string> }> {
  const rows = await tx.rows<{ externalId: string | null; nameKey: string; id: string }>(sql`
    select o.external_id, o.name_key, coalesce(o.survivor_id, o.id) as id from identity.organization o
    where o.workspace_id = ${tx.scope.workspaceId} and o.retired_at is null
      and (o.external_id = any(${[...externalIds]}::text[]) or o.name_key = any(${[...nameKeys]}::text[]))`);
  const byExternalId = new Map<string, string>();
  const named = new Map<string, Set<string>>();
  const wanted = new Set(externalIds);
  for (const { externalId, nameKey, id } of rows) {
    if (externalId !== null && wanted.has(externalId)) byExternalId.set(externalId, id);
    named.set(nameKey, (named.get(nameKey) ?? new Set()).add(id));
  }
  const byName = new Map([...named].flatMap(([key, ids]) => (ids.size === 1 ? [[key, [...ids][0]!] as const] : [])));
  return { byExternalId, byName };
}

/** Every lead of these people and organizations. */
export const findLeadsOfCustomers = (
  tx: Tx,
  personIds: readonly string[],
  organizationIds: readonly string[],
  leadIds: readonly string[],
): Promise<LeadOf[]> =>
  tx.rows(sql`
    select l.id as lead_id, coalesce(m.survivor_id, l.person_id) as person_id, coalesce(p.organization_id, l.organization_id) as organization_id, l.program_id, l.source_id, l.qualified_at, coalesce(l.fate = 'sold', false) as sold
    from qualify.lead l
    left join identity.identity_map m on m.workspace_id = l.workspace_id and m.old_id = l.person_id and m.kind = 'person'
    left join identity.person p on p.workspace_id = l.workspace_id and p.id = case when m.survivor_id is null then l.person_id else m.survivor_id end
    where l.workspace_id = ${tx.scope.workspaceId} and l.fate is distinct from 'withdrawn' and l.fate is distinct from 'merged' and l.id in (
      select id from qualify.lead where workspace_id = ${tx.scope.workspaceId} and person_id = any(${[...personIds]}::uuid[])
      union select l2.id from identity.person p2 join qualify.lead l2 on l2.workspace_id = p2.workspace_id and l2.person_id = p2.id
        where p2.workspace_id = ${tx.scope.workspaceId} and p2.survivor_id = any(${[...personIds]}::uuid[])
      union select l3.id from identity.person p3 join qualify.lead l3 on l3.workspace_id = p3.workspace_id and l3.person_id = p3.id
        where p3.workspace_id = ${tx.scope.workspaceId} and p3.organization_id = any(${[...organizationIds]}::uuid[])
      union select unnest(${[...leadIds]}::uuid[]))`);

export const findInquiriesByReceipt = (tx: Tx, receipts: readonly string[]): Promise<{ receipt: string; inquiryId: string }[]> =>
  receipts.length === 0
    ? Promise.resolve([])
    : tx.rows(
        sql`select receipt, id as inquiry_id from capture.inquiry where workspace_id = ${tx.scope.workspaceId} and receipt = any(${[...receipts]}::text[]) and status <> 'withdrawn'`,
      );
