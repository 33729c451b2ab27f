import { describe, expect, test } from 'vitest';
import { mayContact } from './contact.rules.ts';
import type { Channel, Contactable } from './contact.rules.ts';

const ines: Contactable = {
  email: 'ines@aguas.example',
  phone: '+34954550120',
  doNotContact: false,
  doNotMail: false,
  doNotCall: false,
  unsubscribedAt: null,
  retiredAt: null,
};
const then = new Date('2026-11-01T00:00:00Z');

describe('may we contact', () => {
  test.each<[string, Partial<Contactable>, Channel, string | true]>([
    ['by mail', {}, 'mail', true],
    ['unsubscribed: no mail', { unsubscribedAt: then }, 'mail', 'unsubscribed'],
    ['unsubscribed: a call still', { unsubscribedAt: then }, 'call', true],
    ['no mail wanted', { doNotMail: true }, 'mail', 'do-not-mail'],
    ['no calls wanted', { doNotCall: true }, 'call', 'do-not-call'],
    ['nothing wanted', { doNotContact: true }, 'letter', 'do-not-contact'],
    ['no address', { email: null }, 'mail', 'no-address'],
    ['an address that sends mail back', { returned: true }, 'mail', 'returned'],
    ['an address that sends mail back: a call still', { returned: true }, 'call', true],
    ['gone', { retiredAt: then }, 'letter', 'retired'],
  ])('%s', (_, given, channel, expected) => {
    const answer = mayContact({ ...ines, ...given }, channel);
    expect(answer.may ? true : answer.because).toBe(expected);
  });
});
