import { describe, expect, test } from 'vitest';
import type { Figures } from './scorecard.contract.ts';
import { figuresOf, mediansOf, monthsBack, presenceOf } from './scorecard.rules.ts';
import type { Spell } from './scorecard.rules.ts';

const at = (day: number, hour = 9): Date => new Date(Date.UTC(2026, 2, day, hour));
const minutes = (from: Date, until: Date): number => (until.getTime() - from.getTime()) / 60_000;
const spell = (leadId: string, more: Partial<Spell> = {}): Spell => ({
  holderId: 'h', leadId, startedAt: at(2), isInTime: null, acceptedAt: null, firstFollowupAt: null, isDeclined: false, isSilent: false, verdict: null, verdictAt: null, valueMinor: null, currency: null, hasReason: false, isOpen: false, hasNextAction: false, days: [], ...more,
});
const figures = (spells: Spell[]): Figures => figuresOf(spells, minutes, 'EUR', { workDays: ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05'], seen: new Set(['2026-03-03', '2026-03-05', '2026-03-07']) });

describe('a scorecard', () => {
  test('counts what was kept, what was said, what was sold and who was silent', () => {
    // Told of a: contact, verdict, value; of b: contact, verdict, reason; of c: verdict and value, but no contact. Eight of nine.
    expect(
      figures([
        spell('a', { isInTime: true, acceptedAt: at(2, 10), firstFollowupAt: at(2, 12), verdict: 'sale', verdictAt: at(6), valueMinor: 100_000, currency: 'EUR' }),
        spell('b', { isInTime: false, acceptedAt: at(2, 12), firstFollowupAt: at(2, 13), verdict: 'bad', verdictAt: at(4), hasReason: true }),
        spell('c', { isInTime: true, acceptedAt: at(2, 10), verdict: 'sale', verdictAt: at(3), valueMinor: 70_000, currency: 'CHF' }),
        spell('d', { isInTime: false, isSilent: true }),
        spell('e', { isInTime: true, isDeclined: true }),
      ]),
    ).toEqual({ offered: 5, inTimePercent: 60, acceptMinutes: 60, contactMinutes: 210, verdictPercent: 100, verdictDays: 2, salePercent: 66.7, sales: 2, soldMinor: 100_000, silent: 1, silentPercent: 20, declined: 1, fieldsPercent: 88.9, workDays: 4, daysSeen: 2, offeredPerDay: 1.25 });
  });
  test('of nothing it says nothing, and a promise that still runs counts for neither side', () => {
    expect(figures([])).toMatchObject({ offered: 0, inTimePercent: null, acceptMinutes: null, verdictPercent: null, silentPercent: null, sales: 0 });
    expect(figures([spell('a')])).toMatchObject({ offered: 1, inTimePercent: null, verdictPercent: 0 });
  });
  test('a lead given twice is two offers and one lead; a verdict from before it was given is none of this spell', () => {
    expect(figures([spell('a', { isSilent: true }), spell('a', { startedAt: at(5), verdict: 'hot', verdictAt: at(6) })])).toMatchObject({ offered: 2, verdictPercent: 100, verdictDays: 1 });
    expect(figures([spell('a', { startedAt: at(9), verdict: 'hot', verdictAt: at(6) })])).toMatchObject({ verdictPercent: 0 });
  });
});

test('the middle of others, and none where it would give somebody away', () => {
  const one = (silentPercent: number | null, offered = 4): Figures => ({ ...figures([]), offered, silentPercent, sales: 1 });
  expect(mediansOf([one(10), one(20)])).toBeNull();
  expect(mediansOf([one(10), one(20), one(5, 0)])).toBeNull();
  expect(mediansOf([one(10), one(20), one(60)])).toMatchObject({ silentPercent: 20, sales: 1, offered: 4 });
  // Two values of three are two peers.
  expect(mediansOf([one(10), one(20), one(null)])).not.toHaveProperty('silentPercent');
});

describe('days they were here', () => {
  const weekdays = (on: string): boolean => ![0, 6].includes(new Date(`${on}T12:00:00Z`).getUTCDay());
  const given = { from: '2026-03-01', today: '2026-03-12', firstDay: '2025-01-01', away: [{ from: '2026-03-04', to: '2026-03-06' }] };
  test('are of working days, less absences; today counts once they were here', () => {
    // Monday the 2nd to Thursday the 12th: nine working days, three away, and today not over.
    expect(presenceOf({ ...given, seen: new Set() }, weekdays).workDays).toEqual(['2026-03-02', '2026-03-03', '2026-03-09', '2026-03-10', '2026-03-11']);
    expect(presenceOf({ ...given, seen: new Set(['2026-03-12']) }, weekdays).workDays.at(-1)).toBe('2026-03-12');
  });
  test('begin with their first', () => {
    expect(presenceOf({ ...given, firstDay: '2026-03-10', seen: new Set() }, weekdays).workDays).toEqual(['2026-03-10', '2026-03-11']);
  });
  test('an open lead that was accepted is asked for a contact, a verdict and a next action', () => {
    expect(figures([spell('a', { acceptedAt: at(2, 10), isOpen: true, hasNextAction: true, firstFollowupAt: at(2, 12) })])).toMatchObject({ fieldsPercent: 66.7 });
    expect(figures([spell('a')])).toMatchObject({ fieldsPercent: null });
  });
});

test('months back from a day, across a year', () => {
  expect(monthsBack('2026-02-14', 4)).toEqual(['2026-02-01', '2026-01-01', '2025-12-01', '2025-11-01']);
});
