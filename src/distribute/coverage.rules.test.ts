import { describe, expect, test } from 'vitest';
import { coverageOf } from './coverage.rules.ts';

const place = (country: string | null, leads: number) => ({ country, state: null, postalCode: null, vertical: null, employees: null, annualRevenueMinor: null, product: null, leads });
const somebody = [{ active: true, weight: 1 }];
const base = { overflow: false, active: true, parentId: null, startsOn: null, endsOn: null, holders: somebody };
const today = '2027-01-15';

describe('coverage', () => {
  test('says what falls nowhere, where nobody works, and what is not needed', () => {
    const territories = [
      { ...base, id: 'es', name: 'Spain', rules: { countries: ['ES'] } },
      { ...base, id: 'fr', name: 'France', rules: { countries: ['FR'] }, holders: [{ active: false, weight: 1 }] },
      { ...base, id: 'jp', name: 'Japan', rules: { countries: ['JP'] } },
    ];
    expect(coverageOf(territories, [place('ES', 5), place('FR', 3), place(null, 2)], today)).toEqual({
      leads: 10,
      uncovered: 5,
      gaps: [
        { country: 'FR', state: null, vertical: null, product: null, leads: 3, why: 'France has nobody' },
        { country: null, state: null, vertical: null, product: null, leads: 2, why: 'no territory covers it' },
      ],
      unused: [{ territoryId: 'jp', name: 'Japan' }],
      overlaps: [],
    });
  });

  test('what two cover, and the earlier has; not what is left for everywhere else, nor what overflows to the other', () => {
    const territories = [
      { ...base, id: 'iberia', name: 'Iberia', rules: { countries: ['ES', 'PT'] } },
      { ...base, id: 'es', name: 'Spain', rules: { countries: ['ES'] } },
      { ...base, id: 'all', name: 'All', rules: { countries: [] } },
    ];
    expect(coverageOf(territories, [place('ES', 5), place('PT', 2), place('ES', 1)], today).overlaps).toEqual([
      { territoryId: 'es', name: 'Spain', hasId: 'iberia', hasName: 'Iberia', leads: 6 },
    ]);
    expect(coverageOf([{ ...territories[0]!, overflow: true }, ...territories.slice(1)], [place('ES', 5)], today).overlaps).toEqual([]);
  });

  test('overflow reaches the next territory', () => {
    const territories = [
      { ...base, id: 'es', name: 'Spain', rules: { countries: ['ES'] }, holders: [], overflow: true },
      { ...base, id: 'all', name: 'All', rules: {} },
    ];
    expect(coverageOf(territories, [place('ES', 5)], today).uncovered).toBe(0);
    expect(coverageOf([{ ...territories[0]!, overflow: false }, territories[1]!], [place('ES', 5)], today).uncovered).toBe(5);
  });

  test('what begins later or is over covers nothing yet, or no longer, and is not said to be unneeded', () => {
    const spain = { ...base, id: 'es', name: 'Spain', rules: { countries: ['ES'] } };
    const uncovered = (startsOn: string | null, endsOn: string | null) => coverageOf([{ ...spain, startsOn, endsOn }], [place('ES', 5)], today);
    expect(uncovered('2027-01-15', '2027-01-15').uncovered).toBe(0);
    expect(uncovered('2027-01-16', null)).toMatchObject({ uncovered: 5, unused: [] });
    expect(uncovered(null, '2027-01-14')).toMatchObject({ uncovered: 5, unused: [] });
  });
});
