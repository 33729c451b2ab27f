import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';

export interface WaitingRef {
  importId: string;
  personId: string;
  organizationId: string;
}

export async function insertRefs(tx: Tx, importId: string, refs: readonly { personId: string; externalId: string }[]): Promise<void> {
  if (refs.length === 0) return;
  await tx.run(sql`insert into identity.account_ref (workspace_id, import_id, person_id, external_id)
    select distinct on (v.person_id) ${tx.scope.workspaceId}::uuid, ${importId}::uuid, v.person_id, v.external_id
    from unnest(${refs.map((ref) => ref.personId)}::uuid[], ${refs.map((ref) => ref.externalId)}::text[]) v (person_id, external_id) order by v.person_id
    on conflict do nothing`);
}

/** Who waits for organizations with these numbers, and the organizations themselves (their survivors). */
export const findWaitingRefs = (tx: Tx, externalIds: readonly string[]): Promise<WaitingRef[]> =>
  tx.rows(sql`select distinct on (r.import_id, r.person_id) r.import_id, r.person_id, coalesce(o.survivor_id, o.id) as organization_id
    from identity.account_ref r join identity.organization o on o.workspace_id = r.workspace_id and o.external_id = r.external_id and o.retired_at is null
    where r.workspace_id = ${tx.scope.workspaceId} and r.linked_by is null and r.external_id = any(${externalIds}::text[]) order by r.import_id, r.person_id, o.id`);

export async function joinToOrganizations(tx: Tx, importId: string, refs: readonly WaitingRef[]): Promise<{ id: string; merged: boolean }[]> {
  const { workspaceId } = tx.scope;
  await tx.run(sql`update identity.account_ref r set linked_by = ${importId}, organization_id = v.organization_id,
      was_organization_id = case when p.own is null then p.organization_id else (p.own ->> 'organization_id')::uuid end
    from unnest(${refs.map((ref) => ref.importId)}::uuid[], ${refs.map((ref) => ref.personId)}::uuid[], ${refs.map((ref) => ref.organizationId)}::uuid[]) v (import_id, person_id, organization_id)
    join identity.person p on p.workspace_id = ${workspaceId} and p.id = v.person_id
    where r.workspace_id = ${workspaceId} and r.import_id = v.import_id and r.person_id = v.person_id`);
  return tx.rows(sql`update identity.person p set organization_id = v.organization_id, own = case when p.own is null then null else p.own || jsonb_build_object('organization_id', v.organization_id) end
    from unnest(${refs.map((ref) => ref.personId)}::uuid[], ${refs.map((ref) => ref.organizationId)}::uuid[]) v (person_id, organization_id)
    where p.workspace_id = ${workspaceId} and p.id = v.person_id returning p.id, (p.own is not null or p.survivor_id is not null) as merged`);
}

/** Takes joining back where nobody has joined them elsewhere since, and no other list names the same account for them. */
export async function partFromOrganizations(tx: Tx, by: { linkedBy: string } | { importId: string }): Promise<{ id: string; merged: boolean }[]> {
  const { workspaceId } = tx.scope;
  const which = 'linkedBy' in by ? sql`r.linked_by = ${by.linkedBy}` : sql`r.import_id = ${by.importId} and r.linked_by is not null`;
  const others = 'linkedBy' in by ? sql`` : sql`and not exists (select 1 from identity.account_ref o
    where o.workspace_id = ${workspaceId} and o.person_id = r.person_id and o.import_id <> r.import_id and o.organization_id = r.organization_id)`;
  const parted = await tx.rows<{ id: string; merged: boolean }>(sql`update identity.person p set
      organization_id = case when p.organization_id = r.organization_id then r.was_organization_id else p.organization_id end,
      own = case when p.own is null then null when p.own ->> 'organization_id' = r.organization_id::text then p.own || jsonb_build_object('organization_id', r.was_organization_id) else p.own end
    from identity.account_ref r where r.workspace_id = ${workspaceId} and ${which} and p.workspace_id = ${workspaceId} and p.id = r.person_id ${others}
    returning p.id, (p.own is not null or p.survivor_id is not null) as merged`);
  await tx.run(sql`update identity.account_ref r set linked_by = null, organization_id = null, was_organization_id = null where r.workspace_id = ${workspaceId} and ${which}`);
  return parted;
}

export async function dropRefs(tx: Tx, importId: string): Promise<void> {
  await tx.run(sql`delete from identity.account_ref where workspace_id = ${tx.scope.workspaceId} and import_id = ${importId}`);
}
