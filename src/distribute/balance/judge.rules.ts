/** What a division is worth, told from nothing but the units, the borders given and who is where: no sums of the search are trusted. */
import { distanceKm } from './map.rules.ts';
import type { Pair, Position } from './map.rules.ts';
import { joinSets } from './map.rules.ts';

export interface JudgedTerritory {
  name: string;
  units: number;
  /** by measure: the sum, and how far it is from an even share (0.05: five per cent above) */
  sums: { value: number; deviation: number }[];
  /** how many pieces it falls into over the borders given; null where no borders are known */
  pieces: number | null;
  /** root of the mean square distance of its units from its middle; null where nothing has a position */
  radiusKm: number | null;
}
export interface Judged {
  territories: JudgedTerritory[];
  /** by measure: the largest deviation, in size */
  deviations: number[];
  contiguous: boolean | null;
  /** borders between units of different territories, of all borders */
  cut: number;
  borders: number;
  /** radius of all territories together, by units; null where nothing has a position */
  radiusKm: number | null;
  /** units that are elsewhere than today, and by measure the share of the whole that moves; null where today is not known */
  moved: { units: number; shares: number[]; values: number[] } | null;
}

export interface Judgeable {
  readonly values: readonly (readonly number[])[];
  readonly positions: readonly (Position | null)[];
  readonly borders: readonly Pair[] | null;
  readonly today: readonly (string | null)[];
  readonly names: readonly string[];
}

/** `of` names the territory of each unit. */
export function judge(given: Judgeable, of: readonly string[]): Judged {
  const { values, positions, borders, today, names } = given;
  const measures = values[0]?.length ?? 0;
  const all = sumOf(values, measures);
  const members = Map.groupBy(of.keys(), (u) => of[u]!);
  const pieces = borders && countPieces(of, borders);
  const territories = names.map((name): JudgedTerritory => {
    const own = members.get(name) ?? [];
    const sums = sumOf(own.map((u) => values[u]!), measures);
    const square = squareOf(own, positions);
    return {
      name,
      units: own.length,
      sums: sums.map((value, m) => ({ value, deviation: all[m] === 0 ? 0 : (value * names.length) / all[m]! - 1 })),
      pieces: pieces && (pieces.get(name) ?? 0),
      radiusKm: square && Math.sqrt(square.sum / square.count),
    };
  });
  const squares = names.map((name) => squareOf(members.get(name) ?? [], positions)).filter((s) => s !== null);
  const known = [...today.keys()].filter((u) => today[u] !== null);
  const gone = known.filter((u) => today[u] !== of[u]);
  const moving = sumOf(gone.map((u) => values[u]!), measures);
  return {
    territories,
    deviations: all.map((_, m) => Math.max(...territories.map(({ sums }) => Math.abs(sums[m]!.deviation)))),
    contiguous: pieces && territories.every((t) => t.pieces === 1),
    cut: borders ? borders.filter(([a, b]) => of[a] !== of[b]).length : 0,
    borders: borders?.length ?? 0,
    radiusKm: squares.length === 0 ? null : Math.sqrt(squares.reduce((s, q) => s + q.sum, 0) / squares.reduce((s, q) => s + q.count, 0)),
    moved: known.length === 0 ? null : { units: gone.length, values: moving, shares: moving.map((value, m) => (all[m] === 0 ? 0 : value / all[m]!)) },
  };
}

function sumOf(rows: readonly (readonly number[])[], measures: number): number[] {
  return Array.from({ length: measures }, (_, m) => rows.reduce((sum, row) => sum + row[m]!, 0));
}

function countPieces(of: readonly string[], borders: readonly Pair[]): Map<string, number> {
  const sets = joinSets(of.length);
  for (const [a, b] of borders) if (of[a] === of[b]) sets.join(a, b);
  const count = new Map<string, number>();
  for (const [u, name] of of.entries()) if (sets.find(u) === u) count.set(name, (count.get(name) ?? 0) + 1);
  return count;
}

function squareOf(members: readonly number[], positions: readonly (Position | null)[]): { sum: number; count: number } | null {
  const placed = members.flatMap((u) => positions[u] ?? []);
  if (placed.length === 0) return null;
  const middle = { lon: placed.reduce((s, p) => s + p.lon, 0) / placed.length, lat: placed.reduce((s, p) => s + p.lat, 0) / placed.length };
  return { sum: placed.reduce((s, p) => s + distanceKm(p, middle) ** 2, 0), count: placed.length };
}
