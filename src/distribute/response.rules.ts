/**
 * The response promise: how long, in the holder's business time, a lead may wait for an answer, and after that for a first followup.
 *
 * Two clocks follow each other on one assignment. Offered: a reminder at 70% of the promise, then the lead passes on. Accepted:
 * the same again until the first call, mail or verdict. What an agreement asks for beside them is `agreed-promise.rules.ts`, and how all of them
 * run is `clocks.rules.ts`.
 */
import { addBusinessMinutes } from './business-hours.rules.ts';
import type { BusinessClock } from './business-hours.rules.ts';
import type { Grade } from './route.rules.ts';

export interface ResponsePromise {
  /** business minutes to accept or decline */
  hot: number;
  warm: number;
  cold: number;
  /** business minutes from accepting to the first followup */
  followup: { hot: number; warm: number; cold: number };
  remindAtPercent: number;
  redirectsMax: number;
  /** business minutes of the company that a lead may wait at the desk for a holder; longer is an alarm */
  unassignedMost: number;
}

export const defaultPromise: ResponsePromise = {
  hot: 60,
  warm: 480,
  cold: 1440,
  followup: { hot: 240, warm: 960, cold: 2880 },
  remindAtPercent: 70,
  redirectsMax: 3,
  unassignedMost: 240,
};

/** A stored promise with whatever it does not say filled in. */
export function completePromise(stored: Partial<ResponsePromise> | null): ResponsePromise {
  return { ...defaultPromise, ...stored, followup: { ...defaultPromise.followup, ...stored?.followup } };
}

export interface Deadline {
  dueAt: Date;
  remindAt: Date;
}

export function acceptDeadline(promise: ResponsePromise, grade: Grade, clock: BusinessClock, from: Date): Deadline {
  return deadline(promise[grade], promise.remindAtPercent, clock, from);
}
export function followupDeadline(promise: ResponsePromise, grade: Grade, clock: BusinessClock, from: Date): Deadline {
  return deadline(promise.followup[grade], promise.remindAtPercent, clock, from);
}
export function deadline(minutes: number, percent: number, clock: BusinessClock, from: Date): Deadline {
  return { dueAt: addBusinessMinutes(clock, from, minutes), remindAt: addBusinessMinutes(clock, from, (minutes * percent) / 100) };
}
