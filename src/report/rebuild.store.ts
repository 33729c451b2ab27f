import { raw, sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';

const tables = [
  'lead_row',
  'lead_search',
  'inquiry_row',
  'dirty_day',
  'arrival_cell',
  'cohort_cell',
  'works_cell',
  'assigned_cell',
  'wait_cell',
];

export async function clearRows(tx: Tx): Promise<void> {
  for (const table of tables) await tx.run(sql`delete from report.${raw(table)} where workspace_id = ${tx.scope.workspaceId}`);
}

export async function listInquiryIds(tx: Tx, after: string, limit: number): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    sql`select id from capture.inquiry where workspace_id = ${tx.scope.workspaceId} and id > ${after}::uuid order by id limit ${limit}`,
  );
  return rows.map((row) => row.id);
}

export async function listLeadIds(tx: Tx, after: string, limit: number): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    sql`select id from qualify.lead where workspace_id = ${tx.scope.workspaceId} and id > ${after}::uuid order by id limit ${limit}`,
  );
  return rows.map((row) => row.id);
}

/** The next action last said of each lead, as the journal remembers it. */
export async function findNextActions(tx: Tx, leadIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.rows<{ leadId: string; what: string }>(sql`
    select distinct on (l.id) l.id as lead_id, f.data->>'what' as what
    from qualify.lead l join journal.fact f on f.workspace_id = l.workspace_id and f.chain_id = l.inquiry_id and f.type = 'lead.nextActionSet' and f.data->>'what' is not null and (f.data->>'leadId')::uuid = l.id
    where l.workspace_id = ${tx.scope.workspaceId} and l.id = any(${[...leadIds]}::uuid[]) order by l.id, f.seq desc`);
  return new Map(rows.map((row) => [row.leadId, row.what]));
}
