import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CardReader, looksLikeCards } from './card.rules.ts';
import { flatten, JsonReader, looksLikeJson, RecordTooLong } from './keyed-records.rules.ts';
import type { KeyedReader } from './keyed-records.rules.ts';

/** The same text in pieces of a few characters must give the same records. */
function readAll(make: () => KeyedReader, text: string, size = text.length): unknown[] {
  const reader = make();
  const out: unknown[] = [];
  for (let at = 0; at < text.length; at += size) out.push(...reader.push(text.slice(at, at + size), false));
  return [...out, ...reader.push('', true)];
}
const json = (text: string, size?: number) => readAll(() => new JsonReader(), text, size);
const cards = (text: string, size?: number) => readAll(() => new CardReader(), text, size);

describe('records in JSON', () => {
  it('flattens one level with dots and keeps the rest as JSON', () => {
    expect(flatten({ a: 1, b: null, c: { d: 'x', e: { f: 1 } }, tags: ['p', 'q'], list: [{ g: 1 }], yes: true })).toEqual({
      a: '1', b: '', 'c.d': 'x', 'c.e': '{"f":1}', tags: 'p; q', list: '[{"g":1}]', yes: 'true',
    });
  });
  it('reads a line each, a list, and objects over several lines alike', () => {
    const records = [{ name: 'Ada "A" {x}', n: 1 }, { name: 'Bob\\', n: 2 }, { name: 'Cid\n}', n: 3 }];
    const expected = records.map((values, at) => ({ row: at + 1, values: { name: values.name, n: String(values.n) } }));
    const texts = [records.map((one) => JSON.stringify(one)).join('\n'), JSON.stringify(records), JSON.stringify(records, null, 2), records.map((one) => JSON.stringify(one, null, 2)).join('\n'), `\uFEFF\n${records.map((one) => JSON.stringify(one)).join('\r\n\r\n')}\r\n`];
    for (const text of texts) {
      expect(looksLikeJson(text), text).toBe(true);
      for (const size of [1, 7, text.length]) expect(json(text, size), text).toEqual(expected);
    }
  });
  it('loses one record to one broken line', () => {
    expect(json('{"a":1}\n{"a":\n["no"]\n{"a":2}\n')).toMatchObject([{ values: { a: '1' } }, { row: 2, problem: /not readable/, text: '{"a":' }, { row: 3, problem: /not a JSON object/ }, { row: 4, values: { a: '2' } }].map((one) => ('problem' in one ? { ...one, problem: expect.stringMatching(one.problem!) } : one)));
    expect(json('[{"a":1},{"a":')).toMatchObject([{ values: { a: '1' } }, { problem: 'The file ends in the middle of this record.' }]);
  });
  it('reads whatever it is given in whatever pieces, as JSON itself does', () => {
    const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    const record = fc.dictionary(fc.string({ minLength: 1 }).filter((key) => !key.includes('.') && key !== '__proto__'), value, { minKeys: 1 });
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 40 }), fc.boolean(), (records, size, list) => {
        const text = list ? JSON.stringify(records) : records.map((one) => JSON.stringify(one)).join('\n');
        expect(json(text, size)).toEqual(records.map((one, at) => ({ row: at + 1, values: flatten(one) })));
      }),
    );
  });
  it('is not a table, nor is a table JSON', () => {
    for (const text of ['name,email\n', '{name}\n1\n', '[x];y\n1;2\n', '"{""a"":1}",x\n']) expect(looksLikeJson(text), text).toBe(false);
  });
  it('bounds a record', () => {
    expect(() => json(`{"a":"${'x'.repeat(2_100_000)}`, 500_000)).toThrow(RecordTooLong);
  });
});

describe('vCards', () => {
  const old = 'BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg;;Dr.\r\nORG:Pumps\\; Valves GmbH;Sales\r\nTEL;WORK;VOICE:+49 30 1234567\r\nTEL;CELL:+49 170 1234567\r\nTEL;FAX;WORK:+49 30 1234568\r\nEMAIL;INTERNET:j@pumps.example\r\nNOTE;ENCODING=QUOTED-PRINTABLE:first line=0D=0A=\r\nsecond=3Dline\r\nADR;WORK:;;Ring 1;Berlin;BE;10115;Germany\r\nPHOTO;JPEG;ENCODING=BASE64:\r\n /9j/4AAQ\r\n SkZJRg\r\n\r\nEND:VCARD\r\n';
  const newer = 'BEGIN:VCARD\nVERSION:4.0\nUID:urn:uuid:1\nFN:Ada Byron\nN:Byron;Ada;;;\nitem1.EMAIL;TYPE=home:ada@home.example\nitem1.X-ABLabel:x\nEMAIL;PREF=1;TYPE="work,internet":ada@work.example\nTEL;VALUE=uri;TYPE=cell:tel:+44-20-7946-0000\nTITLE:Chief\\, Engines\nNOTE:A long no\n te\\nover lines\nADR;TYPE=work;LABEL="1 Way: London":;;1 Way;London;;N1 9GU;UK\nEND:VCARD\n';
  it('reads 2.1, 3.0 and 4.0, in whatever pieces', () => {
    expect(looksLikeCards(`\uFEFF${old}`)).toBe(true);
    const text = old + newer;
    for (const size of [1, 13, text.length]) {
      expect(cards(text, size)).toEqual([
        { row: 1, values: { 'Family name': 'Müller', 'Given name': 'Jörg', Salutation: 'Dr.', Organization: 'Pumps; Valves GmbH', Department: 'Sales', Phone: '+49 30 1234567', Mobile: '+49 170 1234567', Fax: '+49 30 1234568', 'E-mail': 'j@pumps.example', Note: 'first line\r\nsecond=line', Street: 'Ring 1', City: 'Berlin', State: 'BE', 'Postal code': '10115', Country: 'Germany' } },
        { row: 2, values: { UID: 'urn:uuid:1', Name: 'Ada Byron', 'Family name': 'Byron', 'Given name': 'Ada', 'E-mail': 'ada@work.example', 'E-mail 2': 'ada@home.example', Mobile: '+44-20-7946-0000', 'Job title': 'Chief, Engines', Note: 'A long note\nover lines', Street: '1 Way', City: 'London', 'Postal code': 'N1 9GU', Country: 'UK' } },
      ]);
    }
  });
  it('says when the file ends inside a card, and when one is empty', () => {
    expect(cards('BEGIN:VCARD\nFN:Ada\n')).toMatchObject([{ row: 1, problem: 'The file ends in the middle of this card.' }]);
    expect(cards('BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n')).toMatchObject([{ problem: 'The card is empty.' }]);
  });
  it('never throws on what is no card', () => {
    fc.assert(fc.property(fc.string(), fc.integer({ min: 1, max: 9 }), (text, size) => void cards(`BEGIN:VCARD\n${text}\nEND:VCARD\n`, size)));
  });
});
