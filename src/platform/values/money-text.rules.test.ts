import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minorDigits, moneyConvention, readMoney, readNumber } from './money-text.rules.ts';

describe('readMoney', () => {
  it.each([
    ['$1,209.48K', 120_948_000, 'USD'],
    ['$20.25K', 2_025_000, 'USD'],
    ['1.234,56 €', 123_456, 'EUR'],
    ['€ 1.234,56', 123_456, 'EUR'],
    ['(500)', -50_000, null],
    ['-$500', -50_000, 'USD'],
    ['$-500.5', -50_050, 'USD'],
    ['500-', -50_000, null],
    ["CHF 1'234.50", 123_450, 'CHF'],
    ['1 234,50 zł', 123_450, 'PLN'],
    ['1,23,456.78', 12_345_678, null],
    ['R$ 2.500,00', 250_000, 'BRL'],
    ['¥1200', 1200, 'JPY'],
    ['1.5 Mio. €', 150_000_000, 'EUR'],
    ['€1.2m', 120_000_000, 'EUR'],
    ['12 TEUR', 1_200_000, 'EUR'],
    ['117900000.0', 11_790_000_000, null],
    ['1.179e8', 11_790_000_000, null],
    ['$6,763', 676_300, 'USD'],
    ['$308.7', 30_870, 'USD'],
    ['0', 0, null],
    ['.5', 50, null],
    ['250,- €', 25_000, 'EUR'],
    ['1,005 USD', 100_500, 'USD'],
    ['0.005', 1, null],
  ])('reads %s', (text, minor, currency) => {
    expect(readMoney(text)).toEqual({ value: { minor, currency } });
  });
  it('prefers the workspace currency where a symbol is shared', () => {
    expect(readMoney('$5', { currency: 'CAD' }).value).toEqual({ minor: 500, currency: 'CAD' });
    expect(readMoney('$5', { currency: 'EUR' }).value).toEqual({ minor: 500, currency: 'USD' });
    expect(readMoney('$5', { currency: 'EUR', symbol: 'EUR' }).value).toEqual({ minor: 500, currency: 'EUR' });
    expect(readMoney('US$5', { currency: 'EUR', symbol: 'EUR' }).value).toEqual({ minor: 500, currency: 'USD' });
    expect(readMoney('5 kr', { currency: 'SEK' }).value).toEqual({ minor: 500, currency: 'SEK' });
  });
  it('uses what the column gave away', () => {
    expect(readMoney('1.234', { decimal: ',' }).value?.minor).toBe(123_400);
    expect(readMoney('1.234', { decimal: '.' }).value?.minor).toBe(123);
    expect(moneyConvention(['1.234', '12,50', '7'])).toBe(',');
    expect(moneyConvention(['1,234', '1,234.00'])).toBe('.');
    expect(moneyConvention(['1.234', '2.345'])).toBe(null);
    expect(moneyConvention(['$1,061.38K', '$20.25K'])).toBe('.');
  });
  it.each(['', 'n/a', 'about ten', '12 apples', '1.2.3,4,5', '$', '99999999999999999999'])('says why it cannot read %s', (text) => {
    expect(readMoney(text).problem).toMatch(/\.$/);
  });
  it('reads back what a ledger prints', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.constantFrom('en', 'de'), (minor, style) => {
        const printed = new Intl.NumberFormat(style, { minimumFractionDigits: 2 }).format(minor / 100);
        expect(readMoney(printed, { decimal: style === 'en' ? '.' : ',' }).value?.minor).toBe(minor);
      }),
    );
  });
});

describe('digits behind the mark', () => {
  it.each([['EUR', 2], ['HUF', 2], ['COP', 2], ['JPY', 0], ['KRW', 0], ['CLP', 0], ['BIF', 0], ['VUV', 0], ['KWD', 3], [null, 2]])('of %s: %s', (currency, digits) => expect(minorDigits(currency)).toBe(digits));
});

describe('readNumber', () => {
  it.each([
    ['1,234.5', 1234.5],
    ['12 %', 12],
    ['-3', -3],
    ['1.5k', 1500],
    ['104', 104],
  ])('reads %s', (text, value) => {
    expect(readNumber(text).value).toBeCloseTo(value);
  });
  it('refuses words', () => expect(readNumber('50-100').problem).toContain('not a number'));
});
