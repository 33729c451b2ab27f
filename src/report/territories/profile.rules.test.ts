import fc from 'fast-check';
import { expect, it } from 'vitest';
import { callClasses, defaultNorms, profileOf } from './profile.rules.ts';

const place = fc.record({
  at: fc.integer({ min: -1, max: 3 }),
  class: fc.constantFrom(...callClasses),
  count: fc.integer({ min: 1, max: 50 }),
  worthMinor: fc.integer({ min: -1000, max: 100_000 }),
  potential: fc.option(fc.integer({ min: 0, max: 500 })),
});

it('counts everybody once, in a territory or in none; the mean index of what is worked is 100', () => {
  fc.assert(
    fc.property(fc.array(place), (places) => {
      const { territories, total, nowhere } = profileOf([true, true, false, true].map((isWorked) => ({ isWorked })), places, ({ at }) => at, defaultNorms, true);
      const all = (of: (p: (typeof places)[number]) => number): number => places.reduce((sum, p) => sum + of(p), 0);
      expect(total.worthMinor + nowhere.worthMinor).toBe(all((p) => p.worthMinor));
      expect(total.customers + nowhere.customers).toBe(all((p) => ('ABC'.includes(p.class) ? p.count : 0)));
      expect(total.prospects + nowhere.prospects).toBe(all((p) => (p.class === 'prospect' ? p.count : 0)));
      expect(total.openLeads + nowhere.openLeads).toBe(all((p) => (p.class === 'lead' ? p.count : 0)));
      expect(total.calls + nowhere.calls).toBe(all((p) => p.count * defaultNorms[p.class]));
      expect(total.potential! + nowhere.potential!).toBe(all((p) => p.potential ?? 0));
      for (const name of ['customers', 'calls', 'openLeads'] as const) {
        const indices = territories.map(({ index }) => index[name]);
        if (total[name] === territories[2]!.figures[name]) expect(indices).toEqual([null, null, null, null]);
        else expect(indices.reduce((sum: number, one) => sum + (one ?? 0), 0) / 3).toBeCloseTo(100, 6);
        expect(indices[2]).toBeNull();
      }
    }),
  );
});

it('twelve calls for an A customer, three for its open lead', () => {
  const { territories } = profileOf(
    [{ isWorked: true }, { isWorked: true }],
    [
      { class: 'A' as const, count: 2, worthMinor: 900, potential: null, at: 0 },
      { class: 'lead' as const, count: 1, worthMinor: 0, potential: null, at: 0 },
      { class: 'C' as const, count: 1, worthMinor: 100, potential: null, at: 1 },
    ],
    ({ at }) => at,
    defaultNorms,
    false,
  );
  expect(territories[0]).toMatchObject({ figures: { customers: 2, worthMinor: 900, calls: 27, potential: null }, index: { worthMinor: 180, potential: null } });
});
