/**
 * Who borders on whom, as lists of neighbours in one array. Where the borders leave parts of the map unconnected, links are laid between
 * their nearest units (by position, else by their place in the file), so that a division exists at all; links are told and count as no border.
 */
export interface Position {
  /** degrees */
  readonly lon: number;
  readonly lat: number;
}
export interface UnitMap {
  readonly units: number;
  /** the neighbours of u are near[start[u]] … near[start[u + 1] - 1] */
  readonly start: Int32Array;
  readonly near: Int32Array;
  /** 1 where the neighbour is across a border, 0 where it is only linked */
  readonly border: Uint8Array;
  readonly borders: number;
  /** links laid between parts that border on nothing, as pairs of units */
  readonly links: readonly (readonly [number, number])[];
}
export type Pair = readonly [number, number];

/** Pairs may stand twice, in either order; a unit that borders on itself is left out. Without any pair no links are laid. */
export function layMap(units: number, pairs: readonly Pair[], positions: readonly (Position | null)[] = []): UnitMap {
  const seen = new Set<number>();
  const own: Pair[] = [];
  for (const [a, b] of pairs) {
    const key = a < b ? a * units + b : b * units + a;
    if (a === b || seen.has(key)) continue;
    seen.add(key);
    own.push([a, b]);
  }
  const links = own.length === 0 ? [] : linkParts(units, own, positions);
  return { ...listNeighbours(units, own, links), borders: own.length, links };
}

function listNeighbours(units: number, own: readonly Pair[], links: readonly Pair[]): Pick<UnitMap, 'units' | 'start' | 'near' | 'border'> {
  const all = [...own, ...links];
  const start = new Int32Array(units + 1);
  for (const [a, b] of all) {
    start[a + 1]!++;
    start[b + 1]!++;
  }
  for (let u = 0; u < units; u++) start[u + 1]! += start[u]!;
  const next = start.slice();
  const near = new Int32Array(all.length * 2);
  const border = new Uint8Array(all.length * 2);
  for (const [at, [a, b]] of all.entries()) {
    const real = at < own.length ? 1 : 0;
    border[next[a]!] = real;
    border[next[b]!] = real;
    near[next[a]!++] = b;
    near[next[b]!++] = a;
  }
  return { units, start, near, border };
}

/** Joins sets of units; `find` says which set one is in. */
export function joinSets(count: number): { find(u: number): number; join(a: number, b: number): boolean } {
  const up = Int32Array.from({ length: count }, (_, at) => at);
  const find = (u: number): number => {
    let top = u;
    while (up[top] !== top) top = up[top] = up[up[top]!]!;
    return top;
  };
  return {
    find,
    join(a, b) {
      const [one, other] = [find(a), find(b)];
      if (one === other) return false;
      up[Math.max(one, other)] = Math.min(one, other);
      return true;
    },
  };
}

/** Each part but the first takes the nearest unit outside it, the smallest part first, until there is one part. */
function linkParts(units: number, pairs: readonly Pair[], positions: readonly (Position | null)[]): Pair[] {
  const sets = joinSets(units);
  for (const [a, b] of pairs) sets.join(a, b);
  const links: Pair[] = [];
  for (;;) {
    const parts = Map.groupBy(Array.from({ length: units }, (_, u) => u), sets.find);
    if (parts.size < 2) return links;
    // every part but the largest looks for its nearest outside: the number of parts at least halves each round
    const bySize = [...parts.values()].toSorted((a, b) => a.length - b.length || a[0]! - b[0]!);
    for (const part of bySize.slice(0, -1)) {
      const root = sets.find(part[0]!);
      if (part.some((u) => sets.find(u) !== root)) continue;
      const link = nearestOutside(part, units, (u) => sets.find(u) === root, positions);
      if (sets.join(...link)) links.push(link);
    }
  }
}

function nearestOutside(part: readonly number[], units: number, inside: (u: number) => boolean, positions: readonly (Position | null)[]): Pair {
  let best: Pair = [part[0]!, -1];
  let least = Infinity;
  for (const u of part) {
    for (let v = 0; v < units; v++) {
      const [from, to] = [positions[u], positions[v]];
      // without positions: by the place in the file, after all that have one
      const far = from && to ? distanceKm(from, to) : 1e6 + Math.abs(u - v);
      if (far < least && !inside(v)) {
        least = far;
        best = [u, v];
      }
    }
  }
  return best;
}

/** Great-circle distance by the haversine, in kilometres on a sphere of 6,371 km. */
export function distanceKm(a: Position, b: Position): number {
  const rad = Math.PI / 180;
  const [dLat, dLon] = [(b.lat - a.lat) * rad, (b.lon - a.lon) * rad];
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(dLon / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.min(1, Math.sqrt(h)));
}

/**
 * Neighbours guessed from centres: two border on each other if no third centre lies within the circle that has them at its ends (Gabriel &
 * Sokal 1969), looked for among the `most` nearest of each. Units without a position get none.
 */
export function neighboursFromCentres(positions: readonly (Position | null)[], most = 16): Pair[] {
  const placed = positions.flatMap((p, u) => (p ? [{ u, p }] : [])).toSorted((a, b) => a.p.lat - b.p.lat);
  // on a map this small a degree of longitude is as long everywhere as in its middle: the square of a chord is all we need
  const shrink = Math.cos(((placed[placed.length >> 1]?.p.lat ?? 0) * Math.PI) / 180);
  const [x, y] = [placed.map(({ p }) => p.lon * shrink), placed.map(({ p }) => p.lat)];
  const square = (a: number, b: number): number => (x[a]! - x[b]!) ** 2 + (y[a]! - y[b]!) ** 2;
  const pairs: Pair[] = [];
  for (const [a, { u }] of placed.entries()) {
    const nearest: { b: number; far: number }[] = [];
    const offer = (b: number): void => {
      const far = square(a, b);
      if (nearest.length === most && far >= nearest[most - 1]!.far) return;
      nearest.splice(nearest.findLastIndex((n) => n.far <= far) + 1, 0, { b, far });
      nearest.length = Math.min(nearest.length, most);
    };
    // outwards by latitude, until nothing nearer can come
    for (let down = a - 1, up = a + 1; down >= 0 || up < placed.length; down--, up++) {
      const bound = nearest.length < most ? Infinity : nearest[most - 1]!.far;
      const [lower, upper] = [down >= 0 && (y[a]! - y[down]!) ** 2 <= bound, up < placed.length && (y[up]! - y[a]!) ** 2 <= bound];
      if (lower) offer(down);
      if (upper) offer(up);
      if (!lower && !upper) break;
    }
    for (const { b, far } of nearest) {
      if (!nearest.some(({ b: c, far: between }) => between < far && between + square(b, c) < far)) pairs.push([u, placed[b]!.u]);
    }
  }
  return pairs;
}
