/** How long a rep is with one lead, in minutes: a call, a note and the verdict. */
export const handlingMinutes = 15;

export interface Waiting {
  /** Working minutes until its clock ends; zero or less once it has ended, Infinity where it has none. */
  minutesLeft: number;
}

/**
 * Puts rows (most valuable first) in an order in which, one worked every `handlingMinutes`, each is begun before its clock ends, and which
 * among all such orders lets worth wait least. Where no order keeps every clock, the least valuable are given up and wait in their turn.
 *
 * 1. Which clocks can be kept: from the most valuable down, each is kept if some place before its end is still free. Tasks of one length
 *    with deadlines are a matroid, so that what is kept is worth the most (E. Lawler, "Combinatorial Optimization", 1976, ch. 7).
 * 2. The order: fill the places from the last; there stands the least valuable of those whose clock would still run. W. E. Smith's backward
 *    rule ("Various optimizers for single-stage production", Naval Research Logistics Quarterly 3, 1956), which makes the sum of
 *    worth × waiting least among the orders that keep every deadline, for tasks of one length.
 *
 * Asked again after every lead, as a queue is, it strands nobody: what could be kept while everything before it was worked can be kept
 * afterwards, and a clock that leaves time for one lead only has its lead on top. Returns positions into `rows`.
 */
export function orderWithinClocks(rows: readonly Waiting[], minutesEach = handlingMinutes): number[] {
  const latest = keepable(rows.map(({ minutesLeft }) => (minutesLeft <= 0 ? Infinity : Math.max(1, Math.floor(minutesLeft / minutesEach)))));
  if (latest.every((place, at) => place > at)) return rows.map((_, at) => at);
  const left = rows.map((_, at) => at).reverse(); // the least valuable first
  const order: number[] = [];
  for (let place = rows.length; place > 0; place--) order.push(...left.splice(left.findIndex((at) => latest[at]! >= place), 1));
  return order.reverse();
}

/** The latest places, Infinity where a clock must be given up (or does not matter, as there are not so many rows). */
function keepable(latest: readonly number[]): number[] {
  // before[p]: the last free place up to p; 0 when there is none
  const before = Array.from({ length: latest.length + 1 }, (_, place) => place);
  const freeUpTo = (place: number): number => {
    let free = place;
    while (before[free] !== free) free = before[free] = before[before[free]!]!;
    return free;
  };
  return latest.map((place) => {
    if (place >= latest.length) return Infinity;
    const free = freeUpTo(place);
    if (free === 0) return Infinity;
    before[free] = free - 1;
    return place;
  });
}
