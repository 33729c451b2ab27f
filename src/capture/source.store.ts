import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';

export async function insertSources(
  tx: Tx,
  sources: readonly { id: string; name: string; channel: string | null }[],
  importId: string | null,
  at: Date,
): Promise<void> {
  await tx.run(sql`
    insert into capture.source (workspace_id, id, name, channel, import_id, created_at)
    select ${tx.scope.workspaceId}, s.id, s.name, s.channel, ${importId}, ${at}
    from unnest(${sources.map((s) => s.id)}::uuid[], ${sources.map((s) => s.name)}::text[], ${sources.map((s) => s.channel)}::text[]) as s (id, name, channel)
    on conflict do nothing`);
}

export async function updateSource(tx: Tx, id: string, name: string, channel: string | null): Promise<void> {
  await tx.run(
    sql`update capture.source set name = ${name}, channel = ${channel} where workspace_id = ${tx.scope.workspaceId} and id = ${id}`,
  );
}

export async function setWriteKey(tx: Tx, id: string, writeKey: string | null): Promise<void> {
  await tx.run(sql`update capture.source set write_key = ${writeKey} where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);
}
