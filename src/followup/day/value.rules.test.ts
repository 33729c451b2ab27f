import { describe, expect, test } from 'vitest';
import { amountSaid, valueOf } from './value.rules.ts';

describe('a budget as people say it', () => {
  test.each([
    ['50000', 'EUR', 5_000_000],
    ['EUR 50,000', 'EUR', 5_000_000],
    ['50k', 'USD', 5_000_000],
    ['$10,000 - $25,000', 'USD', 1_750_000],
    ['20–30k', 'EUR', 2_500_000],
    ['20 to 30 TEUR', 'EUR', 2_500_000],
    ['20-30k €', 'EUR', 2_500_000],
    ['bis zu CHF 50’000', 'CHF', 5_000_000],
    ['about 1.2 million', 'EUR', 120_000_000],
    ['between 5,000 and 10,000', 'EUR', 750_000],
    ['zwischen 5.000 und 10.000 Euro', 'EUR', 750_000],
    ['< 100k', 'EUR', 10_000_000],
    ['¥ 2,000,000', 'JPY', 2_000_000],
  ])('%s (%s) is %i', (text, currency, minor) => {
    expect(amountSaid(text, currency)).toBe(minor);
  });

  test.each([['approved'], ['2027'], ['approved for 2027'], ['3 pumps'], ['12'], ['no'], [''], ['50k USD'], ['10k - 20k - 30k'], ['30k to 20k'], ['Q3 2026'], ['-5000'], ['up to']])(
    '%s says no amount of euros',
    (text) => expect(amountSaid(text, 'EUR')).toBeNull(),
  );
});

describe('what a lead may bring', () => {
  const nothing = { opportunityMinor: null, registeredMinor: null, budget: null, currency: 'EUR' };

  test('is what is known best, with how', () => {
    const all = { ...nothing, opportunityMinor: 4_000_000, registeredMinor: 1_800_000, budget: '20–30k' };
    expect(valueOf(all)).toEqual({ valueMinor: 4_000_000, valueWhy: 'an open opportunity of EUR 40,000.00' });
    expect(valueOf({ ...all, opportunityMinor: null })).toEqual({ valueMinor: 1_800_000, valueWhy: 'its partner expects EUR 18,000.00' });
    expect(valueOf({ ...nothing, budget: ' 20–30k' })).toEqual({ valueMinor: 2_500_000, valueWhy: 'a budget of “20–30k”' });
  });

  test('is unknown where nobody said', () => {
    expect(valueOf({ ...nothing, budget: 'to be decided' })).toEqual({ valueMinor: null, valueWhy: null });
    expect(valueOf({ ...nothing, opportunityMinor: 0 })).toEqual({ valueMinor: null, valueWhy: null });
  });
});
