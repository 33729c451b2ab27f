/**
 * A division of a map into territories, kept with its sums while units change hands one by one: what every territory carries of every
 * measure, the borders cut, the value moved from today. A unit may leave only where its territory does not fall into more pieces than it has.
 */
import type { UnitMap } from './map.rules.ts';

export interface Task {
  readonly map: UnitMap;
  readonly territories: number;
  /** by measure, then unit: its share of the whole times the number of territories, so that an even territory carries 1 */
  readonly shares: readonly Float64Array[];
  /** by measure: how far from 1 a territory may be */
  readonly tolerances: readonly number[];
  /** by measure: how much its deviation counts against the others' */
  readonly weights: readonly number[];
  /** the territory a unit must be in; -1 where it may be in any */
  readonly pinned: Int32Array;
  /** the territory a unit is in today; -1 where in none or where nobody asked to keep it */
  readonly today: Int32Array;
  /** what it costs to move a unit, as a share of all there is to move */
  readonly worth: Float64Array;
  /** false: nothing is known of who borders on whom, any unit may be anywhere */
  readonly contiguous: boolean;
}

export interface Division {
  readonly of: Int32Array;
  /** by territory, then measure */
  readonly load: Float64Array;
  readonly count: Int32Array;
  cut: number;
  moved: number;
}

export function divisionOf(task: Task, of: Int32Array): Division {
  const { map, territories, shares } = task;
  const load = new Float64Array(territories * shares.length);
  const count = new Int32Array(territories);
  let [cut, moved] = [0, 0];
  for (let u = 0; u < map.units; u++) {
    const own = of[u]!;
    count[own]!++;
    for (const [m, share] of shares.entries()) load[own * shares.length + m]! += share[u]!;
    for (let at = map.start[u]!; at < map.start[u + 1]!; at++) if (of[map.near[at]!] !== own) cut += map.border[at]!;
    if (task.today[u]! >= 0 && task.today[u] !== own) moved += task.worth[u]!;
  }
  return { of, load, count, cut: cut / 2, moved };
}

/** Puts u into territory `to` and brings every sum up to date. */
export function move(task: Task, division: Division, u: number, to: number): void {
  const { map, shares, today, worth } = task;
  const from = division.of[u]!;
  for (let m = 0; m < shares.length; m++) {
    division.load[from * shares.length + m]! -= shares[m]![u]!;
    division.load[to * shares.length + m]! += shares[m]![u]!;
  }
  division.count[from]!--;
  division.count[to]!++;
  for (let at = map.start[u]!; at < map.start[u + 1]!; at++) {
    const other = division.of[map.near[at]!];
    if (other === from) division.cut += map.border[at]!;
    else if (other === to) division.cut -= map.border[at]!;
  }
  if (today[u]! >= 0) division.moved += ((today[u] === to ? 0 : 1) - (today[u] === from ? 0 : 1)) * worth[u]!;
  division.of[u] = to;
}

/** What a territory is off by beyond its tolerances, over all measures; 0 where it is within all of them. */
export function excessOf(task: Task, load: Float64Array, territory: number): number {
  const measures = task.shares.length;
  let sum = 0;
  for (let m = 0; m < measures; m++) {
    const off = Math.abs(load[territory * measures + m]! - 1) - task.tolerances[m]!;
    // the square spreads evenly what cannot be had
    if (off > 0) sum += task.weights[m]! * (off + off * off);
  }
  return sum;
}

export function excess(task: Task, division: Division): number {
  let sum = 0;
  for (let t = 0; t < task.territories; t++) sum += excessOf(task, division.load, t);
  return sum;
}

/** Looks whether a unit may leave its territory without tearing it; keeps its marks from call to call. */
export function leaving({ map, contiguous }: Task): (division: Division, u: number) => boolean {
  const met = new Int32Array(map.units);
  const wanted = new Int32Array(map.units);
  const queue = new Int32Array(map.units);
  let turn = 0;
  return ({ of, count }, u) => {
    const own = of[u]!;
    if (count[own] === 1) return false;
    if (!contiguous) return true;
    turn++;
    let left = 0;
    let first = -1;
    for (let at = map.start[u]!; at < map.start[u + 1]!; at++) {
      const v = map.near[at]!;
      if (of[v] !== own) continue;
      first = v;
      wanted[v] = turn;
      left++;
    }
    // alone in its piece, or at the end of it
    if (left < 2) return true;
    met[u] = turn;
    met[first] = turn;
    left--;
    queue[0] = first;
    for (let at = 0, end = 1; at < end; at++) {
      const v = queue[at]!;
      for (let n = map.start[v]!; n < map.start[v + 1]!; n++) {
        const w = map.near[n]!;
        if (of[w] !== own || met[w] === turn) continue;
        met[w] = turn;
        if (wanted[w] === turn && --left === 0) return true;
        queue[end++] = w;
      }
    }
    return false;
  };
}
