/** Rules that let go of what is no longer needed: off until somebody switches one on, having seen what it would do. */
export interface RetentionRule {
  enabled: boolean;
  /** older than so many months */
  months: number;
  /** at most so many a night */
  most: number;
}
export type RetentionRules = Record<string, RetentionRule>;

export const retentionSetting = 'privacy.retention';
export const peopleRule = 'people';
/** A trial counts for so long as leave to switch the same rule on. */
export const trialHolds = 24 * 3_600_000;

export const defaultRule = (rule: string): RetentionRule => ({ enabled: false, months: rule === peopleRule ? 36 : 24, most: rule === peopleRule ? 500 : 50_000 });
/** An erasure is work in every room; emptying a column is not. */
export const mostMax = (rule: string): number => (rule === peopleRule ? 5_000 : 1_000_000);

/** The instant so many months ago; on the last day of a month that is shorter. */
export function monthsBefore(now: Date, months: number): Date {
  const then = new Date(now);
  then.setUTCDate(1);
  then.setUTCMonth(then.getUTCMonth() - months);
  const last = new Date(Date.UTC(then.getUTCFullYear(), then.getUTCMonth() + 1, 0)).getUTCDate();
  then.setUTCDate(Math.min(now.getUTCDate(), last));
  return then;
}
