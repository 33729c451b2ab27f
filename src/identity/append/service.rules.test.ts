import { describe, expect, it } from 'vitest';
import { affordable, keyFor, meaningOf, questionHash, readAnswer } from './service.rules.ts';

describe('what a service answers', () => {
  const asked = new Map([
    ['a', ['employees', 'naics']],
    ['b', ['naics']],
  ]);
  it('is read by key, and only what was asked', () => {
    const text = JSON.stringify({ items: [{ key: 'b', values: { naics: '3339', employees: 4 }, confidence: 0.9, asOf: '2026-01-31' }, { key: 'a', values: { employees: 12, naics: null }, confidence: 7, asOf: 'lately' }, { key: 'c', values: { naics: '1' } }, { key: 'a2' }] });
    expect(readAnswer(text, asked)).toEqual(
      new Map([
        ['b', [{ field: 'naics', value: '3339', confidence: 0.9, asOf: '2026-01-31' }]],
        ['a', [{ field: 'employees', value: 12, confidence: null, asOf: null }]],
      ]),
    );
  });
  it.each(['', '<html>', '[]', '{}', '{"items":{}}', '{"items":[1]}', 'null'])('%s is none', (text) => expect(readAnswer(text, asked)).toBeUndefined());
  it('no items is an answer', () => expect(readAnswer('{"items":[]}', asked)).toEqual(new Map()));
});

it('the same question has the same hash, another another', () => {
  const one = { kind: 'organization', who: { name: 'Acme', domain: null, city: 'Bern' }, fields: ['naics', 'sic'] };
  expect(questionHash({ ...one, who: { city: 'Bern', name: 'Acme' }, fields: ['sic', 'naics'] })).toBe(questionHash(one));
  for (const other of [{ ...one, kind: 'person' }, { ...one, fields: ['naics'] }, { ...one, who: { ...one.who, city: 'Basel' } }]) expect(questionHash(other)).not.toBe(questionHash(one));
});

it('a budget pays for whole questions', () => {
  expect(affordable(null, 5, 1000)).toBe(Infinity);
  expect(affordable(100, 0, 0)).toBe(Infinity);
  expect(affordable(100, 40, 20_000)).toBe(3);
  expect(affordable(100, 110, 20_000)).toBe(0);
});

it.each([[200, 'answer'], [204, 'refused'], [302, 'refused'], [400, 'refused'], [401, 'refused'], [408, 'again'], [429, 'again'], [500, 'again'], [503, 'again']] as const)('%i: %s', (status, meaning) => expect(meaningOf(status)).toBe(meaning));

it('a key the installation keeps goes to its own address only', () => {
  const kept = { ACME: { origin: 'https://api.acme.example', key: 'Bearer x' } };
  expect(keyFor('Bearer mine', 'https://any.example/', kept)).toEqual({ key: 'Bearer mine' });
  expect(keyFor('env:ACME', 'https://api.acme.example/v2/ask', kept)).toEqual({ key: 'Bearer x' });
  expect(keyFor('env:ACME', 'https://evil.example/', kept)).toEqual({ problem: 'The key BATON_APPEND_KEY_ACME is for https://api.acme.example only.' });
  for (const name of ['OTHER', 'constructor']) expect(keyFor(`env:${name}`, 'https://api.acme.example/', kept)).toEqual({ problem: `This installation keeps no key BATON_APPEND_KEY_${name}.` });
});
