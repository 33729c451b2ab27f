import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';

/** Notes that something happened to leads of partners, one row each, however often. Only the subscriber calls this, one at a time in a workspace. */
export async function noteNews(tx: Tx, news: readonly { holderId: string; leadId: string; at: Date }[]): Promise<void> {
  if (news.length === 0) return;
  await tx.run(sql`insert into followup.lead_news (workspace_id, holder_id, lead_id, at, no)
    select ${tx.scope.workspaceId}, n.holder_id, n.lead_id, n.at, n.place + coalesce((select max(no) from followup.lead_news where workspace_id = ${tx.scope.workspaceId}), 0)
    from unnest(${news.map((n) => n.holderId)}::uuid[], ${news.map((n) => n.leadId)}::uuid[], ${news.map((n) => n.at)}::timestamptz[]) with ordinality as n (holder_id, lead_id, at, place)
    on conflict (workspace_id, holder_id, lead_id) do update set at = excluded.at, no = excluded.no`);
}

export interface TakenAnswer {
  reference: string;
  said: Buffer;
  leadId: string;
}
/** Keeps references not seen before; answers which were. A second sender of the same waits here until the first is done. */
export async function keepReferences(tx: Tx, holderId: string, answers: readonly TakenAnswer[], at: Date): Promise<Set<string>> {
  if (answers.length === 0) return new Set();
  // In one order for everybody, so that two senders of the same never wait for each other.
  const sorted = answers.toSorted((a, b) => (a.reference < b.reference ? -1 : 1));
  const fresh = await tx.rows<{ reference: string }>(sql`insert into followup.answer_taken (workspace_id, holder_id, reference, said, lead_id, taken_at)
    select ${tx.scope.workspaceId}, ${holderId}, a.reference, a.said, a.lead_id, ${at}
    from unnest(${sorted.map((a) => a.reference)}::text[], ${sorted.map((a) => a.said)}::bytea[], ${sorted.map((a) => a.leadId)}::uuid[]) as a (reference, said, lead_id)
    order by a.reference on conflict do nothing returning reference`);
  return new Set(fresh.map(({ reference }) => reference));
}

export async function findReferences(tx: Tx, holderId: string, references: readonly string[]): Promise<Map<string, Buffer>> {
  const rows = await tx.rows<{ reference: string; said: Buffer }>(sql`select reference, said from followup.answer_taken
    where workspace_id = ${tx.scope.workspaceId} and holder_id = ${holderId} and reference = any(${references}::text[])`);
  return new Map(rows.map(({ reference, said }) => [reference, said]));
}

export const forgetReferences = (tx: Tx, before: Date): Promise<number> =>
  tx.run(sql`delete from followup.answer_taken where workspace_id = ${tx.scope.workspaceId} and (holder_id, reference) in (
    select holder_id, reference from followup.answer_taken where workspace_id = ${tx.scope.workspaceId} and taken_at < ${before} order by taken_at limit 5000)`);

export const dropReferences = (tx: Tx, holderId: string, references: readonly string[]): Promise<number> =>
  tx.run(sql`delete from followup.answer_taken where workspace_id = ${tx.scope.workspaceId} and holder_id = ${holderId} and reference = any(${references}::text[])`);
