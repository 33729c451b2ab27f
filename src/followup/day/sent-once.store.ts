import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';

export interface SentOnce {
  request: Buffer;
  answer: unknown;
}

export async function findSentOnce(tx: Tx, who: string, key: string): Promise<SentOnce | undefined> {
  return tx.maybe<SentOnce>(
    sql`select request, answer from followup.sent_once where workspace_id = ${tx.scope.workspaceId} and who = ${who} and key = ${key}`,
  );
}

/** Takes the key for this transaction; false when somebody else had it first (who is waited for, should they still be at it). */
export async function takeKey(tx: Tx, row: { who: string; key: string; request: Buffer; leadId: string; at: Date }): Promise<boolean> {
  const taken = await tx.run(sql`insert into followup.sent_once (workspace_id, who, key, request, lead_id, at)
    values (${tx.scope.workspaceId}, ${row.who}, ${row.key}, ${row.request}, ${row.leadId}, ${row.at}) on conflict do nothing`);
  return taken > 0;
}

export async function keepAnswer(tx: Tx, who: string, key: string, answer: unknown): Promise<void> {
  await tx.run(sql`update followup.sent_once set answer = ${JSON.stringify(answer)} where workspace_id = ${tx.scope.workspaceId} and who = ${who} and key = ${key}`);
}

export async function dropSentBefore(tx: Tx, at: Date): Promise<number> {
  return tx.run(sql`delete from followup.sent_once where workspace_id = ${tx.scope.workspaceId} and at < ${at}`);
}
