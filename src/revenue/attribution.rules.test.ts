import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { credit, models, type Touch } from './attribution.rules.ts';

const touch = (id: string, day: number, programId: string | null = null): Touch => ({
  inquiryId: id,
  at: new Date(Date.UTC(2026, 0, day)),
  programId,
  sourceId: null,
  channel: 'web',
});
const sold = new Date(Date.UTC(2026, 0, 20));

describe('credit', () => {
  it('shares to the cent, first inquiries first', () => {
    const parts = credit({ amountMinor: 100, soldAt: sold }, [touch('c', 3), touch('a', 1), touch('b', 2)], 'linear');
    expect(parts.map((part) => [part.inquiryId, part.amountMinor])).toEqual([
      ['a', 34],
      ['b', 33],
      ['c', 33],
    ]);
  });
  it('ignores inquiries after the sale and says so', () => {
    expect(credit({ amountMinor: 100, soldAt: sold }, [touch('a', 1), touch('z', 25)], 'last')[0]).toMatchObject({
      inquiryId: 'a',
      amountMinor: 100,
    });
    expect(credit({ amountMinor: 100, soldAt: sold }, [touch('z', 25)], 'last')[0]).toMatchObject({
      attributed: false,
      why: 'Every inquiry of this customer came after the sale.',
    });
    expect(credit({ amountMinor: 100, soldAt: sold }, [], 'first')[0]).toMatchObject({
      attributed: false,
      why: 'No inquiry of this customer is known.',
    });
  });
  it('lets a stated program win', () => {
    const stated = { programId: 'p', sourceId: null, channel: 'email' };
    expect(credit({ amountMinor: -5, soldAt: sold, stated }, [touch('a', 1)], 'linear')).toMatchObject([
      { programId: 'p', amountMinor: -5, attributed: true },
    ]);
  });
  it('adds up to the sale under every model', () => {
    const touches = fc.array(fc.record({ inquiryId: fc.uuid(), day: fc.integer({ min: 1, max: 30 }) }), { maxLength: 25 });
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), touches, (amountMinor, list) => {
        for (const model of models) {
          const parts = credit(
            { amountMinor, soldAt: sold },
            list.map((one) => touch(one.inquiryId, one.day)),
            model,
          );
          expect(parts.reduce((sum, part) => sum + part.amountMinor, 0)).toBe(amountMinor);
          for (const part of parts) expect(part.amountMinor * Math.sign(amountMinor)).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
