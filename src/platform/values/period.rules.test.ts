import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  addDays,
  addMonths,
  coverBy,
  dateIn,
  daysBetween,
  hourOf,
  instantsOf,
  isDate,
  previousPeriod,
  startOfDay,
  startOfWeek,
} from './period.rules.ts';

const day = fc.integer({ min: 0, max: 4000 }).map((offset) => addDays('2016-01-01', offset));

describe('period', () => {
  it('knows dates', () => {
    expect(isDate('2024-02-29')).toBe(true);
    expect(isDate('2023-02-29')).toBe(false);
    expect(isDate('2023-2-9')).toBe(false);
  });
  it('finds Mondays and months', () => {
    expect(startOfWeek('2026-11-15')).toBe('2026-11-09');
    expect(startOfWeek('2026-11-09')).toBe('2026-11-09');
    expect(addMonths('2025-12-05', 1)).toBe('2026-01-01');
    expect(addMonths('2026-01-05', -1)).toBe('2025-12-01');
  });
  it('starts days where the zone starts them', () => {
    expect(startOfDay('2026-07-01', 'Europe/Berlin').toISOString()).toBe('2026-06-30T22:00:00.000Z');
    expect(startOfDay('2026-01-01', 'America/New_York').toISOString()).toBe('2026-01-01T05:00:00.000Z');
    // Brazil's clocks once jumped from 00:00 to 01:00.
    expect(startOfDay('2017-10-15', 'America/Sao_Paulo').toISOString()).toBe('2017-10-15T03:00:00.000Z');
  });
  it('knows an hour of a day by its clocks, also on the day they change', () => {
    expect(hourOf('2026-07-01', 6, 'America/Los_Angeles').toISOString()).toBe('2026-07-01T13:00:00.000Z');
    expect(hourOf('2026-03-29', 8, 'Europe/Berlin').toISOString()).toBe('2026-03-29T06:00:00.000Z');
    expect(hourOf('2026-10-25', 8, 'Europe/Berlin').toISOString()).toBe('2026-10-25T07:00:00.000Z');
    expect(hourOf('2026-04-05', 8, 'Pacific/Auckland').toISOString()).toBe('2026-04-04T20:00:00.000Z');
  });
  it('puts an instant on the day it starts, in every zone', () => {
    fc.assert(
      fc.property(
        day,
        fc.constantFrom('UTC', 'Europe/Berlin', 'America/Sao_Paulo', 'Asia/Kolkata', 'Pacific/Auckland', 'America/Los_Angeles'),
        (on, zone) => {
          const start = startOfDay(on, zone);
          expect(dateIn(start, zone)).toBe(on);
          expect(dateIn(new Date(start.getTime() - 1000), zone)).toBe(addDays(on, -1));
        },
      ),
      { numRuns: 300 },
    );
  });
  it('covers every day exactly once with months or weeks, and days', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 800 }), fc.constantFrom('month' as const, 'week' as const), (fromOn, length, unit) => {
        const period = { fromOn, toOn: addDays(fromOn, length) };
        const cover = coverBy(unit, period);
        const spans = [...cover.days, ...(cover.whole ? [cover.whole] : [])].sort((a, b) => (a.fromOn < b.fromOn ? -1 : 1));
        expect(spans[0]!.fromOn).toBe(fromOn);
        for (let at = 1; at < spans.length; at++) expect(spans[at]!.fromOn).toBe(spans[at - 1]!.untilOn);
        expect(spans.at(-1)!.untilOn).toBe(addDays(period.toOn, 1));
        const whole = (on: string): boolean => (unit === 'month' ? on.endsWith('-01') : startOfWeek(on) === on);
        if (cover.whole) expect([whole(cover.whole.fromOn), whole(cover.whole.untilOn)]).toEqual([true, true]);
      }),
    );
  });
  it('compares with the same length before', () => {
    expect(previousPeriod({ fromOn: '2026-02-01', toOn: '2026-02-28' })).toEqual({ fromOn: '2026-01-04', toOn: '2026-01-31' });
    expect(daysBetween('2026-01-01', '2026-01-31')).toBe(30);
    const { fromAt, untilAt } = instantsOf({ fromOn: '2026-03-29', toOn: '2026-03-29' }, 'Europe/Berlin');
    expect((untilAt.getTime() - fromAt.getTime()) / 3_600_000).toBe(23);
  });
});
