import { raw, sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Kind } from '../merge.store.ts';

/**
 * What somebody at a screen said of these (survivors, with those merged into them): `id field`, by the names of the fields as they were
 * said. Whatever a machine writes asks here first.
 */
export async function loadVerified(tx: Tx, kind: Kind, survivorIds: readonly string[]): Promise<Set<string>> {
  const { workspaceId } = tx.scope;
  const rows = await tx.rows<{ id: string; field: string }>(sql`
    select distinct coalesce(p.survivor_id, p.id) as id, said.field
    from identity.${raw(kind)} p
    join journal.fact f on f.workspace_id = ${workspaceId} and f.chain_id = p.id and f.type = ${`${kind}.changed`} and f.actor <> 'baton'
    cross join lateral jsonb_array_elements_text(f.data -> 'fields') said (field)
    where p.workspace_id = ${workspaceId} and (p.id = any(${survivorIds}::uuid[]) or p.survivor_id = any(${survivorIds}::uuid[]))`);
  return new Set(rows.map(({ id, field }) => `${id} ${field}`));
}
