import { expect, test } from 'vitest';
import { presenceByWeek } from './presence.rules.ts';

test('three of five working days away leave two; a weekend away leaves all', () => {
  // 2027-01-06 is a Wednesday.
  const away = (startsOn: string, endsOn: string) => presenceByWeek('2027-01-06', 2, null, [{ startsOn, endsOn }]);
  expect(away('2027-01-08', '2027-01-12')).toEqual([2 / 5, 1]);
  expect(away('2027-01-09', '2027-01-10')).toEqual([1, 1]);
  expect(away('2026-12-01', '2027-01-13')).toEqual([0, 4 / 5]);
  expect(presenceByWeek('2027-01-06', 3, null, [])).toEqual([1, 1, 1]);
});

test('by their own week, and around the clock where no hours are set', () => {
  const saturday = { hours: { sat: [['08:00', '12:00']] as [string, string][] }, holidays: ['2027-01-09'] };
  const absences = [{ startsOn: '2027-01-09', endsOn: '2027-01-09' }];
  expect(presenceByWeek('2027-01-06', 2, saturday, absences)).toEqual([0, 1]);
  expect(presenceByWeek('2027-01-06', 1, { hours: {}, holidays: [] }, absences)).toEqual([6 / 7]);
});
