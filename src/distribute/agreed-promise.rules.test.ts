import { describe, expect, test } from 'vitest';
import { agreedAt, differsInAgreed, owedAfterAccepting, promisesOf, type Agreed } from './agreed-promise.rules.ts';
import { businessClock, officeHours } from './business-hours.rules.ts';
import { defaultPromise } from './response.rules.ts';

const owed = { acceptMinutes: 30, contactMinutes: 120, verdictMinutes: 540, attempts: 3, attemptsMinutes: null };
const version = (version: number, from: string, acceptMinutes: number): Agreed => ({
  version,
  fromMs: Date.parse(from),
  sales: { hot: { ...owed, acceptMinutes }, warm: owed, cold: { ...owed, verdictMinutes: null } },
  breach: { remindAtPercent: 50, redirectsMax: version },
});
const given = { promise: { hot: 45 }, agreed: [version(1, '2026-03-01T00:00:00Z', 30), version(2, '2026-04-16T00:00:00Z', 15)] };

describe('the promise a hand-off is given under', () => {
  test('is the setting before the first version, then that of the version of the instant', () => {
    const promise = promisesOf(given);
    expect(promise(new Date('2026-02-28T23:59:59Z'))).toEqual({ ...defaultPromise, hot: 45 });
    expect(promise(new Date('2026-03-01T00:00:00Z'))).toMatchObject({ hot: 30, warm: 30, followup: { hot: 120, warm: 120, cold: 120 }, remindAtPercent: 50, redirectsMax: 1 });
    expect(promise(new Date('2026-04-16T00:00:00Z'))).toMatchObject({ hot: 15, redirectsMax: 2 });
    expect(promisesOf({ promise: null, agreed: [] })(new Date('2026-04-16T00:00:00Z'))).toEqual(defaultPromise);
  });
  test('what an agreement says is changed there, what else the setting holds is not its business', () => {
    expect(differsInAgreed(defaultPromise, { ...defaultPromise })).toBe(false);
    expect(differsInAgreed(Object.assign({ other: 1 }, defaultPromise), defaultPromise)).toBe(false);
    expect(differsInAgreed({ ...defaultPromise, followup: { ...defaultPromise.followup, cold: 1 } }, defaultPromise)).toBe(true);
    expect(differsInAgreed({ ...defaultPromise, remindAtPercent: 1 }, defaultPromise)).toBe(true);
  });
  test('a verdict is owed in business time from accepting, where one is agreed', () => {
    const clock = businessClock(officeHours, 'UTC');
    const accepted = new Date('2026-04-17T16:00:00Z'); // a Friday
    const agreed = agreedAt(given, new Date('2026-04-10T09:00:00Z'));
    expect(agreed?.version).toBe(1);
    const noTries = { triesBy: null, triesRemindAt: null, triesOwed: null };
    expect(owedAfterAccepting(agreed, 'hot', clock, accepted)).toEqual({ judgeBy: new Date('2026-04-20T16:00:00Z'), judgeRemindAt: new Date('2026-04-20T11:30:00Z'), ...noTries });
    expect(owedAfterAccepting(agreed, 'cold', clock, accepted)).toEqual({ judgeBy: null, judgeRemindAt: null, ...noTries });
    expect(owedAfterAccepting(undefined, 'hot', clock, accepted)).toEqual({ judgeBy: null, judgeRemindAt: null, ...noTries });
  });
});
