import type { Context } from '../context.ts';
import { sql } from '../db/index.ts';
import type { Tx } from '../db/index.ts';
import type { Role, Scope } from './scope.ts';
import { systemScope } from './scope.ts';

export async function findApiToken(cx: Context, workspaceId: string, tokenHash: Buffer): Promise<Scope | undefined> {
  const now = cx.clock.now();
  const found = await cx.db.read(systemScope(workspaceId), (tx) =>
    tx.maybe<{ id: string; roles: Role[]; holderId: string | null; lastUsedAt: Date | null }>(sql`select id, roles, holder_id, last_used_at from platform.api_token
      where workspace_id = ${workspaceId} and token_hash = ${tokenHash} and revoked_at is null`),
  );
  if (!found) return undefined;
  if (!found.lastUsedAt || now.getTime() - found.lastUsedAt.getTime() > 60_000) {
    await cx.db.write(systemScope(workspaceId), (tx) =>
      tx.run(sql`update platform.api_token set last_used_at = ${now} where workspace_id = ${workspaceId} and id = ${found.id}`),
    );
  }
  return { workspaceId, roles: found.roles, ...(found.holderId ? { holderId: found.holderId } : {}) };
}

export async function addApiToken(
  tx: Tx,
  row: { id: string; tokenHash: Buffer; name: string; roles: readonly Role[]; holderId?: string | null; createdAt: Date },
): Promise<void> {
  await tx.run(sql`insert into platform.api_token (workspace_id, id, token_hash, name, roles, holder_id, created_by, created_at)
    values (${tx.scope.workspaceId}, ${row.id}, ${row.tokenHash}, ${row.name}, ${row.roles}, ${row.holderId ?? null}, ${tx.scope.userId ?? null}, ${row.createdAt})`);
}

export const revokeApiToken = (tx: Tx, id: string, at: Date): Promise<number> =>
  tx.run(
    sql`update platform.api_token set revoked_at = ${at} where workspace_id = ${tx.scope.workspaceId} and id = ${id} and revoked_at is null`,
  );

/** The tokens a partner's user made for that partner end with them. */
export const revokeTokensOf = (tx: Tx, userId: string, at: Date): Promise<number> =>
  tx.run(
    sql`update platform.api_token set revoked_at = ${at} where workspace_id = ${tx.scope.workspaceId} and created_by = ${userId} and holder_id is not null and revoked_at is null`,
  );

export const countTokensOf = async (tx: Tx, holderId: string): Promise<number> =>
  (await tx.one<{ n: number }>(sql`select count(*)::int as n from platform.api_token where workspace_id = ${tx.scope.workspaceId} and holder_id = ${holderId} and revoked_at is null`)).n;
