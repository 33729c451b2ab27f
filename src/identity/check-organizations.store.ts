/** What the check of the base reads of organizations. */
import { sql } from '../platform/db/index.ts';
import type { Sql, Tx } from '../platform/db/index.ts';
import type { JudgedOrganization } from './judge-organizations.rules.ts';

const judgedColumns: Sql = sql`o.id, o.external_id, o.name, o.name_key, o.domain, coalesce(o.phone_e164, o.phone) as phone, o.street, o.postal_code, o.city, o.country, o.parent`;

/** The organizations of the base by id, so many after the last. */
export function loadOrganizationPage(tx: Tx, after: string, limit: number): Promise<JudgedOrganization[]> {
  return tx.rows(sql`select ${judgedColumns} from identity.organization o
    where o.workspace_id = ${tx.scope.workspaceId} and o.survivor_id is null and o.retired_at is null and o.id > ${after} order by o.id limit ${limit}`);
}

export interface StandingOrganization extends JudgedOrganization {
  /** the id that was asked for; another where it was joined meanwhile */
  askedId: string;
  firstSeenAt: Date;
}

/** As they stand now, by the ids they had; the retired are left out. */
export function loadStanding(tx: Tx, ids: readonly string[]): Promise<StandingOrganization[]> {
  const { workspaceId } = tx.scope;
  return tx.rows(sql`select asked.id as asked_id, ${judgedColumns}, o.first_seen_at
    from identity.organization asked
    join identity.organization o on o.workspace_id = ${workspaceId} and o.id = case when asked.survivor_id is null then asked.id else asked.survivor_id end and o.retired_at is null
    where asked.workspace_id = ${workspaceId} and asked.id = any(${ids}::uuid[])`);
}

/** name key → how many organizations bear it */
export async function countBearers(tx: Tx, nameKeys: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx.rows<{ nameKey: string; bearers: number }>(sql`select name_key, count(*)::int as bearers from identity.organization
    where workspace_id = ${tx.scope.workspaceId} and name_key = any(${nameKeys}::text[]) and name_key <> '' and survivor_id is null and retired_at is null group by name_key`);
  return new Map(rows.map(({ nameKey, bearers }) => [nameKey, bearers]));
}
