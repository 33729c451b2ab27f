/**
 * What nobody it is meant for can take waits for them, with a deadline where one is agreed: past it the next rule or the next territory is asked. The
 * time is the company's, counted from when the lead came to the desk, so that several deadlines in a row do not add up unseen.
 */
import { addBusinessMinutes, type BusinessClock } from './business-hours.rules.ts';

/** @returns the moment until which it waits; null where there is no deadline */
export function waitsUntil(
  lead: { atMs: number; waitingMs?: number | null | undefined },
  waitMost: number | null | undefined,
  clock: BusinessClock | undefined,
): number | null {
  if (waitMost === null || waitMost === undefined) return null;
  const since = lead.waitingMs ?? lead.atMs;
  return clock ? addBusinessMinutes(clock, new Date(since), waitMost).getTime() : since + waitMost * 60_000;
}

/** Of two moments at which asking again can help, the earlier. */
export const sooner = (one: number | null, other: number | null): number | null =>
  one === null ? other : other === null ? one : Math.min(one, other);
