import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';

export interface RoundRow {
  id: string;
  tokenHash: string;
  holderId: string;
  slotAt: Date;
  sentAt: Date;
  expiresAt: Date;
  leadIds: string[];
  due: number;
}

/** Adds those that nobody else added for the same holder and hour; returns which. */
export async function addRounds(tx: Tx, rounds: readonly RoundRow[]): Promise<Set<string>> {
  if (rounds.length === 0) return new Set();
  const rows = await tx.rows<{ id: string }>(sql`
    insert into followup.verdict_round (workspace_id, id, token_hash, holder_id, slot_at, sent_at, expires_at, lead_ids, due)
    select ${tx.scope.workspaceId}, r.id, r.token_hash, r.holder_id, r.slot_at, r.sent_at, r.expires_at, array(select jsonb_array_elements_text(r.lead_ids)::uuid), r.due
    from jsonb_to_recordset(${JSON.stringify(
      rounds.map((r) => ({ id: r.id, token_hash: r.tokenHash, holder_id: r.holderId, slot_at: r.slotAt, sent_at: r.sentAt, expires_at: r.expiresAt, lead_ids: r.leadIds, due: r.due })),
    )}::jsonb) as r (id uuid, token_hash text, holder_id uuid, slot_at timestamptz, sent_at timestamptz, expires_at timestamptz, lead_ids jsonb, due int)
    on conflict (workspace_id, holder_id, slot_at) do nothing returning id`);
  return new Set(rows.map(({ id }) => id));
}

/** One process at a time looks for silence: the setting is there once somebody switched rounds on. */
export const lockRounds = (tx: Tx): Promise<number> =>
  tx.run(sql`select from platform.setting where workspace_id = ${tx.scope.workspaceId} and key = 'verdictRound' for update`);

export const endRound = (tx: Tx, id: string, at: Date, by: string | null): Promise<number> =>
  tx.run(sql`update followup.verdict_round set revoked_at = ${at}, revoked_by = ${by} where workspace_id = ${tx.scope.workspaceId} and id = ${id} and revoked_at is null`);
