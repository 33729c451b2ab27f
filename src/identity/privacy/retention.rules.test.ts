import { expect, test } from 'vitest';
import { monthsBefore } from './retention.rules.ts';

test('months are counted as a calendar does', () => {
  const before = (at: string, months: number): string => monthsBefore(new Date(at), months).toISOString();
  expect(before('2026-03-31T10:00:00Z', 1)).toBe('2026-02-28T10:00:00.000Z');
  expect(before('2026-01-15T10:00:00Z', 13)).toBe('2024-12-15T10:00:00.000Z');
  expect(before('2028-02-29T00:00:00Z', 12)).toBe('2027-02-28T00:00:00.000Z');
});
