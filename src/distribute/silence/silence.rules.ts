/**
 * Chronic silence lowers a share. Of the leads offered to a partner in the last 90 days whose promise is over (or was kept), how many were
 * passed on because nobody answered, or followed up? Up to a quarter costs nothing. Beyond it every further percent takes 0.8 percent off the share of
 * turns; who never answers keeps 40 percent, so that there is always a way back. With fewer than eight leads nobody is judged.
 *
 *   3 of 12 silent → 100 %   ·   6 of 12 → 80 %   ·   9 of 12 → 60 %   ·   12 of 12 → 40 %
 */
export const silenceDays = 90;
export const offeredMin = 8;
export const freeShare = 0.25;
export const steepness = 0.8;

export interface Heard {
  silent: number;
  offered: number;
}
export function partOf({ silent, offered }: Heard): number {
  if (offered < offeredMin) return 1;
  const over = silent / offered - freeShare;
  return over <= 0 ? 1 : Math.round((1 - over * steepness) * 1000) / 1000;
}

/** The part that counts today: all of it while a manager has lifted the cut. `today` is the company's day. */
export const partToday = (cut: { part: number; liftedUntil: string | null }, today: string): number => (cut.liftedUntil !== null && today <= cut.liftedUntil ? 1 : cut.part);
