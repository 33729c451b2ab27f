import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendFields, findAppendField, shownValue } from './append-fields.rules.ts';
import { costOf, decideValue, shareOut, type Offered, type Rule } from './decide-value.rules.ts';

const rule: Rule = { replace: false, minConfidence: 0, notBefore: null };
const offered = (name: string, raw: unknown, more: Partial<Offered> = {}): Offered => ({ values: findAppendField('organization', name)!.read(raw, 'CH'), confidence: 0.8, asOf: null, ...more });
const decide = (name: string, raw: unknown, known: object, { verified = false, more = {}, rules = {} }: { verified?: boolean; more?: Partial<Offered>; rules?: Partial<Rule> } = {}) =>
  decideValue(findAppendField('organization', name)!, offered(name, raw, more), known as Record<string, unknown>, verified, { ...rule, ...rules });
const basel = { street: null, postal_code: null, city: 'Basel', state: null, country: 'CH' };

describe('whether an offered value is used', () => {
  it.each([
    ['fills what was empty', 'employees', '1,200', {}, {}, null],
    ['leaves what is known', 'employees', 1200, { employees: 900 }, {}, 'known'],
    ['replaces it where told to', 'employees', 1200, { employees: 900 }, { rules: { replace: true } }, null],
    ['never what a person said', 'employees', 1200, { employees: 900 }, { verified: true, rules: { replace: true } }, 'verified'],
    ['nor what a person emptied', 'employees', 1200, {}, { verified: true }, 'verified'],
    ['confirms', 'industry', 'water treatment', { industry: 'Water Treatment' }, { rules: { replace: true } }, 'same'],
    ['cannot be read', 'naics', 'Pumps', {}, {}, 'unreadable'],
    ['is not sure enough', 'employees', 5, {}, { more: { confidence: 0.4 }, rules: { minConfidence: 0.5 } }, 'unsure'],
    ['is too old', 'employees', 5, {}, { more: { asOf: '2019-12-31' }, rules: { notBefore: '2020-01-01' } }, 'old'],
    ['completes an address', 'address', { street: 'Rheinweg 1', city: 'BASEL', country: 'CH' }, basel, {}, null],
    ['leaves an address elsewhere', 'address', { street: 'Gasse 1', city: 'Bern', country: 'CH' }, basel, {}, 'known'],
    ['confirms an address that says more', 'address', { city: 'Basel', country: 'CH' }, { ...basel, street: 'Rheinweg 1' }, { rules: { replace: true } }, 'same'],
    ['needs a place', 'address', { country: 'CH' }, {}, {}, 'unreadable'],
    ['knows the country', 'address', { city: 'Basel', country: 'Nowhere' }, {}, {}, 'unreadable'],
  ] as const)('%s', (_what, name, raw, known, how, why) => expect(decide(name, raw, known, how)).toBe(why));

  it('reads every field into its own columns only', () => {
    for (const kind of ['person', 'organization'] as const)
      for (const field of appendFields[kind]) {
        const values = field.read(field.name === 'address' ? { city: 'Basel', country: 'Switzerland' } : { naics: '5415', sic: '7372', phone: '061 555 01 02', mobile: '+41 79 555 01 02', website: 'acme.example' }[field.name] ?? '12', 'CH');
        expect(Object.keys(values!).toSorted(), field.name).toEqual([...field.columns].toSorted());
        expect(shownValue(field, values!)).not.toBe(null);
      }
  });
});

it('prices add up, however they are counted and shared', () => {
  fc.assert(
    fc.property(fc.nat(500_000), fc.array(fc.nat(50), { maxLength: 20 }), fc.integer({ min: 1, max: 9 }), (thousand, batches, shares) => {
      let before = 0;
      let sum = 0;
      for (const units of batches) {
        const cost = costOf(thousand, before, units);
        expect(shareOut(cost, shares).reduce((a, b) => a + b, 0)).toBe(cost);
        sum += cost;
        before += units;
      }
      expect(sum).toBe(Math.round((thousand * before) / 1000));
    }),
  );
});
