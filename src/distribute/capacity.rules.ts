/**
 * Room: how many leads a holder may still be given, from capacities in leads a week that may be fractions, in all and of each grade, and from a
 * limit of open leads held.
 *
 * A capacity is a promise about every window, not about calendar weeks: 5 a week is at most 5 in any seven days. Half a lead a
 * week is one in any fourteen days, never "rounded to none"; 1 a week still receives 1. One and a half is at most 2 in any seven
 * days and 3 in any fourteen.
 */
import type { Grade } from './route.rules.ts';

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

export interface Limits {
  capacityPerWeek: number | null;
  capacityByGrade?: Partial<Record<Grade, number>>;
  /** open leads held at once */
  openMost?: number | null;
}
export interface Given {
  starts: readonly number[];
  byGrade: Readonly<Record<Grade, readonly number[]>>;
  /** open leads held */
  load: number;
}
interface Full {
  detail: string;
  /** when asking again can change the answer; null = when somebody changes something */
  againAtMs: number | null;
}

/** When one of the open leads will be closed nobody knows, so it is looked again after this long. */
const openPauseMs = 15 * 60_000;

/** What keeps a holder from another lead of this grade; undefined where there is room by every limit. */
export function whatIsFull(limits: Limits, given: Given, grade: Grade, nowMs: number): Full | undefined {
  const { capacityPerWeek, openMost } = limits;
  const perWeek = limits.capacityByGrade?.[grade];
  let full = capacityPerWeek === null ? undefined : fullWindow(capacityPerWeek, given.starts, nowMs, '');
  if (perWeek !== undefined) full = together(full, fullWindow(perWeek, given.byGrade[grade], nowMs, ` ${grade}`));
  if (openMost !== null && openMost !== undefined && given.load >= openMost)
    full = together(full, openMost === 0 ? { detail: none(''), againAtMs: null } : { detail: `full: ${openMost} open`, againAtMs: nowMs + openPauseMs });
  return full;
}

function fullWindow(perWeek: number, starts: readonly number[], nowMs: number, of: string): Full | undefined {
  const room = roomLeft(perWeek, starts, nowMs);
  if (room.free > 0) return undefined;
  const { days, most } = capacityWindows(perWeek).at(-1)!;
  return { detail: most === 0 ? none(of) : `full: ${most}${of} in ${Math.round(days)} days`, againAtMs: room.freeAt };
}
const none = (of: string): string => `takes no${of} leads`;

/** Of two that are full, both must have room again. */
function together(one: Full | undefined, other: Full | undefined): Full | undefined {
  if (!one || !other) return one ?? other;
  return {
    detail: `${one.detail}, ${other.detail}`,
    againAtMs: one.againAtMs === null || other.againAtMs === null ? null : Math.max(one.againAtMs, other.againAtMs),
  };
}
