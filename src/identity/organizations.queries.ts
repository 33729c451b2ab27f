import { atMost, empty, sql } from '../platform/db/index.ts';
import type { Sql, Tx } from '../platform/db/index.ts';

export interface OrganizationListRow {
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
  lastSeenAt: Date;
}

const listColumns = sql`o.id, o.name, o.domain, o.phone, o.city, o.country, o.industry, o.vertical, o.employees, o.is_customer, o.last_seen_at`;

interface OrganizationFilter {
  ids?: string[] | undefined;
  country?: string | undefined;
  importId?: string | undefined;
  /** a select of ids they are among */
  among?: Sql | undefined;
  /** what is true of them, in terms of o */
  where?: { joins: Sql; where: Sql } | undefined;
}

const chosenOrganizations = (tx: Tx, filter: OrganizationFilter): Sql => sql`from identity.organization o ${filter.where?.joins ?? empty}
    where o.workspace_id = ${tx.scope.workspaceId} and o.survivor_id is null and o.retired_at is null
      ${filter.among ? sql`and o.id in (${filter.among})` : empty}
      ${filter.where ? sql`and ${filter.where.where}` : empty}
      ${filter.ids ? sql`and o.id = any(${filter.ids}::uuid[])` : empty}
      ${filter.country ? sql`and o.country = ${filter.country}` : empty}
      ${filter.importId ? sql`and o.import_id = ${filter.importId}` : empty}`;

/** Their ids, as a select. */
export const selectOrganizations = (tx: Tx, filter: OrganizationFilter): Sql => sql`select o.id ${chosenOrganizations(tx, filter)}`;

export function listOrganizations(
  tx: Tx,
  filter: OrganizationFilter & { after?: { lastSeenAt: string; id: string } | undefined; limit: number },
): Promise<OrganizationListRow[]> {
  return tx.rows(sql`select ${listColumns} ${chosenOrganizations(tx, filter)}
      ${filter.after ? sql`and (o.last_seen_at, o.id) < (${filter.after.lastSeenAt}::timestamptz, ${filter.after.id}::uuid)` : empty}
    order by o.last_seen_at desc, o.id desc limit ${atMost(filter.limit)}`);
}

export interface OrganizationPageRow extends OrganizationListRow {
  externalId: string | null;
  website: string | null;
  street: string | null;
  postalCode: string | null;
  state: string | null;
  annualRevenueMinor: number | null;
  naics: string | null;
  sic: string | null;
  parent: string | null;
  language: string | null;
  custom: Record<string, unknown> | null;
  firstSeenAt: Date;
  retiredAt: Date | null;
  people: number;
}

export function findOrganization(tx: Tx, id: string): Promise<OrganizationPageRow | undefined> {
  const { workspaceId } = tx.scope;
  return tx.maybe(sql`select ${listColumns}, o.external_id, o.website, o.street, o.postal_code, o.state, o.annual_revenue_minor, o.naics, o.sic, o.parent, o.language, o.custom, o.first_seen_at, o.retired_at,
      (select count(*)::int from identity.person p where p.workspace_id = ${workspaceId} and p.survivor_id is null and p.retired_at is null
        and p.organization_id in (select m.id from identity.organization m where m.workspace_id = ${workspaceId} and (m.id = o.id or m.survivor_id = o.id))) as people
    from identity.organization asked
    join identity.organization o on o.workspace_id = ${workspaceId} and o.id = case when asked.survivor_id is null then asked.id else asked.survivor_id end
    where asked.workspace_id = ${workspaceId} and asked.id = ${id}`);
}

export type OrganizationCard = Omit<OrganizationPageRow, 'custom' | 'retiredAt' | 'state' | 'annualRevenueMinor' | 'naics' | 'sic' | 'language'>;

/** by id, in no order, each with how many people there are */
export function loadOrganizationCards(tx: Tx, ids: readonly string[]): Promise<OrganizationCard[]> {
  const { workspaceId } = tx.scope;
  return tx.rows(sql`select ${listColumns}, o.external_id, o.website, o.street, o.postal_code, o.parent, o.first_seen_at, coalesce(n.people, 0)::int as people
    from identity.organization o
    left join (select case when m.survivor_id is null then m.id else m.survivor_id end as id, count(*) as people
      from identity.organization m join identity.person p on p.workspace_id = ${workspaceId} and p.organization_id = m.id and p.survivor_id is null and p.retired_at is null
      where m.workspace_id = ${workspaceId} and (m.id = any(${ids}::uuid[]) or m.survivor_id = any(${ids}::uuid[])) group by 1) n on n.id = o.id
    where o.workspace_id = ${workspaceId} and o.id = any(${ids}::uuid[])`);
}
