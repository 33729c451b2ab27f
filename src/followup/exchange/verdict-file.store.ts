import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';

export const keepFile = (tx: Tx, importId: string, holderId: string): Promise<number> =>
  tx.run(sql`insert into followup.partner_file (workspace_id, import_id, holder_id) values (${tx.scope.workspaceId}, ${importId}, ${holderId})`);

export const dropFile = (tx: Tx, importId: string): Promise<number> =>
  tx.run(sql`delete from followup.partner_file where workspace_id = ${tx.scope.workspaceId} and import_id = ${importId}`);
