import { expect, test } from 'vitest';
import { browserName, knownFrom } from './browser.rules.ts';
import { senderOf } from './sender.rules.ts';
import { verdictText } from './confirmation.rules.ts';

test.each([
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1', 'Safari on iPhone'],
  ['Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36', 'Chrome on Android'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0', 'Edge on Windows'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0', 'Firefox on Linux'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148', 'a mail program on iPhone'],
  ['curl/8.5', undefined],
  [undefined, undefined],
])('%s', (agent, name) => expect(browserName(agent)).toBe(name));

test('only an answer from somewhere new, after others, may have been handed on', () => {
  expect(knownFrom({ any: false, here: false })).toBe('first');
  expect(knownFrom({ any: true, here: true })).toBe('known');
  expect(knownFrom({ any: true, here: false })).toBe('other');
});

test('whose address an answer came from', () => {
  const partner = { own: 'leads@northline.example', all: ['joao.alves@northline.example', 'owner@gmail.com'] };
  expect(senderOf('Leads@Northline.example', partner)).toBe('own');
  expect(senderOf('joao.alves@northline.example', partner)).toBe('own');
  expect(senderOf('owner@gmail.com', partner)).toBe('own');
  expect(senderOf('ines@northline.example', partner)).toBe('colleague');
  expect(senderOf('somebody@gmail.com', partner)).toBe('stranger');
  expect(senderOf('x@sub.northline.example', partner)).toBe('stranger');
  expect(senderOf(null, partner)).toBe('stranger');
  expect(senderOf('a@b.example', { own: null, all: [] })).toBe('stranger');
});

test('a verdict is told with what came with it', () => {
  expect(verdictText({ verdict: 'sale', reason: null, valueMinor: 123_456_750, currency: null }, 'EUR')).toBe('Sold for EUR 1,234,567.50');
  expect(verdictText({ verdict: 'sale', reason: null, valueMinor: 0, currency: 'CHF' }, 'EUR')).toBe('Sold for CHF 0.00');
  expect(verdictText({ verdict: 'sale', reason: null, valueMinor: null, currency: null }, 'EUR')).toBe('Sold');
  expect(verdictText({ verdict: 'bad', reason: 'no budget', valueMinor: null, currency: null }, 'EUR')).toBe('Bad: no budget');
});
