import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { customText, keyOfLabel, readCustom, type CustomType } from './custom-field.rules.ts';

const field = (type: CustomType, choices: string[] = []) => ({ label: 'Machine park', type, choices });

describe('custom fields', () => {
  test.each([
    ['Machine park (m²)', 'machine_park_m2'],
    ['Größe', 'grosse'],
    ['2nd site', 'f_2nd_site'],
    ['***', ''],
  ])('%s is kept under %s', (label, key) => expect(keyOfLabel(label)).toBe(key));

  test.each<[CustomType, unknown, unknown]>([
    ['text', '  a pump ', 'a pump'],
    ['text', 7, '7'],
    ['number', '1,234.5', 1234.5],
    ['number', 3, 3],
    ['date', '26 Mar, 2021', '2021-03-26'],
    ['date', '2021-03-26', '2021-03-26'],
    ['boolean', 'Ja', true],
    ['boolean', false, false],
    ['choice', ' GAS ', 'Gas'],
    ['money', '1.234,56 €', 123_456],
    ['money', 500, 500],
    ['number', '', null],
    ['choice', null, null],
  ])('%s reads %j as %j', (type, given, value) => expect(readCustom(field(type, ['Gas', 'Oil']), given, 'EUR')).toEqual({ value }));

  test.each<[CustomType, unknown]>([
    ['number', 'many'],
    ['number', Number.NaN],
    ['date', 'soon'],
    ['boolean', 'perhaps'],
    ['choice', 'coal'],
    ['money', 'US$ 5'],
    ['money', 1.5],
    ['text', { a: 1 }],
    ['text', 'x'.repeat(2001)],
  ])('%s refuses %j, naming the field', (type, given) =>
    expect(readCustom(field(type, ['Gas', 'Oil']), given, 'EUR').problem).toMatch(/^Machine park: /),
  );

  it('reads what it wrote', () =>
    fc.assert(
      fc.property(fc.constantFrom<CustomType>('number', 'money', 'boolean', 'date', 'text'), fc.integer({ min: -1e9, max: 1e9 }), (type, n) => {
        const kept = readCustom(field(type), { boolean: n > 0, date: new Date(n * 1000).toISOString().slice(0, 10) }[type as 'date'] ?? n, 'EUR').value;
        expect(readCustom(field(type), customText(field(type), kept, 'EUR'), 'EUR')).toEqual({ value: kept });
      }),
    ));
});
