import { freshMinutes, publishedCurve } from './decay.rules.ts';
import type { Curve } from './decay.rules.ts';

/**
 * The decay of each source, learnt from own history and shrunk towards what is known without it.
 *
 * Counted are leads by source, grade and how long they waited for the first followup (bands that double), and how many of them turned out
 * good. Comparing within a source and grade keeps apart that good leads are often called sooner. The likelihood of exponent and floor is
 * taken on a grid, at each point with the chance of an immediate answer that fits that source and grade best (profile likelihood). It is
 * multiplied by what is believed beforehand:
 *
 * - for the company: the published curve, exponent 1.70 ± 0.7 and floor 0.25 ± 0.2 (normal, cut off at the ends of the grid);
 * - for a source: the same, times the likelihood of all other sources raised to a power such that they count like at most 500 leads
 *   (the power prior of Ibrahim and Chen, "Power prior distributions for regression models", Statistical Science 15, 2000).
 *
 * The curve is the mean of what is believed afterwards; `low` and `high` hold four fifths of it for the exponent. `ownShare` is how much
 * narrower the source's own history made it: 1 − variance after ÷ variance before, 0 without any lead. So a source with five leads has
 * nearly the company's curve, one with five thousand its own.
 */
export interface Waited {
  /** null: leads whose source nobody knows */
  sourceId: string | null;
  grade: string;
  /** How long they waited, in minutes: the geometric mean of the band. */
  minutes: number;
  leads: number;
  good: number;
}
export interface Fitted extends Curve {
  low: number;
  high: number;
  ownShare: number;
  leads: number;
  good: number;
}
export interface Decays {
  company: Fitted;
  sources: (Fitted & { sourceId: string })[];
}

const othersCountMax = 500;
const exponents = Array.from({ length: 31 }, (_, i) => i / 10);
const floors = [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.75];
const grid = exponents.flatMap((exponent) => floors.map((floor): Curve => ({ exponent, floor })));
/** How wide a cell of the grid is across the floors: uneven, so each counts by its width. */
const widthOf = new Map(floors.map((floor, i) => [floor, ((floors[i + 1] ?? floor) - (floors[i - 1] ?? floor)) / 2]));
const believed = grid.map(
  ({ exponent, floor }) =>
    Math.log(widthOf.get(floor)!) - ((exponent - publishedCurve.exponent) / 0.7) ** 2 / 2 - ((floor - publishedCurve.floor) / 0.2) ** 2 / 2,
);

/** The likelihood of one source's history over the grid, in logarithms; zeros without history. */
export function likelihoodOf(waits: readonly Waited[]): number[] {
  const sums = grid.map(() => 0);
  for (const group of Map.groupBy(waits, ({ grade }) => grade).values()) {
    const logs = group.map(({ minutes }) => Math.log(Math.max(1, minutes / freshMinutes)));
    for (const [i, { exponent, floor }] of grid.entries()) {
      const factors = logs.map((log) => Math.exp(-exponent * log));
      sums[i]! += best((odds) => {
        const full = odds / (1 + odds);
        let sum = 0;
        for (const [k, { leads, good }] of group.entries()) {
          const fallen = odds * factors[k]!;
          const p = Math.max(floor * full, fallen / (1 + fallen));
          sum += good * Math.log(p) + (leads - good) * Math.log1p(-p);
        }
        return sum;
      });
    }
  }
  return sums;
}

/** Decays of the company and of every source, from the likelihoods of each; sources without an id count for the company only. */
export function fitDecays(waits: readonly Waited[], likelihoods: ReadonlyMap<string | null, readonly number[]>): Decays {
  const all = grid.map((_, i) => [...likelihoods.values()].reduce((sum, one) => sum + one[i]!, 0));
  const counted = (own: readonly Waited[]): { leads: number; good: number } => ({
    leads: own.reduce((sum, one) => sum + one.leads, 0),
    good: own.reduce((sum, one) => sum + one.good, 0),
  });
  const total = counted(waits);
  const sources: Decays['sources'] = [];
  for (const [sourceId, own] of Map.groupBy(waits, (one) => one.sourceId)) {
    if (sourceId === null) continue;
    const likelihood = likelihoods.get(sourceId)!;
    const count = counted(own);
    const power = Math.min(1, othersCountMax / Math.max(1, total.leads - count.leads));
    const before = believed.map((log, i) => log + power * (all[i]! - likelihood[i]!));
    sources.push({ sourceId, ...count, ...settle(before, likelihood) });
  }
  return { company: { ...total, ...settle(believed, all) }, sources: sources.sort((a, b) => b.leads - a.leads || (a.sourceId < b.sourceId ? -1 : 1)) };
}

function settle(before: readonly number[], likelihood: readonly number[]): Omit<Fitted, 'leads' | 'good'> {
  const prior = summed(before);
  const posterior = summed(before.map((log, i) => log + likelihood[i]!));
  const share = 1 - posterior.variance / prior.variance;
  return { exponent: posterior.exponent, floor: posterior.floor, low: posterior.low, high: posterior.high, ownShare: Math.min(1, Math.max(0, share)) };
}

function summed(logs: readonly number[]): Curve & { low: number; high: number; variance: number } {
  const top = Math.max(...logs);
  const weights = logs.map((log) => Math.exp(log - top));
  const total = weights.reduce((sum, one) => sum + one, 0);
  const byExponent = exponents.map((_, e) => floors.reduce((sum, _floor, f) => sum + weights[e * floors.length + f]!, 0) / total);
  const exponent = byExponent.reduce((sum, weight, e) => sum + weight * exponents[e]!, 0);
  const quantile = (share: number): number => {
    let sum = 0;
    return exponents[byExponent.findIndex((weight) => (sum += weight) >= share)] ?? exponents.at(-1)!;
  };
  return {
    exponent,
    floor: grid.reduce((sum, { floor }, i) => sum + (weights[i]! / total) * floor, 0),
    low: quantile(0.1),
    high: quantile(0.9),
    // A grid cannot tell apart what lies within one of its steps.
    variance: Math.max(1e-4, byExponent.reduce((sum, weight, e) => sum + weight * (exponents[e]! - exponent) ** 2, 0)),
  };
}

/** The highest value over odds from 1:200 to 50:1, by golden section in their logarithm: the likelihood has one hill there. */
function best(of: (odds: number) => number): number {
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [Math.log(1 / 200), Math.log(50)];
  let [left, right] = [high - golden * (high - low), low + golden * (high - low)];
  let [atLeft, atRight] = [of(Math.exp(left)), of(Math.exp(right))];
  for (let step = 0; step < 22; step++) {
    if (atLeft >= atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = high - golden * (high - low);
      atLeft = of(Math.exp(left));
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + golden * (high - low);
      atRight = of(Math.exp(right));
    }
  }
  return Math.max(atLeft, atRight);
}
