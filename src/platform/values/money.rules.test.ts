import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { moneyOf, moneyText, parseMoney, share } from './money.rules.ts'

describe('parseMoney', () => {
  const cases: [string, number | undefined, string?][] = [
    ['$1,209.48K', 120948000, 'USD'],
    ['$342.09K', 34209000, 'USD'],
    ['$6,763', 676300, 'USD'],
    ['$0.46', 46, 'USD'],
    ['1.234,56 €', 123456, 'EUR'],
    ['€ 1.234', 123400, 'EUR'],
    ['1 234,56', 123456],
    ["CHF 1'200.50", 120050, 'CHF'],
    ['R$ 1.234,56', 123456, 'BRL'],
    ['(250.00)', -25000],
    ['-$5', -500, 'USD'],
    ['5.00-', -500],
    ['1.2M', 120000000],
    ['2,5 Mio. €', 250000000, 'EUR'],
    ['1.234K', 123400],
    ['0.125', 13],
    ['0.0', 0],
    ['12,34,567.89', 123456789],
    ['¥12,000', 12000, 'JPY'],
    ['12.50 GBP', 1250, 'GBP'],
    ['USD 12', 1200, 'USD'],
    ['100 kr', 10000],
    ['', undefined],
    ['n/a', undefined],
    ['12.3.4', undefined],
    ['3 apples', undefined],
    ['2021-04-17', undefined],
    ['1-2', undefined],
  ]
  for (const [text, minor, currency] of cases) {
    it(`reads ${JSON.stringify(text)}`, () => {
      expect(parseMoney(text, 'EUR')).toEqual(minor === undefined ? undefined : { minor, currency: currency ?? 'EUR' })
    })
  }
  it('keeps the own dollar for a bare dollar sign', () => {
    expect(parseMoney('$5', 'CAD')).toEqual({ minor: 500, currency: 'CAD' })
  })
  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.constantFrom('EUR', 'JPY', 'USD'), (minor, currency) => {
        expect(parseMoney(moneyText({ minor, currency }), currency)).toEqual({ minor, currency })
      }),
    )
  })
  it('rounds a plain number half away from zero', () => {
    expect(moneyOf(-1.005, 'EUR')).toEqual({ minor: -101, currency: 'EUR' })
    expect(moneyOf(0.1 + 0.2, 'EUR')).toEqual({ minor: 30, currency: 'EUR' })
  })
})

describe('share', () => {
  it('adds up exactly and stays within one unit of the exact share', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e13, max: 1e13 }), fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 40 }), (minor, weights) => {
        fc.pre(weights.some((weight) => weight > 0))
        const parts = share(minor, weights)
        const total = weights.reduce((a, b) => a + b, 0)
        expect(parts.reduce((a, b) => a + b, 0)).toBe(minor)
        parts.forEach((part, index) => expect(Math.abs(part - (minor * weights[index]!) / total)).toBeLessThanOrEqual(1.01))
      }),
    )
  })
})
