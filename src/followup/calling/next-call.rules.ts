/** Who is called next, and when again: within the hours of whoever is called, not too often, at the hours that reached people before. */
import { localTime } from './zones.rules.ts';

/** Hours of the day, in the local time of whoever is called: from the first, before the second. */
export interface Hours {
  fromHour: number;
  untilHour: number;
}
export interface CallTerms extends Hours {
  perDayMost: number;
  attemptsMost: number;
}
export interface HourTold {
  hour: number;
  calls: number;
  reached: number;
}
export interface Target {
  leadId: string;
  zones: readonly string[];
  score: number;
  attempts: number;
  /** how often on `day`, their first zone's day of the last call */
  dayCalls: number;
  day: string | null;
  /** not before: when a call-back was agreed, or the next attempt; null: at any time */
  dueAt: Date | null;
  callBack: boolean;
  addedAt: Date;
}

/** Whether it may ring now: within the hours in every zone where they may be. */
export const mayRing = (zones: readonly string[], at: Date, { fromHour, untilHour }: Hours): boolean =>
  zones.every((zone) => {
    const { hour } = localTime(zone, at);
    return hour >= fromHour && hour < untilHour;
  });

const priorCalls = 20;
/** Of all calls at this hour of theirs, how many reached somebody; hours with few calls lean towards the mean of all. */
export function reachAt(hour: number, told: readonly HourTold[]): number {
  const sum = (of: 'calls' | 'reached'): number => told.reduce((total, one) => total + one[of], 0);
  const mean = sum('calls') === 0 ? 0.3 : sum('reached') / sum('calls');
  const own = told.find((one) => one.hour === hour);
  return ((own?.reached ?? 0) + priorCalls * mean) / ((own?.calls ?? 0) + priorCalls);
}

export type NotNow = 'later' | 'hour' | 'often' | 'tired';
/** Why this one is not to be called now; null: it may be. */
export function notNow(target: Target, terms: CallTerms, now: Date): NotNow | null {
  if (target.attempts >= terms.attemptsMost && !target.callBack) return 'tired';
  if (target.dueAt && target.dueAt > now) return 'later';
  if (target.day === localTime(target.zones[0]!, now).day && target.dayCalls >= terms.perDayMost && !target.callBack) return 'often';
  return mayRing(target.zones, now, terms) ? null : 'hour';
}

/** In the order to be called: agreed call-backs, the longest due first; then who is likelier to be reached at this hour of theirs, weighed by score. */
export function callOrder(targets: readonly Target[], terms: CallTerms, now: Date, told: readonly HourTold[]): Target[] {
  const chance = (one: Target): number => reachAt(localTime(one.zones[0]!, now).hour, told) * (one.score + 10);
  return targets
    .filter((one) => notNow(one, terms, now) === null)
    .map((one) => ({ one, chance: chance(one) }))
    .sort(
      (a, b) =>
        Number(b.one.callBack) - Number(a.one.callBack) ||
        (a.one.callBack && b.one.callBack ? a.one.dueAt!.getTime() - b.one.dueAt!.getTime() : 0) ||
        a.one.attempts - b.one.attempts ||
        b.chance - a.chance ||
        a.one.addedAt.getTime() - b.one.addedAt.getTime() ||
        (a.one.leadId < b.one.leadId ? -1 : 1),
    )
    .map(({ one }) => one);
}

const hourMs = 3_600_000;
const restHours = 3;
const aheadHours = 48;

/**
 * When to try again after nobody was reached: of the hours of the next two days in which it may ring, three hours from now at the earliest,
 * the one that reaches people best; an hour that was tried in vain counts half each time. A busy line is tried again in half an hour.
 */
export function nextAttempt(
  given: { zones: readonly string[]; tried: readonly number[]; busy: boolean; dayCalls: number },
  terms: CallTerms,
  now: Date,
  told: readonly HourTold[],
): Date {
  const zone = given.zones[0]!;
  const today = localTime(zone, now).day;
  const full = given.dayCalls >= terms.perDayMost;
  const soon = new Date(now.getTime() + hourMs / 2);
  if (given.busy && !full && mayRing(given.zones, soon, terms)) return soon;
  let best: { at: Date; worth: number } | undefined;
  let first: Date | undefined;
  const from = Math.ceil((now.getTime() + restHours * hourMs) / hourMs) * hourMs;
  for (let i = 0; i < aheadHours; i++) {
    const at = new Date(from + i * hourMs);
    const { hour, day } = localTime(zone, at);
    if ((full && day === today) || !mayRing(given.zones, at, terms)) continue;
    first ??= at;
    const worth = reachAt(hour, told) * 0.5 ** given.tried.filter((one) => one === hour).length;
    if (!best || worth > best.worth + 1e-9) best = { at, worth };
  }
  return best?.at ?? first ?? new Date(now.getTime() + 24 * hourMs);
}

export const outcomes = [
  'no_answer',
  'busy',
  'voicemail',
  'wrong_number',
  'call_back',
  'refused',
  'do_not_call',
  'not_qualified',
  'qualified',
] as const;
export type Outcome = (typeof outcomes)[number];
/** Somebody was spoken to. */
export const isReached = (outcome: Outcome): boolean =>
  ['call_back', 'refused', 'do_not_call', 'not_qualified', 'qualified'].includes(outcome);
/** It will be tried again. */
export const isMissed = (outcome: Outcome): boolean => outcome === 'no_answer' || outcome === 'busy' || outcome === 'voicemail';
