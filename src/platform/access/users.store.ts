import { sql } from '../db/index.ts';
import type { Tx } from '../db/index.ts';
import type { UserRow } from './access.queries.ts';
import type { Role } from './scope.ts';

export async function addUser(
  tx: Tx,
  user: Omit<UserRow, 'status'> & { status?: UserRow['status']; passwordHash?: string; importId?: string },
): Promise<void> {
  await tx.run(sql`insert into platform.app_user (workspace_id, id, email, name, roles, holder_id, external_id, status, password_hash, created_at, import_id)
    values (${tx.scope.workspaceId}, ${user.id}, ${user.email}, ${user.name}, ${user.roles}, ${user.holderId}, ${user.externalId}, ${user.status ?? 'invited'},
      ${user.passwordHash ?? null}, ${user.createdAt}, ${user.importId ?? null})`);
}

export async function changeUser(
  tx: Tx,
  id: string,
  change: { name?: string; roles?: readonly Role[]; holderId?: string | null; status?: UserRow['status']; passwordHash?: string },
): Promise<number> {
  return tx.run(sql`update platform.app_user set name = coalesce(${change.name ?? null}, name), roles = coalesce(${change.roles ?? null}::text[], roles),
    holder_id = case when ${change.holderId !== undefined} then ${change.holderId ?? null}::uuid else holder_id end,
    status = coalesce(${change.status ?? null}, status), password_hash = coalesce(${change.passwordHash ?? null}, password_hash)
    where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);
}

export const endSessionsOf = (tx: Tx, userId: string, keep?: Buffer): Promise<number> =>
  tx.run(
    sql`delete from platform.session where workspace_id = ${tx.scope.workspaceId} and user_id = ${userId} and (${keep ?? null}::bytea is null or token_hash <> ${keep ?? null})`,
  );
