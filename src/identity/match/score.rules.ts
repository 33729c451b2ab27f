/**
 * All pairs worth comparing, weighed. Most are strangers and are given up early: what is equal and what is missing is seen from the
 * places of the values, a glance settles most of the rest, and letters are only looked at while the pair may still become something.
 */
import { eachPair, type Blocks } from './block.rules.ts';
import { ceilingOf, open } from './ceiling.rules.ts';
import { closeLevel, compareTogether, mayBeSwapped, type CodedTable } from './coded.rules.ts';
import { equalLevel, glances, glanceWidth } from './glance.rules.ts';
import { countEntities, rarityOf } from './learn.rules.ts';
import { pairBits, rareBeside, type Model, type Pairs } from './model.rules.ts';

export interface Scored extends Pairs {
  readonly bits: Float64Array;
  /** how many were looked at to find these */
  readonly compared: number;
}

/** below this nothing becomes of a pair, also when values turn out rarer than their rows make believe */
const hopeless = -7;

/** the given pairs with their bits */
export function scorePairs(pairs: Pairs, table: CodedTable, model: Model, rarity: readonly Float32Array[]): Scored {
  const bits = Float64Array.from({ length: pairs.count }, (_, p) => pairBits(pairs, p, table, model, rarity));
  return { ...pairs, bits, compared: pairs.count };
}

/** of all pairs that share a key those that are not hopeless */
export function scoreBlocks(
  blocks: Blocks,
  table: CodedTable,
  model: Model,
  rarity: readonly Float32Array[],
  half: { part?: number; parts?: number } = {},
): Scored {
  const weigh = weigher(table, model, rarity);
  const width = table.fields.length;
  let a = new Int32Array(1 << 12);
  let b = new Int32Array(1 << 12);
  let levels = new Uint8Array(width << 12);
  let bits = new Float64Array(1 << 12);
  let count = 0;
  let compared = 0;
  eachPair(
    blocks,
    (x, y) => {
      compared++;
      const i = x < y ? x : y;
      const j = x < y ? y : x;
      if (!weigh.isHopeful(i, j)) return;
      const found = weigh.bits();
      if (found < hopeless) return;
      if (count === a.length) {
        a = grown(a, new Int32Array(2 * count));
        b = grown(b, new Int32Array(2 * count));
        bits = grown(bits, new Float64Array(2 * count));
        levels = grown(levels, new Uint8Array(2 * count * width));
      }
      a[count] = i;
      b[count] = j;
      bits[count] = found;
      levels.set(weigh.levels, count * width);
      count++;
    },
    half,
  );
  return { a, b, levels, bits, count, compared };
}

/** what two halves found */
export function joinScored(one: Scored, other: Scored): Scored {
  const count = one.count + other.count;
  const width = one.count === 0 ? other.levels.length / other.a.length : one.levels.length / one.a.length;
  const levels = new Uint8Array(count * width);
  levels.set(one.levels.subarray(0, one.count * width));
  levels.set(other.levels.subarray(0, other.count * width), one.count * width);
  const both = <A extends Int32Array | Float64Array>(into: A, a: A, b: A): A => {
    into.set(a.subarray(0, one.count));
    into.set(b.subarray(0, other.count), one.count);
    return into;
  };
  return {
    a: both(new Int32Array(count), one.a, other.a),
    b: both(new Int32Array(count), one.b, other.b),
    bits: both(new Float64Array(count), one.bits, other.bits),
    levels,
    count,
    compared: one.compared + other.compared,
  };
}

function grown<A extends Int32Array | Uint8Array | Float64Array>(from: A, into: A): A {
  into.set(from);
  return into;
}

/** Now that it is known who is one: how rare values are among people instead of rows, and the bits that follow. */
export function settle(scored: Scored, table: CodedTable, model: Model): { bits: Float64Array; rarity: Float32Array[] } {
  const all = Int32Array.from({ length: scored.count }, (_, p) => p);
  const posts = Float64Array.from(all, (p) => 1 / (1 + 2 ** -scored.bits[p]!));
  const rarity = rarityOf(table, model, countEntities(table, scored, all, posts));
  return { bits: Float64Array.from(all, (p) => pairBits(scored, p, table, model, rarity)), rarity };
}

/** Weighs one pair after another; `levels` are of the last one that was hopeful. */
function weigher(table: CodedTable, model: Model, rarity: readonly Float32Array[]) {
  const { fields, cells, given, family } = table;
  const width = fields.length;
  const levels = new Uint8Array(width);
  const pair = { a: new Int32Array(1), b: new Int32Array(1), levels, count: 1 };
  const rare = new Float64Array(width);
  const ceiling = ceilingOf(model, levels, rare);
  // where few values stand they are at hand
  const order = Int32Array.from([...fields.keys()].filter((f) => glances[fields[f]!.kind]).toSorted((x, y) => fields[x]!.counts.length - fields[y]!.counts.length));
  // words are the most work
  const isWordy = (f: number): number => Number(fields[f]!.kind === 'organization' || fields[f]!.kind === 'text' || fields[f]!.kind === 'title');
  const closely = Int32Array.from([...fields.keys()].toSorted((x, y) => isWordy(x) - isWordy(y)));
  let [i, j] = [0, 0];

  const looksOf = fields.map(({ looks }) => looks);
  const glanceOf = fields.map(({ kind }) => glances[kind]);

  /** fills `levels` unless what is known already rules the pair out */
  function isHopeful(x: number, y: number): boolean {
    i = x;
    j = y;
    for (let f = 0; f < width; f++) {
      const a = cells[i * width + f]!;
      const b = cells[j * width + f]!;
      if (a < 0 || b < 0) levels[f] = 0;
      else if (a === b) {
        levels[f] = equalLevel(looksOf[f]!, a * glanceWidth);
        rare[f] = rarity[f]![a]!;
      } else levels[f] = open;
    }
    if (family >= 0 && given >= 0 && levels[family] === 1 && levels[given] === 1) rare[family] = rareBeside(rare[family]!, rare[given]!);
    let sum = ceiling.now();
    if (sum < least && !wouldSwap()) return false;
    for (let at = 0; at < order.length; at++) {
      const f = order[at]!;
      if (levels[f] !== open) continue;
      const level = glanceOf[f]!(looksOf[f]!, cells[i * width + f]! * glanceWidth, cells[j * width + f]! * glanceWidth);
      if (level === 0) continue;
      sum += ceiling.change(f, level);
      levels[f] = level;
      if (sum < least && !wouldSwap()) return false;
    }
    if (ceiling.now() < least && !wouldSwap()) return false;
    for (let at = 0; at < closely.length; at++) {
      const f = closely[at]!;
      if (levels[f] !== open) continue;
      levels[f] = closeLevel(fields[f]!, cells[i * width + f]!, cells[j * width + f]!);
      if (ceiling.now() < least && !wouldSwap()) return false;
    }
    compareTogether(table, i, j, levels, 0);
    return true;
  }

  /** given and family name exchanged may save it */
  const wouldSwap = (): boolean => given >= 0 && family >= 0 && levels[given]! > 4 && levels[family]! > 4 && mayBeSwapped(table, i, j);

  return {
    levels,
    isHopeful,
    bits(): number {
      pair.a[0] = i;
      pair.b[0] = j;
      return pairBits(pair, 0, table, model, rarity);
    },
  };
}

/** what adding in another order may make of it */
const least = hopeless - 1e-6;
