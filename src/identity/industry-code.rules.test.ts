import { describe, expect, it } from 'vitest';
import { industryCode } from './industry-code.rules.ts';

describe('codes of a business', () => {
  it.each([
    ['naics', '541511', '541511'],
    ['naics', ' 5415 – Computer systems design', '5415'],
    ['naics', 31, '31'],
    ['naics', '31-33', '31'],
    ['naics', '5415, 5416', '5415'],
    ['naics', '5', undefined],
    ['naics', '5415110', undefined],
    ['naics', '54.15', undefined],
    ['naics', 'Software', undefined],
    ['sic', '7372', '7372'],
    ['sic', '73720301', '73720301'],
    ['sic', '737203010', undefined],
    ['sic', null, undefined],
  ] as const)('%s %s', (kind, raw, code) => expect(industryCode(kind, raw)).toBe(code));
});
