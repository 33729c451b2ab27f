/**
 * Which pairs are worth comparing. While all pairs are few, all of them. Else those that share a key: a rare value, a rare word, or two
 * coarse keys at once (sound of the name and month of birth). A key that too many rows share tells nobody apart and is left to
 * combinations.
 */
import type { CodedTable } from './coded.rules.ts';
import { compareRows } from './coded.rules.ts';
import { mayLead, type Pairs } from './model.rules.ts';
import { coarseKey } from './value.rules.ts';

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
export function randomPairs(table: CodedTable, split: Split, count: number, draw: () => number): Pairs {
  const a = new Int32Array(count);
  const b = new Int32Array(count);
  for (let p = 0; p < count; p++) {
    const i = Math.floor(draw() * (split ?? table.rows));
    let j = split === undefined ? Math.floor(draw() * (table.rows - 1)) : split + Math.floor(draw() * (table.rows - split));
    if (split === undefined && j >= i) j++;
    a[p] = i;
    b[p] = j;
  }
  return levelled(table, a, b);
}

/**
 * For every field that many can share, pairs that agree on it, at random where they are more than `most`: what else do those have in
 * common who only share a company? Random pairs of a large table would never show it.
 */
export function kinPairs(table: CodedTable, most: number, draw: () => number): (Pairs | undefined)[] {
  return table.fields.map((field) => {
    if (!mayLead.has(field.kind)) return undefined;
    const starts = new Int32Array(field.values.length + 1);
    for (const [value, count] of field.counts.entries()) starts[value + 1] = starts[value]! + count;
    const rows = new Int32Array(starts.at(-1)!);
    const next = starts.slice();
    for (const [row, value] of field.ids.entries()) if (value >= 0) rows[next[value]!++] = row;
    const sums = new Float64Array(field.values.length + 1);
    for (const [value, count] of field.counts.entries()) sums[value + 1] = sums[value]! + (count * (count - 1)) / 2;
    const all = sums.at(-1)!;
    const count = Math.min(all, most);
    const a = new Int32Array(count);
    const b = new Int32Array(count);
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
    return levelled(table, a, b);
  });
}

function levelled(table: CodedTable, a: Int32Array, b: Int32Array): Pairs {
  const width = table.fields.length;
  const levels = new Uint8Array(a.length * width);
  for (let p = 0; p < a.length; p++) compareRows(table, a[p]!, b[p]!, levels, p * width);
  return { a, b, levels, count: a.length };
}

/** at most so many rows under one key */
const blockMost = 60;

export function blockedPairs(table: CodedTable, split: Split): Pairs {
  const found = new PairSet(table.rows, split);
  const coarse = table.fields.map((field) => {
    const byText = new Map<string, number>();
    const ofValue = field.values.map((value) => {
      const key = coarseKey(field.kind, value);
      if (key === '') return -1;
      if (!byText.has(key)) byText.set(key, byText.size);
      return byText.get(key)!;
    });
    return { ids: field.ids.map((id) => (id < 0 ? -1 : ofValue[id]!)), distinct: byText.size };
  });
  // whole values and words of them
  for (const field of table.fields) {
    if (field.values.length < 50) continue;
    found.block(field.ids, blockMost);
    if (field.kind === 'organization' || field.kind === 'text' || field.kind === 'street') blockByWords(table.rows, field, found);
  }
  // two coarse keys at once, from the fields that tell most apart
  const telling = coarse
    .map((field, f) => ({ ...field, f }))
    .filter((field) => field.distinct >= 5)
    .toSorted((x, y) => y.distinct - x.distinct)
    .slice(0, 7);
  for (let x = 0; x < telling.length; x++)
    for (let y = x + 1; y < telling.length; y++) {
      const [one, other] = [telling[x]!, telling[y]!];
      const wide = other.distinct + 1;
      const keys = new Float64Array(table.rows);
      for (let row = 0; row < table.rows; row++)
        keys[row] = one.ids[row]! < 0 || other.ids[row]! < 0 ? -1 : one.ids[row]! * wide + other.ids[row]!;
      found.block(keys, blockMost);
    }
  const { a, b } = found.pairs();
  return levelled(table, a, b);
}

function blockByWords(rows: number, field: CodedTable['fields'][number], found: PairSet): void {
  const ids = new Map<string, number>();
  const counts: number[] = [];
  const words = field.values.map((value, v) =>
    [...new Set(value.words)].map((word) => {
      const id = ids.get(word) ?? ids.size;
      ids.set(word, id);
      counts[id] = (counts[id] ?? 0) + field.counts[v]!;
      return id;
    }),
  );
  // each row by its rarest words, one block after the other
  for (let turn = 0; turn < 3; turn++) {
    const keys = new Float64Array(rows);
    const rarest = words.map((list) => list.toSorted((x, y) => counts[x]! - counts[y]!).filter((word) => counts[word]! > 1)[turn] ?? -1);
    for (let row = 0; row < rows; row++) keys[row] = field.ids[row]! < 0 ? -1 : rarest[field.ids[row]!]!;
    found.block(keys, 30);
  }
}

/** pairs gathered once each */
class PairSet {
  private codes = new Float64Array(1 << 16);
  private size = 0;
  private readonly rows: number;
  private readonly split: Split;

  constructor(rows: number, split: Split) {
    this.rows = rows;
    this.split = split;
  }

  /** all pairs of rows under one key, unless more than `most` share it; -1 is no key */
  block(keys: ArrayLike<number>, most: number): void {
    const order = new Int32Array(this.rows);
    let n = 0;
    for (let row = 0; row < this.rows; row++) if (keys[row]! >= 0) order[n++] = row;
    const sorted = order.subarray(0, n).sort((x, y) => keys[x]! - keys[y]! || x - y);
    for (let from = 0; from < n;) {
      let to = from + 1;
      while (to < n && keys[sorted[to]!] === keys[sorted[from]!]) to++;
      if (to - from > 1 && to - from <= most)
        for (let x = from; x < to; x++) for (let y = x + 1; y < to; y++) this.add(sorted[x]!, sorted[y]!);
      from = to;
    }
  }

  private add(i: number, j: number): void {
    if (this.split !== undefined && i < this.split === j < this.split) return;
    if (this.size === this.codes.length) {
      const wider = new Float64Array(this.codes.length * 2);
      wider.set(this.codes);
      this.codes = wider;
    }
    this.codes[this.size++] = Math.min(i, j) * this.rows + Math.max(i, j);
  }

  pairs(): { a: Int32Array; b: Int32Array } {
    const sorted = this.codes.subarray(0, this.size).sort();
    let n = 0;
    for (let at = 0; at < sorted.length; at++) if (at === 0 || sorted[at] !== sorted[at - 1]) sorted[n++] = sorted[at]!;
    const a = new Int32Array(n);
    const b = new Int32Array(n);
    for (let at = 0; at < n; at++) {
      a[at] = Math.floor(sorted[at]! / this.rows);
      b[at] = sorted[at]! % this.rows;
    }
    return { a, b };
  }
}
