import { raw, sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { columnsOf, type Edge, type Regrouped, type Row, type Shape } from './merge.rules.ts';

export type Kind = 'person' | 'organization';

/** ids → the survivor's id; unknown ids are left out */
export async function findSurvivors(tx: Tx, kind: Kind, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.rows<{ id: string; survivorId: string }>(
    sql`select id, coalesce(survivor_id, id) as survivor_id from identity.${raw(kind)} where workspace_id = ${tx.scope.workspaceId} and id = any(${ids}::uuid[])`,
  );
  return new Map(rows.map((row) => [row.id, row.survivorId]));
}

/** The survivors of those of these that are joined with somebody; most are not. */
export async function findJoinedSurvivors(tx: Tx, kind: Kind, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`select distinct coalesce(survivor_id, id) as id from identity.${raw(kind)}
    where workspace_id = ${tx.scope.workspaceId} and id = any(${ids}::uuid[]) and (survivor_id is not null or own is not null)`);
  return rows.map(({ id }) => id);
}

/** every row that hangs below one of these survivors, and the edges that stand between them */
export async function loadComponents(tx: Tx, kind: Kind, survivorIds: readonly string[]): Promise<{ rows: Row[]; edges: Edge[] }> {
  const { workspaceId } = tx.scope;
  const found = await tx.rows<{ row: Row }>(sql`select to_jsonb(p) as row from identity.${raw(kind)} p
    where workspace_id = ${workspaceId} and (id = any(${survivorIds}::uuid[]) or survivor_id = any(${survivorIds}::uuid[])) order by id for update`);
  const rows = found.map((one) => one.row);
  const edges = await tx.rows<Edge>(sql`select survivor_id, merged_id from identity.merge
    where workspace_id = ${workspaceId} and merged_id = any(${rows.map((row) => row.id)}::uuid[]) and undone_at is null`);
  return { rows, edges };
}

export async function saveRegrouped(tx: Tx, kind: Kind, shape: Shape, regrouped: readonly Regrouped[]): Promise<void> {
  const columns = columnsOf(shape);
  const table = raw(`identity.${kind}`);
  const rows = regrouped.map((one) => ({ id: one.id, survivor_id: one.survivorId, values: one.values, own: one.own }));
  await tx.run(sql`update ${table} p set survivor_id = v.survivor_id, own = v.own, ${raw(columns.map((column) => `${column} = r.${column}`).join(', '))}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as v (id uuid, survivor_id uuid, values jsonb, own jsonb)
    cross join lateral jsonb_populate_record(null::${table}, v.values) r
    where p.workspace_id = ${tx.scope.workspaceId} and p.id = v.id`);
}

/** by which possible duplicate somebody decided, or in which check of the base it was found, with what spoke for it */
export interface MergeReason {
  duplicateId?: string;
  checkId?: string;
  weight?: number;
  evidence?: readonly { field: string; outcome: string; weight: number }[];
}

export interface MergeRow {
  id: string;
  kind: Kind;
  survivorId: string;
  mergedId: string;
  mergedAt: Date;
  mergedBy: string;
  reason: MergeReason | null;
  undoneAt: Date | null;
}

export async function insertMerges(
  tx: Tx,
  kind: Kind,
  merges: readonly { mergeId: string; survivorId: string; mergedId: string; reason: MergeReason | null }[],
  at: Date,
  by: string,
): Promise<void> {
  await tx.run(sql`insert into identity.merge (workspace_id, id, kind, survivor_id, merged_id, merged_at, merged_by, reason)
    select ${tx.scope.workspaceId}, v."mergeId", ${kind}, v."survivorId", v."mergedId", ${at}, ${by}, v.reason
    from jsonb_to_recordset(${JSON.stringify(merges)}::jsonb) as v ("mergeId" uuid, "survivorId" uuid, "mergedId" uuid, reason jsonb)`);
}

export function findMerge(tx: Tx, id: string): Promise<MergeRow | undefined> {
  return tx.maybe(sql`select id, kind, survivor_id, merged_id, merged_at, merged_by, reason, undone_at from identity.merge
    where workspace_id = ${tx.scope.workspaceId} and id = ${id} for update`);
}

export function findMergeOfDuplicate(tx: Tx, duplicateId: string): Promise<MergeRow | undefined> {
  return tx.maybe(sql`select id, kind, survivor_id, merged_id, merged_at, merged_by, reason, undone_at from identity.merge
    where workspace_id = ${tx.scope.workspaceId} and reason ->> 'duplicateId' = ${duplicateId} and undone_at is null for update`);
}

export async function markUndone(tx: Tx, id: string, at: Date, by: string): Promise<void> {
  await tx.run(
    sql`update identity.merge set undone_at = ${at}, undone_by = ${by} where workspace_id = ${tx.scope.workspaceId} and id = ${id}`,
  );
}
