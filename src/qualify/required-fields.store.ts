import { sql, type Tx } from '../platform/db/index.ts';

type Custom = Record<string, unknown> | null;

/** Own fields of these people and organizations, by their ids. */
export async function loadCustom(tx: Tx, of: { people: readonly string[]; organizations: readonly string[] }): Promise<Map<string, Custom>> {
  const { workspaceId } = tx.scope;
  const rows = await tx.rows<{ id: string; custom: Custom }>(sql`select id, custom from identity.person where workspace_id = ${workspaceId} and id = any(${of.people}::uuid[])
    union all select id, custom from identity.organization where workspace_id = ${workspaceId} and id = any(${of.organizations}::uuid[])`);
  return new Map(rows.map((row) => [row.id, row.custom]));
}

/** Inquiries that wait for an own field: of these people under any id they ever had, and of whoever is at these organizations. */
export async function findLackingOf(tx: Tx, of: { people: readonly string[]; organizations: readonly string[] }): Promise<string[]> {
  const { workspaceId } = tx.scope;
  const rows = await tx.rows<{ inquiryId: string }>(sql`select d.inquiry_id from qualify.dismissal d join identity.person p on p.workspace_id = ${workspaceId} and p.id = d.person_id
    left join identity.person s on s.workspace_id = ${workspaceId} and s.id = p.survivor_id
    where d.workspace_id = ${workspaceId} and d.lacks is not null
      and (p.id = any(${of.people}::uuid[]) or p.survivor_id = any(${of.people}::uuid[]) or coalesce(s.organization_id, p.organization_id) = any(${of.organizations}::uuid[])) order by d.inquiry_id`);
  return rows.map((row) => row.inquiryId);
}

/** Inquiries that wait for nothing that is still required: `required` are the fields that are. */
export async function findLackingNothing(tx: Tx, required: readonly string[], limit: number): Promise<string[]> {
  const rows = await tx.rows<{ inquiryId: string }>(sql`select inquiry_id from qualify.dismissal where workspace_id = ${tx.scope.workspaceId} and lacks is not null
    and not (lacks && ${required}::uuid[]) order by inquiry_id limit ${limit}`);
  return rows.map((row) => row.inquiryId);
}
