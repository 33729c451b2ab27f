import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';

/** Those of these reps whom an opportunity, a claim or something done about a lead names; false: only what was done about leads that were taken back. */
export async function findNamedReps(tx: Tx, reps: readonly string[]): Promise<Map<string, boolean>> {
  const { workspaceId } = tx.scope;
  const rows = await tx.rows<{ id: string; stands: boolean }>(sql`
    select id, bool_or(stands) as stands from unnest(${reps}::uuid[]) as rep (id) cross join lateral (
      select true as stands from revenue.opportunity o where o.workspace_id = ${workspaceId} and o.holder_id = rep.id
      union select true from revenue.claim c where c.workspace_id = ${workspaceId} and (c.holder_id = rep.id or c.reported_holder_id = rep.id)
      union select l.fate is distinct from 'withdrawn' from followup.activity a left join qualify.lead l on l.workspace_id = ${workspaceId} and l.id = a.lead_id where a.workspace_id = ${workspaceId} and a.holder_id = rep.id
      union select l.fate is distinct from 'withdrawn' from followup.disposition d left join qualify.lead l on l.workspace_id = ${workspaceId} and l.id = d.lead_id where d.workspace_id = ${workspaceId} and d.by_holder_id = rep.id) named
    group by id`);
  return new Map(rows.map(({ id, stands }) => [id, stands]));
}
