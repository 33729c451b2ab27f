/** The people of a base matched in themselves, beside the thread that answers people (check-base.ts). */
import { parentPort, workerData } from 'node:worker_threads';
import type { Field } from './match/columns.rules.ts';
import { matchInThreads } from './match-in-threads.ts';

export interface BasePairs {
  compared: number;
  /** the likeliest first; a and b are rows */
  pairs: { a: number; b: number; zone: 'sure' | 'ask'; bits: number; evidence: { field: string; outcome: string; bits: number }[]; namesakes: number }[];
  /** found beyond those */
  remaining: number;
}

const { fields, most } = workerData as { fields: Field[]; most: number };
const rows = fields[0]?.cells.ids.length ?? 0;
const matched = await matchInThreads({ recognised: { fields, columns: [] }, rows, split: undefined });
// what only a third links is not one by itself
const pairs = matched.pairs.map((pair) => (matched.clusters[pair.a] === matched.clusters[pair.b] ? pair : { ...pair, zone: 'ask' as const }));
const nameOf = (row: number): number => (fields[0]!.cells.ids[row]! + 1) * 67108864 + fields[1]!.cells.ids[row]! + 1;
const bearers = new Map<number, number>();
for (const { a } of pairs.slice(0, most)) bearers.set(nameOf(a), 0);
for (let row = 0; row < rows; row++) {
  const count = bearers.get(nameOf(row));
  if (count !== undefined) bearers.set(nameOf(row), count + 1);
}
const found: BasePairs = {
  compared: matched.compared,
  // the two of the pair are one, if they are
  pairs: pairs.slice(0, most).map(({ a, b, zone, bits }) => ({ a, b, zone, bits, evidence: matched.evidenceOf({ a, b }), namesakes: Math.max(1, bearers.get(nameOf(a))! - 1) })),
  remaining: Math.max(0, pairs.length - most),
};
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort?.postMessage(found);
