import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBody } from './decode-body.rules.ts';
import { readInquiry } from './read-inquiry.rules.ts';
import { readReceipt, receiptOf } from './receipt.rules.ts';
import { readTouch } from './touch.rules.ts';

describe('readInquiry', () => {
  it('understands common spellings, envelopes and lists of pairs', () => {
    const read = readInquiry({
      first_name: 'Ada', 'Last Name': 'Byron', 'E-Mail': 'ada@example.com', company: { name: 'Engines Ltd', industry: 'Machines' }, address: { city: 'London', postalCode: 'W1' },
      source: 'Trade show', campaign: 'Expo', created_at: '2026-03-01T10:00:00Z', favourite: 'blue', do_not_contact: true, phone: 123456,
    });
    expect(read.fields).toEqual({
      givenName: 'Ada', familyName: 'Byron', email: 'ada@example.com', organization: 'Engines Ltd', industry: 'Machines', city: 'London', postalCode: 'W1',
      doNotContact: true, phone: '123456', custom: { favourite: 'blue' },
    });
    expect(read).toMatchObject({ source: 'Trade show', program: 'Expo', occurredAt: new Date('2026-03-01T10:00:00Z') });
    const pairs = readInquiry({ fields: [{ name: 'email', value: 'a@b.co' }], user_column_data: [{ column_id: 'FULL_NAME', string_value: 'Ada B' }] });
    expect(pairs.fields).toMatchObject({ email: 'a@b.co', fullName: 'Ada B' });
  });
  it('reads the wishes not to be contacted by one channel as yes or no, the stricter of two', () => {
    expect(readInquiry({ lastName: 'Berg', do_not_call: 'ja', HasOptedOutOfEmail: false, 'E-Mail Opt Out': true, doNotFax: 'no', unsubscribed: '0' }).fields).toEqual({ familyName: 'Berg', doNotCall: true, doNotMail: true, doNotFax: false, doNotContact: false });
  });
  it('keeps first and last touch raw and normalised', () => {
    const read = readInquiry({ email: 'a@b.co', landingUrl: 'https://x.io/?utm_source=Google&utm_medium=CPC&gclid=Abc', referrer: 'https://google.com/', firstTouch: { url: 'https://x.io/?utm_source=Fair' } });
    expect(read.lastTouch).toMatchObject({ source: 'google', medium: 'cpc', clickId: 'Abc', clickIdKind: 'gclid', referrer: 'https://google.com/', raw: { utm_source: 'Google' } });
    expect(read.firstTouch).toMatchObject({ source: 'fair' });
    expect(read.source).toBe('Google');
    expect(readTouch({})).toBeNull();
  });
  it('makes whatever arrives storable', () => {
    const read = decodeBody(Buffer.from('{"name":"a\\u0000b\\ud800","x":{"y":{"z":{"q":{"r":{"s":1}}}}}}'), 'application/json');
    const json = JSON.stringify(read.read!.fields);
    expect(json).not.toContain('\\u0000');
    expect(json).not.toContain('\\ud800');
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      const { read: got } = decodeBody(Buffer.from(JSON.stringify(value)), undefined);
      if (got) expect(JSON.stringify(got.fields)).not.toMatch(/\\u0000/);
    }));
  });
  it.each([
    ['', 'empty'], ['{"a":', 'not valid JSON'], ['[1]', 'list'], ['3', 'not an object'], ['{}', 'who asks'],
  ])('says why %j cannot be read', (text, why) => expect(decodeBody(Buffer.from(text), 'application/json').problem).toContain(why));
  it('respects a declared charset and refuses broken UTF-8', () => {
    const latin = Buffer.from('{"name":"Müller"}', 'latin1');
    expect(decodeBody(latin, 'application/json; charset=iso-8859-1').read?.fields.fullName).toBe('Müller');
    expect(decodeBody(latin, 'application/json').problem).toContain('not valid UTF-8');
    expect(decodeBody(latin, 'application/json; charset=klingon').problem).toContain('klingon');
    expect(decodeBody(Buffer.from('name=M%C3%BCller&email=a%40b.co'), 'application/x-www-form-urlencoded').read?.fields).toEqual({ fullName: 'Müller', email: 'a@b.co' });
  });
  it('survives absurd nesting', () => {
    const deep = `{"name":"x","a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    expect(decodeBody(Buffer.from(deep), undefined)).toBeDefined();
  });
});

describe('receipts', () => {
  it('are read back however they are typed', () => {
    fc.assert(fc.property(fc.uuid(), (id) => {
      const receipt = receiptOf(id);
      expect(receipt).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{2}$/);
      expect(readReceipt(` ${receipt.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o')} `)).toBe(receipt);
    }));
    expect(receiptOf('0192f3a4-5b6c-7d8e-9f01-23456789abcd')).toBe('938N-KRKA-YD');
    expect(readReceipt('nonsense')).toBeUndefined();
  });
});
