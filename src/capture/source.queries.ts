import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';

export interface SourceRow {
  id: string;
  name: string;
  channel: string | null;
  writeKey: string | null;
  createdAt: Date;
  inquiries: number;
}

export async function findSources(tx: Tx, names: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.rows<{ id: string; name: string }>(sql`
    select id, lower(name) as name from capture.source where workspace_id = ${tx.scope.workspaceId} and lower(name) = any(${names.map((name) => name.toLowerCase())}::text[])`);
  return new Map(rows.map((row) => [row.name, row.id]));
}

export const listSourceNames = async (tx: Tx): Promise<string[]> =>
  (await tx.rows<{ name: string }>(sql`select name from capture.source where workspace_id = ${tx.scope.workspaceId} order by lower(name) limit 500`)).map(({ name }) => name);

export async function listSources(tx: Tx, q: string | undefined, after: string | undefined, limit: number): Promise<SourceRow[]> {
  return tx.rows<SourceRow>(sql`
    select s.id, s.name, s.channel, s.write_key, s.created_at,
      (select count(*) from capture.inquiry i where i.workspace_id = s.workspace_id and i.source_id = s.id and i.status <> 'withdrawn') as inquiries
    from capture.source s where s.workspace_id = ${tx.scope.workspaceId}
      and (${q ?? null}::text is null or strpos(lower(s.name), lower(${q ?? null}::text)) > 0) and (${after ?? null}::text is null or lower(s.name) > ${after ?? null})
      -- What only an undone import knew is not shown.
      and (s.import_id is null or not exists (select from capture.import m where m.workspace_id = s.workspace_id and m.id = s.import_id and m.status = 'undone')
        or exists (select from capture.inquiry i where i.workspace_id = s.workspace_id and i.source_id = s.id and i.status <> 'withdrawn'))
    order by lower(s.name) limit ${limit}`);
}

export async function findSource(tx: Tx, id: string): Promise<SourceRow | undefined> {
  return tx.maybe<SourceRow>(sql`
    select s.id, s.name, s.channel, s.write_key, s.created_at,
      (select count(*) from capture.inquiry i where i.workspace_id = s.workspace_id and i.source_id = s.id and i.status <> 'withdrawn') as inquiries
    from capture.source s where s.workspace_id = ${tx.scope.workspaceId} and s.id = ${id}`);
}

export async function findSourceByWriteKey(tx: Tx, writeKey: string): Promise<string | undefined> {
  const row = await tx.maybe<{ id: string }>(
    sql`select id from capture.source where workspace_id = ${tx.scope.workspaceId} and write_key = ${writeKey}`,
  );
  return row?.id;
}
