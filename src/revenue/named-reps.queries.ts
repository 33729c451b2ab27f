import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';

/** Those of these reps whom an opportunity, a claim or something done about a lead names. */
export async function findNamedReps(tx: Tx, reps: readonly string[]): Promise<Set<string>> {
  const { workspaceId } = tx.scope;
  const rows = await tx.rows<{ id: string }>(sql`select id from unnest(${reps}::uuid[]) as rep (id)
    where exists (select 1 from revenue.opportunity o where o.workspace_id = ${workspaceId} and o.holder_id = rep.id)
      or exists (select 1 from revenue.claim c where c.workspace_id = ${workspaceId} and (c.holder_id = rep.id or c.reported_holder_id = rep.id))
      or exists (select 1 from followup.activity a where a.workspace_id = ${workspaceId} and a.holder_id = rep.id)
      or exists (select 1 from followup.disposition d where d.workspace_id = ${workspaceId} and d.by_holder_id = rep.id)`);
  return new Set(rows.map(({ id }) => id));
}
