import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decayOf } from './day/decay.rules.ts';
import { chanceOf, publishedTerms, rankQueue, silenceOf } from './queue.rules.ts';
import type { QueueLead, QueueTerms } from './queue.rules.ts';

const now = new Date('2026-11-20T09:00:00Z');
const ago = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);
const lead = (leadId: string, given: Partial<QueueLead> = {}): QueueLead => ({
  leadId,
  grade: 'warm',
  score: 50,
  valueMinor: null,
  valueWhy: null,
  assignedAt: ago(4),
  askedAt: ago(5),
  acceptedAt: null,
  firstFollowupAt: null,
  respondBy: ago(-60),
  followBy: null,
  judgeBy: null,
  pausedUntil: null,
  pauseReason: null,
  nextActionWhat: null,
  nextActionAt: null,
  verdict: null,
  verdictExpiresAt: null,
  lastActivityAt: null,
  returnedWhy: null,
  holderId: 'ana',
  sourceId: null,
  product: null,
  ...given,
});
const terms: QueueTerms = { ...publishedTerms, averageSaleMinor: 1_000_000 };
/** Working around the clock. */
const running: QueueTerms = { ...terms, minutesUntil: (_holder, at) => (at.getTime() - now.getTime()) / 60_000 };
const order = (...leads: QueueLead[]): string[] => rankQueue(leads, now, terms).map((r) => r.leadId);

describe('what silence costs', () => {
  const priced: QueueTerms = { ...terms, marginOf: () => 35 };
  test('the worked example, by hand', () => {
    // hot, score 75: 30% × (0.6 + 75 ÷ 125) = 36%; × 10,000.00 × 35% = 1,260.00 at once. After 8 minutes: odds .36 ÷ .64 = .5625,
    // × (8 ÷ 5)^−1.6992 = .44994 → .25309, a chance of .20198: 56.10% of it is left.
    const hot = lead('hot', { grade: 'hot', score: 75, assignedAt: ago(8), askedAt: ago(8) });
    expect(silenceOf(hot, now, priced)).toEqual({ lostMinor: 55_308, leftMinor: 70_692, chancePercent: 36 });
    // After a day the floor: a quarter is left.
    expect(silenceOf({ ...hot, assignedAt: ago(1440), askedAt: ago(1440) }, now, priced)).toMatchObject({ lostMinor: 94_500, leftMinor: 31_500 });
  });
  test('what is only not its turn has lost nothing; a dialogue gone quiet has', () => {
    const worked = { grade: 'hot' as const, score: 75, acceptedAt: ago(9000), firstFollowupAt: ago(8640), lastActivityAt: ago(8640) };
    expect(silenceOf(lead('due tomorrow', { ...worked, nextActionWhat: 'Call', nextActionAt: ago(-1440) }), now, priced)).toMatchObject({ lostMinor: 0, leftMinor: 126_000 });
    expect(silenceOf(lead('ask again', { ...worked, verdict: 'dont_know', verdictExpiresAt: ago(10) }), now, priced)).toMatchObject({ lostMinor: 0, leftMinor: 126_000 });
    // Six days without a word: halved twice.
    expect(silenceOf(lead('quiet', worked), now, priced)).toMatchObject({ lostMinor: 94_500, leftMinor: 31_500 });
  });
});

describe('the queue', () => {
  test('the odds fall 21-fold from five to thirty minutes', () => {
    const odds = (chance: number, minutes: number): number => {
      const p = chance * decayOf(chance, minutes);
      return p / (1 - p);
    };
    expect(odds(0.9, 5) / odds(0.9, 30)).toBeCloseTo(21, 0);
    expect(decayOf(0.3, 1_000_000)).toBe(0.25);
  });

  test('a fresh hot lead comes before an older one, and both before cold ones', () => {
    expect(
      order(
        lead('cold', { grade: 'cold' }),
        lead('old', { grade: 'hot', assignedAt: ago(50), askedAt: ago(50) }),
        lead('fresh', { grade: 'hot' }),
      ),
    ).toEqual(['fresh', 'old', 'cold']);
  });

  test('a larger sale is worth more', () => {
    expect(order(lead('small', { valueMinor: 10_000 }), lead('large', { valueMinor: 9_000_000 }))).toEqual(['large', 'small']);
  });

  test('a next action counts when it is due, not before', () => {
    const worked = { firstFollowupAt: ago(3000), acceptedAt: ago(3001), lastActivityAt: ago(3000) };
    expect(
      order(
        lead('later', { ...worked, nextActionAt: ago(-4000) }),
        lead('today', { ...worked, nextActionAt: ago(30) }),
        lead('idle', worked),
      ),
    ).toEqual(['today', 'idle', 'later']);
  });

  test('what is not due yet waits below the smallest lead that can be worked now', () => {
    const worked = { firstFollowupAt: ago(3000), acceptedAt: ago(3001), lastActivityAt: ago(3000) };
    const ranked = rankQueue(
      [lead('fortune', { ...worked, valueMinor: 900_000_000, verdict: 'hot', nextActionAt: ago(-4000) }), lead('small', { grade: 'cold' })],
      now,
      terms,
    );
    expect(ranked.map(({ leadId, later }) => [leadId, later])).toEqual([
      ['small', false],
      ['fortune', true],
    ]);
  });

  test('an expired "don’t know" asks again; a running one keeps quiet', () => {
    const silent = { firstFollowupAt: ago(9000), lastActivityAt: ago(9000), verdict: 'dont_know' as const };
    const [first, second] = rankQueue(
      [lead('running', { ...silent, verdictExpiresAt: ago(-900) }), lead('expired', { ...silent, verdictExpiresAt: ago(10) })],
      now,
      terms,
    );
    expect(first).toMatchObject({ leadId: 'expired', kind: 'askAgain', overdue: true });
    expect(second).toMatchObject({ leadId: 'running', kind: 'open' });
  });

  test('time left is data', () => {
    expect(rankQueue([lead('a', { assignedAt: ago(45), respondBy: ago(-15) })], now, terms)[0]).toMatchObject({
      minutesLeft: 15,
      shareLeft: 0.25,
      overdue: false,
      kind: 'answer',
    });
  });

  test('a lead whose clock would end before its turn comes first, and says so', () => {
    const rich = Array.from({ length: 8 }, (_, i) => lead(`rich${i}`, { grade: 'hot', valueMinor: 50_000_000, respondBy: ago(-600) }));
    const ranked = rankQueue([...rich, lead('poor', { grade: 'cold', valueMinor: 1000, respondBy: ago(-61) })], now, running);
    // four leads fit into the hour: it is the fourth, with three of the rich before it
    expect(ranked.findIndex(({ leadId }) => leadId === 'poor')).toBe(3);
    expect(ranked[3]).toMatchObject({ clockFirst: true });
    expect(ranked[3]!.why.at(-1)!.label).toBe('Its clock comes first');
    expect(ranked.filter(({ clockFirst }) => clockFirst)).toHaveLength(1);
    expect(rankQueue([...rich, lead('poor', { grade: 'cold', valueMinor: 1000, respondBy: ago(-14) })], now, running)[0]!.leadId).toBe('poor');
    // once it has ended there is nothing left to keep
    expect(rankQueue([...rich, lead('poor', { grade: 'cold', valueMinor: 1000, respondBy: ago(1) })], now, running)[8]!.leadId).toBe('poor');
  });

  test('a due next action and a dialogue nobody touched come to the top within their days', () => {
    const worked = { firstFollowupAt: ago(30_000), acceptedAt: ago(30_001), lastActivityAt: ago(2879), grade: 'cold' as const, valueMinor: 100 };
    const rich = Array.from({ length: 5 }, (_, i) => lead(`rich${i}`, { grade: 'hot', valueMinor: 50_000_000, respondBy: null }));
    const first = (one: QueueLead): string => rankQueue([...rich, one], now, running)[0]!.leadId;
    expect(first(lead('action', { ...worked, nextActionAt: ago(2870) }))).toBe('action');
    expect(first(lead('action', { ...worked, nextActionAt: ago(2000) }))).not.toBe('action');
    expect(first(lead('idle', { ...worked, lastActivityAt: ago(14 * 1440 - 10) }))).toBe('idle');
  });

  test('what is kept of a sale counts, and is said', () => {
    const margins: QueueTerms = { ...terms, marginOf: (product) => (product === 'Spare part' ? 60 : 20) };
    const ranked = rankQueue([lead('pump', { valueMinor: 200 }), lead('part', { valueMinor: 100, product: 'Spare part' })], now, margins);
    expect(ranked.map(({ leadId }) => leadId)).toEqual(['part', 'pump']);
    expect(ranked[0]!.why.at(-1)).toEqual({ label: 'Margin', detail: '60% of a sale is kept' });
  });

  test('each source falls by its own curve, and the row says on whose history', () => {
    const curves: QueueTerms = {
      ...terms,
      curveOf: (source) =>
        source === 'fair' ? { exponent: 0.1, floor: 0.3, from: 'source', leads: 812 } : { exponent: 2, floor: 0.1, from: 'company', leads: 3000 },
    };
    const [first, second] = rankQueue(
      [lead('web', { askedAt: ago(600), assignedAt: ago(600), sourceId: 'web' }), lead('fair', { askedAt: ago(600), assignedAt: ago(600), sourceId: 'fair' })],
      now,
      curves,
    );
    expect(first).toMatchObject({ leadId: 'fair' });
    expect(first!.why.at(-1)!.detail).toMatch(/812 leads of this source/);
    expect(second!.decayPercent).toBe(10);
    expect(second!.why.at(-1)!.detail).toMatch(/half is gone after 7 min \(3000 leads of all sources\)/);
  });

  test('every row says why it is there; the order does not depend on how the leads came', () => {
    const leads = fc.array(
      fc.record({
        grade: fc.constantFrom('hot', 'warm', 'cold'),
        score: fc.integer({ min: 0, max: 100 }),
        waited: fc.nat({ max: 90_000 }),
        worked: fc.boolean(),
        verdict: fc.constantFrom(null, 'hot', 'dont_know'),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(leads, (given) => {
        const all = given.map((g, i) =>
          lead(`l${i}`, {
            ...(g as object),
            assignedAt: ago(g.waited),
            askedAt: ago(g.waited),
            firstFollowupAt: g.worked ? ago(g.waited / 2) : null,
          }),
        );
        const ranked = rankQueue(all, now, running);
        expect(ranked.map((r) => r.leadId)).toEqual(rankQueue([...all].reverse(), now, running).map((r) => r.leadId));
        for (const row of ranked) expect(row.why.length).toBeGreaterThan(0);
        for (const l of all) expect(chanceOf(l)).toBeLessThanOrEqual(0.9);
      }),
    );
  });
});
