import { describe, expect, it } from 'vitest';
import { isAboutTheSame, isShifted } from './answer.rules.ts';

describe('whether a row of an answer belongs to its key', () => {
  it.each([
    ['organization', 'Acme Pumpen AG', null, 'ACME Pumpen', 'acme.example', true],
    ['organization', 'Acme Holding', null, 'Acme Pumpen AG', null, true],
    ['organization', 'Renamed Ltd', 'www.acme.example', 'Acme Pumpen AG', 'acme.example', true],
    ['organization', 'Brunner Ventile', null, 'Acme Pumpen AG', 'acme.example', false],
    ['organization', null, 'brunner.example', 'Acme Pumpen AG', 'acme.example', false],
    ['organization', null, null, 'Acme Pumpen AG', 'acme.example', undefined],
    ['person', 'Lee, Kim', null, 'Kim Lee', null, true],
    ['person', 'Udo Brandt', null, 'Kim Lee', null, false],
  ] as const)('%s %s %s · %s', (kind, name, domain, known, knownDomain, same) => expect(isAboutTheSame(kind, { name, domain }, { name: known, domain: knownDomain })).toBe(same));

  it('a few strays are strays, many are a file that slipped', () => {
    expect(isShifted(4, 4)).toBe(false);
    expect(isShifted(100, 20)).toBe(false);
    expect(isShifted(100, 21)).toBe(true);
    expect(isShifted(5, 2)).toBe(true);
  });
});
