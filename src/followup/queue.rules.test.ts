import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chanceOf, decayOf, rankQueue } from './queue.rules.ts';
import type { QueueLead } from './queue.rules.ts';

const now = new Date('2026-11-20T09:00:00Z');
const ago = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);
const lead = (leadId: string, given: Partial<QueueLead> = {}): QueueLead => ({
  leadId,
  grade: 'warm',
  score: 50,
  valueMinor: null,
  assignedAt: ago(4),
  askedAt: ago(5),
  acceptedAt: null,
  firstFollowupAt: null,
  respondBy: ago(-60),
  followBy: null,
  nextActionWhat: null,
  nextActionAt: null,
  verdict: null,
  verdictExpiresAt: null,
  lastActivityAt: null,
  returnedWhy: null,
  ...given,
});
const order = (...leads: QueueLead[]): string[] => rankQueue(leads, now, 1_000_000).map((r) => r.leadId);

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
      1_000_000,
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
      1_000_000,
    );
    expect(first).toMatchObject({ leadId: 'expired', kind: 'askAgain', overdue: true });
    expect(second).toMatchObject({ leadId: 'running', kind: 'open' });
  });

  test('time left is data', () => {
    expect(rankQueue([lead('a', { assignedAt: ago(45), respondBy: ago(-15) })], now, 1)[0]).toMatchObject({
      minutesLeft: 15,
      shareLeft: 0.25,
      overdue: false,
      kind: 'answer',
    });
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
        const ranked = rankQueue(all, now, 1_000_000);
        expect(ranked.map((r) => r.leadId)).toEqual(rankQueue([...all].reverse(), now, 1_000_000).map((r) => r.leadId));
        for (const row of ranked) expect(row.why.length).toBeGreaterThan(0);
        for (const l of all) expect(chanceOf(l)).toBeLessThanOrEqual(0.9);
      }),
    );
  });
});
