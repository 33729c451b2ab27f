import { sql, type Tx } from '../../platform/db/index.ts';
import { listOrganizations, type OrganizationListRow } from '../organizations.queries.ts';
import { membersOf, type Segment } from './segment.store.ts';

export interface MemberSheetRow {
  id: string;
  externalId: string | null;
  givenName?: string | null;
  familyName?: string | null;
  title?: string | null;
  email?: string | null;
  phone: string | null;
  mobile?: string | null;
  organization: string | null;
  domain?: string | null;
  street: string | null;
  postalCode: string | null;
  city: string | null;
  state: string | null;
  country: string | null;
  language?: string | null;
  industry?: string | null;
  vertical?: string | null;
  employees?: number | null;
  mayMail?: boolean;
  mayCall?: boolean;
  custom: Record<string, unknown> | null;
}

/** Members in the order of their ids, from after one on. */
export function loadMemberSheet(tx: Tx, segment: Segment, after: string, limit: number): Promise<MemberSheetRow[]> {
  const { workspaceId } = tx.scope;
  const among = membersOf(workspaceId, segment);
  if (segment.subject === 'organization')
    return tx.rows(sql`select o.id, o.external_id, o.name as organization, o.domain, coalesce(o.phone_e164, o.phone) as phone, o.street, o.postal_code, o.city, o.state, o.country,
        o.industry, o.vertical, o.employees, o.custom
      from identity.organization o where o.workspace_id = ${workspaceId} and o.survivor_id is null and o.retired_at is null and o.id > ${after}::uuid and o.id in (${among})
      order by o.id limit ${limit}`);
  return tx.rows(sql`select p.id, p.external_id, p.given_name, p.family_name, p.title, p.email, coalesce(p.phone_e164, p.phone) as phone, p.mobile_e164 as mobile, o.name as organization,
      p.street, p.postal_code, p.city, p.state, p.country, p.language, p.custom,
      (p.email is not null and not (p.do_not_contact or p.do_not_mail or p.unsubscribed_at is not null)) as may_mail, (not (p.do_not_contact or p.do_not_call)) as may_call
    from identity.person p left join identity.organization o on o.workspace_id = ${workspaceId} and o.id = p.organization_id
    where p.workspace_id = ${workspaceId} and p.survivor_id is null and p.retired_at is null and p.id > ${after}::uuid and p.id in (${among})
    order by p.id limit ${limit}`);
}

export const loadOrganizationRows = (tx: Tx, ids: string[]): Promise<OrganizationListRow[]> => listOrganizations(tx, { ids, limit: Math.max(1, ids.length) });
