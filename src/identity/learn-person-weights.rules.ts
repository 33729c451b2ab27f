/** Weights for people, learned from a workspace's own sightings and steered by what people decided in the duplicates list. */
import { cellsOf } from '../platform/values/cells.rules.ts';
import { allPairs, allPairsMost, blockedPairs, kinPairs, randomPairs, universeOf } from './match/block.rules.ts';
import { codeTable, valueAt } from './match/coded.rules.ts';
import { learn } from './match/learn.rules.ts';
import { drawing } from './match/match-tables.rules.ts';
import { startField, weigh, type FieldModel } from './match/model.rules.ts';
import { personKinds, type Weights } from './person-weights.rules.ts';

export interface SightedRows {
  /** by the order of `personKinds`, a cell for every sighting; '' where nothing was said */
  cells: readonly (readonly string[])[];
  /** which person each sighting was taken for */
  people: readonly string[];
  /** pairs of people somebody called one, or two */
  decided: readonly { personId: string; otherId: string; same: boolean }[];
}

/** as it is stored: numbers in plain arrays */
export interface StoredWeights {
  fields: (Omit<FieldModel, 'm' | 'u' | 'bits'> & { m: number[][]; u: number[][] })[];
  returning: number;
  given: [string, number][];
  family: [string, number][];
}

/** below so many expected matches the usual weights are better than what could be learned */
const matchesLeast = 100;
/** so many names are kept with how frequent they are; the others are rare */
const namesMost = 3000;

export function learnPersonWeights(seen: SightedRows): StoredWeights | undefined {
  const rows = seen.people.length;
  const fields = personKinds.map((kind, at) => ({ label: kind, kind, cells: cellsOf(seen.cells[at]!) }));
  const table = codeTable(fields, rows);
  // a field nobody fills cannot be learned, and the others lean on it; on the position, the last, none does
  if (personKinds.slice(0, -1).some((kind, at) => table.fields[at]?.kind !== kind)) return undefined;
  const universe = universeOf(rows, undefined);
  const draw = drawing(rows);
  const whole = universe <= allPairsMost / 2;
  const candidates = whole ? allPairs(table, undefined) : blockedPairs(table, undefined);
  const background = whole ? candidates : randomPairs(table, undefined, 300_000, draw);
  const kin = kinPairs(table, 10_000, draw);
  const { model } = learn({ table, candidates, background, kin, universe, rows, decided: decidedRows(seen, rows) });
  if (model.matches < matchesLeast) return undefined;
  const share = (kind: 'given name' | 'family name'): [string, number][] => {
    const field = table.fields[personKinds.indexOf(kind)]!;
    const all = field.counts.reduce((sum, n) => sum + n, 0);
    return [...field.counts]
      .map((count, at): [string, number] => [valueAt(field, at).text, Number((count / all).toPrecision(4))])
      .toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .slice(0, namesMost);
  };
  const plain = (table: readonly Float64Array[]): number[][] => table.map((row) => Array.from(row, (n) => Number(n.toPrecision(6))));
  return {
    fields: model.fields.map(({ label, kind, labels, unlike, parents, m, u }) => ({
      label,
      kind,
      labels,
      unlike,
      parents,
      m: plain(m),
      u: plain(u),
    })),
    returning: Math.min(0.9, Math.max(0.05, 1 - new Set(seen.people).size / rows)),
    given: share('given name'),
    family: share('family name'),
  };
}

/** pairs of rows whose people were decided: row a × rows + row b → whether they are one */
function decidedRows({ people, decided }: SightedRows, rows: number): Map<number, boolean> {
  const of = new Map<string, number[]>();
  for (const [row, person] of people.entries()) of.set(person, [...(of.get(person) ?? []), row]);
  const out = new Map<number, boolean>();
  for (const { personId, otherId, same } of decided)
    for (const a of of.get(personId)?.slice(0, 20) ?? [])
      for (const b of of.get(otherId)?.slice(0, 20) ?? []) out.set(Math.min(a, b) * rows + Math.max(a, b), same);
  return out;
}

export function readStoredWeights(version: number, stored: StoredWeights): Weights {
  const fields = stored.fields.map((field): FieldModel => ({
    ...field,
    m: field.m.map((row) => Float64Array.from(row)),
    u: field.u.map((row) => Float64Array.from(row)),
    bits: field.m.map((row) => new Float64Array(row.length)),
  }));
  // learned before a field was looked at, or where nobody fills it: the usual weights
  for (const kind of personKinds.slice(fields.length)) fields.push(startField(kind, kind));
  weigh({ fields, priorBits: 0, matches: 0, rounds: 0 });
  return { version, fields, returning: stored.returning, given: new Map(stored.given), family: new Map(stored.family) };
}
