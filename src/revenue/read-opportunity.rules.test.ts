import { describe, expect, it } from 'vitest';
import { pairTwins, readOpportunity } from './read-opportunity.rules.ts';
import { defaultStages } from './stage.rules.ts';

const read = (values: Record<string, unknown>): ReturnType<typeof readOpportunity> => readOpportunity(1, values, defaultStages, 'EUR');

describe('readOpportunity', () => {
  it('reads stage, outcome and chance', () => {
    expect(read({ name: 'Deal', stage: 'Closed Won', probability: 20, amount: { minor: 500, currency: 'USD' } })).toMatchObject({
      outcome: 'won',
      probability: 100,
      amountMinor: 500,
      currency: 'USD',
    });
    expect(read({ name: 'Deal', stage: 'Negotiation', status: 'Lost', lostReason: 'price' })).toMatchObject({
      outcome: 'lost',
      lostReason: 'price',
    });
    expect(read({ name: 'Deal', probability: 0.4 })).toMatchObject({ outcome: 'open', stage: 'Qualification', probability: 40 });
    expect(read({ externalId: '7' })).toMatchObject({ name: 'Opportunity 7', naturalKey: null });
    expect(read({ stage: 'Won' })).toBeUndefined();
  });
});

describe('pairTwins', () => {
  const row = (naturalKey: string | null): { naturalKey: string | null } => ({ naturalKey });
  it('keeps twins apart and finds them again', () => {
    const first = pairTwins([row('a'), row('a'), row('b'), row(null)], [], 'i1');
    expect(first.map((one) => [one.knownId, one.ordinal])).toEqual([
      [null, 1],
      [null, 2],
      [null, 1],
      [null, 1],
    ]);
    const known = [
      { id: 'x', naturalKey: 'a', ordinal: 1, lastImportId: 'i1' },
      { id: 'y', naturalKey: 'a', ordinal: 2, lastImportId: 'i1' },
    ];
    expect(pairTwins([row('a'), row('a'), row('a')], known, 'i2').map((one) => [one.knownId, one.ordinal])).toEqual([
      ['x', 1],
      ['y', 2],
      [null, 3],
    ]);
    // A later batch of the same file: the known ones are this file's own.
    expect(pairTwins([row('a')], known, 'i1')[0]).toMatchObject({ knownId: null, ordinal: 3 });
  });
});
