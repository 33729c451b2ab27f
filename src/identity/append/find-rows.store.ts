import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { OrganizationWords } from './compare-organizations.rules.ts';

export interface OrganizationSeen extends OrganizationWords {
  id: string;
  name: string;
}

/** Organizations (survivors) whose name begins like these keys do, at most so many a beginning. */
export function findNamedLike(tx: Tx, beginnings: readonly string[], each: number): Promise<(OrganizationSeen & { beginning: string })[]> {
  const { workspaceId } = tx.scope;
  return tx.rows(sql`select k.beginning, o.* from unnest(${beginnings}::text[]) k (beginning) cross join lateral (
      select id, name, domain, phone, street, postal_code, city, country from identity.organization
      where workspace_id = ${workspaceId} and name_key >= k.beginning and name_key < k.beginning || chr(1114111) and survivor_id is null and retired_at is null
      order by name_key limit ${each}) o`);
}

export const countOrganizations = async (tx: Tx): Promise<number> =>
  (await tx.maybe<{ organizations: number }>(sql`select organizations from identity.tally where workspace_id = ${tx.scope.workspaceId}`))?.organizations ?? 0;
