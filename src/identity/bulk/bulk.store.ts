import { raw, sql, type Tx } from '../../platform/db/index.ts';
import { bulkRuns } from '../../platform/bulk/index.ts';
import type { Kind } from '../merge.store.ts';
import type { Rows } from '../quality/changed.rules.ts';
import type { BulkAction } from './bulk.rules.ts';

/** `before` and `after` hold columns by the ids of the rows they are in. */
export const peopleRuns = bulkRuns<BulkAction, Kind, Rows, Rows>('identity');

/** How these are shown, and the ids of the rows merged into each. */
export async function loadShown(tx: Tx, kind: Kind, ids: readonly string[]): Promise<{ id: string; shown: Record<string, unknown>; family: string[] }[]> {
  const { workspaceId } = tx.scope;
  return tx.rows(sql`select p.id, to_jsonb(p) as shown,
      array(select p.id union all select m.id from identity.${raw(kind)} m where m.workspace_id = ${workspaceId} and m.survivor_id = p.id) as family
    from identity.${raw(kind)} p where p.workspace_id = ${workspaceId} and p.id = any(${ids}::uuid[]) and p.survivor_id is null and p.retired_at is null and to_jsonb(p) ->> 'erased_at' is null order by p.id`);
}
