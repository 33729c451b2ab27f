import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { TerritoryRow } from './territories.queries.ts';

export async function saveTerritory(tx: Tx, t: Omit<TerritoryRow, 'holders' | 'accounts'>): Promise<void> {
  await tx.run(sql`insert into distribute.territory (workspace_id, id, parent_id, name, position, rules, overflow, wait_most, active, starts_on, ends_on)
    values (${tx.scope.workspaceId}, ${t.id}, ${t.parentId}, ${t.name}, ${t.position}, ${JSON.stringify(t.rules)}::jsonb, ${t.overflow}, ${t.waitMost}, ${t.active}, ${t.startsOn}, ${t.endsOn})
    on conflict (workspace_id, id) do update set parent_id = excluded.parent_id, name = excluded.name, position = excluded.position, rules = excluded.rules, overflow = excluded.overflow, wait_most = excluded.wait_most, active = excluded.active, starts_on = excluded.starts_on, ends_on = excluded.ends_on`);
}

export async function saveTerritoryHolders(
  tx: Tx,
  territoryId: string,
  holders: readonly { holderId: string; weight: number }[],
): Promise<void> {
  await tx.run(sql`delete from distribute.territory_holder where workspace_id = ${tx.scope.workspaceId} and territory_id = ${territoryId}`);
  await tx.run(sql`insert into distribute.territory_holder (workspace_id, territory_id, holder_id, weight)
    select ${tx.scope.workspaceId}, ${territoryId}, x.holder_id, x.weight from unnest(${holders.map((h) => h.holderId)}::uuid[], ${holders.map((h) => h.weight)}::numeric[]) as x (holder_id, weight)
    join distribute.holder h on h.workspace_id = ${tx.scope.workspaceId} and h.id = x.holder_id and h.kind in ('rep', 'partner')
    on conflict (workspace_id, territory_id, holder_id) do update set weight = excluded.weight`);
}

/** Until the transaction ends nobody else changes any: what depends on how all stand is looked at after. */
export const lockTerritories = (tx: Tx): Promise<number> => tx.run(sql`select from distribute.territory where workspace_id = ${tx.scope.workspaceId} order by id for update`);

export async function removeTerritory(tx: Tx, id: string): Promise<void> {
  await tx.run(sql`delete from distribute.territory where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);
}

export async function orderTerritories(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.run(sql`update distribute.territory t set position = x.position from unnest(${ids}::uuid[]) with ordinality as x (id, position)
    where t.workspace_id = ${tx.scope.workspaceId} and t.id = x.id`);
}
