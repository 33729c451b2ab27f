import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { asksNothing, compileTerritory, covering, covers, describePlace, isAccountsOnly, shareSize, sizeBounds, whatIsMissing } from './territory.rules.ts';
import type { Place, TerritoryRules } from './territory.rules.ts';

const place = (given: Partial<Place>): Place => ({ country: null, state: null, postalCode: null, vertical: null, employees: null, annualRevenueMinor: null, product: null, ...given });
const takes = (rules: TerritoryRules, given: Partial<Place>): boolean => covers(compileTerritory({ rules }), place(given));

describe('territories', () => {
  test.each<[string, TerritoryRules, Partial<Place>, boolean]>([
    ['nothing asked takes everything', {}, {}, true],
    ['a country', { countries: ['ES', 'PT'] }, { country: 'PT' }, true],
    ['another country', { countries: ['ES', 'PT'] }, { country: 'FR' }, false],
    ['no country known', { countries: ['ES'] }, {}, false],
    ['states within a country', { countries: ['US'], states: ['NY', 'NJ'] }, { country: 'US', state: 'ny' }, true],
    ['every kind must hold', { countries: ['US'], verticals: ['Food'] }, { country: 'US', vertical: 'Steel' }, false],
    ['a vertical in any case', { verticals: ['Food'] }, { vertical: 'food' }, true],
    ['a postcode range', { postalRanges: [{ from: '10000', to: '19999' }] }, { postalCode: '12345-6789' }, true],
    ['beyond it', { postalRanges: [{ from: '10000', to: '19999' }] }, { postalCode: '20000' }, false],
    ['letters', { postalRanges: [{ from: 'SW1', to: 'SW9' }] }, { postalCode: 'sw1a 1aa' }, true],
    ['lost leading zero', { postalRanges: [{ from: '01000', to: '02999', country: 'US' }] }, { postalCode: '2134', country: 'US' }, true],
    [
      'the range of another country',
      { postalRanges: [{ from: '01000', to: '02999', country: 'DE' }] },
      { postalCode: '02134', country: 'US' },
      false,
    ],
    ['a named account, wherever it is', { countries: ['ES'], accounts: ['a'] }, { country: 'FR', organizationId: 'a' }, true],
    ['another organization goes by the other rules', { countries: ['ES'], accounts: ['a'] }, { country: 'ES', organizationId: 'b' }, true],
    ['named accounts alone do not cover everything', { accounts: ['a'] }, { country: 'ES', organizationId: 'b' }, false],
    ['nor a lead without an organization', { accounts: ['a'] }, {}, false],
    ['employees, the least', { employees: { from: 50, to: 249 } }, { employees: 50 }, true],
    ['employees, the most', { employees: { from: 50, to: 249 } }, { employees: 249 }, true],
    ['one employee too many', { employees: { from: 50, to: 249 } }, { employees: 250 }, false],
    ['up to so many', { employees: { to: 49 } }, { employees: 0 }, true],
    ['how many is not known', { employees: { to: 49 } }, {}, false],
    ['a product', { products: ['valve', 'Pump'] }, { product: 'Dosing pump P3' }, true],
    ['another product', { products: ['pump'] }, { product: 'Spare part' }, false],
    ['no product', { products: ['pump'] }, {}, false],
    ['a county', { counties: ['Orange County'] }, { where: { county: 'orange', lat: 0, lon: 0 } }, true],
    ['another county', { counties: ['Orange'] }, { where: { county: 'Kings', lat: 0, lon: 0 } }, false],
    ['no county', { counties: ['Orange'] }, { where: { county: null, lat: 0, lon: 0 } }, false],
    ['a place that is not known', { near: [{ lat: 48.78, lon: 9.18, km: 50, name: 'Stuttgart' }] }, { postalCode: '1' }, false],
    ['within the distance', { near: [{ lat: 52.52, lon: 13.4, km: 5, name: 'Berlin' }, { lat: 48.7758, lon: 9.1829, km: 72, name: 'Stuttgart' }] }, { where: { county: null, lat: 49.0069, lon: 8.4037 } }, true],
    ['beyond it', { near: [{ lat: 48.7758, lon: 9.1829, km: 50, name: 'Stuttgart' }] }, { where: { county: null, lat: 49.0069, lon: 8.4037 } }, false],
    ['annual sales from', { annualSales: { fromMinor: 1000 } }, { annualRevenueMinor: 1000 }, true],
    ['annual sales below', { annualSales: { belowMinor: 1000 } }, { annualRevenueMinor: 1000 }, false],
    ['annual sales not known', { annualSales: { fromMinor: 0 } }, { employees: 5 }, false],
    ['a size and a country', { countries: ['ES'], employees: { from: 10 } }, { country: 'FR', employees: 20 }, false],
    ['a named account of another size', { accounts: ['a'], employees: { from: 10 } }, { organizationId: 'a' }, true],
    ['accounts and a size cover others of that size', { accounts: ['a'], employees: { from: 10 } }, { organizationId: 'b', employees: 20 }, true],
    ['a size without ends asks for nothing', { employees: {} }, {}, true],
    ['an empty list asks for nothing', { accounts: [] }, {}, true],
  ])('%s', (_, rules, given, expected) => expect(takes(rules, given)).toBe(expected));

  test('who names an account comes before who only covers it', () => {
    const all = [{ countries: ['ES'] }, { accounts: ['a'] }, {}, { countries: ['FR'], accounts: ['a'] }].map((rules, at) => compileTerritory({ rules, at }));
    const order = (organizationId: string) => covering(all, place({ country: 'ES', organizationId })).map(({ territory }) => territory.at);
    expect([order('a'), order('b')]).toEqual([[1, 3, 0, 2], [0, 2]]);
  });

  test('says in words what is not covered', () => {
    expect(describePlace(place({ country: 'ES', postalCode: '41001', vertical: 'Food' }))).toBe('41001 ES in Food');
    expect(describePlace(place({}))).toBe('a lead without a country');
    const sized = [compileTerritory({ rules: { employees: { from: 10 } } })];
    expect([null, 1, 9].map((employees) => describePlace(place({ country: 'ES', employees }), sized))).toEqual([
      'ES with an unknown number of employees',
      'ES with 1 employee',
      'ES with 9 employees',
    ]);
  });

  test('says what is not known, only where nothing else is missing', () => {
    const missing = (rules: TerritoryRules, given: Partial<Place>) => whatIsMissing(compileTerritory({ rules }), place(given));
    const large = { countries: ['ES'], employees: { from: 250 }, annualSales: { fromMinor: 100 } };
    expect(missing(large, { country: 'ES' })).toBe('goes by number of employees and annual sales, not known of it');
    expect(missing(large, { country: 'ES', employees: 300 })).toBe('goes by annual sales, not known of it');
    expect(missing(large, { country: 'ES', employees: 30 })).toBeNull();
    expect(missing(large, { country: 'FR' })).toBeNull();
    expect(missing(large, { country: 'ES', employees: 300, annualRevenueMinor: 50 })).toBeNull();
    expect(missing({ near: [{ lat: 0, lon: 0, km: 1, name: 'Null' }] }, { postalCode: '1' })).toBe('goes by distance, not known of it: its postcode is not in the company’s lists of places');
    expect(missing({ counties: ['Kings'] }, {})).toBe('goes by county, not known of it');
    expect(missing({ ...large, products: ['pump'] }, { country: 'ES', employees: 300 })).toBe('goes by product and annual sales, not known of it');
    expect(missing({ ...large, products: ['pump'] }, { country: 'ES', employees: 300, product: 'Valve' })).toBeNull();
  });

  test('sizes meet, or they do not', () => {
    expect(shareSize({ employees: { to: 49 } }, { employees: { from: 50 } })).toBe(false);
    expect(shareSize({ employees: { to: 50 } }, { employees: { from: 50 } })).toBe(true);
    expect(shareSize({ annualSales: { belowMinor: 50 } }, { annualSales: { fromMinor: 50 } })).toBe(false);
    expect(shareSize({ employees: { to: 49 } }, { annualSales: { fromMinor: 50 } })).toBe(true);
    expect([asksNothing({ accounts: [], employees: {} }), asksNothing({ employees: { from: 0 } }), isAccountsOnly({ accounts: ['a'], employees: { from: 1 } })]).toEqual([true, false, false]);
  });

  test('an organization may be counted as the least of its kind: the same territories cover it', () => {
    const size = fc.nat(40);
    const bandOf = fc.record({ from: size, to: size }, { requiredKeys: [] });
    fc.assert(
      fc.property(fc.array(bandOf, { maxLength: 6 }), fc.array(fc.record({ fromMinor: size, belowMinor: size }, { requiredKeys: [] }), { maxLength: 6 }), size, size, (employees, sales, has, sells) => {
        const rules = [...employees.map((one) => ({ employees: one })), ...sales.map((one) => ({ annualSales: one }))];
        const bounds = sizeBounds(rules);
        const least = (all: number[], of: number): number | null => (all.length === 0 ? null : Math.max(...all.filter((one) => one <= of)));
        const which = (given: Partial<Place>): boolean[] => rules.map((one) => takes(one, given));
        expect(which({ employees: least(bounds.employees, has), annualRevenueMinor: least(bounds.annualRevenueMinor, sells) })).toEqual(which({ employees: has, annualRevenueMinor: sells }));
      }),
    );
  });
});
