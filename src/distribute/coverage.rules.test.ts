import { describe, expect, test } from 'vitest';
import { coverageOf } from './coverage.rules.ts';

const place = (country: string | null, leads: number) => ({ country, state: null, postalCode: null, vertical: null, leads });
const somebody = [{ active: true, weight: 1 }];
const base = { overflow: false, active: true, holders: somebody };

describe('coverage', () => {
  test('says what falls nowhere, where nobody works, and what is not needed', () => {
    const territories = [
      { ...base, id: 'es', name: 'Spain', rules: { countries: ['ES'] } },
      { ...base, id: 'fr', name: 'France', rules: { countries: ['FR'] }, holders: [{ active: false, weight: 1 }] },
      { ...base, id: 'jp', name: 'Japan', rules: { countries: ['JP'] } },
    ];
    expect(coverageOf(territories, [place('ES', 5), place('FR', 3), place(null, 2)])).toEqual({
      leads: 10,
      uncovered: 5,
      gaps: [
        { country: 'FR', state: null, vertical: null, leads: 3, why: 'France has nobody' },
        { country: null, state: null, vertical: null, leads: 2, why: 'no territory covers it' },
      ],
      unused: [{ territoryId: 'jp', name: 'Japan' }],
    });
  });

  test('overflow reaches the next territory', () => {
    const territories = [
      { ...base, id: 'es', name: 'Spain', rules: { countries: ['ES'] }, holders: [], overflow: true },
      { ...base, id: 'all', name: 'All', rules: {} },
    ];
    expect(coverageOf(territories, [place('ES', 5)]).uncovered).toBe(0);
    expect(coverageOf([{ ...territories[0]!, overflow: false }, territories[1]!], [place('ES', 5)]).uncovered).toBe(5);
  });
});
