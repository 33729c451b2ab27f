import { namedByLead } from '../../identity/index.ts';
import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Grade } from '../route.rules.ts';

export interface OwnLeadRow {
  leadId: string;
  personId: string;
  organizationId: string | null;
  inquiryId: string;
  grade: Grade;
  country: string | null;
  state: string | null;
  postalCode: string | null;
  vertical: string | null;
  product: string | null;
  employees: number | null;
  annualRevenueMinor: number | null;
}

/** The latest leads since, whatever became of them. */
export const listOwnLeads = (tx: Tx, since: Date, limit: number): Promise<OwnLeadRow[]> =>
  tx.rows(sql`select l.lead_id, l.person_id, coalesce(o.id, l.organization_id) as organization_id, l.inquiry_id, l.grade, l.country, l.state, l.postal_code, l.vertical, l.product, l.qualified_at, o.employees, o.annual_revenue_minor from (
      select workspace_id, id as lead_id, person_id, organization_id, inquiry_id, grade, country, state, postal_code, vertical, product, qualified_at from qualify.lead
      where workspace_id = ${tx.scope.workspaceId} and qualified_at >= ${since} and (fate is null or fate not in ('withdrawn', 'merged')) order by qualified_at desc, id desc limit ${limit}) l
    ${namedByLead(sql`l`)} order by l.qualified_at desc, l.lead_id desc`);
