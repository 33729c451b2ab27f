import { describe, expect, test } from 'vitest';
import { compileTerritory, covering, covers, describePlace } from './territory.rules.ts';
import type { Place, TerritoryRules } from './territory.rules.ts';

const place = (given: Partial<Place>): Place => ({ country: null, state: null, postalCode: null, vertical: null, ...given });
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
  });
});
