/**
 * The response promise: how long, in the holder's business time, a lead may wait for an answer, and after that for a first followup.
 *
 * Three clocks follow each other on one assignment. Offered: a reminder at 70% of the promise, then the lead passes on. Accepted:
 * the same again until the first call, mail or verdict. Followed up: no clock. After three redirects the lead goes to the desk, where
 * a person decides; it is not worn out by passing it round the whole pool.
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
function deadline(minutes: number, percent: number, clock: BusinessClock, from: Date): Deadline {
  return { dueAt: addBusinessMinutes(clock, from, minutes), remindAt: addBusinessMinutes(clock, from, (minutes * percent) / 100) };
}

export interface Waiting {
  acceptedAt: Date | null;
  firstFollowupAt: Date | null;
  remindedAt: Date | null;
  respondBy: Date | null;
  followBy: Date | null;
  /** how often this lead has already been passed on unanswered */
  redirects: number;
}
export type ClockStep =
  | { step: 'remind'; dueAt: Date }
  | { step: 'redirect'; why: 'not-accepted' | 'not-followed-up' }
  | { step: 'desk'; why: 'not-accepted' | 'not-followed-up' }
  | { step: 'rest' };

/** What a due clock asks for. */
export function clockStep(waiting: Waiting, promise: ResponsePromise, now: Date): ClockStep {
  const dueAt = waiting.acceptedAt ? waiting.followBy : waiting.respondBy;
  if (waiting.firstFollowupAt || !dueAt) return { step: 'rest' };
  if (now < dueAt) return waiting.remindedAt ? { step: 'rest' } : { step: 'remind', dueAt };
  const why = waiting.acceptedAt ? 'not-followed-up' : 'not-accepted';
  return { step: waiting.redirects >= promise.redirectsMax ? 'desk' : 'redirect', why };
}
