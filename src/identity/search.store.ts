import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';

export interface Searchable {
  id: string;
  fullName: string | null;
  organization: string | null;
  email: string | null;
  phoneE164: string | null;
  phone: string | null;
  mobileE164: string | null;
  externalId: string | null;
  gone: boolean;
}

export function loadSearchablePeople(tx: Tx, ids: readonly string[]): Promise<Searchable[]> {
  const { workspaceId } = tx.scope;
  return tx.rows(sql`select p.id, p.full_name, o.name as organization, p.email, p.phone, p.phone_e164, p.mobile_e164, p.external_id,
      (p.survivor_id is not null or p.retired_at is not null) as gone
    from identity.person p left join identity.organization o on o.workspace_id = ${workspaceId} and o.id = p.organization_id
    where p.workspace_id = ${workspaceId} and p.id = any(${ids}::uuid[])`);
}

export function loadSearchableOrganizations(
  tx: Tx,
  ids: readonly string[],
): Promise<{ id: string; name: string; domain: string | null; phone: string | null; city: string | null; gone: boolean }[]> {
  return tx.rows(sql`select id, name, domain, phone, city, (survivor_id is not null or retired_at is not null) as gone
    from identity.organization where workspace_id = ${tx.scope.workspaceId} and id = any(${ids}::uuid[])`);
}

export async function saveSearchEntries(
  tx: Tx,
  entries: readonly { kind: 'p' | 'o'; id: string; text: string }[],
  gone: readonly string[],
): Promise<void> {
  const { workspaceId } = tx.scope;
  if (entries.length > 0) {
    await tx.run(sql`insert into identity.search_entry (workspace_id, kind, id, text)
      select ${workspaceId}, k, i, t from unnest(${entries.map((e) => e.kind)}::text[], ${entries.map((e) => e.id)}::uuid[], ${entries.map((e) => e.text)}::text[]) v (k, i, t)
      on conflict (workspace_id, kind, id) do update set text = excluded.text where search_entry.text <> excluded.text`);
  }
  if (gone.length > 0)
    await tx.run(sql`delete from identity.search_entry where workspace_id = ${workspaceId} and id = any(${gone}::uuid[])`);
}

export async function findInSearch(tx: Tx, patterns: readonly string[], kind: 'p' | 'o', limit: number): Promise<string[]> {
  const found = await tx.rows<{ id: string }>(sql`select id from identity.search(${patterns}::text[], ${kind}, ${limit})`);
  return found.map((one) => one.id);
}

/** Whom and which organization inquiries were taken for. */
export const findSighted = (tx: Tx, inquiryIds: readonly string[]): Promise<{ personId: string; organizationId: string | null }[]> =>
  tx.rows(
    sql`select distinct person_id, organization_id from identity.sighting where workspace_id = ${tx.scope.workspaceId} and inquiry_id = any(${inquiryIds}::uuid[])`,
  );
