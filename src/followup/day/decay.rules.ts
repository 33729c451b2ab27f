/**
 * What waiting for the first followup costs a lead: the share of its chance that is left.
 *
 *   odds(t) = odds(5 minutes) × (t ÷ 5)^−exponent, for t over five minutes;  left(t) = max(floor, chance(t) ÷ chance(5 minutes))
 *
 * Published: in three years of calls to 15,000 enquiries made on the web the odds of qualifying fell 21-fold between a first call after
 * 5 and one after 30 minutes (J. Oldroyd, D. Elkington: "How much time do you have before web-generated leads go cold?", Lead Response
 * Management study, MIT Sloan and InsideSales.com, 2007), hence exponent ln 21 ÷ ln 6 = 1.70. Nobody measured days; the floor, a
 * quarter, is ours: silent enquirers do buy later. Both are only where we begin: see `decay-fit.rules.ts`.
 */
export interface Curve {
  exponent: number;
  /** The share of the chance that waiting never takes away, 0 to 1. */
  floor: number;
}

export const freshMinutes = 5;
export const publishedCurve: Curve = { exponent: Math.log(21) / Math.log(6), floor: 0.25 };

/** The share of `chance` (that of an answer within five minutes) left after waiting so many minutes: 1 down to the curve's floor. */
export function decayOf(chance: number, waitedMinutes: number, { exponent, floor }: Curve = publishedCurve): number {
  if (waitedMinutes <= freshMinutes) return 1;
  const odds = (chance / (1 - chance)) * (waitedMinutes / freshMinutes) ** -exponent;
  return Math.max(floor, odds / (1 + odds) / chance);
}

/** After how many minutes half of the chance is gone; null where waiting never takes so much, or only after a year. */
export function halvedAfterMinutes(chance: number, { exponent, floor }: Curve): number | null {
  if (floor >= 0.5 || exponent <= 0) return null;
  const oddsOf = (p: number): number => p / (1 - p);
  const minutes = freshMinutes * (oddsOf(chance) / oddsOf(chance / 2)) ** (1 / exponent);
  return minutes > 525_600 ? null : minutes;
}
