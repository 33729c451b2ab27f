import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { Link } from './chain.rules.ts';

export interface ErasedFact extends Link {
  hash: Buffer;
  previous: Buffer | null;
}

/** The facts as they read now, with the hash they had and that of the fact before. */
export const takeWordsOut = (tx: Tx, chainIds: readonly string[], types: readonly string[], words: readonly string[], kept: readonly string[]): Promise<ErasedFact[]> =>
  tx.rows(sql`select chain_id, seq, id, type, subject_id, at, actor, data, hash, previous
    from journal.erase_words(${chainIds}::uuid[], ${types}::text[], ${words}::text[], ${kept}::text[])`);
