import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';

export const wasTold = async (tx: Tx, month: string): Promise<boolean> =>
  (await tx.maybe(sql`select 1 from report.kept_letter where workspace_id = ${tx.scope.workspaceId} and month = ${month}::date`)) !== undefined;

/** @returns whether nobody had noted it before */
export const noteLetter = async (tx: Tx, month: string, at: Date): Promise<boolean> =>
  (await tx.run(sql`insert into report.kept_letter (workspace_id, month, sent_at) values (${tx.scope.workspaceId}, ${month}::date, ${at}) on conflict do nothing`)) > 0;
