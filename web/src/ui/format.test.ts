import { describe, expect, test } from 'vitest';
import { duration, makeFormat } from './format.ts';

describe('durations in the grain people think in', () => {
  test.each([
    [0.4, '< 1 min'],
    [1, '1 min'],
    [38, '38 min'],
    [60, '1 h'],
    [130, '2 h 10'],
    [425, '7 h 05'],
    [660, '11 h'],
    [4320, '3 days'],
    [40_320, '4 weeks'],
    [262_800, '6 months'],
    [null, '–'],
  ])('%s minutes: %s', (minutes, text) => {
    expect(duration(minutes).replaceAll('\u00a0', ' ')).toBe(text);
  });
});

describe('money and time of the company', () => {
  const format = makeFormat('en', 'CHF', 'Europe/Zurich');
  test('minor units follow the currency', () => {
    expect(format.money(3_100_000)).toMatch(/^CHF\s31,000$/);
    expect(format.money(3100, 'JPY')).toMatch(/3,100$/);
    // kept in hundredths, though a browser may show none
    expect(format.money(310_000, 'HUF')).toMatch(/3,100(\.00)?$/);
    expect(format.money(null)).toBe('–');
    expect(format.moneyShort(192_000_000, 'EUR')).toBe('€ 1.92M');
  });
  test('near times are said as people say them, in the company’s zone', () => {
    const now = new Date('2026-03-02T09:00:00Z');
    expect(format.when('2026-03-02T08:12:00Z', now)).toBe('09:12');
    expect(format.when('2026-03-01T23:30:00Z', now)).toBe('00:30');
    expect(format.when('2026-03-01T15:40:00Z', now)).toBe('yesterday 16:40');
    expect(format.when('2026-03-05T13:20:00Z', now)).toBe('Thu 14:20');
    expect(format.when('2026-01-12T12:00:00Z', now)).toBe('Jan 12');
    expect(format.when('2025-01-12T12:00:00Z', now)).toBe('Jan 12, 2025');
    expect(format.today(new Date('2026-03-01T23:30:00Z'))).toBe('2026-03-02');
  });
  test('shares keep a digit where it matters', () => {
    expect(format.percent(0.142)).toBe('14%');
    expect(format.percent(0.006)).toBe('0.6%');
    expect(format.percent(0)).toBe('0%');
    expect(format.times(3.42)).toBe('3.4 ×');
  });
});
