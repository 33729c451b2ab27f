/** What agreement is worth: per field and level the shares of matches (m) and of strangers (u), and from them bits that add up. */
import type { CodedTable } from './coded.rules.ts';
import { levelSets } from './levels.rules.ts';
import type { Kind } from './value.rules.ts';

export interface Pairs {
  readonly a: Int32Array;
  readonly b: Int32Array;
  /** levels of pair p in field f at p * fields + f */
  readonly levels: Uint8Array;
  readonly count: number;
}

export interface FieldModel {
  label: string;
  kind: Kind;
  labels: readonly string[];
  /** first level that is no agreement */
  unlike: number;
  /** fields it follows from, the strongest first */
  parents: { field: number; states: number }[];
  /** [state][level]: state 0 where no parent is known; the parent's `states` where it agrees, the one after where it does not */
  m: Float64Array[];
  u: Float64Array[];
  bits: Float64Array[];
}

export interface Model {
  fields: FieldModel[];
  /** log2 of the odds that two rows taken at random are one */
  priorBits: number;
  /** how many pairs are expected to be matches */
  matches: number;
  rounds: number;
}

/** bits of one field stay between: nothing is certain, and a mistaken cell must not outweigh everything else */
const most = 20;
const least = -10;
/** A field as it is believed of before anything was learned. */
export function startField(label: string, kind: Kind): FieldModel {
  const { labels, unlike, m, u } = levelSets[kind];
  return { label, kind, labels, unlike, parents: [], m: [Float64Array.from(m)], u: [Float64Array.from(u)], bits: [new Float64Array(m.length)] };
}

export function startModel(table: CodedTable): Model {
  const fields = table.fields.map(({ label, kind }) => startField(label, kind));
  const model = { fields, priorBits: 0, matches: 0, rounds: 0 };
  // places follow from one another wherever they stand: postcode, town, region, country
  const places = table.fields
    .map((field, f) => ({ f, rank: ['postcode', 'city', 'state', 'country'].indexOf(field.kind) }))
    .filter(({ rank }) => rank >= 0)
    .toSorted((x, y) => x.rank - y.rank || x.f - y.f);
  for (const [n, { f }] of places.entries()) for (const place of places.slice(0, n).toReversed()) addParent(model, f, place.f);
  return model;
}

/** from here on the field is weighed apart where that parent agrees and where it does not, believed at first to be as for all */
export function addParent(model: Model, child: number, parent: number): void {
  const field = model.fields[child]!;
  if (field.parents.some((one) => one.field === parent)) return;
  field.parents.push({ field: parent, states: field.m.length });
  for (const rows of [field.m, field.u, field.bits]) for (const _ of ['agrees', 'differs']) rows.push(Float64Array.from(rows[0]!));
}

/** which row of a field's tables counts for a pair whose levels stand from `at` on: by a parent that agrees, else by the first known */
export function stateOf(levels: Uint8Array, at: number, { parents }: FieldModel, fields: readonly FieldModel[]): number {
  let state = 0;
  for (const parent of parents) {
    const level = levels[at + parent.field]!;
    if (level === 0) continue;
    if (level < fields[parent.field]!.unlike) return parent.states;
    if (state === 0) state = parent.states + 1;
  }
  return state;
}

/**
 * How rare a value is says something only where no parent agrees: among those who share a postcode no town is rare. A name that
 * is rare stays so among those who share its language, which is why names follow from country and firm.
 */
export const isRarityTold = ({ kind, parents }: FieldModel, state: number): boolean =>
  kind === 'given name' || kind === 'family name' || !parents.some((parent) => parent.states === state);

/** bits of one field of one pair; its state is left in `states` */
export function fieldBits(
  pairs: Pairs,
  p: number,
  f: number,
  table: CodedTable,
  model: Model,
  rarity: readonly Float32Array[],
  states: Int32Array,
): number {
  const { fields } = model;
  const at = p * fields.length;
  const level = pairs.levels[at + f]!;
  if (level === 0) return 0;
  const field = fields[f]!;
  const state = field.parents.length === 0 ? 0 : stateOf(pairs.levels, at, field, fields);
  states[f] = state;
  const bits = field.bits[state]![level]!;
  if (level !== 1 || (state !== 0 && !isRarityTold(field, state))) return bits;
  const row = pairs.a[p]! * fields.length;
  const rare = rarity[f]![table.cells[row + f]!]!;
  if (f !== table.family || table.given < 0 || pairs.levels[at + table.given] !== 1) return bits + rare;
  return bits + rareBeside(rare, rarity[table.given]![table.cells[row + table.given]!]!);
}

/** what the rarity of a family name still adds beside the given name's: names go by language, where both are rare, the rarer says it for both */
export const rareBeside = (rare: number, given: number): number => (rare <= 0 || given <= 0 ? rare : Math.max(0, rare - given));

const unused = new Int32Array(256);

/** bits of one pair, prior included */
export function pairBits(pairs: Pairs, p: number, table: CodedTable, model: Model, rarity: readonly Float32Array[]): number {
  let bits = model.priorBits;
  for (let f = 0; f < model.fields.length; f++) bits += fieldBits(pairs, p, f, table, model, rarity, unused);
  return bits;
}

/** bits by level, made to fall from level to level: that a worse agreement speaks more for a match is chance (pooled by m) */
export function weigh(model: Model): void {
  for (const field of model.fields) {
    for (let state = 0; state < field.m.length; state++) {
      const m = field.m[state]!;
      const u = field.u[state]!;
      const bits = field.bits[state]!;
      const pools: { m: number; u: number; from: number; to: number }[] = [];
      for (let level = 1; level < m.length; level++) {
        let pool = { m: m[level]!, u: u[level]!, from: level, to: level };
        for (let last = pools.at(-1); last && last.m / last.u < pool.m / pool.u; last = pools.at(-1)) {
          pools.pop();
          pool = { m: last.m + pool.m, u: last.u + pool.u, from: last.from, to: pool.to };
        }
        pools.push(pool);
      }
      for (const pool of pools) bits.fill(Math.min(most, Math.max(least, Math.log2(pool.m / pool.u))), pool.from, pool.to + 1);
    }
  }
}

/** what many can share, so that other things follow from it */
export const mayLead = new Set([
  'organization',
  'website',
  'street',
  'postcode',
  'city',
  'state',
  'country',
  'category',
  'word',
  'text',
  'number',
  'code',
  'family name',
]);
/** the fields that name somebody: who differs in all of them is taken for a stranger */
export function namingFields(model: Model): number[] {
  const of = (...kinds: string[]): number[] => [...model.fields.keys()].filter((f) => kinds.includes(model.fields[f]!.kind));
  const names = of('given name', 'family name');
  return names.length > 0 ? names : of('organization');
}
