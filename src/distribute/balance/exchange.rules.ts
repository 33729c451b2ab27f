/**
 * Betters a division by simulated annealing (Kirkpatrick, Gelatt & Vecchi 1983) over exchanges at the borders: a unit goes over to a neighbouring
 * territory, or two or three do one after the other (ejection chains, Glover 1996), which is how sums are met that no single unit could.
 * Contiguity is never given up. What deviates beyond its tolerance costs more and more as it cools, so that in the end only divisions within
 * all tolerances are compared by their borders and moves.
 */
import type { Chance } from './chance.rules.ts';
import { divisionOf, excess, excessOf, leaving, move } from './division.rules.ts';
import type { Division, Task } from './division.rules.ts';

export interface Schedule {
  /** exchanges proposed */
  readonly proposals: number;
  /** temperature at the start and the end, in borders */
  readonly hot: number;
  readonly cold: number;
  /** what an excess of 1 costs at the start and the end, in borders */
  readonly loose: number;
  readonly strict: number;
  /** what moving everything would cost, in borders */
  readonly keep: number;
}

/** What is better: less beyond the tolerances, then less border and less moved. Excesses this small are rounding. */
export interface Merit {
  readonly excess: number;
  readonly cost: number;
}
export const meritOf = (task: Task, division: Division, { keep }: Pick<Schedule, 'keep'>): Merit => {
  const over = excess(task, division);
  return { excess: over < 1e-9 ? 0 : over, cost: division.cut + keep * division.moved };
};
export const better = (a: Merit, b: Merit): boolean =>
  Math.abs(a.excess - b.excess) > 1e-9 ? a.excess < b.excess : a.cost < b.cost - 1e-12;

/** The best division met on the way; `of` is left as it was. */
export function exchange(task: Task, of: Int32Array, chance: Chance, schedule: Schedule): Int32Array {
  const { map, pinned, contiguous } = task;
  const { units, start, near } = map;
  const division = divisionOf(task, of.slice());
  const { of: now, load } = division;
  const mayLeave = leaving(task);
  const { proposals, hot, cold, loose, strict, keep } = schedule;

  /** somebody to whom u could go: the territory of a random neighbour, -1 where that is its own */
  const elsewhere = (u: number): number => {
    let to: number;
    if (contiguous) {
      const degree = start[u + 1]! - start[u]!;
      if (degree === 0) return -1;
      to = now[near[start[u]! + chance.below(degree)]!]!;
    } else to = chance.below(task.territories);
    return to === now[u] ? -1 : to;
  };
  /** a unit of the territory at its border, and where it could go; few tries, since any will do */
  const fromTerritory = (territory: number, near0: number): { u: number; to: number } | undefined => {
    for (let attempt = 0; attempt < 12; attempt++) {
      // a walk inside the territory that just grew finds its other borders without a list of them
      let u = near0;
      if (contiguous) {
        for (let step = 1 + chance.below(8); step > 0; step--) {
          const v = near[start[u]! + chance.below(start[u + 1]! - start[u]!)]!;
          if (now[v] === territory) u = v;
        }
      } else u = chance.below(units);
      if (now[u] !== territory || u === near0 || pinned[u]! >= 0) continue;
      const to = elsewhere(u);
      if (to >= 0) return { u, to };
    }
    return undefined;
  };

  const steps: { u: number; from: number }[] = [];
  const touched: number[] = [];
  const before: number[] = [];
  let kept = now.slice();
  let merit = meritOf(task, division, schedule);
  let over = excess(task, division);
  const touch = (t: number): void => {
    if (touched.includes(t)) return;
    touched.push(t);
    before.push(excessOf(task, load, t));
  };
  const step = (u: number, to: number): void => {
    touch(now[u]!);
    touch(to);
    steps.push({ u, from: now[u]! });
    move(task, division, u, to);
  };
  let [done, heat, price] = [0, hot, loose];
  for (let proposal = 0; proposal < proposals; proposal++) {
    if (proposal % 256 === 0) {
      done = proposal / proposals;
      heat = hot * (cold / hot) ** done;
      price = loose * (strict / loose) ** done;
    }
    const u = chance.below(units);
    if (pinned[u]! >= 0) continue;
    const to = elsewhere(u);
    if (to < 0) continue;
    steps.length = touched.length = before.length = 0;
    const { cut, moved } = division;
    if (!mayLeave(division, u)) continue;
    step(u, to);
    const length = chance.next();
    let at = u;
    for (let more = length < 0.45 ? 0 : length < 0.8 ? 1 : 2; more > 0; more--) {
      const next = fromTerritory(now[at]!, at);
      if (!next || steps.some((s) => s.u === next.u) || !mayLeave(division, next.u)) break;
      step(next.u, next.to);
      at = next.u;
    }
    let change = 0;
    for (const [n, t] of touched.entries()) change += excessOf(task, load, t) - before[n]!;
    const cost = price * change + division.cut - cut + keep * (division.moved - moved);
    if (cost > 0 && chance.next() >= Math.exp(-cost / heat)) {
      for (const { u, from } of steps.reverse()) move(task, division, u, from);
      continue;
    }
    over += change;
    // a look at everything only where it can be the best so far
    if (over < merit.excess + 1e-6 || (done > 0.9 && over < 1e-6)) {
      const here = meritOf(task, division, schedule);
      over = here.excess;
      if (better(here, merit)) {
        merit = here;
        kept = now.slice();
      }
    }
  }
  return kept;
}
