/**
 * Which pairs are worth comparing. While all pairs are few, all of them. Else those that share a key: a rare value, a rare word, or two
 * coarse keys at once (sound of the name and month of birth). A key that too many rows share tells nobody apart and is left to
 * combinations.
 */
import type { CodedTable } from './coded.rules.ts';
import { levelPairs, sharedInts, type Levelling } from './coded.rules.ts';
import { mayLead, type Pairs } from './model.rules.ts';

/** where the second table begins, when two are matched; undefined for one table in itself */
export type Split = number | undefined;

export const allPairsMost = 1_500_000;

export function universeOf(rows: number, split: Split): number {
  return split === undefined ? (rows * (rows - 1)) / 2 : split * (rows - split);
}

export function allPairs(table: CodedTable, split: Split): Pairs {
  const count = universeOf(table.rows, split);
  const a = new Int32Array(count);
  const b = new Int32Array(count);
  let p = 0;
  for (let i = 0; i < (split ?? table.rows); i++)
    for (let j = split ?? i + 1; j < table.rows; j++) {
      a[p] = i;
      b[p++] = j;
    }
  return levelled(table, a, b);
}

/** `count` pairs at random; `draw` gives numbers from 0 to 1 */
export function randomPairs(table: CodedTable, split: Split, count: number, draw: () => number, level?: Levelling): Pairs {
  const a = sharedInts(count);
  const b = sharedInts(count);
  for (let p = 0; p < count; p++) {
    const i = Math.floor(draw() * (split ?? table.rows));
    let j = split === undefined ? Math.floor(draw() * (table.rows - 1)) : split + Math.floor(draw() * (table.rows - split));
    if (split === undefined && j >= i) j++;
    a[p] = i;
    b[p] = j;
  }
  return levelled(table, a, b, level);
}

/**
 * For every field that many can share, pairs that agree on it, at random where they are more than `most`: what else do those have in
 * common who only share a company? Random pairs of a large table would never show it.
 */
export function kinPairs(table: CodedTable, most: number, draw: () => number, level?: Levelling): (Pairs | undefined)[] {
  return table.fields.map((field) => {
    if (!mayLead.has(field.kind)) return undefined;
    const starts = new Int32Array(field.counts.length + 1);
    for (const [value, count] of field.counts.entries()) starts[value + 1] = starts[value]! + count;
    const rows = new Int32Array(starts.at(-1)!);
    const next = starts.slice();
    for (const [row, value] of field.ids.entries()) if (value >= 0) rows[next[value]!++] = row;
    const sums = new Float64Array(field.counts.length + 1);
    for (const [value, count] of field.counts.entries()) sums[value + 1] = sums[value]! + (count * (count - 1)) / 2;
    const all = sums.at(-1)!;
    const count = Math.min(all, most);
    const a = sharedInts(count);
    const b = sharedInts(count);
    let value = 0;
    for (let p = 0; p < count; p++) {
      // evenly spread over all such pairs, in the order of their values
      const at = (p + draw()) * (all / count);
      while (sums[value + 1]! <= at) value++;
      const [from, n] = [starts[value]!, field.counts[value]!];
      const i = Math.floor(draw() * n);
      const j = Math.floor(draw() * (n - 1));
      a[p] = rows[from + i]!;
      b[p] = rows[from + (j >= i ? j + 1 : j)]!;
    }
    return levelled(table, a, b, level);
  });
}

function levelled(table: CodedTable, a: Int32Array, b: Int32Array, level = levelPairs): Pairs {
  const levels = new Uint8Array(new SharedArrayBuffer(a.length * table.fields.length));
  level(table, { a, b, levels }, 0, a.length);
  return { a, b, levels, count: a.length };
}

/** at most so many rows under one key, or fewer: a block may not bring more pairs than this for each row */
const blockMost = 60;
const wordBlockMost = 30;
const pairsMost = 3;

/** Keys that rows share: pairs of rows under one key are worth comparing. */
export interface Blocks {
  readonly rows: number;
  readonly split: Split;
  readonly width: number;
  /** row by row, per key the group it is in, -1 where it is in none */
  readonly groups: Int32Array;
  /** per key the rows in the order of their groups, and where each group begins */
  readonly members: readonly { readonly order: Int32Array; readonly starts: Int32Array }[];
}

export const layBlocks = (table: CodedTable, split: Split): Blocks => blocksOf(table, split, layKeys(table));

/** The rows under each key; of every `parts` keys only one, where threads share the work. */
export function layKeys(table: CodedTable, { part = 0, parts = 1 }: { part?: number; parts?: number } = {}): Blocks['members'] {
  const { rows, fields } = table;
  const members: { order: Int32Array; starts: Int32Array }[] = [];
  let key = 0;
  const add = (keys: () => Int32Array, most: number): void => {
    if (key++ % parts === part) members.push(gather(keys(), most));
  };
  // whole values and words of them
  for (const field of fields) {
    if (field.counts.length < 50) continue;
    add(() => field.ids, blockMost);
    if (field.kind !== 'title') for (const rarest of field.words?.rarest ?? []) add(() => keysOf(field, rarest), wordBlockMost);
  }
  // two coarse keys at once, from the fields that tell most apart
  const telling = fields
    .filter((field) => field.coarseDistinct >= 5)
    .toSorted((x, y) => y.coarseDistinct - x.coarseDistinct)
    .slice(0, 7)
    .map((field) => keysOf(field, field.coarse));
  const both = new Int32Array(rows);
  for (let x = 0; x < telling.length; x++)
    for (let y = x + 1; y < telling.length; y++)
      add(() => {
        const [one, other] = [telling[x]!, telling[y]!];
        for (let row = 0; row < rows; row++)
          both[row] = one[row]! < 0 || other[row]! < 0 ? -1 : mixed(one[row]!, other[row]!) >>> 1;
        return both;
      }, blockMost);
  return members;
}

export function blocksOf({ rows }: CodedTable, split: Split, members: Blocks['members']): Blocks {
  const width = members.length;
  const groups = sharedInts(rows * width).fill(-1);
  for (const [key, { order, starts }] of members.entries())
    for (let group = 0; group + 1 < starts.length; group++)
      for (let at = starts[group]!; at < starts[group + 1]!; at++) groups[order[at]! * width + key] = group;
  return { rows, split, width, groups, members };
}

/** 32 bits of two numbers; that two pairs of them meet by chance only costs a comparison more */
function mixed(a: number, b: number): number {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b ^ (b >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return h ^ (h >>> 15);
}

/** rows under one key together, where at least two and not too many share it; -1 is no key */
function gather(keys: Int32Array, most: number): { order: Int32Array; starts: Int32Array } {
  const sorted = sortedByKey(keys);
  const sizes = new Float64Array(most + 1);
  const eachGroup = (visit: (from: number, to: number) => void): void => {
    for (let from = 0; from < sorted.length;) {
      let to = from + 1;
      while (to < sorted.length && keys[sorted[to]!] === keys[sorted[from]!]) to++;
      if (to - from > 1 && to - from <= most) visit(from, to);
      from = to;
    }
  };
  eachGroup((from, to) => void sizes[to - from]!++);
  // the largest are left out where there are too many of them
  let highest = 1;
  for (let pairs = 0; highest < most; highest++) {
    pairs += (sizes[highest + 1]! * (highest + 1) * highest) / 2;
    if (pairs > pairsMost * keys.length && highest >= 10) break;
  }
  let rows = 0;
  let groups = 0;
  for (let size = 2; size <= highest; size++) {
    rows += sizes[size]! * size;
    groups += sizes[size]!;
  }
  const order = sharedInts(rows);
  const starts = sharedInts(groups + 1);
  let at = 0;
  let group = 0;
  eachGroup((from, to) => {
    if (to - from > highest) return;
    starts[group++] = at;
    for (let row = from; row < to; row++) order[at++] = sorted[row]!;
  });
  starts[group] = at;
  return { order, starts };
}

/** rows that have a key, by key and then by row: eleven bits at a time, the lowest first */
function sortedByKey(keys: Int32Array): Int32Array {
  let rows = new Int32Array(keys.length);
  let n = 0;
  let all = 0;
  for (let row = 0; row < keys.length; row++)
    if (keys[row]! >= 0) {
      rows[n++] = row;
      all |= keys[row]!;
    }
  rows = rows.subarray(0, n);
  let other = new Int32Array(n);
  const counts = new Int32Array(2049);
  for (let shift = 0; shift < 31 && all >>> shift !== 0; shift += 11) {
    counts.fill(0);
    for (let at = 0; at < n; at++) counts[((keys[rows[at]!]! >>> shift) & 2047) + 1]!++;
    for (let digit = 1; digit < 2049; digit++) counts[digit]! += counts[digit - 1]!;
    for (let at = 0; at < n; at++) other[counts[(keys[rows[at]!]! >>> shift) & 2047]!++] = rows[at]!;
    [rows, other] = [other, rows];
  }
  return rows;
}

/** per row the key of its value */
function keysOf({ ids }: CodedTable['fields'][number], ofValue: Int32Array): Int32Array {
  return ids.map((id) => (id < 0 ? -1 : ofValue[id]!));
}

/** Every pair worth comparing once, of the groups whose number leaves `part` when divided by `parts`; `share` of them by chance, the same ones every time. */
export function eachPair(
  { width, groups, members, split }: Blocks,
  visit: (a: number, b: number) => void,
  { part = 0, parts = 1, share = 1 }: { part?: number; parts?: number; share?: number } = {},
): void {
  const below = share * 4294967296;
  for (const [key, { order, starts }] of members.entries())
    for (let group = part; group + 1 < starts.length; group += parts) {
      const to = starts[group + 1]!;
      for (let x = starts[group]!; x < to; x++) {
        const a = order[x]!;
        next: for (let y = x + 1; y < to; y++) {
          const b = order[y]!;
          if (split !== undefined && a < split === b < split) continue;
          if (share < 1 && mixed(a, b) >>> 0 >= below) continue;
          // met before, under an earlier key
          for (let k = 0; k < key; k++) {
            const one = groups[a * width + k]!;
            if (one >= 0 && one === groups[b * width + k]) continue next;
          }
          visit(a, b);
        }
      }
    }
}

/** about so many of the pairs worth comparing, drawn by chance where there are more, and the share they are */
export function drawnPairs(table: CodedTable, blocks: Blocks, most: number, level?: Levelling): { pairs: Pairs; share: number } {
  let all = 0;
  for (const { starts } of blocks.members)
    for (let group = 0; group + 1 < starts.length; group++) {
      const size = starts[group + 1]! - starts[group]!;
      all += (size * (size - 1)) / 2;
    }
  const share = Math.min(1, most / all);
  const a: number[] = [];
  const b: number[] = [];
  eachPair(blocks, (i, j) => void (a.push(i), b.push(j)), { share });
  return { pairs: levelled(table, shared(a), shared(b), level), share };
}

function shared(list: readonly number[]): Int32Array {
  const out = sharedInts(list.length);
  out.set(list);
  return out;
}

export const blockedPairs = (table: CodedTable, split: Split): Pairs => drawnPairs(table, layBlocks(table, split), Infinity).pairs;
