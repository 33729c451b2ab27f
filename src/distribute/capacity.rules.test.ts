import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { capacityWindows, roomLeft } from './capacity.rules.ts';

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
