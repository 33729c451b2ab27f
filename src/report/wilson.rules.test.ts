import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { differs, wilson } from './wilson.rules.ts';

describe('wilson', () => {
  it('gives the textbook intervals', () => {
    const round = (value: number): number => Math.round(value * 1000) / 1000;
    const check = (s: number, n: number, low: number, high: number): void => {
      const found = wilson(s, n)!;
      expect([round(found.low), round(found.high)]).toEqual([low, high]);
    };
    check(2, 3, 0.208, 0.939);
    check(0, 10, 0, 0.278);
    check(10, 10, 0.722, 1);
    check(50, 100, 0.404, 0.596);
    expect(wilson(0, 0)).toBeNull();
  });
  it('stays inside 0…1 around the share', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (trials, part) => {
        const found = wilson(Math.round(trials * part), trials)!;
        expect(found.low).toBeGreaterThanOrEqual(0);
        expect(found.high).toBeLessThanOrEqual(1);
        expect(found.low).toBeLessThanOrEqual(found.share + 1e-12);
        expect(found.high).toBeGreaterThanOrEqual(found.share - 1e-12);
      }),
    );
  });
  it('says two shares differ only when numbers allow it', () => {
    expect(differs(wilson(2, 3), wilson(1, 3))).toBe(false);
    expect(differs(wilson(200, 300), wilson(100, 300))).toBe(true);
  });
});
