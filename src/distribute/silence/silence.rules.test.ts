import { expect, test } from 'vitest';
import { partOf, partToday } from './silence.rules.ts';

test.each([
  [0, 12, 1],
  [3, 12, 1],
  [4, 12, 0.933],
  [6, 12, 0.8],
  [9, 12, 0.6],
  [12, 12, 0.4],
  [7, 7, 1],
  [8, 8, 0.4],
  [0, 0, 1],
])('%i of %i silent: %f of the share', (silent, offered, part) => expect(partOf({ silent, offered })).toBe(part));

test('more silence never gives more, and nobody is left with nothing', () => {
  for (let offered = 8; offered < 60; offered++)
    for (let silent = 1; silent <= offered; silent++) {
      expect(partOf({ silent, offered })).toBeLessThanOrEqual(partOf({ silent: silent - 1, offered }));
      expect(partOf({ silent, offered })).toBeGreaterThanOrEqual(0.4);
    }
});

test('while it is lifted, that day included, all of the share counts', () => {
  expect(partToday({ part: 0.6, liftedUntil: '2026-03-31' }, '2026-03-31')).toBe(1);
  expect(partToday({ part: 0.6, liftedUntil: '2026-03-31' }, '2026-04-01')).toBe(0.6);
  expect(partToday({ part: 0.6, liftedUntil: null }, '2026-04-01')).toBe(0.6);
});
