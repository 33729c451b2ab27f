import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';

export const findSecret = async (tx: Tx): Promise<Buffer | undefined> =>
  (await tx.maybe<{ secret: Buffer }>(sql`select secret from identity.remembering where workspace_id = ${tx.scope.workspaceId}`))?.secret;

/** The secret of this workspace; the first of two that make one wins. */
export async function makeSecret(tx: Tx, fresh: Buffer): Promise<Buffer> {
  await tx.run(sql`insert into identity.remembering (workspace_id, secret) values (${tx.scope.workspaceId}, ${fresh}) on conflict do nothing`);
  return (await findSecret(tx))!;
}
