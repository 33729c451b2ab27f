/**
 * A pause: the clocks of a hand-off stand until it is over, and run on then with the business minutes they had left.
 *
 * Example. Office hours; on Thursday at nine a verdict is due on Friday at twelve, in 12 business hours (8 on Thursday, 4 on Friday). Paused until
 * Monday at eight, it is due on Tuesday at eleven: 9 of the 12 hours on Monday, 3 on Tuesday. Ended on Friday at eight instead, on Monday at eleven.
 */
import { addBusinessMinutes, businessMinutesBetween } from './business-hours.rules.ts';
import type { BusinessClock } from './business-hours.rules.ts';
import type { Running } from './clocks.rules.ts';

/** A lead that has to wait longer is warm: nurture brings it back on its day. Counted from the first pause of a hand-off, however many there are. */
export const pauseDaysMost = 14;

/** By when a hand-off's clocks end, and when somebody is reminded of it. */
export type Instants = Pick<Running, 'followBy' | 'triesBy' | 'judgeBy' | 'remindAt' | 'triesRemindAt' | 'judgeRemindAt'>;

/**
 * What is still to come after `from` comes as many business minutes after `to`: to begin a pause, from now to its end; to end one before its
 * time, from its end to now.
 */
export function shiftInstants(of: Instants, clock: BusinessClock, from: Date, to: Date): Instants {
  const shifted = (at: Date | null): Date | null => (at && at > from ? addBusinessMinutes(clock, to, businessMinutesBetween(clock, from, at)) : at);
  return {
    followBy: shifted(of.followBy),
    triesBy: shifted(of.triesBy),
    judgeBy: shifted(of.judgeBy),
    remindAt: shifted(of.remindAt),
    triesRemindAt: shifted(of.triesRemindAt),
    judgeRemindAt: shifted(of.judgeRemindAt),
  };
}

/** The latest end of a pause of a hand-off that rested first at `firstPausedAt`, or would now. */
export const pauseEndsMost = (firstPausedAt: Date | null, now: Date): Date => new Date((firstPausedAt ?? now).getTime() + pauseDaysMost * 86_400_000);
