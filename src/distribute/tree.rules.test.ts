import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coverageOf } from './coverage.rules.ts';
import { route } from './route.rules.ts';
import type { Books, RoutableHolder, RoutableLead } from './route.rules.ts';
import { asksNothing, compileTerritory, covering, covers, whatIsMissing } from './territory.rules.ts';
import type { Place, TerritoryRules } from './territory.rules.ts';
import { inDealingOrder, liftedRules, wouldCircle } from './tree.rules.ts';

interface One {
  id: string;
  parentId: string | null;
  name: string;
  rules: TerritoryRules;
  holders: { holderId: string; weight: number }[];
}
const one = (id: string, parentId: string | null, rules: TerritoryRules = {}, holder: string | null = id): One => ({ id, parentId, name: id, rules, holders: holder === null ? [] : [{ holderId: holder, weight: 1 }] });
const place = (given: Partial<Place>): Place => ({ country: null, state: null, postalCode: null, vertical: null, product: null, employees: null, annualRevenueMinor: null, ...given });
const germany = [
  one('key', null, { accounts: ['acme'] }),
  one('germany', null, { countries: ['DE'], accounts: ['siem'] }),
  one('rest', null),
  one('north', 'germany', { states: ['HH', 'SH'] }),
  one('food', 'north', { verticals: ['Food'] }),
  one('south', 'germany', { states: ['BY'], accounts: ['bmw'] }),
];
const first = (list: readonly One[], given: Partial<Place>): string | undefined => covering(inDealingOrder(list).map(compileTerritory), place(given))[0]?.territory.id;

describe('territories under each other', () => {
  test('what lies under one is asked before it, in its order', () => {
    expect(inDealingOrder(germany).map(({ id, under }) => [id, ...under.map((up) => up.id)].join(' < '))).toEqual(['key', 'food < north < germany', 'north < germany', 'south < germany', 'germany', 'rest']);
  });

  test.each<[string, Partial<Place>, string]>([
    ['the most special', { country: 'DE', state: 'HH', vertical: 'Food' }, 'food'],
    ['the next, where it asks for more', { country: 'DE', state: 'HH' }, 'north'],
    ['the parent, where no child covers it', { country: 'DE', state: 'NW' }, 'germany'],
    ['none of them, where the parent does not cover it', { country: 'AT', state: 'BY' }, 'rest'],
    ['an account of the parent', { country: 'DE', state: 'BY', organizationId: 'siem' }, 'germany'],
    ['an account of the child, wherever it is', { country: 'US', organizationId: 'bmw' }, 'south'],
    ['an account of one before', { country: 'DE', state: 'BY', organizationId: 'acme' }, 'key'],
  ])('%s', (_, given, expected) => {
    expect(first(germany, given)).toBe(expected);
  });

  test('a frame takes nothing itself, and its accounts go to those under it, wherever they are', () => {
    const framed = germany.map((each) => (each.id === 'germany' ? { ...each, holders: [] } : each));
    expect(first(framed, { country: 'DE', state: 'NW' })).toBe('rest');
    expect(first(framed, { country: 'US', state: 'BY', organizationId: 'siem' })).toBe('south');
    // With nothing under it, it is a territory that nobody works.
    expect(inDealingOrder([one('alone', null, {}, null)]).map(({ id }) => id)).toEqual(['alone']);
  });

  test('with one that is not in use goes what lies under it', () => {
    expect(inDealingOrder(germany.filter(({ id }) => id !== 'north')).map(({ id }) => id)).toEqual(['key', 'south', 'germany', 'rest']);
  });

  test('says what is not known also where one above asks for it', () => {
    const [child] = inDealingOrder([one('large', null, { employees: { from: 250 } }), one('spain', 'large', { countries: ['ES'] })]).map(compileTerritory);
    expect(whatIsMissing(child!, place({ country: 'ES' }))).toBe('goes by number of employees, not known of it');
    expect(whatIsMissing(child!, place({ country: 'FR' }))).toBeNull();
    expect(covers(child!, place({ country: 'ES', employees: 300 }))).toBe(true);
  });

  test('child and parent do not overlap; two children do', () => {
    const listed = [...germany, one('all of north', 'germany', { states: ['HH'] })].map(({ holders, ...each }) => ({ ...each, overflow: false, active: true, startsOn: null, endsOn: null, holders: holders.map(() => ({ active: true, weight: 1 })) }));
    const { overlaps, gaps } = coverageOf(listed, [{ ...place({ country: 'DE', state: 'HH' }), leads: 3 }], '2026-01-01');
    expect(overlaps.map(({ hasId, territoryId, leads }) => [hasId, territoryId, leads])).toEqual([['north', 'all of north', 3]]);
    expect(gaps).toEqual([]);
  });

  test('goes in circles, or does not', () => {
    expect(wouldCircle(germany, 'germany', 'food')).toBe(true);
    expect(wouldCircle(germany, 'germany', 'germany')).toBe(true);
    expect(wouldCircle(germany, 'food', 'south')).toBe(false);
    // Should there ever be one, nothing of it is dealt, and nothing runs for ever.
    expect(inDealingOrder([one('a', 'b'), one('b', 'a'), one('c', null)]).map(({ id }) => id)).toEqual(['c']);
  });

  test('one whose parent is taken away goes on asking for what only that asked for', () => {
    expect(liftedRules({ states: ['BY'], verticals: [] }, { countries: ['DE'], states: ['BY', 'HH'], verticals: ['Food'], accounts: ['x'] })).toEqual({ countries: ['DE'], states: ['BY'], verticals: ['Food'] });
    expect(liftedRules({ accounts: ['a'] }, { countries: ['DE'] })).toEqual({ accounts: ['a'] });
  });
});

describe('dealt', () => {
  const holder = (id: string, given: Partial<RoutableHolder> = {}): RoutableHolder => ({ id, kind: 'rep', name: id, email: null, externalId: null, active: true, away: [], capacityPerWeek: null, startsMs: [], verticals: [], languages: [], ...given });
  const lead = (given: Partial<Place>): RoutableLead => ({ ...place(given), leadId: 'l', atMs: 1e12, grade: 'warm', score: 1, personId: null, organizationId: given.organizationId ?? null, language: null, owners: [], excluded: new Map() });
  const books = (list: One[], overflow: boolean, away: string[] = []): Books => ({
    holders: list.map(({ id }) => holder(id, { active: !away.includes(id) })),
    territories: inDealingOrder(list).map((each) => ({ ...each, overflow })),
    balances: [], relationships: new Map(), deskId: 'desk',
  });
  const hamburg = lead({ country: 'DE', state: 'HH' });

  test('what nobody in a child can take goes up, where the child lets it', () => {
    expect(route([hamburg], books(germany, true)).placements[0]).toMatchObject({ holderId: 'north', because: [{ detail: 'germany › north' }, {}] });
    expect(route([hamburg], books(germany, true, ['north'])).placements[0]).toMatchObject({ holderId: 'germany', passedOver: [{ holderId: 'north' }] });
    expect(route([hamburg], books(germany, false, ['north'])).placements[0]).toMatchObject({ rule: 'desk', territoryId: 'north' });
  });
});

test('each lead is dealt to what a plain reading of the tree says', () => {
  const list = (values: string[]) => fc.subarray(values, { minLength: 1 });
  const rules = fc.record({ countries: list(['DE', 'AT']), states: list(['A', 'B']), verticals: list(['x', 'y']), accounts: list(['p', 'q']) }, { requiredKeys: [] }) as fc.Arbitrary<TerritoryRules>;
  const trees = fc.array(fc.record({ rules, up: fc.nat(), held: fc.boolean() }), { minLength: 1, maxLength: 9 }).map((all) =>
    // each may lie under any before it, or under none
    all.map(({ rules, up, held }, i): One => one(String(i), up % (i + 1) === i ? null : String(up % (i + 1)), rules, held ? String(i) : null)),
  );
  const places = fc.record({ country: fc.constantFrom('DE', 'AT', null), state: fc.constantFrom('A', 'B', null), vertical: fc.constantFrom('x', 'y', null), organizationId: fc.constantFrom('p', 'q', 'r', null) });

  const plain = (all: One[], at: Place): string | undefined => {
    const names = (t: One): boolean => (t.rules.accounts ?? []).includes(at.organizationId ?? '');
    const has = (wanted: string[] | undefined, is: string | null): boolean => !wanted || (is !== null && wanted.includes(is));
    const holds = (t: One): boolean => {
      if (names(t)) return true;
      const { accounts, ...others } = t.rules;
      if (accounts && asksNothing(others)) return false;
      const parent = all.find(({ id }) => id === t.parentId);
      return has(t.rules.countries, at.country) && has(t.rules.states, at.state) && has(t.rules.verticals, at.vertical) && (!parent || holds(parent));
    };
    const find = (parentId: string | null, ask: (t: One) => boolean): string | undefined => {
      for (const t of all.filter((each) => each.parentId === parentId)) {
        const below = find(t.id, ask);
        if (below !== undefined) return below;
        const isFrame = t.holders.length === 0 && all.some((each) => each.parentId === t.id);
        if (!isFrame && ask(t)) return t.id;
      }
      return undefined;
    };
    return find(null, names) ?? find(null, holds);
  };
  fc.assert(fc.property(trees, places, (all, at) => {
    expect(first(all, at)).toBe(plain(all, place(at)));
  }), { numRuns: 2000 });
});
