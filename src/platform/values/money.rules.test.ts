import { describe, expect, it, test } from 'vitest';
import fc from 'fast-check';
import { amountShown, moneyText, share } from './money.rules.ts';

describe('moneyText', () => {
  it('writes a plain decimal', () => {
    expect(moneyText({ minor: 123456, currency: 'EUR' })).toBe('1234.56');
    expect(moneyText({ minor: -5, currency: 'EUR' })).toBe('-0.05');
    expect(moneyText({ minor: 12, currency: 'JPY' })).toBe('12');
  });
});

test.each([
  [1_250_050, 'EUR', '12,500.50'],
  [123_456_789_012, 'EUR', '1,234,567,890.12'],
  [-99_999, 'EUR', '-999.99'],
  [90_000, 'JPY', '90,000'],
  [1_234_567, 'KWD', '1,234.567'],
  [1_234_567_891, 'KWD', '1,234,567.891'],
])('%i of %s is shown as %s', (minor, currency, shown) => expect(amountShown({ minor, currency })).toBe(shown));

describe('share', () => {
  it('adds up exactly and stays within one unit of the exact share', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e13, max: 1e13 }),
        fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 40 }),
        (minor, weights) => {
          fc.pre(weights.some((weight) => weight > 0));
          const parts = share(minor, weights);
          const total = weights.reduce((a, b) => a + b, 0);
          expect(parts.reduce((a, b) => a + b, 0)).toBe(minor);
          parts.forEach((part, index) => expect(Math.abs(part - (minor * weights[index]!) / total)).toBeLessThanOrEqual(1.01));
        },
      ),
    );
  });
});
