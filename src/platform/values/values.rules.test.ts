import fc from 'fast-check';
import parseWithLibrary from 'libphonenumber-js/max';
import { describe, expect, it, test } from 'vitest';
import { evaluate, explainCriteria, failures, type Criteria } from './criteria.rules.ts';
import { parseEmail } from './email.rules.ts';
import { legalFormKey, organizationKey, parseOrganizationName } from './organization-name.rules.ts';
import { parsePersonName } from './person-name.rules.ts';
import { parsePhone } from './phone.rules.ts';
import { cityKey, countryCode, countryOfState, postcodeKey, stateCode, streetKey } from './postal-address.rules.ts';

describe('mail', () => {
  test.each([
    ['Ann.Lee+news@GoogleMail.com', 'ann.lee+news@googlemail.com', 'annlee@gmail.com'],
    [' "Ann" <a.lee@acme.example>. ', 'a.lee@acme.example', 'a.lee@acme.example'],
    ['mailto:a@b.co?subject=x', 'a@b.co', 'a@b.co'],
    ['a @ b . co', 'a@b.co', 'a@b.co'],
    ['x@y.com; z@y.com', 'x@y.com', 'x@y.com'],
    ['jürgen@müller.de', 'jürgen@müller.de', 'jürgen@müller.de'],
    ['a (at) b.de', 'a@b.de', 'a@b.de'],
  ])('%s', (raw, address, key) => expect(parseEmail(raw)).toMatchObject({ address, key }));
  test.each(['', 'a', '@b.co', 'a@b', 'a@@b.co', 'a..b@c.co', 'a@-b.co', 'n/a', 7, null])('refuses %s', (raw) =>
    expect(parseEmail(raw)).toBeUndefined(),
  );
  it('knows desks, public mailboxes and throw-aways', () => {
    expect(parseEmail('info@acme.example')).toMatchObject({ role: true, free: false });
    expect(parseEmail('ann@gmail.com')).toMatchObject({ role: false, free: true });
    expect(parseEmail('ann@mailinator.com')).toMatchObject({ disposable: true });
  });
  it('never changes a key by parsing its own address again', () =>
    fc.assert(
      fc.property(fc.emailAddress(), (raw) => {
        const once = parseEmail(raw);
        if (once) expect(parseEmail(once.address)).toEqual(once);
      }),
    ));
});

describe('phone', () => {
  test.each([
    ['(030) 901820', 'DE', '+4930901820'],
    ['46 (0)33 00 00 00', 'SE', '+4633000000'],
    ['+49 (0)30 901820', undefined, '+4930901820'],
    ['0049 30 901820', 'US', '+4930901820'],
    ['011 49 30 901820', 'US', '+4930901820'],
    ['49 30 901820', 'DE', '+4930901820'],
    ['(312) 226-2649', 'US', '+13122262649'],
    ['1-312-226-2649 x12', 'US', '+13122262649'],
    ['+39 0536 867111', 'DE', '+390536867111'],
    ['020 7946 0958', 'GB', '+442079460958'],
    ['01 42 68 53 00', 'FR', '+33142685300'],
    ['(11) 91234-5678', 'BR', '+5511912345678'],
    ['044 668 18 00', 'CH', '+41446681800'],
  ])('%s in %s', (raw, country, e164) => expect(parsePhone(raw, country)?.e164).toBe(e164));
  test.each([
    ['2262649', 'US'],
    ['abc', 'DE'],
    ['0301', 'DE'],
    ['12345678', undefined],
  ])('refuses %s', (raw, country) => expect(parsePhone(raw, country)).toBeUndefined());
  it('reads what the library calls valid as the library reads it', () =>
    fc.assert(
      fc.property(
        fc.constantFrom('DE', 'US', 'CH', 'FR', 'GB', 'ES', 'AT', 'IT', 'NL', 'BR', 'PL', 'SE'),
        fc.integer({ min: 10_000, max: 99_999_999_999 }),
        fc.constantFrom('', '0', '+'),
        (country, digits, prefix) => {
          const text = `${prefix}${digits}`;
          const theirs = parseWithLibrary(text, { defaultCountry: country as 'DE', extract: false });
          if (theirs?.isValid()) expect(parsePhone(text, country)?.e164).toBe(theirs.number);
        },
      ),
      { numRuns: 2000 },
    ));
});

describe('person name', () => {
  test.each([
    [{ full: 'VAN DER BERG, Dr. hans-peter' }, 'Hans-Peter', 'van der Berg'],
    [{ full: 'Dr. Anna Maria Schmidt' }, 'Anna Maria', 'Schmidt'],
    [{ full: 'Ludwig van Beethoven' }, 'Ludwig', 'van Beethoven'],
    [{ full: 'SCHMIDT Anna' }, 'Anna', 'Schmidt'],
    [{ full: 'John Smith Jr.' }, 'John', 'Smith'],
    [{ full: 'Cher' }, null, 'Cher'],
    [{ given: 'bob', family: 'MILLER' }, 'Bob', 'Miller'],
    [{ given: 'Mr. Bob', family: 'McDonald' }, 'Bob', 'McDonald'],
    [{ given: 'Bob Miller', family: 'Miller' }, 'Bob', 'Miller'],
    [{ given: 'Bob Miller' }, 'Bob', 'Miller'],
  ])('%o', (from, given, family) => expect(parsePersonName(from)).toMatchObject({ given, family }));
  it('knows short forms and junk', () => {
    expect(parsePersonName({ given: 'Bill', family: 'Müller' })).toMatchObject({ formalKey: 'william', familyKey: 'muller', junk: false });
    expect(parsePersonName({ given: 'Bill', family: 'Mueller' })?.familyKey).toBe('muller');
    for (const full of ['asdf', 'Test Test', 'Mickey Mouse', 'xxx yyy', 'sdfgh']) expect(parsePersonName({ full })?.junk).toBe(true);
    expect(parsePersonName({ full: 'n/a' })).toBeUndefined();
  });
  it('takes any text without failing', () =>
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (full, given) => void parsePersonName({ full, given }))));
});

describe('organization name', () => {
  test.each([
    ['The Müller & Söhne Maschinenbau GmbH & Co. KG', 'muller sohne maschinenbau'],
    ['ACME, S.p.A.', 'acme'],
    ['Acme SpA', 'acme'],
    ['Acme Inc.', 'acme'],
    ['ACME CO., LTD', 'acme'],
    ['Aage Östergaard A/S', 'aage ostergaard'],
    ['Foo Makina San. Tic. Ltd. Sti.', 'foo makina'],
    ['Foo Sp. z o.o.', 'foo'],
    ['Foo Bar Ltda.', 'foo bar'],
    ['SA', 'sa'],
  ])('%s', (raw, key) => expect(organizationKey(raw)).toBe(key));
  test.each([
    ['Acme Limited', 'Acme Ltd.', true],
    ['Acme G.m.b.H.', 'Acme Gesellschaft mit beschränkter Haftung', true],
    ['Acme GmbH und Co. KG', 'Acme GmbH&Co.KG', true],
    ['Acme S.L.U.', 'Acme SL', true],
    ['Acme, S.p.A.', 'Acme SpA', true],
    ['Acme Incorporated', 'ACME INC.', true],
    ['Acme GmbH', 'Acme GmbH & Co. KG', false],
    ['Acme GmbH', 'Acme AG', false],
    ['Acme Ltd', 'Acme Pvt. Ltd.', false],
    ['Acme Inc.', 'Acme LLC', false],
  ])('the legal forms of %s and %s are one: %s', (one, other, same) => {
    const [mine, theirs] = [one, other].map((name) => legalFormKey(parseOrganizationName(name)!.legalForm));
    expect(mine === theirs).toBe(same);
    expect(mine).not.toBeNull();
  });
});

describe('places', () => {
  test.each([
    ['Deutschland', 'DE'],
    ['USA', 'US'],
    ['U.S.A.', 'US'],
    ['usa ', 'US'],
    ['United Kingdom', 'GB'],
    ['England', 'GB'],
    ['DEU', 'DE'],
    ['Brasil', 'BR'],
    ['The Netherlands', 'NL'],
    ['Österreich', 'AT'],
    ['Czech Republic', 'CZ'],
    ['Turkey', 'TR'],
    ['Narnia', undefined],
  ])('%s is %s', (raw, code) => expect(countryCode(raw)).toBe(code));
  it('states, postcodes, streets, cities', () => {
    expect(stateCode('California', 'US')).toBe('CA');
    expect(stateCode('são paulo', 'BR')).toBe('SP');
    expect(countryOfState('TX', '75001')).toBe('US');
    expect(postcodeKey('sw1a 2aa', 'GB')).toBe('SW1A2AA');
    expect(postcodeKey('D-10115', 'DE')).toBe('10115');
    expect(postcodeKey('02139-4307', 'US')).toBe('02139');
    expect(postcodeKey(2139, 'US')).toBe('02139');
    expect(streetKey('Hauptstraße 12 a')).toBe(streetKey('Hauptstr. 12A'));
    expect(streetKey('1 North Ogden Avenue')).toBe(streetKey('1 N Ogden Ave '));
    expect(cityKey('Saint Louis')).toBe(cityKey('St. Louis'));
  });
});

describe('criteria', () => {
  const facts = { country: 'DE', employees: 40, product: null, name: { junk: false }, seenAt: '2026-01-01T00:00:00Z', tags: ['a', 'b'] };
  test.each<[Criteria, boolean]>([
    [{ all: [] }, true],
    [{ any: [] }, false],
    [{ field: 'country', op: 'in', value: ['at', 'de'] }, true],
    [{ field: 'country', op: 'notEquals', value: 'DE' }, false],
    [{ field: 'product', op: 'isEmpty' }, true],
    [{ field: 'product', op: 'notEquals', value: 'x' }, true],
    [{ field: 'product', op: 'equals', value: 'x' }, false],
    [{ field: 'name.junk', op: 'isFalse' }, true],
    [{ field: 'employees', op: 'between', value: [10, 50] }, true],
    [{ field: 'employees', op: 'atLeast', value: '41' }, false],
    [{ field: 'tags', op: 'equals', value: 'b' }, true],
    [{ field: 'seenAt', op: 'withinDays', value: 10 }, true],
    [{ not: { field: 'seenAt', op: 'olderThanDays', value: 3 } }, false],
    [{ field: '__proto__.x', op: 'isSet' }, false],
  ])('%j is %s', (criteria, truth) => expect(evaluate(criteria, facts, new Date('2026-01-08T00:00:00Z'))).toBe(truth));
  it('says itself', () => {
    expect(
      explainCriteria(
        {
          all: [
            { field: 'country', op: 'in', value: ['DE', 'AT'] },
            {
              any: [
                { field: 'email', op: 'isSet' },
                { field: 'phone', op: 'isSet' },
              ],
            },
            { not: { field: 'junk', op: 'isTrue' } },
          ],
        },
        { junk: 'a made-up name' },
      ),
    ).toBe('country is one of “DE”, “AT” and (email is known or phone is known) and not a made-up name');
  });
  const leaf = fc.record({
    field: fc.constantFrom('country', 'employees', 'product', 'none'),
    op: fc.constantFrom('equals', 'in', 'isSet', 'isEmpty', 'atLeast', 'contains'),
    value: fc.oneof(fc.string(), fc.integer()),
  }) as fc.Arbitrary<Criteria>;
  const tree = fc.letrec<{ node: Criteria }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.record({ all: fc.array(tie('node'), { maxLength: 3 }) }),
      fc.record({ any: fc.array(tie('node'), { maxLength: 3 }) }),
      fc.record({ not: tie('node') }),
    ),
  })).node;
  it('obeys De Morgan, names a failure exactly when it is false, and always has a sentence', () =>
    fc.assert(
      fc.property(tree, tree, (a, b) => {
        expect(evaluate({ not: { all: [a, b] } }, facts)).toBe(evaluate({ any: [{ not: a }, { not: b }] }, facts));
        expect(failures(a, facts).length > 0).toBe(!evaluate(a, facts) && !('all' in a && a.all.length === 0));
        expect(explainCriteria(a)).not.toBe('');
      }),
    ));
});
