import { describe, expect, test } from 'vitest';
import type { Figures } from './scorecard.contract.ts';
import { figuresOf, mediansOf, monthsBack } from './scorecard.rules.ts';
import type { Spell } from './scorecard.rules.ts';

const at = (day: number, hour = 9): Date => new Date(Date.UTC(2026, 2, day, hour));
const minutes = (from: Date, until: Date): number => (until.getTime() - from.getTime()) / 60_000;
const spell = (leadId: string, more: Partial<Spell> = {}): Spell => ({
  holderId: 'h', leadId, startedAt: at(2), isInTime: null, acceptedAt: null, firstFollowupAt: null, isDeclined: false, isSilent: false, verdict: null, verdictAt: null, valueMinor: null, currency: null, ...more,
});
const figures = (spells: Spell[]): Figures => figuresOf(spells, minutes, 'EUR');

describe('a scorecard', () => {
  test('counts what was kept, what was said, what was sold and who was silent', () => {
    expect(
      figures([
        spell('a', { isInTime: true, acceptedAt: at(2, 10), firstFollowupAt: at(2, 12), verdict: 'sale', verdictAt: at(6), valueMinor: 100_000, currency: 'EUR' }),
        spell('b', { isInTime: false, acceptedAt: at(2, 12), firstFollowupAt: at(2, 13), verdict: 'bad', verdictAt: at(4) }),
        spell('c', { isInTime: true, acceptedAt: at(2, 10), verdict: 'sale', verdictAt: at(3), valueMinor: 70_000, currency: 'CHF' }),
        spell('d', { isInTime: false, isSilent: true }),
        spell('e', { isInTime: true, isDeclined: true }),
      ]),
    ).toEqual({ offered: 5, inTimePercent: 60, acceptMinutes: 60, contactMinutes: 210, verdictPercent: 100, verdictDays: 2, salePercent: 66.7, sales: 2, soldMinor: 100_000, silent: 1, silentPercent: 20, declined: 1 });
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

test('months back from a day, across a year', () => {
  expect(monthsBack('2026-02-14', 4)).toEqual(['2026-02-01', '2026-01-01', '2025-12-01', '2025-11-01']);
});
