/** mulberry32: the same seed draws the same numbers everywhere. */
export interface Chance {
  /** at least 0, less than 1 */
  next(): number;
  /** a whole number at least 0, less than `count` */
  below(count: number): number;
}

export function chanceFrom(seed: number): Chance {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return { next, below: (count) => Math.floor(next() * count) };
}

export function shuffle(items: Int32Array | number[], chance: Chance): void {
  for (let at = items.length - 1; at > 0; at--) {
    const other = chance.below(at + 1);
    [items[at], items[other]] = [items[other]!, items[at]!];
  }
}
