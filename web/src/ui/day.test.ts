import { afterEach, beforeEach, expect, test } from 'vitest';
import { dayIn, dueOn, localDay } from './day.ts';

const zone = process.env['TZ'];
beforeEach(() => {
  process.env['TZ'] = 'Pacific/Auckland';
});
afterEach(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

test('a day is that of who looks, not of Greenwich', () => {
  // Nine in the morning of the 5th in Auckland is the 4th in Greenwich.
  expect(localDay(new Date('2026-03-04T20:00:00Z'))).toBe('2026-03-05');
  expect(dayIn(1, new Date('2026-03-04T20:00:00Z'))).toBe('2026-03-06');
  // The day on which clocks are set back has twenty-five hours.
  expect(dayIn(1, new Date('2026-04-04T11:30:00Z'))).toBe('2026-04-06');
});

test('what stays on its day keeps its time, what moves is due at nine', () => {
  const meeting = '2026-03-05T01:30:00.000Z';
  expect(dueOn(localDay(new Date(meeting)), meeting)).toBe(meeting);
  expect(dueOn('2026-03-06', meeting)).toBe('2026-03-05T20:00:00.000Z');
  expect(dueOn('2026-03-06', null)).toBe('2026-03-05T20:00:00.000Z');
  expect(dueOn('', meeting)).toBeNull();
});
