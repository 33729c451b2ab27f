import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { loopOf, type LoopCell } from './loop.rules.ts';
import { leadState, states } from './state.rules.ts';

const cell = fc.record({
  channel: fc.option(fc.constantFrom('web', 'show', 'mail'), { nil: null }),
  holderKind: fc.constantFrom(null, 'rep', 'partner', 'desk', 'nurture'),
  state: fc.constantFrom(...states),
  inquiries: fc.integer({ min: 0, max: 1000 }),
});

describe('loopOf', () => {
  it('loses nobody between the columns', () => {
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 60 }), (cells: LoopCell[]) => {
        const { received, nodes, links } = loopOf(cells, {});
        const column = (at: number): number => nodes.filter((node) => node.column === at).reduce((sum, node) => sum + node.count, 0);
        expect(column(0)).toBe(received);
        expect(column(2)).toBe(received);
        for (const node of nodes) {
          const out = links.filter((link) => link.from === node.id).reduce((sum, link) => sum + link.count, 0);
          const into = links.filter((link) => link.to === node.id).reduce((sum, link) => sum + link.count, 0);
          if (node.column < 2) expect(out).toBe(node.count);
          if (node.column > 0) expect(into).toBe(node.count);
        }
      }),
    );
  });

  it('stands in the same order, whatever the database answered first', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(cell, { maxLength: 40, selector: (one) => `${one.channel} ${one.holderKind} ${one.state}` }).chain((cells) => fc.tuple(fc.constant(cells), fc.shuffledSubarray(cells, { minLength: cells.length }))),
        ([cells, shuffled]) => {
          expect(loopOf(shuffled, {})).toEqual(loopOf(cells, {}));
        },
      ),
    );
  });
});

describe('leadState', () => {
  const lead = { fate: null, closed: false, verdict: null, holderKind: 'rep' };
  it('is one of a few, by what happened last', () => {
    expect(leadState(lead)).toBe('working');
    expect(leadState({ ...lead, verdict: 'hot' })).toBe('hot');
    expect(leadState({ ...lead, verdict: 'warm', holderKind: 'nurture' })).toBe('nurture');
    expect(leadState({ ...lead, verdict: 'dont_know', holderKind: 'nurture' })).toBe('dont_know');
    expect(leadState({ ...lead, holderKind: 'desk', verdict: 'hot' })).toBe('waiting');
    expect(leadState({ ...lead, fate: 'sold', closed: true })).toBe('sale');
    expect(leadState({ ...lead, fate: 'lost', closed: true })).toBe('lost');
    expect(leadState({ ...lead, fate: 'withdrawn', closed: true })).toBe('withdrawn');
    expect(leadState({ ...lead, closed: true })).toBe('bad');
  });
});
