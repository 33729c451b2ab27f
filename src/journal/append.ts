import type { Context } from '../platform/context.ts';
import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { NewFact } from './catalogue.ts';
import { hashLink, noHash } from './chain.rules.ts';

/**
 * Records facts in the caller's transaction, so that a change and its fact stand or fall together. Each is hashed onto the
 * last fact of its chain; the heads are locked in order of chain id, so concurrent writers of one chain queue and never deadlock.
 * At most four statements for any number of facts.
 *
 * `begins`: every chain among them was born in this transaction, so there is no earlier fact to look for.
 */
export async function append(tx: Tx, cx: Context, facts: readonly NewFact[], { begins = false } = {}): Promise<void> {
  if (facts.length === 0) return;
  const { workspaceId } = tx.scope;
  const now = cx.clock.now();
  const actor = tx.scope.userId ?? (tx.scope.holderId ? `holder:${tx.scope.holderId}` : 'baton');
  const chainIds = [...new Set(facts.map((fact) => fact.chainId))].toSorted();

  const heads = new Map<string, { seq: number; hash: Buffer }>();
  const locked = begins
    ? []
    : await tx.rows<{ chainId: string; seq: number; hash: Buffer }>(sql`
    select chain_id, seq, hash from journal.chain where workspace_id = ${workspaceId} and chain_id = any(${chainIds}::uuid[]) order by chain_id for update`);
  for (const head of locked) heads.set(head.chainId, { seq: head.seq, hash: head.hash });
  const old = chainIds.filter((id) => heads.has(id));
  const fresh = chainIds.filter((id) => !heads.has(id));

  const rows = facts.map((fact) => {
    const head = heads.get(fact.chainId) ?? { seq: 0, hash: noHash };
    const link = {
      id: cx.ids.next(),
      chainId: fact.chainId,
      seq: head.seq + 1,
      type: fact.type,
      subjectId: fact.subjectId,
      at: fact.at ?? now,
      actor: fact.actor ?? actor,
      data: fact.data,
    };
    const hash = hashLink(head.hash, link);
    heads.set(fact.chainId, { seq: link.seq, hash });
    return { ...link, hash };
  });
  // Sent together: the database runs them one after the other, the caller waits once.
  const written = tx.copy(
    'journal.fact',
    ['workspace_id', 'id', 'chain_id', 'seq', 'type', 'subject_id', 'at', 'actor', 'data', 'hash'],
    rows.map((r) => [workspaceId, r.id, r.chainId, r.seq, r.type, r.subjectId, r.at, r.actor, r.data, r.hash]),
  );
  const seqs = (ids: string[]): number[] => ids.map((id) => heads.get(id)!.seq);
  const hashes = (ids: string[]): Buffer[] => ids.map((id) => heads.get(id)!.hash);
  const moved =
    old.length > 0
      ? tx.run(sql`update journal.chain c set seq = h.seq, hash = h.hash
      from unnest(${old}::uuid[], ${seqs(old)}::int[], ${hashes(old)}::bytea[]) as h (chain_id, seq, hash)
      where c.workspace_id = ${workspaceId} and c.chain_id = h.chain_id`)
      : undefined;
  const began =
    fresh.length > 0
      ? tx.run(sql`insert into journal.chain (workspace_id, chain_id, seq, hash)
      select ${workspaceId}, h.chain_id, h.seq, h.hash from unnest(${fresh}::uuid[], ${seqs(fresh)}::int[], ${hashes(fresh)}::bytea[]) as h (chain_id, seq, hash)
      on conflict do nothing`)
      : undefined;
  const [, , begun] = await Promise.all([written, moved, began]);
  // Somebody began the same new chain between our look and our write: the whole transaction is tried again on top of theirs.
  if (begun !== undefined && begun !== fresh.length) throw Object.assign(new Error('Two writers began one chain.'), { code: '40001' });
  for (const topic of new Set(facts.map((fact) => fact.type.slice(0, fact.type.indexOf('.'))))) cx.live.publish(tx, topic);
}
