import type { Tx } from '../platform/db/index.ts';

/** What rows that were tried would bring about, in one room's words: "people new here", "leads". */
export interface Consequence {
  what: string;
  count: number;
  /** A few of them, by name. */
  samples: string[];
}
/** Counts, within the transaction in which rows of an import are tried, what came of them. `since`: ids drawn in it are greater. */
export type TellConsequences = (tx: Tx, importId: string, since: string) => Promise<Consequence[]>;

let tellers: readonly TellConsequences[] = [];

/** Called once by house.ts: what a row leads to is known to the rooms it goes through. */
export function knowConsequences(more: readonly TellConsequences[]): void {
  tellers = more;
}
export async function tellConsequences(tx: Tx, importId: string, since: string): Promise<Consequence[]> {
  const all: Consequence[] = [];
  for (const tell of tellers) all.push(...(await tell(tx, importId, since)));
  return all.filter(({ count }) => count > 0);
}
