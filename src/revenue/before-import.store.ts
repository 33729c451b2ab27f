import { raw, sql } from '../platform/db/index.ts';
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

export interface ChangedRow {
  id: string;
  label: string;
  /** as it was before the import; null where the import made it */
  was: Record<string, unknown> | null;
  is: Record<string, unknown>;
}

/** Rows an import made or changed that were changed after: by hand, or by another import. */
export function findChanged(tx: Tx, importId: string, kind: 'opportunity' | 'invoice'): Promise<ChangedRow[]> {
  const { workspaceId } = tx.scope;
  return tx.rows(sql`select o.id, ${raw(kind === 'opportunity' ? 'o.name' : 'o.number')} as label, b.was, to_jsonb(o) as is
    from revenue.${raw(kind)} o left join revenue.before_import b on b.workspace_id = ${workspaceId} and b.import_id = ${importId} and b.kind = ${kind} and b.row_id = o.id
    where o.workspace_id = ${workspaceId} and (o.import_id = ${importId} or b.row_id is not null) and o.last_import_id is distinct from ${importId} order by o.id`);
}
