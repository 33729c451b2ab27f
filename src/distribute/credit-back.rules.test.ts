import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accountChanges, creditBackOf, reasonToGiveBack, type CreditBack } from './credit-back.rules.ts';
import { replay } from './rules/replay.rules.ts';
import { route } from './route.rules.ts';
import type { Balance, Books, Placement, RoutableHolder, RoutableLead } from './route.rules.ts';

const now = Date.parse('2026-11-20T09:00:00Z');
const day = 86_400_000;
const holder = (id: string, given: Partial<RoutableHolder> = {}): RoutableHolder => ({
  id, kind: 'rep', name: id.toUpperCase(), email: null, externalId: null, active: true, away: [], capacityPerWeek: null, startsMs: [], verticals: [], languages: [], ...given,
});
const lead = (leadId: string, atMs = now): RoutableLead => ({
  leadId, atMs, grade: 'hot', score: 50, personId: null, organizationId: null, language: null, owners: [], excluded: new Map(),
  country: 'ES', state: null, postalCode: null, vertical: null, product: null, employees: null, annualRevenueMinor: null,
});
const books = (holders: RoutableHolder[], weights: number[], balances: Balance[]): Books => ({
  holders, balances, relationships: new Map(), deskId: 'desk',
  territories: [{ id: 'all', name: 'All', rules: {}, overflow: false, holders: holders.map(({ id }, i) => ({ holderId: id, weight: weights[i]! })) }],
});

/** An account that deals, and gives back, one lead at a time. */
function account(holders: RoutableHolder[], weights = holders.map(() => 1)) {
  const balances = new Map(holders.map(({ id }): [string, Balance] => [id, { territoryId: 'all', grade: 'hot', holderId: id, entitled: 0, received: 0 }]));
  let n = 0;
  return {
    deal(atMs = now): Placement {
      const { placements, balances: changed } = route([lead(`lead-${++n}`, atMs)], books(holders, weights, [...balances.values()]));
      for (const one of changed) balances.set(one.holderId, one);
      return placements[0]!;
    },
    book(of: CreditBack, back: boolean): void {
      for (const change of accountChanges([{ of, back }])) {
        const was = balances.get(change.holderId)!;
        balances.set(change.holderId, { ...was, entitled: was.entitled + change.entitled, received: was.received + change.received });
      }
    },
    credits: () => [...balances.values()].map(({ entitled, received }) => entitled - received),
  };
}
const backOf = ({ leadId, decided, pool, credits }: Placement) => creditBackOf({ assignmentId: leadId, leadId, decided: { ...decided, ...(credits && { credits }) }, pool: pool ?? null }, 'Wrong contact data')!;

describe('credit back', () => {
  test('the reasons are those of the agreement, else the usual ones; only bad gives back', () => {
    expect(reasonToGiveBack('bad', 'Wrong contact data', undefined)).toBe('Wrong contact data');
    expect(reasonToGiveBack('bad', 'No budget', undefined)).toBeNull();
    expect(reasonToGiveBack('bad', null, undefined)).toBeNull();
    expect(reasonToGiveBack('sale', 'Wrong contact data', undefined)).toBeNull();
    expect(reasonToGiveBack(null, null, undefined)).toBeNull();
    expect(reasonToGiveBack('bad', 'No budget', { wrongReasons: ['No budget'] })).toBe('No budget');
    expect(reasonToGiveBack('bad', 'Wrong contact data', { wrongReasons: ['No budget'] })).toBeNull();
    expect(reasonToGiveBack('bad', 'Wrong contact data', { wrongReasons: [] })).toBe('Wrong contact data');
  });

  test('the example: as if it had never been dealt', () => {
    const three = account([holder('a'), holder('b'), holder('c')]);
    const first = three.deal();
    expect([first.holderId, ...three.credits().map((one) => Math.round(one * 300) / 100)]).toEqual(['a', -2, 1, 1]);
    three.book(backOf(first), true);
    expect(three.credits().every((one) => Math.abs(one) < 1e-9)).toBe(true);
    expect(three.deal().holderId).toBe('a');
  });

  test('what nobody took a turn for gives nothing back', () => {
    const { placements } = route([{ ...lead('x'), owners: ['A'] }], books([holder('a')], [1], []));
    expect(placements[0]!.rule).toBe('owner');
    expect(creditBackOf({ assignmentId: 'x', leadId: 'x', decided: placements[0]!.decided, pool: null }, 'Wrong contact data')).toBeNull();
  });

  test('however leads are dealt, given back and taken again: what all are owed adds up to nothing, and replay stands', () => {
    const step = fc.record({ back: fc.boolean(), which: fc.nat({ max: 1000 }) });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 6 }), fc.array(step, { minLength: 1, maxLength: 120 }), (weights, steps) => {
        const people = weights.map((_, i) => holder(`h${i}`));
        const all = account(people, weights);
        const dealt: { back: CreditBack; given: boolean }[] = [];
        for (const { back, which } of steps) {
          if (back && dealt.length > 0) {
            const one = dealt[which % dealt.length]!;
            one.given = !one.given;
            all.book(one.back, one.given);
          } else {
            const placement = all.deal();
            const stored = { decided: { ...placement.decided, credits: placement.credits! }, pool: placement.pool! };
            expect(replay(stored, undefined)).toEqual({ holderId: placement.holderId, differences: [] });
            const credit = backOf(placement);
            expect(credit.holderId).toBe(placement.holderId);
            expect(credit.shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
            dealt.push({ back: credit, given: false });
          }
          expect(all.credits().reduce((sum, one) => sum + one, 0)).toBeCloseTo(0);
        }
        // All given back: nobody is owed anything.
        for (const one of dealt) if (!one.given) all.book(one.back, true);
        for (const credit of all.credits()) expect(credit).toBeCloseTo(0);
      }),
      { numRuns: 100 },
    );
  });
});

describe('absences', () => {
  const away = (catchUp: boolean) => [{ fromMs: now, untilMs: now + 10 * day, catchUp }];
  const lived = (catchUp: boolean): string => {
    const three = account([holder('a'), holder('b'), holder('c', { away: away(catchUp) })]);
    const during = Array.from({ length: 6 }, (_, i) => three.deal(now + i * 3_600_000));
    expect(during.some(({ holderId }) => holderId === 'c')).toBe(false);
    for (const { decided, credits, pool, holderId } of during) {
      expect(replay({ decided: { ...decided, credits: credits! }, pool: pool! }, undefined).holderId).toBe(holderId);
      expect(pool!.holders).toEqual(catchUp ? ['a', 'b', 'c'] : ['a', 'b']);
    }
    return Array.from({ length: 6 }, (_, i) => three.deal(now + (11 + i) * day).holderId).join(' ');
  };

  test('nothing is earned and nothing owed, or, where it was said, what was missed comes afterwards', () => {
    expect(lived(false)).toBe('a b c a b c');
    // Two of six were theirs: given first, then turns as ever.
    expect(lived(true)).toMatch(/^c c /);
    expect(lived(true).match(/c/g)).toHaveLength(4);
  });

  test('catching up never goes beyond the room there is', () => {
    const two = account([holder('a'), holder('b', { away: away(true), capacityPerWeek: 1 })]);
    for (let i = 0; i < 8; i++) expect(two.deal(now + i).holderId).toBe('a');
    const { placements } = route([1, 2, 3].map((i) => lead(`late-${i}`, now + 11 * day)), books([holder('a'), holder('b', { capacityPerWeek: 1 })], [1, 1],
      two.credits().map((credit, i): Balance => ({ territoryId: 'all', grade: 'hot', holderId: 'ab'[i]!, entitled: credit, received: 0 }))));
    expect(placements.map(({ holderId }) => holderId)).toEqual(['b', 'a', 'a']);
  });
});
