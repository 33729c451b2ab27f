/** How many turns somebody has left, and when that was so: turns come back evenly, up to what a minute holds. */
export interface Turns {
  count: number;
  at: Date;
}

/**
 * Takes one turn of so many a minute (a token bucket).
 * @returns what is left, and how many whole seconds to wait where there was none: 0 when it may go on. A refused turn costs nothing.
 */
export function takeTurn(before: Turns | undefined, now: Date, perMinute: number): { left: Turns; waitSeconds: number } {
  const passed = before ? Math.max(0, now.getTime() - before.at.getTime()) : 0;
  const count = Math.min(perMinute, (before?.count ?? perMinute) + (passed * perMinute) / 60_000);
  if (count >= 1) return { left: { count: count - 1, at: now }, waitSeconds: 0 };
  return { left: { count, at: now }, waitSeconds: Math.ceil(((1 - count) * 60) / perMinute) };
}
