import { describe, expect, it } from 'vitest';
import { counts, invoiceStatus, readAmounts } from './invoice.rules.ts';

describe('invoiceStatus', () => {
  const cases: [string, string, boolean][] = [
    ['Created', 'open', true],
    ['Approved', 'open', true],
    ['Delivered', 'open', true],
    ['Cancelled', 'cancelled', false],
    ['Canceled', 'cancelled', false],
    ['VOID', 'cancelled', false],
    ['Paid', 'paid', true],
    ['Unpaid', 'open', true],
    ['Partially Paid', 'open', true],
    ['Draft', 'draft', false],
    ['', 'open', true],
    ['Storniert', 'cancelled', false],
  ];
  for (const [text, status, does] of cases)
    it(`reads ${text || 'nothing'}`, () => {
      expect(invoiceStatus(text)).toBe(status);
      expect(counts(invoiceStatus(text))).toBe(does);
    });
});

describe('readAmounts', () => {
  it('takes the tax out', () => {
    expect(readAmounts({ subTotal: 10000, discount: 1000, tax: 1710, grandTotal: 10710 }, '')).toEqual({
      netMinor: 9000,
      taxMinor: 1710,
      grossMinor: 10710,
      kind: 'invoice',
    });
    expect(readAmounts({ subTotal: 10000, tax: 1900 }, '')).toMatchObject({ netMinor: 10000, grossMinor: 11900 });
    expect(readAmounts({ grandTotal: 11900, tax: 1900 }, '')).toMatchObject({ netMinor: 10000 });
    expect(readAmounts({ net: 10000, grandTotal: 11900 }, '')).toMatchObject({ netMinor: 10000, grossMinor: 11900 });
    expect(readAmounts({ tax: 1900 }, '')).toBeUndefined();
  });
  it('makes credit notes negative whatever the sign of the file', () => {
    expect(readAmounts({ net: 5000, tax: 950 }, 'Credit note')).toEqual({
      netMinor: -5000,
      taxMinor: -950,
      grossMinor: -5950,
      kind: 'credit_note',
    });
    expect(readAmounts({ net: -5000 }, 'Invoice')).toMatchObject({ netMinor: -5000, kind: 'credit_note' });
  });
  it('says when the figures of the file disagree', () => {
    expect(readAmounts({ subTotal: 747239, discount: 65598, tax: 5387, grandTotal: 676300 }, '')).toMatchObject({
      netMinor: 670913,
      note: expect.stringContaining('grand total'),
    });
  });
});
