import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addBusinessMinutes,
  businessClock,
  businessMinutesBefore,
  businessMinutesBetween,
  dayAfter,
  isOpen,
  localDate,
  officeHours,
  weekdays,
} from './business-hours.rules.ts';
import type { WeeklyCalendar } from './business-hours.rules.ts';

const at = (text: string): Date => new Date(text);

/** The oracle asks Intl about every single minute and knows nothing of offsets. */
function openByIntl(calendar: WeeklyCalendar, timeZone: string): (ms: number) => boolean {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (ms) => {
    const part = Object.fromEntries(format.formatToParts(ms).map((p) => [p.type, p.value]));
    if (calendar.holidays.includes(`${part.year}-${part.month}-${part.day}`)) return false;
    const wall = `${part.hour}:${part.minute}`;
    const spans = calendar.hours[part.weekday!.toLowerCase().slice(0, 3) as 'mon'] ?? [];
    return spans.some(([from, until]) => from <= wall && (wall < until || until === '00:00'));
  };
}

const wall = fc
  .integer({ min: 0, max: 95 })
  .map((q) => `${String(Math.floor(q / 4)).padStart(2, '0')}:${String((q % 4) * 15).padStart(2, '0')}`);
const span = fc.tuple(wall, wall).filter(([a, b]) => a < b);
const calendars = fc.record({
  hours: fc.record(Object.fromEntries(weekdays.map((day) => [day, fc.array(span, { maxLength: 2 })]))),
  holidays: fc.array(fc.constantFrom('2026-03-29', '2026-10-25', '2026-03-08', '2026-11-02', '2026-04-05'), { maxLength: 2 }),
}) as fc.Arbitrary<WeeklyCalendar>;
const zones = fc.constantFrom(
  'Europe/Zurich',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/Santiago',
  'UTC',
  'Africa/Cairo',
);
// around the nights on which the clocks change, and an ordinary week
const days = fc.constantFrom(
  '2026-03-28',
  '2026-10-24',
  '2026-03-07',
  '2026-10-31',
  '2026-04-04',
  '2026-09-05',
  '2026-04-23',
  '2026-07-01',
);

describe('business time', () => {
  test('Friday half past four and an hour is Monday half past eight', () => {
    const zurich = businessClock(officeHours, 'Europe/Zurich');
    expect(addBusinessMinutes(zurich, at('2026-11-20T15:30:00Z'), 60)).toEqual(at('2026-11-23T07:30:00Z'));
    expect(businessMinutesBetween(zurich, at('2026-11-20T15:30:00Z'), at('2026-11-23T07:30:00Z'))).toBe(60);
    expect(isOpen(zurich, at('2026-11-21T10:00:00Z'))).toBe(false);
  });

  test('a holiday does not count, and the end of a span is the end of that day', () => {
    const zurich = businessClock({ ...officeHours, holidays: ['2026-12-25'] }, 'Europe/Zurich');
    expect(addBusinessMinutes(zurich, at('2026-12-24T15:00:00Z'), 60)).toEqual(at('2026-12-24T16:00:00Z'));
    expect(addBusinessMinutes(zurich, at('2026-12-24T15:00:00Z'), 61)).toEqual(at('2026-12-28T07:01:00Z'));
  });

  test('a calendar without hours and an unknown zone still keep a promise', () => {
    expect(addBusinessMinutes(businessClock({ hours: {}, holidays: [] }, 'UTC'), at('2026-01-01T00:00:00Z'), 90)).toEqual(
      at('2026-01-01T01:30:00Z'),
    );
    expect(addBusinessMinutes(businessClock(officeHours, 'Mars/Olympus'), at('2026-01-05T08:00:00Z'), 30)).toEqual(
      at('2026-01-05T08:30:00Z'),
    );
  });

  test('four hours before Monday ten is Friday three: who waits since then has waited that long', () => {
    const zurich = businessClock(officeHours, 'Europe/Zurich');
    expect(businessMinutesBefore(zurich, at('2026-11-23T09:00:00Z'), 240)).toEqual(at('2026-11-20T14:00:00Z'));
    // On Sunday it is still what it was on Friday at five.
    expect(businessMinutesBefore(zurich, at('2026-11-22T12:00:00Z'), 240)).toEqual(at('2026-11-20T12:00:00Z'));
    expect(businessMinutesBefore(businessClock({ hours: {}, holidays: [] }, 'UTC'), at('2026-01-01T02:00:00Z'), 90)).toEqual(
      at('2026-01-01T00:30:00Z'),
    );
  });

  test('the local date is the date on the wall', () => {
    expect(localDate('Pacific/Auckland', at('2026-11-20T12:00:00Z'))).toBe('2026-11-21');
    expect(dayAfter('Europe/Zurich', '2026-11-20')).toEqual(at('2026-11-20T23:00:00Z'));
    expect(dayAfter('America/Los_Angeles', '2026-11-20')).toEqual(at('2026-11-21T08:00:00Z'));
    expect(dayAfter('Pacific/Auckland', '2026-11-20')).toEqual(at('2026-11-20T11:00:00Z'));
    expect(localDate('America/Los_Angeles', at('2026-11-20T07:59:00Z'))).toBe('2026-11-19');
  });

  test('agrees with a count of every minute, through every change of the clocks', () => {
    fc.assert(
      fc.property(
        calendars,
        zones,
        days,
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: 0, max: 3200 }),
        (calendar, zone, day, offset, length) => {
          const clock = businessClock(calendar, zone);
          const open = openByIntl(calendar, zone);
          const start = Date.parse(`${day}T00:00:00Z`) + offset * 60_000;
          let counted = 0;
          for (let m = 0; m < length; m++) if (open(start + m * 60_000)) counted++;
          const end = new Date(start + length * 60_000);
          if (weekdays.every((d) => !calendar.hours[d]?.length)) return;
          expect(businessMinutesBetween(clock, new Date(start), end)).toBe(counted);
          if (counted > 0) {
            const reached = addBusinessMinutes(clock, new Date(start), counted);
            expect(businessMinutesBetween(clock, new Date(start), reached)).toBe(counted);
            expect(reached.getTime()).toBeLessThanOrEqual(end.getTime());
            // Backwards: that long ago, and no later instant is that long ago.
            const since = businessMinutesBefore(clock, end, counted);
            expect(since.getTime()).toBeGreaterThanOrEqual(start);
            expect(addBusinessMinutes(clock, since, counted).getTime()).toBeLessThanOrEqual(end.getTime());
            expect(addBusinessMinutes(clock, new Date(since.getTime() + 1), counted).getTime()).toBeGreaterThan(end.getTime());
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
