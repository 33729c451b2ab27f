import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';

export async function findCommonActions(tx: Tx, leadIds: readonly string[], others: number): Promise<string[]> {
  const { workspaceId } = tx.scope;
  const rows = await tx.rows<{ words: string }>(sql`
    select w.words from (select distinct last_next_action as words from report.lead_row where workspace_id = ${workspaceId} and lead_id = any(${leadIds}::uuid[]) and last_next_action is not null) w
    where (select count(*) from report.lead_row r where r.workspace_id = ${workspaceId} and r.last_next_action = w.words and r.lead_id <> all(${leadIds}::uuid[])) >= ${others}`);
  return rows.map(({ words }) => words);
}

/** The row as its owners will tell it anew in a moment; a next action that is nobody else's is counted as one. */
export async function eraseRows(tx: Tx, leadIds: readonly string[], ours: readonly string[]): Promise<void> {
  const { workspaceId } = tx.scope;
  await tx.run(sql`delete from report.lead_search where workspace_id = ${workspaceId} and lead_id = any(${leadIds}::uuid[])`);
  await tx.run(sql`update report.lead_row set person_name = 'Erased person', title = null, email = null, phone = null, city = null, postal_code = null, next_action = null,
      last_next_action = case when last_next_action is null or last_next_action = any(${ours}::text[]) then last_next_action else 'erased' end,
      verdict_reason = case when verdict_reason = any(${ours}::text[]) then verdict_reason end
    where workspace_id = ${workspaceId} and lead_id = any(${leadIds}::uuid[])`);
  await tx.run(sql`insert into report.dirty_day as d (workspace_id, cube, on_date)
    select distinct ${workspaceId}::uuid, 'cohort', qualified_on from report.lead_row where workspace_id = ${workspaceId} and lead_id = any(${leadIds}::uuid[]) order by 3
    on conflict (workspace_id, cube, on_date) do update set cube = d.cube`);
}

/** No extract made so far is kept: each of them may hold anybody. */
export const removeExtracts = (tx: Tx): Promise<number> =>
  tx.run(sql`update report.extract set state = 'removed' where workspace_id = ${tx.scope.workspaceId} and state = 'finished'`);

export const findFilesGone = async (tx: Tx): Promise<number[]> =>
  (await tx.rows<{ number: number }>(sql`select number from report.extract where workspace_id = ${tx.scope.workspaceId} and state in ('removed', 'failed', 'cancelled')`)).map(({ number }) => number);
