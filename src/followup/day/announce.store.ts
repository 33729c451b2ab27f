import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';

/** Who signs in as these holders: a rep's user, a partner's users. */
export async function findUsersOf(tx: Tx, holderIds: readonly string[]): Promise<{ holderId: string; userId: string }[]> {
  return tx.rows(sql`select h.id as holder_id, u.id as user_id from distribute.holder h
    join platform.app_user u on u.workspace_id = h.workspace_id and (u.id = h.user_id or u.holder_id = h.id)
    where h.workspace_id = ${tx.scope.workspaceId} and h.id = any(${holderIds}::uuid[]) and u.status = 'active'`);
}
