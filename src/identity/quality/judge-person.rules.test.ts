import { describe, expect, test } from 'vitest';
import { judgeMail } from './judge-mail.rules.ts';
import { judgePerson, type Around, type Judged } from './judge-person.rules.ts';
import { judgePhone } from './judge-phone.rules.ts';
import { judgePlace } from './judge-place.rules.ts';
import { levelOf, sentenceOf } from './levels.rules.ts';
import { hasShape, statesOf } from './place-tables.rules.ts';

const mail = (email: string, known = {}) => {
  const found = judgeMail(email, known);
  return [levelOf(found), ...found.map(({ code }) => code)].join(' ');
};

describe('a mail address', () => {
  test.each([
    ['ann.lee@firm.example', {}, 'plausible'],
    ['ann.lee@gmail.com', {}, 'plausible free'],
    ['info@firm.example', {}, 'doubtful role'],
    ['ann@mailinator.com', {}, 'bad disposable'],
    ['test@firm.example', {}, 'bad mailMadeUp'],
    ['no-reply@firm.example', {}, 'bad mailMadeUp'],
    ['ann@example.com', {}, 'bad mailMadeUp'],
    ['ann@localhost', {}, 'bad mailUnreadable'],
    ['ann@gone.example', { domain: 'no domain' }, 'bad noDomain'],
    ['ann@parked.example', { domain: 'no mail' }, 'bad noMail'],
    ['ann@firm.example', { domain: 'mail' }, 'plausible'],
    ['info@firm.example', { wrote: true }, 'verified wrote role'],
    ['ann@firm.example', { wrote: true, bounced: true }, 'bad bounced wrote'],
  ])('%s %o', (email, known, said) => expect(mail(email, known)).toBe(said));
});

describe('a telephone number', () => {
  const phone = (e164: string | null, country: string | null, raw: string | null = e164) => judgePhone('phone', raw, e164, country).map((one) => `${one.code} ${one.detail ?? ''}`.trim());
  test.each([
    ['+41446681800', 'CH', []],
    ['+41446681800', 'LI', []],
    ['+41446681800', 'DE', ['abroad Switzerland']],
    ['+41446681800', null, []],
    [null, 'CH', ['phoneUnreadable']],
    ['+12125550147', 'US', ['phoneMadeUp']],
    ['+4917777777777', 'DE', ['phoneMadeUp']],
    ['+14165550100', 'CA', ['phoneMadeUp']],
    ['+12124567890', 'CA', []],
  ])('%s in %s', (e164, country, said) => expect(phone(e164, country, e164 ?? 'call me')).toEqual(said));
  test('read before its country was known can still be dialled', () => expect(phone(null, 'DE', '0721/7488509')).toEqual(['phoneUnread +497217488509']));
  test('of a block nobody has is doubted', () => expect(phone('+41999999', 'CH')[0]).toMatch(/^(unassigned|phoneMadeUp)/));
});

describe('a place', () => {
  const place = (country: string | null, postalCode: string | null, state: string | null = null, city: string | null = null, others: { city: string; people: number }[] = []) =>
    judgePlace({ street: null, country, postalCode, state, city }, others).map(sentenceOf);
  test('has a postcode of its country’s shape', () => {
    expect(place('CH', '8001')).toEqual([]);
    expect(place('CH', '80331')).toEqual(['Postcodes in Switzerland do not look like that.']);
    expect(place('GB', 'sw1a 2aa')).toEqual([]);
    expect(place('CA', 'K1A 0B1', 'ON')).toEqual([]);
    expect(place('CA', 'K1A 0B1', 'BC')).toEqual(['That postcode lies in ON.']);
    expect(place('HK', '999077')).toEqual([]);
    // a spreadsheet ate the zero
    expect(place('US', '2139', 'MA')).toEqual([]);
  });
  test('lies in the state its postcode says', () => {
    expect(place('US', '10001', 'NY')).toEqual([]);
    expect(place('US', '10001-1234', 'CA')).toEqual(['That postcode lies in NY.']);
    expect(place('BR', '01310-100', 'SP')).toEqual([]);
    expect(place('BR', '01310-100', 'RJ')).toEqual(['That postcode lies in SP.']);
    expect(place('AU', '3000', 'NSW')).toEqual(['That postcode lies in VIC.']);
    expect(statesOf('06390', 'US')).toEqual(['CT', 'NY'].toSorted());
  });
  test('is where the others with its postcode are', () => {
    const others = [{ city: 'Zürich', people: 8 }, { city: 'Zuerich', people: 1 }];
    expect(place('CH', '8001', null, 'Bern', others)).toEqual(['Others with that postcode live in Zürich.']);
    expect(place('CH', '8001', null, 'Zurich', others)).toEqual([]);
    expect(place('CH', '8001', null, 'Zürich 1', others)).toEqual([]);
    expect(place('CH', '8001', null, 'Bern', [{ city: 'Zürich', people: 4 }])).toEqual([]);
    expect(place('CH', '8001', null, 'Bern', [...others, { city: 'Bern', people: 2 }])).toEqual([]);
  });
  test('without a country says nothing', () => expect(place(null, '8001')).toEqual(['Without a country nobody can say whether it is right.']));
  test('every table’s postcodes have their country’s shape', () => {
    for (const [country, code] of [['US', '90210'], ['AU', '2000'], ['BR', '20000000'], ['CA', 'V6B1A1']] as const) {
      expect(hasShape(code, country)).toBe(true);
      expect(statesOf(code, country)).toHaveLength(1);
    }
  });
});

const now = new Date('2026-03-02T09:00:00Z');
const ann: Judged = {
  givenName: 'Ann', familyName: 'Lee', nameIsJunk: false, title: 'Buyer', email: 'ann@firm.example', phone: '+41446681800', phoneE164: '+41446681800', mobileE164: null,
  organization: 'Firm AG', street: 'Hauptstrasse 1', postalCode: '8001', city: 'Zürich', state: null, country: 'CH', lastSeenAt: new Date('2026-01-15T00:00:00Z'),
};
const around: Around = { neighbours: [], confirmed: new Set(), now, staleMonths: 24 };

describe('a person', () => {
  test('of whom all is known lacks nothing', () => {
    const said = judgePerson(ann, around);
    expect(said.levels).toEqual({ mail: 'plausible', phone: 'plausible', mobile: null, address: 'plausible', name: 'plausible', life: 'plausible' });
    expect(said).toMatchObject({ lacking: 0, wanted: [], findings: [], nextOn: new Date('2028-01-15T00:00:00Z') });
  });
  test('of whom nothing is known lacks everything', () => {
    const blank = Object.fromEntries(Object.keys(ann).map((key) => [key, null])) as unknown as Judged;
    const said = judgePerson({ ...blank, nameIsJunk: false, lastSeenAt: now }, around);
    expect(said.lacking).toBe(1);
    expect(said.levels).toEqual({ mail: null, phone: null, mobile: null, address: null, name: null, life: 'plausible' });
  });
  test('is asked again for what is bad', () => {
    expect(judgePerson({ ...ann, email: 'asdf@firm.example', nameIsJunk: true }, around).wanted).toEqual(['mail', 'name']);
    expect(judgePerson({ ...ann, phone: 'later', phoneE164: null }, around).wanted).toEqual(['phone']);
    expect(judgePerson({ ...ann, phone: null, phoneE164: null, mobileE164: '+41791234500' }, around).wanted).toEqual([]);
  });
  test('grows stale to the day', () => {
    const seen = (at: string) => judgePerson({ ...ann, lastSeenAt: new Date(at) }, around);
    expect(seen('2024-03-03T00:00:00Z').levels.life).toBe('plausible');
    expect(seen('2024-03-02T00:00:00Z')).toMatchObject({ levels: { life: 'doubtful' }, nextOn: new Date('2028-03-02T00:00:00Z') });
    expect(seen('2022-03-02T00:00:00Z')).toMatchObject({ levels: { life: 'bad' }, nextOn: null });
    expect(seen('2024-03-02T00:00:00Z').findings.map(sentenceOf)).toEqual(['Nothing was heard of them for 24 months.']);
  });
  test('whose value a person confirmed is not doubted, unless it is plainly wrong', () => {
    const confirmed = { ...around, confirmed: new Set(['mail', 'address'] as const) };
    expect(judgePerson({ ...ann, email: 'info@firm.example', state: 'XX' }, confirmed).levels).toMatchObject({ mail: 'verified', address: 'verified' });
    expect(judgePerson(ann, { ...confirmed, bounced: true }).levels.mail).toBe('bad');
    expect(judgePerson({ ...ann, email: null }, confirmed)).toMatchObject({ levels: { mail: null } });
  });
  test('with half a name, or the company’s', () => {
    const name = (givenName: string | null, familyName: string | null) => judgePerson({ ...ann, givenName, familyName }, around).findings.map(({ code }) => code);
    expect(name('Ann', null)).toEqual(['oneName']);
    expect(name('Ann', 'L.')).toEqual(['initial']);
    expect(name('Firm', 'AG')).toEqual(['isCompany']);
  });
});
