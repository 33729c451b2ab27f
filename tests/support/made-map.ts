import { chanceFrom } from '../../src/distribute/balance/chance.rules.ts';

export interface MadeMap {
  units: { id: string; lon: number; lat: number; people: number; calls: number }[];
  borders: [number, number][];
}

/**
 * A map that never was, planar and in one piece: a grid shaken, with holes where nobody lives and a slanting border in some squares, or
 * scattered points joined by the shortest lines that cross none before. People are skewed as they are in towns and country, calls differently.
 */
export function madeMap(seed: number, count: number, kind: 'grid' | 'scattered' = 'grid'): MadeMap {
  const chance = chanceFrom(seed);
  const side = Math.ceil(Math.sqrt(count * 1.2));
  const points = Array.from({ length: kind === 'grid' ? side * side : count }, (_, at) =>
    kind === 'grid'
      ? { lon: 5 + ((at % side) + 0.6 * chance.next()) * 0.1, lat: 45 + (Math.floor(at / side) + 0.6 * chance.next()) * 0.1 }
      : { lon: 5 + chance.next() * 4, lat: 45 + chance.next() * 4 },
  );
  const all = kind === 'grid' ? gridBorders(side, chance.next) : shortestLines(points);
  const gone = new Set(kind === 'grid' ? points.keys().filter(() => chance.next() < 0.12) : []);
  const kept = largestPart(points.length, all.filter(([a, b]) => !gone.has(a) && !gone.has(b)));
  const place = new Map([...kept].toSorted((a, b) => a - b).map((old, now) => [old, now]));
  return {
    units: [...place.keys()].map((old, now) => ({
      id: `U${String(now + 1).padStart(4, '0')}`,
      ...points[old]!,
      people: Math.round(1000 * Math.exp(1.1 * normal(chance.next))),
      calls: Math.round(10 * Math.exp(0.8 * normal(chance.next))),
    })),
    borders: all.flatMap(([a, b]): [number, number][] => (place.has(a) && place.has(b) ? [[place.get(a)!, place.get(b)!]] : [])),
  };
}

const normal = (next: () => number): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());

function gridBorders(side: number, next: () => number): [number, number][] {
  const borders: [number, number][] = [];
  for (let at = 0; at < side * side; at++) {
    const [right, below] = [at % side < side - 1, at < side * (side - 1)];
    if (right) borders.push([at, at + 1]);
    if (below) borders.push([at, at + side]);
    if (right && below && next() < 0.5) borders.push(next() < 0.5 ? [at, at + side + 1] : [at + 1, at + side]);
  }
  return borders;
}

function shortestLines(points: readonly { lon: number; lat: number }[]): [number, number][] {
  const square = ([a, b]: [number, number]): number => (points[a]!.lon - points[b]!.lon) ** 2 + (points[a]!.lat - points[b]!.lat) ** 2;
  const turn = (a: number, b: number, c: number): number =>
    (points[b]!.lon - points[a]!.lon) * (points[c]!.lat - points[a]!.lat) - (points[b]!.lat - points[a]!.lat) * (points[c]!.lon - points[a]!.lon);
  const lines: [number, number][] = [];
  const pairs = points.flatMap((_, a) => points.slice(a + 1).map((__, n): [number, number] => [a, a + 1 + n]));
  for (const [a, b] of pairs.toSorted((one, other) => square(one) - square(other))) {
    const crossed = lines.some(
      ([c, d]) => ![c, d].includes(a) && ![c, d].includes(b) && turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0,
    );
    if (!crossed) lines.push([a, b]);
  }
  return lines;
}

/** The units of the largest connected part, by plain flooding. */
export function largestPart(count: number, borders: readonly (readonly [number, number])[]): Set<number> {
  const near = Array.from({ length: count }, (): number[] => []);
  for (const [a, b] of borders) {
    near[a]!.push(b);
    near[b]!.push(a);
  }
  let largest = new Set<number>();
  const met = new Set<number>();
  for (let from = 0; from < count; from++) {
    if (met.has(from)) continue;
    const part = new Set([from]);
    for (const u of part) for (const v of near[u]!) part.add(v);
    for (const u of part) met.add(u);
    if (part.size > largest.size) largest = part;
  }
  return largest;
}
