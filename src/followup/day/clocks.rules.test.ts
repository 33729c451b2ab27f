import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { orderWithinClocks } from './clocks.rules.ts';

const rows = (...minutesLeft: number[]) => minutesLeft.map((one) => ({ minutesLeft: one }));

describe('an order in which clocks are kept', () => {
  test('is that of worth while no clock presses', () => {
    expect(orderWithinClocks(rows(Infinity, 600, 60))).toEqual([0, 1, 2]);
    expect(orderWithinClocks([])).toEqual([]);
  });
  test('lifts what would be too late, as little as it takes', () => {
    expect(orderWithinClocks(rows(Infinity, Infinity, Infinity, 30))).toEqual([0, 3, 1, 2]);
    expect(orderWithinClocks(rows(Infinity, Infinity, 20, 20))).toEqual([2, 0, 1, 3]);
  });
  test('gives the least valuable up where there is no time for all', () => {
    expect(orderWithinClocks(rows(15, 15, 15, Infinity))).toEqual([0, 1, 2, 3]);
    expect(orderWithinClocks(rows(Infinity, 15, 15))).toEqual([1, 0, 2]);
  });

  /** Whether one a place, every one could be begun in time: by the earliest end first, the yardstick that is known to be best. */
  const canBeKept = (left: readonly number[]): boolean => left.toSorted((a, b) => a - b).every((one, at) => Math.max(1, Math.floor(one / 15)) > at);

  const clocks = fc.array(fc.oneof(fc.integer({ min: 1, max: 400 }), fc.constant(Infinity)), { maxLength: 25 });

  test('everything is begun before its clock ends whenever that can be done at all: asked anew after every lead, as a queue is', () => {
    fc.assert(
      fc.property(clocks, (left) => {
        fc.pre(canBeKept(left));
        let waiting = left.map((minutesLeft, id) => ({ id, minutesLeft }));
        while (waiting.length > 0) {
          const top = waiting[orderWithinClocks(waiting)[0]!]!;
          expect(top.minutesLeft).toBeGreaterThan(0);
          waiting = waiting.filter((one) => one !== top).map((one) => ({ ...one, minutesLeft: one.minutesLeft - 15 }));
        }
      }),
      { numRuns: 500 },
    );
  });

  test('also while others arrive, as long as there is time for all', () => {
    fc.assert(
      fc.property(fc.array(clocks, { minLength: 1, maxLength: 12 }), (arrivals) => {
        let waiting: { minutesLeft: number }[] = [];
        for (const arrived of [...arrivals, ...Array.from({ length: 40 }, () => [])]) {
          // The newcomers that there is time for; the more valuable stand in front.
          for (const minutesLeft of arrived)
            if (canBeKept([...waiting.map((one) => one.minutesLeft), minutesLeft])) waiting.unshift({ minutesLeft });
          const first = orderWithinClocks(waiting)[0];
          if (first === undefined) continue;
          expect(waiting[first]!.minutesLeft).toBeGreaterThan(0);
          waiting = waiting.filter((_, at) => at !== first).map((one) => ({ minutesLeft: one.minutesLeft - 15 }));
          for (const { minutesLeft } of waiting) expect(minutesLeft).toBeGreaterThan(0);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('keeps as much worth waiting as little as possible: compared with every order there is', () => {
    const orders = (n: number): number[][] => (n === 0 ? [[]] : orders(n - 1).flatMap((rest) => Array.from({ length: n }, (_, at) => rest.toSpliced(at, 0, n - 1))));
    fc.assert(
      fc.property(
        fc.array(fc.record({ worth: fc.integer({ min: 1, max: 50 }), minutesLeft: fc.oneof(fc.integer({ min: 1, max: 90 }), fc.constant(Infinity)) }), { maxLength: 6 }),
        (given) => {
          const sorted = given.toSorted((a, b) => b.worth - a.worth);
          fc.pre(canBeKept(sorted.map((one) => one.minutesLeft)));
          const kept = (order: readonly number[]): boolean => order.every((at, place) => place < Math.max(1, Math.floor(sorted[at]!.minutesLeft / 15)));
          const waits = (order: readonly number[]): number => order.reduce((sum, at, place) => sum + sorted[at]!.worth * place, 0);
          const ours = orderWithinClocks(sorted);
          expect(kept(ours)).toBe(true);
          expect(waits(ours)).toBe(Math.min(...orders(sorted.length).filter(kept).map(waits)));
        },
      ),
      { numRuns: 100 },
    );
  });
});
