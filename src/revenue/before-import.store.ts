import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';

/** Keeps rows as they were before an import changed them; of several changes by one import, as before the first. */
export async function keepBefore(
  tx: Tx,
  importId: string,
  kind: 'opportunity' | 'invoice',
  rows: readonly { id: string }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.run(sql`
    insert into revenue.before_import (workspace_id, import_id, kind, row_id, was)
    select ${tx.scope.workspaceId}, ${importId}, ${kind}, r.id, r.was from unnest(${rows.map((row) => row.id)}::uuid[], ${rows.map((row) => JSON.stringify(row))}::jsonb[]) as r (id, was)
    on conflict do nothing`);
}

export async function takeBefore<T>(tx: Tx, importId: string, kind: 'opportunity' | 'invoice'): Promise<T[]> {
  const rows = await tx.rows<{ was: T }>(
    sql`delete from revenue.before_import where workspace_id = ${tx.scope.workspaceId} and import_id = ${importId} and kind = ${kind} returning was`,
  );
  return rows.map((row) => row.was);
}
