import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextTurn } from './fair-share.rules.ts';

/** Deals `turns` leads to a pool and tells the worst distance from what each was entitled to. */
function deal(weights: number[], turns: number, away: (turn: number, holder: number) => boolean): { received: number[]; worst: number } {
  const credit = weights.map(() => 0);
  const received = weights.map(() => 0);
  let worst = 0;
  for (let turn = 0; turn < turns; turn++) {
    const present = weights.map((_, i) => i).filter((i) => !away(turn, i));
    if (present.length === 0) continue;
    const { index, shares } = nextTurn(present.map((i) => ({ holderId: String(i), weight: weights[i]!, credit: credit[i]! })));
    present.forEach((i, k) => (credit[i]! += shares[k]!));
    credit[present[index]!]! -= 1;
    received[present[index]!]! += 1;
    for (const c of credit) worst = Math.max(worst, Math.abs(c));
  }
  return { received, worst };
}

const weights = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 12 });

describe('fair share', () => {
  test('two to one', () => {
    expect(deal([2, 1], 9, () => false).received).toEqual([6, 3]);
  });

  test('in a steady pool nobody is ever a whole lead from what is theirs', () => {
    fc.assert(
      fc.property(weights, (w) => void expect(deal(w, 400, () => false).worst).toBeLessThanOrEqual(1)),
      { numRuns: 200 },
    );
  });

  test('being away neither floods nor punishes: after it, shares are as before', () => {
    const { received } = deal([1, 1, 1], 300, (turn, holder) => holder === 2 && turn >= 60 && turn < 180);
    // 60 turns among three, 120 among two, 120 among three
    expect(received[0]! + received[1]!).toBe(300 - received[2]!);
    expect(Math.abs(received[2]! - 60)).toBeLessThanOrEqual(1);
  });

  test('with people coming and going balances stay close', () => {
    fc.assert(
      fc.property(
        weights,
        fc.array(fc.nat({ max: 4095 }), { minLength: 1, maxLength: 30 }),
        (w, masks) =>
          void expect(
            deal(w, 300, (turn, holder) => ((masks[Math.floor(turn / 10) % masks.length]! >> holder) & 1) === 1).worst,
          ).toBeLessThanOrEqual(2),
      ),
      { numRuns: 200 },
    );
  });

  test('the same balances give the same answer', () => {
    const pool = [
      { holderId: 'a', weight: 3, credit: 0.2 },
      { holderId: 'b', weight: 1, credit: -0.2 },
    ];
    expect(nextTurn(pool)).toEqual(nextTurn(structuredClone(pool)));
  });
});
