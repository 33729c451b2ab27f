import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeList, type ListFigures, type Typical } from './judge-list.rules.ts';

const usual: Typical = { brought: 2000, leads: 60, saleMinor: 500_000 };
const list = (given: Partial<ListFigures>): ListFigures => ({ delivered: 1000, repeated: 100, junk: 20, good: 850, brought: 880, unjudged: 0, leads: 25, sales: 3, wonMinor: 1_500_000, costMinor: 100_000, days: 400, ...given });
const says = (given: Partial<ListFigures>, typical = usual) => {
  const { verdict, reasons } = judgeList(list(given), typical);
  return { verdict, ...Object.fromEntries(reasons.map((one) => [one.about, one.says])) };
};

describe('a list is judged', () => {
  it.each<[string, Partial<ListFigures>, object]>([
    ['as good when it paid, beyond luck', {}, { verdict: 'buy', junk: 'good', good: 'good', repeated: 'good', return: 'good' }],
    ['as good without a cost when more became leads than usual', { costMinor: null, leads: 80 }, { verdict: 'buy', leads: 'good', cost: 'open' }],
    ['with care when nobody can say whether it pays', { leads: 26, sales: 1, wonMinor: 90_000 }, { verdict: 'care', leads: 'open', return: 'open' }],
    ['with care when it pays but repeats what is known', { repeated: 600, good: 380 }, { verdict: 'care', repeated: 'bad', return: 'good' }],
    ['as bad when not even the better end of the interval pays', { costMinor: 9_000_000, sales: 0, wonMinor: 0 }, { verdict: 'drop', return: 'bad' }],
    ['as bad at once when a fifth is junk for sure', { junk: 300, good: 600, days: 3, leads: 0, sales: 0, wonMinor: 0 }, { verdict: 'drop', junk: 'bad', age: 'open' }],
    ['not as bad by junk that may be chance', { delivered: 60, repeated: 0, junk: 14, good: 40, days: 3, leads: 0, sales: 0, wonMinor: 0 }, { verdict: 'early', junk: 'open' }],
    ['as bad when few are new and can be used', { repeated: 850, good: 100, sales: 0, leads: 2, wonMinor: 0, costMinor: null }, { verdict: 'drop', good: 'bad' }],
    ['by its money, junk or not, when that came in for sure', { junk: 300, good: 600 }, { verdict: 'care', junk: 'bad', return: 'good' }],
    ['not as bad by junk when one sale has paid for it many times', { junk: 300, good: 600, sales: 1, wonMinor: 9_000_000 }, { verdict: 'care', junk: 'bad', return: 'open' }],
    ['as bad by junk when its sale did not', { junk: 300, good: 600, sales: 1, wonMinor: 90_000 }, { verdict: 'drop', junk: 'bad' }],
    ['later while it is young', { days: 30, leads: 0, sales: 0, wonMinor: 0 }, { verdict: 'early', age: 'open', return: 'open' }],
    ['later with few names', { delivered: 49 }, { verdict: 'early', names: 'open' }],
    ['later while its names are being looked at', { unjudged: 900 }, { verdict: 'early', judging: 'open' }],
    ['as bad when nothing on it could become a lead', { good: 0, brought: 0, junk: 900, leads: 0, sales: 0, wonMinor: 0 }, { verdict: 'drop', leads: 'bad' }],
    ['with care when one lucky sale paid for it', { sales: 1, wonMinor: 900_000 }, { verdict: 'care', return: 'open' }],
    ['and one that cost nothing is not divided by', { costMinor: 0, sales: 0, wonMinor: 0 }, { verdict: 'care', return: 'open' }],
  ])('%s', (_, given, expected) => expect(says(given)).toMatchObject(expected));

  it('says nothing of leads where there are not enough other lists', () =>
    expect(says({ costMinor: null, leads: 80 }, { brought: 50, leads: 0, saleMinor: null })).toMatchObject({ verdict: 'care', leads: 'open' }));

  it('says why in sentences with their interval', () =>
    expect(judgeList(list({ leads: 26, sales: 0, wonMinor: 0 }), usual).reasons.map((one) => one.sentence)).toEqual([
      '2 % of its names are junk.',
      '85 % of its names are new and can be used.',
      '10 % of its names only repeat what was known.',
      '3 % of those it brought became leads (26 of 880: by their number 2 % to 4.3 %); of other lists 3 %.',
      'Nothing was sold to anybody it brought; another one like it might earn 0 × to 19 × its cost.',
    ]));

  it('more money never makes it worse, and more junk never better', () => {
    const rank = { drop: 0, early: 1, care: 1, buy: 2 };
    const figures = fc.record({
      delivered: fc.integer({ min: 50, max: 5000 }),
      sales: fc.integer({ min: 1, max: 20 }),
      won: fc.integer({ min: 0, max: 10_000_000 }),
      cost: fc.integer({ min: 1, max: 10_000_000 }),
      days: fc.integer({ min: 0, max: 800 }),
      parts: fc.tuple(fc.nat(10), fc.nat(10), fc.integer({ min: 1, max: 10 })),
    });
    fc.assert(
      fc.property(figures, fc.integer({ min: 1, max: 100 }), ({ delivered, sales, won, cost, days, parts: [a, b, c] }, more) => {
        const part = (n: number) => Math.floor((delivered * n) / (a + b + c));
        const one = list({ delivered, junk: part(a), repeated: part(b), good: part(c), brought: part(a) + part(c), leads: Math.min(sales, part(c)), sales, wonMinor: won, costMinor: cost, days });
        const before = rank[judgeList(one, usual).verdict];
        expect(rank[judgeList({ ...one, wonMinor: won * (1 + more) }, usual).verdict]).toBeGreaterThanOrEqual(before);
        const worse = { ...one, junk: Math.min(delivered, one.junk + Math.floor((one.repeated * more) / 100)) };
        expect(rank[judgeList(worse, usual).verdict]).toBeLessThanOrEqual(before);
      }),
    );
  });
});
