/** The whole way from raw columns to clusters: recognise, normalise, choose pairs, learn, weigh, gather. Deterministic. */
import { allPairs, allPairsMost, drawnPairs, kinPairs, layBlocks, randomPairs, universeOf, type Blocks } from './block.rules.ts';
import { clusterLinks } from './cluster.rules.ts';
import { codeField, compareRows, tableOf, type CodedTable, type Levelling } from './coded.rules.ts';
import { recogniseColumns, recogniseTwo, type RawColumn, type Recognised } from './columns.rules.ts';
import { learn } from './learn.rules.ts';
import { fieldBits, pairBits, type Model, type Pairs } from './model.rules.ts';
import { scoreBlocks, scorePairs, settle, type Scored } from './score.rules.ts';

export interface MatchOptions {
  /** a second table: its rows are matched with the first's, not with each other */
  other?: readonly RawColumn[];
  /** the inquiry field a header names, by a vocabulary of the caller's */
  fieldOf?: (header: string) => string | undefined;
  /** how sure two rows must be one to be clustered, 0 to 1; by default as likely as not */
  joinFrom?: number;
  /** two tables: a row of one may be several of the other */
  many?: boolean;
  /** all pairs are compared up to so many; beyond, those that share a key */
  allPairsMost?: number;
}

export interface FieldEvidence {
  field: string;
  outcome: string;
  bits: number;
}

export interface MatchedPair {
  a: number;
  b: number;
  bits: number;
  probability: number;
  zone: 'sure' | 'ask';
}

export interface Matched {
  recognised: Recognised;
  model: Model;
  pairs: MatchedPair[];
  /** per row the number of its cluster */
  clusters: Int32Array;
  compared: number;
  evidenceOf(pair: { a: number; b: number }): FieldEvidence[];
}

export const sureFrom = 0.95;
const askFrom = 0.05;
/** so many pairs teach enough; more add only time */
const drawnMost = 150_000;
/** in a table of a few rows anybody is soon taken for anybody: so many bits must speak for it, however few could be meant */
const evidenceLeast = 6;

/** A table understood: what is compared, of how many rows, and where the second table begins. */
export interface Understood {
  recognised: Recognised;
  rows: number;
  split: number | undefined;
}

/** What was learned of it, and which pairs are to be weighed: all, or those of some blocks. */
export interface Taught {
  table: CodedTable;
  model: Model;
  rarity: Float32Array[];
  pairs: Pairs | Blocks;
}

export function matchTables(columns: readonly RawColumn[], options: MatchOptions = {}): Matched {
  return matchUnderstood(understand(columns, options), options);
}

export function matchUnderstood(understood: Understood, options: MatchOptions): Matched {
  const taught = teach(tableOf(understood.recognised.fields.map(codeField), understood.rows), understood, options);
  const { table, model, rarity, pairs } = taught;
  return conclude(understood, taught, isBlocks(pairs) ? scoreBlocks(pairs, table, model, rarity) : scorePairs(pairs, table, model, rarity), options);
}

export function understand(columns: readonly RawColumn[], options: MatchOptions): Understood {
  const recognised = options.other ? recogniseTwo(columns, options.other, options.fieldOf) : recogniseColumns(columns, options.fieldOf);
  const own = columns[0]?.cells.ids.length ?? 0;
  return { recognised, rows: own + (options.other?.[0]?.cells.ids.length ?? 0), split: options.other ? own : undefined };
}

export const isBlocks = (pairs: Pairs | Blocks): pairs is Blocks => 'members' in pairs;

/** all pairs are compared, not only those that share a key */
export const isWhole = ({ rows, split }: Pick<Understood, 'rows' | 'split'>, options: MatchOptions): boolean =>
  universeOf(rows, split) <= (options.allPairsMost ?? allPairsMost);

/** `laid` and `level`: what other threads did or do of it */
export function teach(table: CodedTable, { rows, split }: Understood, options: MatchOptions, laid?: Blocks, level?: Levelling): Taught {
  const draw = drawing(2026);
  const blocks = isWhole({ rows, split }, options) ? undefined : (laid ?? layBlocks(table, split));
  const { pairs: candidates, share } = blocks ? drawnPairs(table, blocks, drawnMost, level) : { pairs: allPairs(table, split), share: undefined };
  const learned = learn({
    table,
    candidates,
    background: blocks ? randomPairs(table, split, 100_000, draw, level) : candidates,
    kin: kinPairs(table, 8_000, draw, level),
    universe: universeOf(rows, split),
    rows: split === undefined ? rows : Math.min(split, rows - split),
    ...(share !== undefined && share < 1 && { share }),
  });
  return { table, ...learned, pairs: blocks ?? candidates };
}

export function conclude({ recognised, rows, split }: Understood, taught: Taught, scored: Scored, options: MatchOptions): Matched {
  const { table, model } = taught;
  const { bits: bitsOf, rarity } = isBlocks(taught.pairs) ? settle(scored, table, model) : { bits: scored.bits, rarity: taught.rarity };
  const isElsewhere = sitesApart(model, table);
  const elsewhere = new Set<MatchedPair>();
  const pairs: MatchedPair[] = [];
  for (let p = 0; p < scored.count; p++) {
    const bits = bitsOf[p]!;
    const probability = 1 / (1 + 2 ** -bits);
    if (probability < askFrom || bits - model.priorBits < evidenceLeast) continue;
    const apart = isElsewhere(scored.levels, p * model.fields.length);
    const pair: MatchedPair = { a: scored.a[p]!, b: scored.b[p]!, bits, probability, zone: probability >= sureFrom && !apart ? 'sure' : 'ask' };
    pairs.push(pair);
    if (apart) elsewhere.add(pair);
  }
  pairs.sort((x, y) => y.bits - x.bits || x.a - y.a || x.b - y.b);
  const one = new Uint8Array(table.fields.length);
  const single: Pairs = { a: new Int32Array(1), b: new Int32Array(1), levels: one, count: 1 };
  const across = (a: number, b: number): number => {
    single.a[0] = a;
    single.b[0] = b;
    compareRows(table, a, b, one, 0);
    return pairBits(single, 0, table, model, rarity);
  };
  const join = options.joinFrom ?? 0.5;
  const side = split !== undefined && options.many !== true ? (row: number): number => (row < split ? 0 : 1) : undefined;
  const clusters = clusterLinks(rows, elsewhere.size === 0 ? pairs : pairs.filter((pair) => !elsewhere.has(pair)), Math.log2(join / (1 - join)), across, side);
  return { recognised, model, pairs, clusters, compared: scored.compared, evidenceOf: (pair) => evidenceOf(pair, table, model, rarity) };
}

/**
 * In a list of organizations a site is where it stands: at another address under another name, however much of it is shared, is another
 * site of theirs, whose head office answers the telephone for all. Such pairs are asked about.
 */
export function sitesApart({ fields }: Model, table: CodedTable): (levels: Uint8Array, at: number) => boolean {
  const [name, street] = [fields.findIndex(({ kind }) => kind === 'organization'), fields.findIndex(({ kind }) => kind === 'street')];
  if (name < 0) return () => false;
  const filled = (f: number): number => table.fields[f]!.counts.reduce((sum, count) => sum + count, 0);
  const hasPeople = fields.some(({ kind }, f) => (kind === 'given name' || kind === 'family name') && filled(f) > filled(name) / 2);
  if (street < 0 || hasPeople) return () => false;
  const [alike, elsewhere] = [fields[name]!.labels.indexOf('alike'), fields[street]!.labels.indexOf('the same number')];
  return (levels, at) => levels[at + name]! > alike && levels[at + street]! >= elsewhere;
}

function evidenceOf({ a, b }: { a: number; b: number }, table: CodedTable, model: Model, rarity: readonly Float32Array[]): FieldEvidence[] {
  const levels = new Uint8Array(table.fields.length);
  compareRows(table, a, b, levels, 0);
  const pair: Pairs = { a: Int32Array.of(a), b: Int32Array.of(b), levels, count: 1 };
  const states = new Int32Array(levels.length);
  const out: FieldEvidence[] = [{ field: 'before looking', outcome: 'two rows taken at random', bits: model.priorBits }];
  for (const [f, field] of model.fields.entries()) {
    const level = levels[f]!;
    if (level === 0) continue;
    const bits = fieldBits(pair, 0, f, table, model, rarity, states);
    const rare = bits - field.bits[states[f]!]![level]!;
    const outcome = `${field.labels[level]!}${rare > 1 ? ', a rare value' : rare < -1 ? ', a common value' : ''}`;
    out.push({ field: field.label, outcome, bits });
  }
  return out;
}

/** mulberry32: the same pairs are drawn every time */
export function drawing(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
