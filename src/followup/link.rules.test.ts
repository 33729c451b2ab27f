import { describe, expect, test } from 'vitest';
import { endOfDays, lastDayOf, linkState, readToken, writeToken } from './link.rules.ts';

const address = { workspaceId: '019cadc6-9a80-7001-85f4-03a3dc9e734d', linkId: '019cadc6-9a80-7002-85f4-03a3dc9e734e' };
const sign = (text: string): string => `signed-${text.length}`;
const verify = (text: string, signature: string): boolean => signature === sign(text);
const now = new Date('2026-11-20T09:00:00Z');
const link = { holderId: 'p', expiresAt: new Date('2026-11-28T09:00:00Z'), revokedAt: null };
const lead = { fate: null, openHolderId: 'p', openKind: 'partner', lastHolderId: 'p' };

describe('no-login links', () => {
  test('a token leads back to its address, and to nothing when touched', () => {
    const token = writeToken(address, sign);
    expect(readToken(token, verify)).toEqual(address);
    expect(readToken(`${token}x`, verify)).toBeUndefined();
    expect(readToken('nonsense', verify)).toBeUndefined();
    expect(readToken(`abc.${sign('abc')}`, verify)).toBeUndefined();
    expect(token).toMatch(/^[\w.-]+$/);
  });

  test.each([
    ['good', link, lead, 'good'],
    ['expired', { ...link, expiresAt: now }, lead, 'expired'],
    ['revoked', { ...link, revokedAt: now }, lead, 'revoked'],
    ['passed on to somebody else', link, { ...lead, openHolderId: 'q' }, 'passed-on'],
    ['back at the desk', link, { ...lead, openHolderId: 'd', openKind: 'desk' }, 'passed-on'],
    ['closed by its own verdict: it can be changed', link, { ...lead, fate: 'bad', openHolderId: null, openKind: null }, 'good'],
    ['kept warm: it can be changed', link, { ...lead, openHolderId: 'n', openKind: 'nurture' }, 'good'],
    ['withdrawn', link, { ...lead, fate: 'withdrawn' }, 'withdrawn'],
  ])('%s', (_, aLink, aLead, expected) => expect(linkState(aLink, aLead, now)).toBe(expected));
});

test('a link holds to the end of its last day, where its holder is, also across summer time', () => {
  const sent = new Date('2026-03-20T16:00:00Z');
  expect(endOfDays(sent, 14, 'Europe/Zurich')).toEqual(new Date('2026-04-03T22:00:00Z'));
  // There it was one o’clock on the 21st.
  expect(endOfDays(sent, 14, 'Asia/Tokyo')).toEqual(new Date('2026-04-04T15:00:00Z'));
  expect(lastDayOf(endOfDays(sent, 14, 'Asia/Tokyo'))).toEqual(new Date('2026-04-04T14:59:59.999Z'));
});
