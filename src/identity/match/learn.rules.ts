/**
 * What agreement is worth, learned from the data at hand without anybody's labels (Fellegi and Sunter, 1969; EM as Winkler, 1988).
 *
 * Every field has for each level m, the share of pairs that are one thing, and u, the share of pairs that are two. Its worth is
 * log2(m/u) bits; bits add up, and one more doubles the odds. Strangers' pairs are plenty, so u is counted among pairs drawn at random
 * (all of them, while they are few) less those that EM takes for matches. m is found by EM among the candidates.
 *
 * Agreement on a rare value counts more: instead of u, how often this very value is met (term frequency).
 * Fields that follow from one another (a town from its postcode, colleagues' street from their company) would count twice: each may have
 * parents, and what it is worth is learned apart for each level of the parent that agrees best (after Chow and Liu, 1968). What follows
 * from what is seen among strangers: pairs whose names have nothing in common.
 */
import type { CodedTable } from './coded.rules.ts';
import { countKin, findParents } from './follow.rules.ts';
import { levelSets } from './levels.rules.ts';
import { fieldBits, namingFields, pairBits, startModel, stateOf, weigh, type Model, type Pairs } from './model.rules.ts';

/** so many imagined pairs stand for what was believed before */
const imaginedM = 5;
const imaginedU = 0.5;

export interface Learning {
  table: CodedTable;
  candidates: Pairs;
  /** pairs at random; the candidates themselves where these are all pairs */
  background: Pairs;
  /** per field that many share, pairs that agree on it */
  kin: readonly (Pairs | undefined)[];
  /** all pairs there are */
  universe: number;
  /** what somebody decided: row a × rows + row b, a before b → whether they are one */
  decided?: ReadonlyMap<number, boolean>;
  /** rows that could have a partner: the smaller side of two */
  rows: number;
  /** the share of the pairs worth comparing that `candidates` are, where they were drawn */
  share?: number;
}

export function learn(learning: Learning): { model: Model; rarity: Float32Array[] } {
  const { table, rows, universe } = learning;
  const model = startModel(table);
  const all = learning.background === learning.candidates;
  model.matches = Math.max(1, rows * 0.1);
  model.priorBits = Math.log2(model.matches / universe);
  let entities = table.fields.map((field) => field.counts);
  countU(learning, model, new Map(), undefined);
  findParents(learning, model);
  const kin = countKin(learning, model);
  countU(learning, model, kin, undefined);
  let rarity = rarityOf(table, model, entities);
  weigh(model);
  for (let pass = 0; pass < 3; pass++) {
    let hot = hotPairs(learning.candidates, learning, model, rarity);
    let hotBackground = all ? hot : hotPairs(learning.background, learning, model, rarity);
    for (let round = 0; round < 40; round++) {
      const before = model.matches;
      const posts = expect(learning.candidates, hot, learning, model, rarity);
      holdStrangers(learning.candidates, hot, posts, model);
      maximise(learning, hot, posts, model, rarity);
      countU(learning, model, kin, {
        hot: hotBackground,
        posts: all ? posts : expect(learning.background, hotBackground, learning, model, rarity),
      });
      weigh(model);
      model.rounds++;
      if (round % 10 === 9) {
        hot = hotPairs(learning.candidates, learning, model, rarity);
        hotBackground = all ? hot : hotPairs(learning.background, learning, model, rarity);
      }
      if (round > 4 && Math.abs(model.matches - before) < 0.001 * before + 0.01) break;
    }
    if (pass === 2) break;
    const posts = expect(learning.candidates, hot, learning, model, rarity);
    const backgroundPosts = all ? posts : expect(learning.background, hotBackground, learning, model, rarity);
    // of pairs drawn by chance it cannot be told who is one
    if (learning.share === undefined) entities = countEntities(table, learning.candidates, hot, posts);
    countU(learning, model, kin, { hot: hotBackground, posts: backgroundPosts });
    rarity = rarityOf(table, model, entities);
    weigh(model);
  }
  return { model, rarity };
}

/** those that may be matches at all; the others' posterior is nothing */
function hotPairs(pairs: Pairs, { table }: Learning, model: Model, rarity: readonly Float32Array[]): Int32Array {
  const hot = new Int32Array(pairs.count);
  let n = 0;
  for (let p = 0; p < pairs.count; p++) if (pairBits(pairs, p, table, model, rarity) > -12) hot[n++] = p;
  return hot.slice(0, n);
}

/** how likely each is a match; what somebody decided is certain */
function expect(pairs: Pairs, hot: Int32Array, { table, decided }: Learning, model: Model, rarity: readonly Float32Array[]): Float64Array {
  const posts = new Float64Array(hot.length);
  for (let h = 0; h < hot.length; h++) {
    const p = hot[h]!;
    const word = decided?.get(pairs.a[p]! * table.rows + pairs.b[p]!);
    posts[h] = word === undefined ? 1 / (1 + 2 ** -pairBits(pairs, p, table, model, rarity)) : word ? 1 : 0;
  }
  return posts;
}

/** kinds that many share who have nothing to do with each other */
const shared = new Set(['postcode', 'city', 'state', 'country', 'category', 'number', 'title', 'year', 'website']);

/** With a single field that tells things apart, data cannot say what agreement is worth: then what was believed before stands. */
const imaginedFor = (model: Model): number =>
  model.fields.filter((field) => !shared.has(field.kind) && field.u[0]![1]! < 0.05).length > 1 ? imaginedM : 1e9;

/**
 * People whose given and family name both differ are seldom one: at most so much of all likelihood may be theirs (posterior
 * regularisation; Ganchev and others, 2010). Else colleagues, who share all but their names, are taken for one person.
 */
const strangersMost = 0.05;
function holdStrangers(pairs: Pairs, hot: Int32Array, posts: Float64Array, model: Model): void {
  const naming = namingFields(model);
  if (naming.length < 2) return;
  const width = model.fields.length;
  const strange: number[] = [];
  let theirs = 0;
  let others = 0;
  for (let h = 0; h < hot.length; h++) {
    const at = hot[h]! * width;
    if (naming.every((f) => pairs.levels[at + f]! >= model.fields[f]!.unlike)) {
      strange.push(h);
      theirs += posts[h]!;
    } else others += posts[h]!;
  }
  const share = (strangersMost * others) / theirs;
  if (share < 1) for (const h of strange) posts[h]! *= share;
}

/**
 * How often matches agree on a field is asked of pairs that the other fields alone make all but certain: they show its slips without
 * having been chosen by it. Where there are too few of those, of all pairs by how likely they are.
 */
const certainBits = 7;
const certainLeast = 0.25;

function maximise(
  { table, candidates, rows, universe, share = 1 }: Learning,
  hot: Int32Array,
  posts: Float64Array,
  model: Model,
  rarity: readonly Float32Array[],
): void {
  const { fields } = model;
  const width = fields.length;
  const empty = (): Float64Array[][] => fields.map((field) => field.m.map((row) => new Float64Array(row.length)));
  const sums = empty();
  const certain = empty();
  const own = new Float64Array(width);
  const states = new Int32Array(width);
  let total = 0;
  for (let h = 0; h < hot.length; h++) {
    const post = posts[h]!;
    // somebody said these are two
    if (post === 0) continue;
    const p = hot[h]!;
    const at = p * width;
    total += post;
    let bits = model.priorBits;
    for (let f = 0; f < width; f++) bits += own[f] = fieldBits(candidates, p, f, table, model, rarity, states);
    for (let f = 0; f < width; f++) {
      const level = candidates.levels[at + f]!;
      if (level === 0) continue;
      const state = states[f]!;
      if (post > 1e-4) {
        sums[f]![0]![level]! += post;
        if (state > 0) sums[f]![state]![level]! += post;
      }
      if (bits - own[f]! > certainBits) {
        certain[f]![0]![level]!++;
        if (state > 0) certain[f]![state]![level]!++;
      }
    }
  }
  model.matches = Math.min(Math.max(total / share, 0.5), rows * 20);
  model.priorBits = Math.log2(model.matches / (universe - model.matches));
  const imagined = imaginedFor(model);
  const all = (counts: Float64Array): number => counts.reduce((n, count) => n + count, 0);
  for (const [f, field] of fields.entries()) {
    const believed = levelSets[field.kind].m;
    const counts = all(certain[f]![0]!) >= certainLeast * all(sums[f]![0]!) ? certain[f]! : sums[f]!;
    fill(field.m[0]!, counts[0]!, believed, imagined);
    restrain(field.m[0]!, believed);
    for (let state = 1; state < field.m.length; state++) {
      fill(field.m[state]!, counts[state]!, field.m[0]!, imagined);
      restrain(field.m[state]!, believed);
    }
  }
}

/** shares by level, with `imagined` pairs that behave as believed */
function fill(into: Float64Array, sums: Float64Array, believed: ArrayLike<number>, imagined: number): void {
  let n = 0;
  for (let level = 1; level < into.length; level++) n += sums[level]!;
  for (let level = 1; level < into.length; level++) into[level] = (sums[level]! + imagined * believed[level]!) / (n + imagined);
}

/**
 * Most pairs of one thing agree on most of its fields: a level that is seldom one thing's may not become its rule. Without this EM can
 * settle on another class than identity, such as all who live in one town or share a word of their name. What is over goes to 'equal'.
 */
function restrain(m: Float64Array, believed: readonly number[]): void {
  for (let level = 2; level < m.length; level++) {
    const highest = 0.1 + 5 * believed[level]!;
    if (m[level]! <= highest) continue;
    m[1]! += m[level]! - highest;
    m[level] = highest;
  }
}

const totals = new WeakMap<Pairs, { parents: string; sums: Float64Array[][] }>();

/** counts by parent's state and level over all pairs of a set; the same as long as the parents are */
function totalsOf(pairs: Pairs, model: Model): Float64Array[][] {
  const parents = model.fields.map((field) => field.parents.map((parent) => parent.field).join('.')).join();
  const known = totals.get(pairs);
  if (known?.parents === parents) return known.sums;
  const width = model.fields.length;
  const sums = model.fields.map((field) => field.m.map((row) => new Float64Array(row.length)));
  for (const [f, field] of model.fields.entries()) {
    const mine = sums[f]!;
    for (let p = 0; p < pairs.count; p++) {
      const level = pairs.levels[p * width + f]!;
      if (level === 0) continue;
      mine[0]![level]!++;
      const state = stateOf(pairs.levels, p * width, field, model.fields);
      if (state > 0) mine[state]![level]!++;
    }
  }
  totals.set(pairs, { parents, sums });
  return sums;
}

function countU(
  { background }: Learning,
  model: Model,
  kin: Map<string, Float64Array>,
  matched: { hot: Int32Array; posts: Float64Array } | undefined,
): void {
  const width = model.fields.length;
  const sums = totalsOf(background, model).map((states) => states.map((row) => Float64Array.from(row)));
  if (matched) {
    for (let h = 0; h < matched.hot.length; h++) {
      const post = matched.posts[h]!;
      if (post < 1e-4) continue;
      const at = matched.hot[h]! * width;
      for (let f = 0; f < width; f++) {
        const level = background.levels[at + f]!;
        if (level === 0) continue;
        sums[f]![0]![level]! -= post;
        const state = stateOf(background.levels, at, model.fields[f]!, model.fields);
        if (state > 0) sums[f]![state]![level]! -= post;
      }
    }
  }
  for (const [f, field] of model.fields.entries()) {
    for (let state = 0; state < field.u.length; state++) {
      const row = kin.get(`${f} ${state}`)?.slice() ?? sums[f]![state]!;
      let n = 0;
      for (let level = 1; level < row.length; level++) n += row[level] = Math.max(0, row[level]!);
      const even = state === 0 ? undefined : field.u[0]!;
      for (let level = 1; level < row.length; level++)
        field.u[state]![level] = even
          ? (row[level]! + imaginedM * even[level]!) / (n + imaginedM)
          : (row[level]! + imaginedU) / (n + imaginedU * (row.length - 1));
    }
  }
}

/**
 * For each value, the bits to add where two agree on it: log2 of the chance that strangers agree on anything, over that they agree on
 * this. A value's chance is c / (n + θ), c the people who have it, θ standing for the values nobody has shown yet (after Ewens, 1972).
 */
export function rarityOf(table: CodedTable, model: Model, entities: readonly Float64Array[]): Float32Array[] {
  return table.fields.map((_, f) => {
    const own = entities[f]!;
    let n = 0;
    for (const count of own) n += count;
    const u = model.fields[f]!.u[0]![1]!;
    const unseen = Math.max(0, 1 / u - 1);
    const bits = new Float32Array(own.length);
    for (let value = 0; value < own.length; value++) bits[value] = Math.max(-12, Math.log2((u * (n + unseen)) / Math.max(1, own[value]!)));
    return bits;
  });
}

/** on how many different things each value stands, taking likely matches for one */
export function countEntities(table: CodedTable, pairs: Pick<Pairs, 'a' | 'b'>, hot: Int32Array, posts: Float64Array): Float64Array[] {
  const root = Int32Array.from({ length: table.rows }, (_, row) => row);
  const find = (row: number): number => {
    while (root[row] !== row) row = root[row] = root[root[row]!]!;
    return row;
  };
  for (let h = 0; h < hot.length; h++) if (posts[h]! > 0.8) root[find(pairs.a[hot[h]!]!)] = find(pairs.b[hot[h]!]!);
  // the rows of one thing as a chain from its last to its first
  const before = new Int32Array(table.rows);
  const last = new Int32Array(table.rows).fill(-1);
  for (let row = 0; row < table.rows; row++) {
    const thing = find(row);
    before[row] = last[thing]!;
    last[thing] = row;
  }
  return table.fields.map(({ ids, counts: rows }) => {
    const counts = new Float64Array(rows.length);
    const met = new Int32Array(rows.length).fill(-1);
    for (let thing = 0; thing < table.rows; thing++)
      for (let row = last[thing]!; row >= 0; row = before[row]!) {
        const id = ids[row]!;
        if (id < 0 || met[id] === thing) continue;
        met[id] = thing;
        counts[id]!++;
      }
    return counts;
  });
}
