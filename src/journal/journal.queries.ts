import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { Fact } from './catalogue.ts';

/** The facts of one chain in order; with row-level security a partner gets only those of its own leads. */
export const listFacts = (tx: Tx, chainId: string): Promise<Fact[]> =>
  tx.rows(sql`select id, type, chain_id, seq, subject_id, at, actor, data from journal.fact
    where workspace_id = ${tx.scope.workspaceId} and chain_id = ${chainId} order by seq limit 1000`);

export const listParked = (tx: Tx): Promise<{ subscriber: string; factId: string; problem: string; parkedAt: Date }[]> =>
  tx.rows(
    sql`select subscriber, fact_id, problem, parked_at from journal.parked where workspace_id = ${tx.scope.workspaceId} order by parked_at desc limit 200`,
  );
