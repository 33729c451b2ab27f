/**
 * Where the search begins: a division by cutting random spanning trees in two, again and again (the recombination step of DeFord, Duchin &
 * Solomon, "Recombination: A Family of Markov Chains for Redistricting", 2021, used as recursive bisection), or one that is grown from what is
 * given: today's territories, pinned units, seeds.
 */
import type { Chance } from './chance.rules.ts';
import { shuffle } from './chance.rules.ts';
import type { Task } from './division.rules.ts';
import { divisionOf, leaving } from './division.rules.ts';
import { joinSets } from './map.rules.ts';
import type { UnitMap } from './map.rules.ts';

/** Territories 0 … n - 1 by recursive bisection: each cut is the one, of the edges of `trees` random trees, that divides most evenly. */
export function bisected(task: Task, chance: Chance, trees = 16): Int32Array {
  const of = new Int32Array(task.map.units);
  const divide = (members: readonly number[], first: number, territories: number): void => {
    if (territories === 1) {
      for (const u of members) of[u] = first;
      return;
    }
    const left = territories >> 1;
    const [one, other] = cutInTwo(task, members, left, territories, chance, trees);
    divide(one, first, left);
    divide(other, first + left, territories - left);
  };
  divide(Array.from(of.keys()), 0, task.territories);
  return of;
}

/** Two connected sides, the first to be `left` territories of `all`, each side with at least as many units as territories. */
function cutInTwo(task: Task, members: readonly number[], left: number, all: number, chance: Chance, trees: number): [number[], number[]] {
  const place = new Map(members.map((u, at) => [u, at]));
  const edges = edgesWithin(task.map, members, place);
  const wholes = task.shares.map((share) => members.reduce((sum, u) => sum + share[u]!, 0));
  let least = Infinity;
  let best: { below: boolean[]; first: boolean } | undefined;
  for (let tree = 0; tree < trees; tree++) {
    const { order, up } = randomTree(members.length, edges, chance);
    const size = new Int32Array(members.length).fill(1);
    const sums = task.shares.map((share) => Float64Array.from(members, (u) => share[u]!));
    for (let at = order.length - 1; at > 0; at--) {
      const u = order[at]!;
      size[up[u]!]! += size[u]!;
      for (const sum of sums) sum[up[u]!]! += sum[u]!;
    }
    for (const u of order.slice(1)) {
      for (const first of [true, false]) {
        const own = first ? left : all - left;
        if (size[u]! < own || members.length - size[u]! < all - own) continue;
        let off = 0;
        for (const [m, sum] of sums.entries()) off += task.weights[m]! * Math.abs(sum[u]! - (wholes[m]! * own) / all);
        if (off >= least) continue;
        least = off;
        const below: boolean[] = Array.from({ length: members.length }, () => false);
        below[u] = true;
        for (const v of order) if (up[v]! >= 0 && below[up[v]!]) below[v] = true;
        best = { below, first };
      }
    }
  }
  // a star has no edge with enough units on either side: then anything that counts right will do
  if (!best) return [members.slice(0, left), members.slice(left)];
  const { below, first } = best;
  return [members.filter((_, at) => below[at] === first), members.filter((_, at) => below[at] !== first)];
}

function edgesWithin(map: UnitMap, members: readonly number[], place: ReadonlyMap<number, number>): [number, number][] {
  return members.flatMap((u, at) => {
    const out: [number, number][] = [];
    for (let n = map.start[u]!; n < map.start[u + 1]!; n++) {
      const other = place.get(map.near[n]!);
      if (other !== undefined && at < other) out.push([at, other]);
    }
    return out;
  });
}

/** A spanning tree by Kruskal over edges in random order: its nodes from the root down, and the parent of each. */
function randomTree(nodes: number, edges: readonly [number, number][], chance: Chance): { order: number[]; up: Int32Array } {
  const turn = Int32Array.from(edges.keys());
  shuffle(turn, chance);
  const sets = joinSets(nodes);
  const near: number[][] = Array.from({ length: nodes }, () => []);
  for (const at of turn) {
    const [a, b] = edges[at]!;
    if (!sets.join(a, b)) continue;
    near[a]!.push(b);
    near[b]!.push(a);
  }
  const up = new Int32Array(nodes).fill(-1);
  const order = [0];
  for (let at = 0; at < order.length; at++) {
    const u = order[at]!;
    for (const v of near[u]!) {
      if (v === up[u]) continue;
      up[v] = u;
      order.push(v);
    }
  }
  return { order, up };
}

/** As it is today, each territory as the heaviest of its pieces and those with pinned units; -1 where that leaves nothing. */
export function asToday(task: Task): Int32Array {
  const { map, today, pinned, worth } = task;
  const of = Int32Array.from(today, (own, u) => (pinned[u]! >= 0 ? pinned[u]! : own));
  if (!task.contiguous) return of;
  const heaviest = new Map<number, { weight: number; members: number[] }>();
  for (const piece of piecesOf(map, of)) {
    const own = of[piece[0]!]!;
    if (own < 0) continue;
    const weight = piece.reduce((sum, u) => sum + worth[u]!, 0);
    const best = heaviest.get(own);
    const lesser = best && best.weight >= weight ? piece : best?.members;
    if (!best || best.weight < weight) heaviest.set(own, { weight, members: piece });
    if (lesser && !lesser.some((u) => pinned[u]! >= 0)) for (const u of lesser) of[u] = -1;
  }
  return of;
}

/** The connected pieces of a division; units at -1 are pieces of their own kind. */
export function piecesOf(map: UnitMap, of: Int32Array, bordersOnly = false): number[][] {
  const sets = joinSets(map.units);
  for (let u = 0; u < map.units; u++)
    for (let at = map.start[u]!; at < map.start[u + 1]!; at++)
      if (of[u] === of[map.near[at]!] && (!bordersOnly || map.border[at])) sets.join(u, map.near[at]!);
  return [...Map.groupBy(of.keys(), sets.find).values()];
}

/**
 * Fills what is left at -1: joins the pieces of a territory along shortest ways, gives every empty territory a seed, and lets the lightest
 * take its next neighbour, at random, until nothing is left. Random growth and nothing else when it begins with nothing.
 */
export function grown(task: Task, given: Int32Array, chance: Chance): Int32Array {
  const { map, pinned } = task;
  const of = given.slice();
  for (const [u, own] of pinned.entries()) if (own >= 0) of[u] = own;
  seedEmpty(task, of, chance);
  if (!task.contiguous) return spread(task, of);
  for (let t = 0; t < task.territories; t++) joinPieces(map, of, t);
  const edge = Array.from({ length: task.territories }, (): number[] => []);
  const { load } = divisionOf(task, of.map((own) => Math.max(own, 0)));
  load.fill(0);
  const take = (u: number, t: number): void => {
    of[u] = t;
    for (let m = 0; m < task.shares.length; m++) load[t]! += task.shares[m]![u]!;
    for (let at = map.start[u]!; at < map.start[u + 1]!; at++) if (of[map.near[at]!] === -1) edge[t]!.push(map.near[at]!);
  };
  for (const [u, own] of of.entries()) if (own >= 0) take(u, own);
  for (;;) {
    let lightest = -1;
    for (let t = 0; t < task.territories; t++) if (edge[t]!.length > 0 && (lightest < 0 || load[t]! < load[lightest]!)) lightest = t;
    if (lightest < 0) return of;
    const own = edge[lightest]!;
    const at = chance.below(own.length);
    const u = own[at]!;
    own[at] = own.at(-1)!;
    own.pop();
    if (of[u] === -1) take(u, lightest);
  }
}

/** One unit for every territory that has none: free ones at random, else taken from the territory with the most. */
function seedEmpty(task: Task, of: Int32Array, chance: Chance): void {
  const count = new Int32Array(task.territories);
  for (const own of of) if (own >= 0) count[own]!++;
  const may = leaving(task);
  for (let t = 0; t < task.territories; t++) {
    if (count[t]! > 0) continue;
    const free = [...of.keys()].filter((u) => of[u] === -1);
    let seed = free[chance.below(free.length)];
    if (seed === undefined) {
      const division = divisionOf(task, of);
      const able = [...of.keys()].filter((u) => task.pinned[u] === -1 && division.count[of[u]!]! > 1);
      const ranked = able.toSorted((a, b) => division.load[of[b]! * task.shares.length]! - division.load[of[a]! * task.shares.length]! || a - b);
      seed = ranked.find((u) => may(division, u)) ?? ranked[0];
      if (seed === undefined) return;
      count[of[seed]!]!--;
    }
    of[seed] = t;
    count[t]!++;
  }
}

/** Without borders: the heaviest unit first to whoever carries least. */
function spread(task: Task, of: Int32Array): Int32Array {
  const weightOf = (u: number): number => task.shares.reduce((sum, share, m) => sum + task.weights[m]! * share[u]!, 0);
  const load = new Float64Array(task.territories);
  for (const [u, own] of of.entries()) if (own >= 0) load[own]! += weightOf(u);
  for (const u of [...of.keys()].filter((u) => of[u] === -1).toSorted((a, b) => weightOf(b) - weightOf(a) || a - b)) {
    const lightest = load.indexOf(Math.min(...load));
    of[u] = lightest;
    load[lightest]! += weightOf(u);
  }
  return of;
}

/** The shortest way over free units from one piece of the territory to another, until there is one piece or no way. */
function joinPieces(map: UnitMap, of: Int32Array, territory: number): void {
  for (;;) {
    const pieces = piecesOf(map, of).filter((piece) => of[piece[0]!] === territory);
    if (pieces.length < 2) return;
    const way = shortestWay(map, of, territory, pieces);
    if (!way) return;
    for (const u of way) of[u] = territory;
  }
}

function shortestWay(map: UnitMap, of: Int32Array, territory: number, pieces: readonly number[][]): number[] | undefined {
  for (const piece of pieces.slice(0, -1)) {
    const own = new Set(piece);
    const from = new Int32Array(map.units).fill(-2);
    const queue = [...piece];
    for (const u of queue) from[u] = -1;
    for (let at = 0; at < queue.length; at++) {
      const u = queue[at]!;
      for (let n = map.start[u]!; n < map.start[u + 1]!; n++) {
        const v = map.near[n]!;
        if (from[v]! !== -2 || own.has(v)) continue;
        if (of[v] === territory) {
          const way: number[] = [];
          for (let step = u; !own.has(step); step = from[step]!) way.push(step);
          return way;
        }
        if (of[v] !== -1) continue;
        from[v] = u;
        queue.push(v);
      }
    }
  }
  return undefined;
}
