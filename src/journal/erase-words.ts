import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { append } from './append.ts';
import type { FactType } from './catalogue.ts';
import { hashLink, noHash } from './chain.rules.ts';
import { takeWordsOut } from './erase-words.store.ts';

/** Facts with words that people type, which may say anything of anybody. */
const typed: FactType[] = ['inquiry.quarantined', 'lead.declined', 'lead.judged', 'lead.nextActionSet', 'lead.paused', 'opportunity.lost'];
const words = ['reason', 'what'];

/**
 * Takes what somebody typed out of the facts of these chains, but for words in `kept`. Each chain then says which of its facts lost words, with
 * the hash each had and the hash of what is left, so that `verify` tells an erasure from a forgery. Doing it twice changes nothing.
 */
export async function eraseWords(tx: Tx, cx: Context, given: { chainIds: readonly string[]; kept: readonly string[]; erasureId: string }): Promise<number> {
  if (given.chainIds.length === 0) return 0;
  const gone = await takeWordsOut(tx, given.chainIds, typed, words, given.kept);
  await append(
    tx,
    cx,
    [...Map.groupBy(gone, (fact) => fact.chainId)].map(([chainId, facts]) => ({
      type: 'fact.erased' as const,
      chainId,
      subjectId: chainId,
      data: {
        erasureId: given.erasureId,
        facts: facts.map((fact) => ({ seq: fact.seq, was: fact.hash.toString('hex'), now: hashLink(fact.previous ?? noHash, fact).toString('hex') })),
      },
    })),
  );
  return gone.length;
}
