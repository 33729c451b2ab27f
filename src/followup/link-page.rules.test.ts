import { describe, expect, test } from 'vitest';
import { readAmount } from './link-page.rules.ts';

describe('what a sale was for, as it is typed', () => {
  test.each([
    ['12,500', 'EUR', 1_250_000],
    ['12.500', 'EUR', 1_250_000],
    ['12.500,00 €', 'EUR', 1_250_000],
    ['12500.5', 'EUR', 1_250_050],
    ['1’234’567.89', 'CHF', 123_456_789],
    ['12.500.000', 'EUR', 1_250_000_000],
    ['90,000', 'JPY', 90_000],
    ['¥90000', 'JPY', 90_000],
    ['450.000', 'CLP', 450_000],
    ['1.200.000 ₩', 'KRW', 1_200_000],
    ['12 500', 'HUF', 1_250_000],
    ['12.500', 'KWD', 12_500],
    ['12,500.250', 'KWD', 12_500_250],
  ])('%s in %s', (typed, currency, minor) => expect(readAmount(typed, currency)).toBe(minor));

  test('nothing, and what is no amount', () => {
    expect([readAmount(undefined, 'EUR'), readAmount('  ', 'JPY'), readAmount('much', 'EUR'), readAmount('99999999999999999999', 'EUR')]).toEqual([null, null, undefined, undefined]);
  });
});
