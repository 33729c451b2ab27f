export interface Interval {
  share: number;
  low: number;
  high: number;
}

/**
 * A share with its 95 % interval after Wilson (1927), which stays inside 0…1 and is honest for small numbers: 2 sales of 3 leads is
 * anything from 21 % to 94 %.
 */
export function wilson(successes: number, trials: number, z = 1.959964): Interval | null {
  if (trials <= 0) return null;
  const share = successes / trials;
  const squared = z * z;
  const centre = share + squared / (2 * trials);
  const reach = z * Math.sqrt((share * (1 - share) + squared / (4 * trials)) / trials);
  const scale = 1 + squared / trials;
  return { share, low: Math.max(0, (centre - reach) / scale), high: Math.min(1, (centre + reach) / scale) };
}

/** Two shares differ when neither interval holds the other's share: said only when numbers allow it. */
export function differs(one: Interval | null, other: Interval | null): boolean {
  if (!one || !other) return false;
  return (other.share < one.low || other.share > one.high) && (one.share < other.low || one.share > other.high);
}
