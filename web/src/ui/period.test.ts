import { describe, expect, test } from 'vitest';
import { periodDays, periodLabel } from './period.ts';

describe('named periods, on the company’s own calendar', () => {
  test.each([
    ['today', '2026-03-02', '2026-03-02', '2026-03-02'],
    ['last-7-days', '2026-03-02', '2026-02-24', '2026-03-02'],
    ['this-month', '2028-02-10', '2028-02-01', '2028-02-29'],
    ['last-month', '2026-01-15', '2025-12-01', '2025-12-31'],
    ['this-quarter', '2026-11-21', '2026-10-01', '2026-12-31'],
    ['last-quarter', '2026-02-01', '2025-10-01', '2025-12-31'],
    ['this-year', '2026-07-01', '2026-01-01', '2026-12-31'],
    ['last-year', '2026-07-01', '2025-01-01', '2025-12-31'],
    ['last-12-months', '2026-11-21', '2025-11-22', '2026-11-21'],
  ])('%s seen on %s is %s to %s', (name, today, from, to) => {
    expect(periodDays(name, today)).toEqual({ from, to });
  });
  test('all time has no ends; days of one’s own may leave one open', () => {
    expect(periodDays('all', '2026-03-02')).toEqual({});
    expect(periodDays('2026-01-05..2026-02-06', '2026-03-02')).toEqual({ from: '2026-01-05', to: '2026-02-06' });
    expect(periodDays('2026-01-05..', '2026-03-02')).toEqual({ from: '2026-01-05', to: undefined });
    expect(periodLabel('2026-01-05..', (day) => day)).toBe('since 2026-01-05');
    expect(periodLabel('this-quarter', (day) => day)).toBe('This quarter');
  });
});
