import { expect, test } from 'vitest';
import { countyKey } from './county.rules.ts';
import { codesOf } from './where.rules.ts';

test.each([
  ['US', '12345-6789', ['123456789', '12345678', '1234567', '123456', '12345', '1234', '123']],
  ['us', '1234', ['01234', '0123', '012']],
  ['NL', '1011 AB', ['1011AB', '1011A', '1011', '101']],
  ['GB', 'E1 6AN', ['E16AN', 'E1']],
  ['GB', 'SW1A 1AA', ['SW1A1AA', 'SW1A']],
  ['GB', 'EC1', ['EC1']],
  ['CA', 'K1A 0B1', ['K1A0B1', 'K1A0B', 'K1A0', 'K1A']],
])('%s %s is known under', (country, code, codes) => {
  expect(codesOf(country, code)).toEqual(codes);
});

test.each([
  ['Orange County', 'orange'],
  ['orange', 'orange'],
  ['Landkreis München', 'munchen'],
  ['County Cork', 'cork'],
  ['Co. Cork', 'cork'],
  ['Orleans Parish', 'orleans'],
  ['Kreis', 'kreis'],
])('%s is compared as %s', (name, key) => {
  expect(countyKey(name)).toBe(key);
});
