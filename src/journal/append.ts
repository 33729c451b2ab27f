import type { Context } from '../platform/context.ts';
import { perTx, sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { topicOf } from './catalogue.ts';
import type { NewFact } from './catalogue.ts';
import { carryingOf } from './carry.ts';
import { canonicalJson, hashLink, noHash } from './chain.rules.ts';

/** Up to here the chains are locked one by one, so that many small writers of one chain queue instead of colliding. */
const locksMax = 64;

/** The newest link of every chain looked at in this transaction; nobody else adds to one that we have added to. */
const headsOf = perTx(() => new Map<string, { seq: number; hash: Buffer }>());

/**
 * Records facts in the caller's transaction, so that a change and its fact stand or fall together. Each is hashed onto the
 * last fact of its chain. The key (chain, number) admits one writer of a link; a transaction that comes second is tried again
 * as a whole on top of the first. At most three statements for any number of facts.
 *
 * `begins`: every chain among them was born in this transaction, so there is no earlier link to look for; one statement then.
 */
export async function append(tx: Tx, cx: Context, facts: readonly NewFact[], { begins = false } = {}): Promise<void> {
  if (facts.length === 0) return;
  const { workspaceId } = tx.scope;
  const now = cx.clock.now();
  const actor = tx.scope.userId ?? (tx.scope.holderId ? `holder:${tx.scope.holderId}` : 'baton');
  const carrying = carryingOf(tx);
  const heads = headsOf(tx);
  const older = begins ? [] : [...new Set(facts.map((fact) => fact.chainId))].filter((chain) => !heads.has(chain)).toSorted();
  if (older.length > 0) {
    if (older.length <= locksMax) {
      await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(x, 7)) from (select unnest(${older}::text[]) as x order by 1) chains`);
    }
    const found = await tx.rows<{ chainId: string; seq: number; hash: Buffer }>(sql`
      select c.chain_id, f.seq, f.hash from unnest(${older}::uuid[]) as c (chain_id) cross join lateral (
        select seq, hash from journal.fact where workspace_id = ${workspaceId} and chain_id = c.chain_id order by seq desc limit 1) f`);
    // Who works side by side with us in this transaction may have added to one of them meanwhile.
    for (const { chainId, seq, hash } of found) if (!heads.has(chainId)) heads.set(chainId, { seq, hash });
  }
  const hashes = Buffer.allocUnsafeSlow(32 * facts.length);
  const rows = facts.map((written, i) => {
    const head = heads.get(written.chainId) ?? { seq: 0, hash: noHash };
    const link = {
      id: cx.ids.next(),
      chainId: written.chainId,
      seq: head.seq + 1,
      type: written.type,
      subjectId: written.subjectId,
      at: written.at ?? now,
      actor: written.actor ?? actor,
      data: written.data,
    };
    const json = canonicalJson(link.data);
    const hash = hashLink(head.hash, link, json, hashes, 32 * i);
    heads.set(link.chainId, { seq: link.seq, hash });
    const fact = { ...link, json, hash, carried: carrying !== undefined && !carrying.left.has(written.type) };
    if (fact.carried) carrying!.facts.push(fact);
    return fact;
  });
  tx.later(
    tx
      .copy(
        'journal.fact',
        ['workspace_id', 'chain_id', 'seq', 'id', 'type', 'subject_id', 'at', 'actor', 'data', 'hash', 'carried'],
        rows.map((r) => [workspaceId, r.chainId, r.seq, r.id, r.type, r.subjectId, r.at, r.actor, r.json, r.hash, r.carried]),
      )
      .catch((error: { code?: string; table?: string }) => {
        if (error.code === '23505' && error.table?.startsWith('fact_'))
          throw Object.assign(new Error('Somebody added to one of these chains first.', { cause: error }), { code: '40001' });
        throw error;
      }),
  );
  for (const topic of new Set(facts.map((fact) => topicOf(fact.type)))) cx.live.publish(tx, topic);
}
