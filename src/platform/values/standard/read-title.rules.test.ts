import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heldOut as businesses } from './industries.truth.ts';
import { readBusiness, readIndustry } from './read-industry.rules.ts';
import { readTitle } from './read-title.rules.ts';
import { levelNames } from './title-names.rules.ts';
import { heldOut, seen } from './titles.truth.ts';

const isRight = (one: (typeof seen)[number]): boolean => {
  const { level, function: does } = readTitle(one.title);
  return level === one.level && does === one.function;
};
const shareOf = <T>(table: readonly T[], right: (one: T) => boolean): number => table.filter(right).length / table.length;

describe('positions', () => {
  it.each(seen)('$title', (one) => {
    const { level, function: does } = readTitle(one.title);
    expect({ level, function: does }).toEqual({ level: one.level, function: one.function });
  });
  it('never looked at are read right: rank and what they do, 97 in 100', () => expect(shareOf(heldOut, isRight)).toBeGreaterThanOrEqual(0.97));
  it('say which words decided', () => expect(readTitle('Leiter:in Einkauf (m/w/d)')).toEqual({ level: 'director', function: 'purchasing', levelWord: 'leiter', functionWord: 'einkauf' }));
  it('read the same however they are written', () => {
    fc.assert(
      fc.property(fc.constantFrom(...seen, ...heldOut), fc.boolean(), ({ title }, upper) => {
        expect(readTitle(`  ${upper ? title.toUpperCase() : title.toLowerCase()} `)).toEqual(readTitle(title));
      }),
    );
  });
  it('are never more than unknown for any text, and never an error', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(levelNames).toHaveProperty(readTitle(text).level);
      }));
    expect(readTitle('').level).toBe('unknown');
  });
});

describe('businesses', () => {
  it('never looked at are read right, 98 in 100', () => expect(shareOf(businesses, ([text, sector]) => readIndustry(text).sector === sector)).toBeGreaterThanOrEqual(0.98));
  it.each([
    ['333914', null, 'Retail', '31', 'NAICS 333914'],
    ['99', '5084', 'Retail', '42', 'SIC 5084'],
    [null, '7372', null, '51', 'SIC 7372'],
    [null, null, 'Retail', '44', 'retail'],
    [null, null, null, null, null],
  ])('NAICS %s, SIC %s, “%s” is %s by %s', (naics, sic, text, sector, word) => expect(readBusiness(naics, sic, text)).toEqual({ sector, word }));
  it('are never an error', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void readIndustry(text)));
  });
});
