import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';

export interface CutRow {
  holderId: string;
  part: number;
  silent: number;
  offered: number;
}
/** Keeps what was measured; a part that changed stands since now, and what was said against the one before is settled. */
export async function saveCuts(tx: Tx, cuts: readonly CutRow[], at: Date): Promise<void> {
  if (cuts.length === 0) return;
  await tx.run(sql`
    insert into distribute.share_cut (workspace_id, holder_id, part, silent, offered, since, measured_at)
    select ${tx.scope.workspaceId}, c.holder_id, c.part, c.silent, c.offered, ${at}, ${at}
    from unnest(${cuts.map((c) => c.holderId)}::uuid[], ${cuts.map((c) => c.part)}::numeric[], ${cuts.map((c) => c.silent)}::int[], ${cuts.map((c) => c.offered)}::int[]) as c (holder_id, part, silent, offered)
    on conflict (workspace_id, holder_id) do update set part = excluded.part, silent = excluded.silent, offered = excluded.offered, measured_at = excluded.measured_at,
      since = case when share_cut.part = excluded.part then share_cut.since else excluded.since end,
      contested_at = case when excluded.part < 1 then share_cut.contested_at end, contested_by = case when excluded.part < 1 then share_cut.contested_by end,
      contest_note = case when excluded.part < 1 then share_cut.contest_note end`);
}

/** The parts that count from now on; returns whose changed. */
export async function setParts(tx: Tx, parts: readonly { holderId: string; part: number }[]): Promise<string[]> {
  if (parts.length === 0) return [];
  const rows = await tx.rows<{ id: string }>(sql`update distribute.holder h set share_part = p.part
    from unnest(${parts.map((p) => p.holderId)}::uuid[], ${parts.map((p) => p.part)}::numeric[]) as p (holder_id, part)
    where h.workspace_id = ${tx.scope.workspaceId} and h.id = p.holder_id and h.share_part <> p.part returning h.id`);
  return rows.map(({ id }) => id);
}

export const saveContest = (tx: Tx, holderId: string, note: string, by: string | null, at: Date): Promise<number> =>
  tx.run(sql`update distribute.share_cut set contested_at = ${at}, contested_by = ${by}, contest_note = ${note} where workspace_id = ${tx.scope.workspaceId} and holder_id = ${holderId} and part < 1`);

export const saveLift = (tx: Tx, holderId: string, untilOn: string | null, by: string | null): Promise<number> =>
  tx.run(sql`update distribute.share_cut set lifted_until = ${untilOn}::date, lifted_by = ${by} where workspace_id = ${tx.scope.workspaceId} and holder_id = ${holderId}`);
