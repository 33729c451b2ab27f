/**
 * Room: how many leads a holder may still be given, from a capacity in leads a week that may be a fraction.
 *
 * A capacity is a promise about every window, not about calendar weeks: 5 a week is at most 5 in any seven days. Half a lead a
 * week is one in any fourteen days, never "rounded to none"; 1 a week still receives 1. One and a half is at most 2 in any seven
 * days and 3 in any fourteen.
 */
export interface Window {
  days: number;
  most: number;
}
const dayMs = 86_400_000;

export function capacityWindows(perWeek: number): Window[] {
  if (perWeek <= 0) return [{ days: 7, most: 0 }];
  if (perWeek < 1) return [{ days: 7 / perWeek, most: 1 }];
  if (Number.isInteger(perWeek)) return [{ days: 7, most: perWeek }];
  let weeks = 2;
  while (weeks < 10 && Math.abs(perWeek * weeks - Math.round(perWeek * weeks)) > 1e-9) weeks++;
  return [
    { days: 7, most: Math.ceil(perWeek) },
    { days: 7 * weeks, most: Math.floor(perWeek * weeks + 1e-9) },
  ];
}

export interface Room {
  /** how many more now */
  free: number;
  /** when the next place opens, if none is free; null when it never does */
  freeAt: number | null;
}

/** `startsMs`: when the holder's recent leads were given, in ascending order. */
export function roomLeft(perWeek: number | null, startsMs: readonly number[], nowMs: number): Room {
  if (perWeek === null) return { free: Infinity, freeAt: null };
  let free = Infinity;
  let freeAt: number | null = null;
  for (const { days, most } of capacityWindows(perWeek)) {
    const since = nowMs - days * dayMs;
    let recent = 0;
    // the latest are at the end, and beyond `most` of them nothing more can be learnt
    while (recent < most && recent < startsMs.length && startsMs[startsMs.length - 1 - recent]! > since) recent++;
    if (recent >= most && most > 0) freeAt = Math.max(freeAt ?? 0, startsMs[startsMs.length - most]! + days * dayMs);
    free = Math.min(free, most - recent);
  }
  return { free, freeAt };
}
