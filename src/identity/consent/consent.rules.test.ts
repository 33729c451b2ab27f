import { describe, expect, test } from 'vitest';
import { readConsentWord, standingOf, type Saying } from './consent.rules.ts';
import { readSuppression, suppressionKeysOf } from './suppression.rules.ts';

let next = 0;
const said = (what: Saying['said'], more: Partial<Saying> = {}): Saying => {
  next++;
  return { id: `id${next}`, personId: 'ines', purpose: 'newsletter', channel: 'mail', said: what, at: new Date(next * 1000), evidence: { text: 'I agree' }, ...more };
};
const stands = (...all: Saying[]) => Object.fromEntries(standingOf(all).map((one) => [`${one.purpose}/${one.channel}`, one.stands]));

describe('what stands', () => {
  test('is the latest, a no beating a yes, a later yes only with evidence', () => {
    expect(stands(said('given'))).toEqual({ 'newsletter/mail': 'given' });
    expect(stands(said('given'), said('withdrawn'))).toEqual({ 'newsletter/mail': 'refused' });
    expect(stands(said('withdrawn'), said('given', { evidence: {} }))).toEqual({ 'newsletter/mail': 'refused' });
    expect(stands(said('withdrawn'), said('given'))).toEqual({ 'newsletter/mail': 'given' });
  });
  test('at the same instant the strict one counts, in whatever order they came', () => {
    const at = new Date(5);
    expect(stands(said('withdrawn', { at }), said('given', { at }))).toEqual({ 'newsletter/mail': 'refused' });
  });
  test('no mail at all closes every purpose, until one is agreed to again', () => {
    const none = said('withdrawn', { purpose: null });
    expect(stands(none)).toEqual({ '/mail': 'refused' });
    expect(stands(said('given'), said('withdrawn', { purpose: null }))).toEqual({ '/mail': 'refused', 'newsletter/mail': 'refused' });
    expect(stands(none, said('given'))).toEqual({ '/mail': 'refused', 'newsletter/mail': 'given' });
  });
  test('no contact at all is not undone by a tick for one thing, but by taking it back', () => {
    const none = said('objected', { purpose: null, channel: null });
    expect(stands(none, said('given'))['newsletter/mail']).toBe('refused');
    expect(stands(none, said('lifted', { purpose: null, channel: null, evidence: { lifts: 'objected' } }))).toEqual({});
  });
  test('taking one wish back leaves the others', () => {
    const unsubscribed = said('withdrawn', { purpose: null });
    const lift = said('lifted', { purpose: null, evidence: { lifts: 'objected' } });
    expect(stands(unsubscribed, said('objected', { purpose: null }), lift)).toEqual({ '/mail': 'refused' });
  });
  test('of merged people the strictest wins', () => {
    expect(stands(said('withdrawn', { personId: 'ana' }), said('given'))).toEqual({ 'newsletter/mail': 'refused' });
  });
});

test.each([
  ['yes', 'given', 'consent'],
  ['Nein', 'withdrawn', 'consent'],
  ['opt-out', 'withdrawn', 'consent'],
  ['Existing customer', 'given', 'contract'],
  ['berechtigtes Interesse', 'given', 'legitimate interest'],
])('the column says %s: %s, by %s', (word, what, ground) => expect(readConsentWord(word)).toEqual({ said: what, ground }));

test.each([
  ['mail', 'Ann.Lee+x@GoogleMail.com', 'address', 'annlee@gmail.com'],
  ['mail', '@Hidden.example', 'domain', 'hidden.example'],
  ['phone', '044 668 18 00', 'number', '+41446681800'],
  ['fax', '+41 44 668 18 00', 'number', '+41446681800'],
] as const)('a line of the %s list: %s', (channel, line, kind, key) => expect(readSuppression(channel, line, 'CH')).toMatchObject({ kind, key }));
test('a line that is nothing of its list is nothing', () => {
  expect(readSuppression('mail', 'Ann Lee', 'CH')).toBeUndefined();
  expect(readSuppression('phone', 'call me', 'CH')).toBeUndefined();
  expect(readSuppression('post', 'Zürich', 'CH')).toBeUndefined();
});
test('a person is on a list under mail, its domains, numbers and place', () => {
  const keys = suppressionKeysOf({ email: 'ann@eu.firm.example', phones: ['+41446681800', null], street: 'Mill Lane 1', postalCode: '8001' });
  expect(keys).toContain('mail domain firm.example');
  expect(keys).toContain('phone number +41446681800');
  const place = readSuppression('post', 'Mill Lane 1, 8001 Zürich', null);
  expect(keys).toContain(`post place ${place!.key}`);
});
