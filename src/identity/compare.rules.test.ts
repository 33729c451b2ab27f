import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { compare } from './compare.rules.ts';
import { domainOf } from './domain.rules.ts';
import { profileOf } from './resolve.rules.ts';
import { searchPatterns, searchText } from './search.rules.ts';
import { sight, wholeNumber, type SightedFields } from './sight.rules.ts';
import { hash53, isOneSlip, jaroWinkler, skeleton } from './similarity.rules.ts';

const profile = (fields: SightedFields) => profileOf(sight(fields, 'CH'), null);
const zone = (a: SightedFields, b: SightedFields, people: number) => compare(profile(a), profile(b), {}, { people, namesakes: 1 }).zone;
const ann: SightedFields = {
  givenName: 'Annika',
  familyName: 'Wiesenthal',
  email: 'annika.wiesenthal@hydro.example',
  organization: 'Hydro AG',
  phone: '+41 44 668 18 00',
  city: 'Zürich',
};

describe('the same person?', () => {
  test.each<[string, SightedFields, 'sure' | 'ask' | 'no']>([
    ['the same mail, written otherwise', { email: 'Annika.Wiesenthal+news@hydro.example' }, 'sure'],
    ['the same mail and a married name', { givenName: 'Annika', familyName: 'Berg', email: 'annika.wiesenthal@hydro.example' }, 'sure'],
    ['the name and the company', { fullName: 'WIESENTHAL, Annika', organization: 'Hydro' }, 'sure'],
    ['the name misspelled, another mail of the company', { fullName: 'Annika Wiesental', email: 'a.wiesenthal@hydro.example' }, 'ask'],
    ['name and phone', { fullName: 'Annika Wiesenthal', phone: '044 668 18 00' }, 'sure'],
    ['the phone alone', { phone: '044 668 18 00' }, 'no'],
    ['the phone and another given name', { fullName: 'Bernd Wiesenthal', phone: '044 668 18 00' }, 'no'],
    ['a name at another company', { fullName: 'Annika Wiesenthal', organization: 'Kiosk GmbH', email: 'annika@kiosk.example' }, 'no'],
    [
      'a colleague',
      { fullName: 'Bernd Ostermann', email: 'bernd.ostermann@hydro.example', organization: 'Hydro AG', city: 'Zürich' },
      'no',
    ],
    ['a name in a city', { fullName: 'Annika Wiesenthal', city: 'Zürich' }, 'ask'],
  ])('%s', (_, other, expected) => expect(zone(ann, other, 1_000_000)).toBe(expected));

  it('by an id, however much else changed, but not where nobody else would take them for one: two lists may count alike', () => {
    const lead = { ...ann, externalId: '2593' };
    const zones = (other: SightedFields) => [400, 1_000_000].map((people) => zone(lead, { externalId: '2593', ...other }, people));
    expect(zones({})).toEqual(['sure', 'sure']);
    expect(zones({ givenName: 'Annika', familyName: 'Berg', email: 'a.berg@other.example', organization: 'Kiosk GmbH' })[0]).not.toBe('no');
    expect(zones({ givenName: 'Annika', familyName: 'Wiesenthal', email: 'a.w@other.example', phone: '+41 31 998 77 88', organization: 'Kiosk GmbH' })).toEqual(['sure', 'sure']);
    const contact = { givenName: 'Karl', familyName: 'Ostermann', email: 'karl@kiosk.example', phone: '+41 31 998 77 88', organization: 'Kiosk GmbH' };
    expect(zones(contact)).toEqual(['no', 'no']);
    expect(zones({ familyName: 'Ostermann', email: 'karl@kiosk.example' })).not.toContain('sure');
    // What is shown adds up all the same.
    const { weight, evidence } = compare(profile(lead), profile({ externalId: '2593', familyName: 'Ostermann' }), {}, { people: 400, namesakes: 1 });
    expect(evidence.reduce((sum, one) => sum + one.weight, 0)).toBeCloseTo(weight, 5);
  });

  it('needs more the more people one could be mistaken for', () => {
    const named = (people: number): string => zone(ann, { fullName: 'Annika Wiesenthal', city: 'Zürich' }, people);
    expect([100, 5000, 1_000_000, 1_000_000_000].map(named)).toEqual(['sure', 'sure', 'ask', 'no']);
  });

  it('joins nobody by a name alone, nor where firm and mail both say otherwise', () => {
    const marta = (n: number): SightedFields => ({
      fullName: 'Marta Keller',
      organization: `Pumpen ${n} AG`,
      email: `marta.keller@pumpen${n}.example`,
      city: 'Zürich',
    });
    expect(zone(marta(1), marta(2), 20)).not.toBe('sure');
    expect(zone({ fullName: 'Zbigniew Wiesenthal' }, { fullName: 'Zbigniew Wiesenthal' }, 20)).toBe('ask');
    expect(zone({ phone: '044 668 18 00' }, { phone: '044 668 18 00' }, 20)).not.toBe('sure');
  });

  it('is symmetric, and its evidence adds up', () => {
    const text = fc.option(fc.constantFrom('Ann', 'Anne', 'Smith', 'Smyth', 'Wiesenthal', 'A.'), { nil: undefined });
    const fields = fc.record({
      givenName: text,
      familyName: text,
      email: fc.option(fc.constantFrom('ann@a.example', 'anne@a.example', 'info@a.example', 'ann@gmail.com'), { nil: undefined }),
      organization: text,
      city: text,
    }) as fc.Arbitrary<SightedFields>;
    fc.assert(
      fc.property(fields, fields, (a, b) => {
        const there = compare(profile(a), profile(b));
        const back = compare(profile(b), profile(a));
        expect(there.weight).toBe(back.weight);
        if (there.zone !== 'no') expect(there.evidence.reduce((sum, one) => sum + one.weight, 0)).toBeCloseTo(there.weight, 5);
      }),
    );
  });
});

describe('likeness of words', () => {
  test.each([
    ['martha', 'marhta', 0.961],
    ['dwayne', 'duane', 0.84],
    ['dixon', 'dicksonx', 0.813],
    ['a', 'b', 0],
    ['', 'x', 0],
  ])('%s – %s', (a, b, like) => expect(jaroWinkler(a, b)).toBeCloseTo(like, 3));
  it('is between 0 and 1 and the same both ways', () =>
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), fc.string({ maxLength: 80 }), (a, b) => {
        const like = jaroWinkler(a, b);
        expect(like).toBeGreaterThanOrEqual(0);
        expect(like).toBeLessThanOrEqual(1.000001);
        expect(jaroWinkler(b, a)).toBeCloseTo(like, 10);
      }),
    ));
  test.each([
    ['abc', 'abc', true],
    ['abc', 'acb', true],
    ['abc', 'ab', true],
    ['abc', 'abxc', true],
    ['abc', 'axc', true],
    ['abc', 'cab', false],
    ['abcd', 'ab', false],
  ])('%s and %s are one slip apart: %s', (a, b, one) => {
    expect(isOneSlip(a, b)).toBe(one);
    expect(isOneSlip(b, a)).toBe(one);
  });
  it('files alike sounds together and hashes apart', () => {
    expect(skeleton('schmidt')).toBe(skeleton('schmitt'));
    expect(hash53('a')).not.toBe(hash53('b'));
    expect(Number.isSafeInteger(hash53('anything'))).toBe(true);
  });
});

test.each([
  ['https://www.shop.acme.co.uk/x', 'acme.co.uk'],
  ['acme.de', 'acme.de'],
  ['www.ab.de', 'ab.de'],
  ['x.pumps.com.example', 'pumps.com.example'],
  ['linkedin.com/in/x', undefined],
  ['not a site', undefined],
  ['10.0.0.1', undefined],
])('the domain of %s', (raw, domain) => expect(domainOf(raw)).toBe(domain));
test.each([
  ['1.200', 1200],
  ['50-100', 50],
  ['500+', 500],
  ['about 1,200,000', 1_200_000],
  ['n/a', null],
  [12.6, 13],
])('employees %s', (raw, count) => expect(wholeNumber(raw)).toBe(count));
test('what is searched for is what is filed', () => {
  const filed = searchText(['Jörg Ölmann', 'Öl & Gas GmbH'], 'joerg@oel-gas.example', ['+41446681800']);
  for (const q of ['ölmann', 'OLMANN jörg', 'öl', '044 668 18 00', 'joerg@oel-gas.example', 'gas']) {
    for (const pattern of searchPatterns(q)) expect(filed, q).toContain(pattern.replaceAll('%', ''));
  }
  expect(searchPatterns('%_')).toEqual([]);
});
