import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { capacityWindows, roomLeft, whatIsFull, type Given, type Limits } from './capacity.rules.ts';
import type { Grade } from './route.rules.ts';

const day = 86_400_000;

describe('room', () => {
  test.each([
    [1, [{ days: 7, most: 1 }]],
    [0.5, [{ days: 14, most: 1 }]],
    [5, [{ days: 7, most: 5 }]],
    [
      1.5,
      [
        { days: 7, most: 2 },
        { days: 14, most: 3 },
      ],
    ],
    [0, [{ days: 7, most: 0 }]],
  ])('%d a week', (perWeek, windows) => expect(capacityWindows(perWeek)).toEqual(windows));

  test('one a week receives one, and says when the next place opens', () => {
    expect(roomLeft(1, [], 100 * day)).toEqual({ free: 1, freeAt: null });
    expect(roomLeft(1, [98 * day], 100 * day)).toEqual({ free: 0, freeAt: 105 * day });
    expect(roomLeft(1, [93 * day], 100 * day).free).toBe(1);
  });

  test('no capacity means no limit; zero means never', () => {
    expect(roomLeft(null, [], 0).free).toBe(Infinity);
    expect(roomLeft(0, [], 0)).toEqual({ free: 0, freeAt: null });
  });

  test('taking every free place never exceeds any window, and uses the capacity', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(0.25, 0.5, 1, 1.5, 2, 2.25, 7, 13.7),
        fc.array(fc.integer({ min: 1, max: 72 }), { minLength: 40, maxLength: 120 }),
        (perWeek, gaps) => {
          const starts: number[] = [];
          let now = 0;
          for (const hours of gaps) {
            now += hours * 3_600_000;
            if (roomLeft(perWeek, starts, now).free > 0) starts.push(now);
          }
          for (const { days, most } of capacityWindows(perWeek))
            for (const from of starts) expect(starts.filter((s) => s >= from && s < from + days * day).length).toBeLessThanOrEqual(most);
          expect(starts.length).toBeGreaterThan(0);
        },
      ),
    );
  });
});

describe('all limits together', () => {
  const given = (one: Partial<Given> = {}): Given => ({ starts: [], byGrade: { hot: [], warm: [], cold: [] }, load: 0, ...one });
  const now = 100 * day;

  test('a grade that is full leaves room for the others; what is full says so, and until when', () => {
    const limits: Limits = { capacityPerWeek: 5, capacityByGrade: { hot: 2, warm: 0 }, openMost: 30 };
    const hot = [97 * day, 98 * day];
    const had = given({ starts: hot, byGrade: { hot, warm: [], cold: [] }, load: 2 });
    expect(whatIsFull(limits, had, 'hot', now)).toEqual({ detail: 'full: 2 hot in 7 days', againAtMs: 104 * day });
    expect(whatIsFull(limits, had, 'warm', now)).toEqual({ detail: 'takes no warm leads', againAtMs: null });
    expect(whatIsFull(limits, had, 'cold', now)).toBeUndefined();
    const five = [95, 96, 97, 98, 99].map((n) => n * day);
    expect(whatIsFull(limits, given({ ...had, starts: five }), 'hot', now)).toEqual({
      detail: 'full: 5 in 7 days, full: 2 hot in 7 days',
      againAtMs: 104 * day,
    });
    expect(whatIsFull(limits, given({ load: 30 }), 'cold', now)).toEqual({ detail: 'full: 30 open', againAtMs: now + 15 * 60_000 });
    expect(whatIsFull({ capacityPerWeek: null }, given({ load: 1e6 }), 'hot', now)).toBeUndefined();
  });

  test('whatever comes and whatever is closed, none is ever exceeded; and who takes one a week of a grade still receives one', () => {
    const perWeek = fc.constantFrom(undefined, 0, 0.5, 1, 1.5, 2, 5);
    fc.assert(
      fc.property(
        fc.record({ total: perWeek, hot: perWeek, warm: perWeek, openMost: fc.constantFrom(null, 1, 3, 8) }),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.constantFrom<Grade>('hot', 'warm', 'cold'), fc.boolean()), { minLength: 30, maxLength: 100 }),
        ({ total, hot, warm, openMost }, arrivals) => {
          const limits: Limits = {
            capacityPerWeek: total ?? null,
            capacityByGrade: { ...(hot === undefined ? {} : { hot }), ...(warm === undefined ? {} : { warm }) },
            openMost,
          };
          const starts: number[] = [];
          const byGrade: Record<Grade, number[]> = { hot: [], warm: [], cold: [] };
          let [at, load] = [0, 0];
          for (const [hours, grade, closes] of arrivals) {
            at += hours * 3_600_000;
            if (closes && load > 0) load--;
            const full = whatIsFull(limits, { starts, byGrade, load }, grade, at);
            if (full) {
              // Nothing keeps it back any longer when it says so, if nothing else happens.
              if (full.againAtMs !== null && (openMost === null || load < openMost))
                expect(whatIsFull(limits, { starts, byGrade, load }, grade, full.againAtMs)).toBeUndefined();
              continue;
            }
            starts.push(at);
            byGrade[grade].push(at);
            load++;
            if (openMost !== null) expect(load).toBeLessThanOrEqual(openMost);
          }
          const bounded = [
            [total, starts],
            [hot, byGrade.hot],
            [warm, byGrade.warm],
          ] as const;
          for (const [capacity, had] of bounded)
            for (const { days, most } of capacity === undefined ? [] : capacityWindows(capacity))
              for (const from of had) expect(had.filter((s) => s >= from && s < from + days * day).length).toBeLessThanOrEqual(most);
          const free = (capacity: number | undefined) => capacity === undefined || capacity > 0;
          if (free(total) && free(hot) && arrivals[0]![1] === 'hot') expect(byGrade.hot.length).toBeGreaterThan(0);
        },
      ),
    );
  });
});
