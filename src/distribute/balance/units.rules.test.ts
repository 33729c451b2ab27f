import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileTerritory, covers } from '../territory.rules.ts';
import type { Place, TerritoryRules } from '../territory.rules.ts';
import { planAcceptance } from './accept.rules.ts';
import type { Picked } from './accept.rules.ts';
import type { Asked } from './proposal.rules.ts';
import { mayTakeIn, partOf, pieceOf, rulesOf } from './unit-areas.rules.ts';
import type { Piece, UnitKind } from './unit-areas.rules.ts';
import { layUnits, noFigures } from './units.rules.ts';
import type { CountedPlace } from './units.rules.ts';

const place = (given: Partial<Place>): Place => ({ country: 'DE', state: null, postalCode: null, vertical: null, employees: null, annualRevenueMinor: null, product: null, ...given });
const counted = (given: Partial<Place>, records = 1, hasBest = false): CountedPlace => ({ ...place(given), records, hasBest, worked: 1, figures: { ...noFigures(), customers: records } });

test.each<[string, Partial<Place>, UnitKind, number, string | null]>([
  ['digits', { postalCode: '40213' }, 'postcode', 2, '40'],
  ['a zero a spreadsheet lost', { postalCode: '1067' }, 'postcode', 2, '01'],
  ['four digits where codes have four', { country: 'CH', postalCode: '8001' }, 'postcode', 2, '80'],
  ['the letters of a code that begins with some', { country: 'GB', postalCode: 'sw1a 1aa' }, 'postcode', 2, 'SW'],
  ['one letter', { country: 'GB', postalCode: 'S11 8AA' }, 'postcode', 3, 'S'],
  ['too short', { postalCode: '4' }, 'postcode', 2, null],
  ['no code', {}, 'postcode', 1, null],
  ['a state', { country: 'US', state: ' ny ' }, 'state', 1, 'NY'],
  ['a state in words', { country: 'US', state: 'New York' }, 'state', 1, 'New York'],
  ['no state', { state: ' ' }, 'state', 1, null],
  ['a state longer than rules may name one', { state: 'x'.repeat(61) }, 'state', 1, null],
])('the unit of a place: %s', (_, given, kind, digits, expected) => expect(partOf(place(given), kind, digits)).toBe(expected));

describe('units', () => {
  const territories: { id: string; rules: TerritoryRules }[] = [
    { id: 'key', rules: { countries: ['DE'], verticals: ['Chemical'] } },
    { id: 'north', rules: { countries: ['DE'], postalRanges: [{ from: '20000', to: '22999' }] } },
    { id: 'rest', rules: { countries: ['DE'] } },
  ];
  test('are made of who falls into the territories chosen, and of what their rules name', () => {
    const places = [
      counted({ postalCode: '20095' }, 20),
      counted({ postalCode: '20097', vertical: 'Chemical' }, 99),
      counted({ postalCode: '80331' }, 20, true),
      counted({ postalCode: '80800' }, 20),
      counted({ postalCode: '23000' }, 4),
      counted({}, 5),
      counted({ country: 'FR', postalCode: '75001' }, 7),
    ];
    const { kind, digits, units, notes } = layUnits(territories, new Set(['north', 'rest']), places, null, null);
    expect({ kind, digits }).toEqual({ kind: 'postcode', digits: 2 });
    expect(units.map(({ id, today, hasBest, figures }) => [id, today, hasBest, figures.customers])).toEqual([
      ['DE 20', 'north', false, 20],
      ['DE 21', 'north', false, 0],
      ['DE 22', 'north', false, 0],
      ['DE 23', 'rest', false, 4],
      ['DE 80', 'rest', true, 40],
    ]);
    expect(notes.join(' ')).toContain('5 customers, prospects and leads have no postcode');
  });

  test('that lie in two territories count where most of them is, and it is said', () => {
    const { units, notes } = layUnits(territories, new Set(['north', 'rest']), [counted({ postalCode: '22999' }, 3), counted({ postalCode: '23000' }, 40), counted({ postalCode: '20000' }, 10)], 'postcode', 1);
    expect(units).toMatchObject([{ id: 'DE 2', today: 'rest', figures: { customers: 53 } }]);
    expect(notes.join(' ')).toContain('One unit lies in several territories today and counts where most of it is: DE 2.');
  });

  test('are the rules of a territory, and nothing else is', () => {
    expect(rulesOf([piece('DE', '41'), piece('DE', '40'), piece('DE', '43'), piece('GB', 'S')], 'postcode', { verticals: ['Food'] })).toEqual({
      countries: ['DE', 'GB'],
      postalRanges: [
        { from: '40', to: '41', country: 'DE' },
        { from: '43', to: '43', country: 'DE' },
        { from: 'S0', to: 'S9', country: 'GB' },
      ],
      verticals: ['Food'],
    });
    const sheffield = compileTerritory({ rules: rulesOf([piece('GB', 'S')], 'postcode', {}) });
    expect([covers(sheffield, place({ country: 'GB', postalCode: 'S11 8AA' })), covers(sheffield, place({ country: 'GB', postalCode: 'SW1A 1AA' }))]).toEqual([true, false]);
    expect(rulesOf([piece('US', 'NY'), piece('US', 'NJ')], 'state', {})).toEqual({ countries: ['US'], states: ['NJ', 'NY'] });
  });
});

const piece = (country: string, part: string, ranges: Piece['ranges'] = null): Piece => ({ country, part, ranges });

test.each<[string, TerritoryRules, string, string, Piece['ranges']]>([
  ['all of it, of a whole country', { countries: ['DE'] }, 'DE', '22', null],
  ['all of it, of a longer range', { postalRanges: [{ from: '20000', to: '29999' }] }, 'DE', '22', null],
  ['all of it, at the end of a range', { postalRanges: [{ from: '20000', to: '22999' }] }, 'DE', '22', null],
  ['a part', { postalRanges: [{ from: '20000', to: '22499' }, { from: '22800', to: '22899' }] }, 'DE', '22', [{ from: '22000', to: '22499' }, { from: '22800', to: '22899' }]],
  ['parts that make all of it', { postalRanges: [{ from: '22500', to: '23000' }, { from: '22000', to: '22499' }] }, 'DE', '22', null],
  ['nothing', { postalRanges: [{ from: '30000', to: '39999' }] }, 'DE', '22', []],
  ['nothing in another country', { postalRanges: [{ from: '20000', to: '29999', country: 'FR' }] }, 'DE', '22', []],
  ['some districts', { postalRanges: [{ from: 'SW1', to: 'SW3' }] }, 'GB', 'SW', [{ from: 'SW1', to: 'SW3' }]],
  ['all districts', { postalRanges: [{ from: 'SE', to: 'SW' }] }, 'GB', 'SW', null],
])('what rules take in of a unit: %s', (_, rules, country, part, expected) => expect(pieceOf(rules, { country, part }, 'postcode').ranges).toEqual(expected));

test.each<[string, boolean, TerritoryRules, Piece, TerritoryRules?]>([
  ['a range in the middle of a unit', true, { countries: ['DE'], postalRanges: [{ from: '45000', to: '45999' }] }, piece('DE', '4')],
  ['a range beside the piece', false, { postalRanges: [{ from: '45000', to: '45999' }] }, piece('DE', '4', [{ from: '40', to: '44999' }])],
  ['another country', false, { countries: ['AT'] }, piece('DE', '4')],
  ['everything', true, {}, piece('DE', '4', [{ from: '40', to: '44999' }])],
  ['some vertical of all', true, { verticals: ['Food'] }, piece('DE', '4')],
  ['another vertical', false, { verticals: ['Food'] }, piece('DE', '4'), { verticals: ['Chemical'] }],
  ['another size', false, { employees: { to: 49 } }, piece('DE', '4'), { employees: { from: 50 } }],
  ['a size that both ask for', true, { employees: { to: 50 } }, piece('DE', '4'), { employees: { from: 50 } }],
])('who stands beside may take in somebody of a unit: %s', (_, expected, rules, one, whom) => expect(mayTakeIn(rules, one, 'postcode', whom)).toBe(expected));

interface Made {
  id: string;
  name: string;
  position: number;
  rules: TerritoryRules;
}
/** along units, and across them */
const range = fc.oneof(
  fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 })).map(([a, b]) => ({ from: `${Math.min(a, b)}0000`, to: `${Math.max(a, b)}9999` })),
  fc.tuple(fc.nat({ max: 999 }), fc.nat({ max: 999 })).map(([a, b]) => ({ from: `${Math.min(a, b)}00`.padStart(5, '0'), to: `${Math.max(a, b)}99`.padStart(5, '0') })),
);
const countries = fc.constantFrom<string[]>(['DE'], ['DE'], ['DE', 'AT']);
const someRules = fc.oneof(countries.map((some): TerritoryRules => ({ countries: some })), fc.tuple(countries, fc.array(range, { minLength: 1, maxLength: 3 })).map(([some, postalRanges]): TerritoryRules => ({ countries: some, postalRanges })));
const somePlaces = fc.array(
  fc.record({ country: fc.constantFrom('DE', 'DE', 'AT', null), postalCode: fc.option(fc.integer({ min: 1000, max: 99999 }).map((n) => String(n).padStart(5, '0'))), records: fc.integer({ min: 1, max: 9 }) }),
  { minLength: 5, maxLength: 40 },
);

test('whatever is accepted, what moves is where it was to be, everybody else is where they were, and nobody falls out', () => {
  fc.assert(
    fc.property(fc.array(someRules, { minLength: 2, maxLength: 5 }), somePlaces, fc.array(fc.nat(), { minLength: 200, maxLength: 200 }), fc.integer({ min: 1, max: 2 }), fc.boolean(), (rules, where, draws, digits, isPart) => {
      const made = rules.map((each, at): Made => ({ id: `t${at}`, name: `T${at}`, position: at + 1, rules: each }));
      const places = where.map(({ records, ...given }) => counted(given, records));
      // one is somebody else's, where there are enough
      const other = made.length > 2 ? draws[100]! % made.length : -1;
      const chosen = made.filter((_, at) => at !== other);
      const { units, kind } = layUnits(made, new Set(chosen.map(({ id }) => id)), places, 'postcode', digits);
      fc.pre(units.length > 0);
      const of = units.map((_, u) => draws[u % 200]! % chosen.length);
      const asked: Asked = { territories: chosen, kind, digits, measures: [], keep: false, stayBest: false, stayWorked: false, stay: [], seed: 1, effectiveOn: '2026-01-01', days: 1, potential: null };
      const plan = planAcceptance({ asked, units }, { of }, { units: isPart ? units.filter((_, u) => draws[199 - (u % 200)]! % 2 === 0).map(({ id }) => id) : null, territories: null }, made);
      fc.pre(typeof plan !== 'string');
      const goes = new Map(plan.moved.map((one) => [one.unit, one.to]));
      const after = [
        ...made.map((one) => {
          const change = plan.changes.find(({ territoryId }) => territoryId === one.id);
          return change ? { ...one, rules: change.after, position: change.position } : one;
        }),
        ...plan.added.map((one) => ({ ...one, id: one.of })),
      ].toSorted((a, b) => a.position - b.position);
      const first = (list: readonly { id: string; rules: TerritoryRules }[], one: Place): string | undefined => list.find((each) => covers(compileTerritory(each), one))?.id;
      for (const one of places) {
        const [was, is] = [first(made, one), first(after, one)];
        const part = partOf(one, 'postcode', digits);
        const unit = one.country === null || part === null ? undefined : units.find(({ id }) => id === `${one.country} ${part}`);
        // who is in a unit but not in the territory it counts for may go along with it, and is in one of those that are balanced at any rate
        if (unit && was !== undefined && was !== unit.today && chosen.some(({ id }) => id === was)) expect(chosen.map(({ id }) => id)).toContain(is);
        else expect(is).toBe((unit?.today === was && unit && goes.get(unit.id)) || was);
      }
    }),
    { numRuns: 500 },
  );
});

test('a territory is not left with nothing, and states of one name are not mixed up', () => {
  const asked = { territories: [{ id: 'a', name: 'A', rules: { countries: ['US'], states: ['NY'] }, position: 1 }, { id: 'b', name: 'B', rules: { countries: ['US', 'AU'], states: ['WA'] }, position: 2 }], kind: 'state' } as Asked;
  const unit = (country: string, part: string, today: string) => ({ id: `${country} ${part}`, country, part, today, hasBest: false, worked: 0, position: null, figures: noFigures() });
  const units = [unit('US', 'NY', 'a'), unit('US', 'WA', 'b'), unit('AU', 'WA', 'b'), unit('AU', 'NSW', 'a')];
  const all = { units: null, territories: null };
  const plan = (of: number[], picked: Picked = all) => planAcceptance({ asked, units }, { of }, picked, asked.territories);
  expect(plan([1, 1, 1, 1])).toContain('“A” would be left with nothing');
  expect(plan([0, 0, 1, 0])).toContain('would take in AU WA');
  expect(plan([0, 1, 1, 0])).toContain('Nothing of what was picked moves');
  expect(plan([0, 0, 0, 1], { units: ['XX 1'], territories: null })).toContain('“XX 1” is no part');
});

describe('who stands beside those that change', () => {
  const standing = (id: string, position: number, rules: TerritoryRules): Made => ({ id, name: id.toUpperCase(), position, rules: { countries: ['DE'], ...rules } });
  const [a, b] = [standing('a', 1, { postalRanges: [{ from: '20000', to: '29999' }] }), standing('b', 5, {})];
  const units = ['20', '21', '45', '80'].map((part) => ({ id: `DE ${part}`, country: 'DE', part, today: part < '30' ? 'a' : 'b', hasBest: false, worked: 0, position: null, figures: noFigures() }));
  const plan = (...others: Made[]) =>
    planAcceptance({ asked: { territories: [a, b], kind: 'postcode' } as unknown as Asked, units }, { of: [0, 0, 1, 0] }, { units: null, territories: null }, [a, b, ...others].toSorted((one, other) => one.position - other.position));
  const range = (from: string, to: string): TerritoryRules => ({ postalRanges: [{ from, to }] });
  test('loses nobody: in front, behind, or elsewhere', () => {
    for (const other of [standing('o', 0, range('45500', '45599')), standing('o', 6, range('45500', '45599')), standing('o', 3, range('46000', '46999')), standing('o', 3, { countries: ['AT'] })])
      expect(plan(other)).toMatchObject({ moved: [{ unit: 'DE 80', from: 'b', to: 'a' }], changes: [{ position: 1 }, { position: 1 }], added: [{ of: 'b', position: 5 }] });
  });
  test('would lose somebody between them, be it in the midst of a unit that stays', () => {
    expect(plan(standing('o', 3, range('45500', '45599')))).toContain('“O” stands between the territories that would change, and covers some of DE 45');
    expect(plan(standing('o', 3, { verticals: ['Food'] }))).toContain('covers some of DE 45');
  });
  test('at the same place in the order, nobody knows who comes first', () => {
    expect(plan(standing('o', 5, { countries: ['AT'] }))).toContain('“B” and “O” have the same place');
  });
});

test('a territory of two countries does not take in what one beside it names', () => {
  const [a, b] = [{ id: 'a', name: 'A', rules: { countries: ['US'], states: ['NY'] }, position: 1 }, { id: 'b', name: 'B', rules: { countries: ['AU'], states: ['NSW', 'QLD'] }, position: 2 }];
  const unit = (country: string, part: string, today: string) => ({ id: `${country} ${part}`, country, part, today, hasBest: false, worked: 0, position: null, figures: noFigures() });
  const units = [unit('US', 'NY', 'a'), unit('AU', 'NSW', 'b'), unit('AU', 'QLD', 'b')];
  const plan = (states: string[]) =>
    planAcceptance({ asked: { territories: [a, b], kind: 'state' } as unknown as Asked, units }, { of: [0, 0, 1] }, { units: null, territories: null }, [a, b, { id: 'o', name: 'O', rules: { countries: ['US'], states }, position: 9 }]);
  expect(plan(['NSW'])).toContain('would take in US NSW');
  expect(plan(['WA'])).toMatchObject({ moved: [{ unit: 'AU NSW' }] });
});

test('whoever a unit does not count for keeps the rules they have, behind', () => {
  // 22 is mostly B's, but A has some of it, and changes for other reasons
  const [a, b] = [{ id: 'a', name: 'A', rules: { countries: ['DE'], postalRanges: [{ from: '20000', to: '22499' }] }, position: 1 }, { id: 'b', name: 'B', rules: { countries: ['DE'], postalRanges: [{ from: '22500', to: '29999' }] }, position: 2 }];
  const unit = (part: string, today: string) => ({ id: `DE ${part}`, country: 'DE', part, today, hasBest: false, worked: 0, position: null, figures: noFigures() });
  const units = [unit('20', 'a'), unit('21', 'a'), unit('22', 'b'), unit('23', 'b')];
  const plan = planAcceptance({ asked: { territories: [a, b], kind: 'postcode' } as unknown as Asked, units }, { of: [0, 0, 1, 0] }, { units: null, territories: null }, [a, b]);
  expect(plan).toMatchObject({
    changes: [
      { after: { postalRanges: [{ from: '20', to: '21' }, { from: '23', to: '23' }] } },
      { after: { postalRanges: [{ from: '22500', to: '22999' }] } },
    ],
    added: [{ of: 'a', rules: a.rules }],
  });
});
