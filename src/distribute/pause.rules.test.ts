import fc from 'fast-check';
import { expect, test } from 'vitest';
import { businessClock, businessMinutesBetween, officeHours } from './business-hours.rules.ts';
import { pauseDaysMost, pauseEndsMost, shiftInstants } from './pause.rules.ts';
import type { Instants } from './pause.rules.ts';

const zurich = businessClock(officeHours, 'Europe/Zurich');
const at = (text: string): Date => new Date(`2026-03-${text}:00Z`);
const none: Instants = { followBy: null, triesBy: null, judgeBy: null, remindAt: null, triesRemindAt: null, judgeRemindAt: null };

test('clocks stand during a pause and run on with what they had left, also where summer time begins between', () => {
  const thursday = at('26T08:00'); // nine o'clock
  const owed = { ...none, followBy: at('26T07:30'), judgeBy: at('27T11:00'), judgeRemindAt: at('26T16:00') };
  const monday = at('30T06:00'); // eight o'clock, in summer time
  const paused = shiftInstants(owed, zurich, thursday, monday);
  // What was over before stays; at the end of Thursday it had eight hours left: Monday at four.
  expect(paused).toEqual({ ...none, followBy: at('26T07:30'), judgeBy: at('31T09:00'), judgeRemindAt: at('30T14:00') });
  // Ended on Friday at eight instead.
  expect(shiftInstants(paused, zurich, monday, at('27T07:00')).judgeBy).toEqual(at('30T09:00'));
});

test('ended at once, a pause changed nothing; however it ends, the minutes left are those there were', () => {
  const instant = fc.integer({ min: Date.parse('2026-03-02'), max: Date.parse('2026-04-20') }).map((ms) => new Date(ms));
  fc.assert(
    fc.property(instant, fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 14 * 1440 }), fc.double({ min: 0, max: 1, noNaN: true }), (now, left, length, part) => {
      const dueAt = new Date(now.getTime() + left * 60_000);
      const until = new Date(now.getTime() + length * 60_000);
      const endsAt = new Date(now.getTime() + part * length * 60_000);
      const paused = shiftInstants({ ...none, judgeBy: dueAt }, zurich, now, until);
      const had = businessMinutesBetween(zurich, now, dueAt);
      expect(businessMinutesBetween(zurich, until, paused.judgeBy!)).toBeCloseTo(had, 3);
      const resumed = shiftInstants(paused, zurich, until, endsAt);
      // Nothing left to wait for in business time is due when the pause is over.
      if (had > 0) expect(businessMinutesBetween(zurich, endsAt, resumed.judgeBy!)).toBeCloseTo(had, 3);
    }),
  );
});

test('how long it may rest counts from the first pause', () => {
  expect(pauseEndsMost(null, at('02T09:00'))).toEqual(new Date(at('02T09:00').getTime() + pauseDaysMost * 86_400_000));
  expect(pauseEndsMost(at('02T09:00'), at('09T09:00'))).toEqual(pauseEndsMost(null, at('02T09:00')));
});
