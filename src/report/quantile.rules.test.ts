import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { bucketsOf, quantileOf, quantileOfList, waitBucket } from './quantile.rules.ts';

describe('quantileOf', () => {
  it('equals sorting everything, reading only the buckets it names', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 40_000_000 }), { minLength: 1, maxLength: 300 }),
        fc.constantFrom(0, 0.5, 0.9, 1),
        (list, quantile) => {
          const byBucket = new Map<number, number[]>();
          for (const value of list) byBucket.set(waitBucket(value), [...(byBucket.get(waitBucket(value)) ?? []), value]);
          const counts = [...byBucket].map(([bucket, values]) => ({ bucket, count: values.length }));
          const named = bucketsOf(counts, [quantile]);
          expect(named.length).toBeLessThanOrEqual(2);
          const read = new Map(named.map((bucket) => [bucket, byBucket.get(bucket)!]));
          expect(quantileOf(counts, read, quantile)).toBeCloseTo(quantileOfList(list, quantile)!, 6);
        },
      ),
    );
  });
  it('has none of nothing', () => {
    expect(quantileOf([], new Map(), 0.5)).toBeUndefined();
    expect(quantileOfList([], 0.5)).toBeUndefined();
    expect(quantileOfList([1, 2, 3, 10], 0.5)).toBe(2.5);
  });
});
