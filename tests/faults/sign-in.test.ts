import { afterAll, beforeAll, expect, test } from 'vitest';
import { createUser } from '../../src/platform/access/index.ts';
import { openTestHouse } from '../support/house.ts';
import type { TestHouse } from '../support/house.ts';

let house: TestHouse;
const email = 'ada@pumps.example';
const password = 'correct horse battery';
beforeAll(async () => {
  house = await openTestHouse();
  await createUser(house.cx, house.workspaceId, { name: 'Ada', email, password, roles: ['administrator', 'marketing'] });
});
afterAll(() => house.close());

const signIn = (from: string, given: { email?: string; password?: string } = {}) =>
  house.request(null, 'POST', '/v1/session', { email, password, ...given }, { 'x-forwarded-for': from });
const cookieOf = (answer: { headers: Record<string, unknown> }): string => String(answer.headers['set-cookie']).split(';')[0]!;

test('the cookie is out of reach of scripts and other sites, and only its hash is kept', async () => {
  const answer = await signIn('a');
  expect(answer.status).toBe(200);
  expect(String(answer.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Strict/);
  const me = await house.request(null, 'GET', '/v1/session', undefined, { cookie: cookieOf(answer) });
  expect(me.json).toMatchObject({ user: { name: 'Ada', roles: ['administrator', 'marketing'] }, workspace: { name: 'Test Pumps' } });
  expect(me.text).not.toContain('password');
});

test('a wrong password and an unknown address get the same sentence', async () => {
  const wrong = await signIn('b', { password: 'wrong password!' });
  const unknown = await signIn('b', { email: 'nobody@pumps.example' });
  expect(wrong.status).toBe(401);
  expect(wrong.json.detail).toBe(unknown.json.detail);
});

test('a change with the cookie alone, as another site would send it, is refused', async () => {
  const cookie = cookieOf(await signIn('c'));
  const forged = await house.request(null, 'PATCH', '/v1/workspace', { name: 'Stolen' }, { cookie });
  expect(forged.status).toBe(403);
  expect(forged.json.code).toBe('platform/cross-site');
  expect((await house.request(null, 'PATCH', '/v1/workspace', { name: 'Test Pumps' }, { cookie, 'x-baton': '1' })).status).toBe(200);
});

test('sessions end: by signing out, by ending the others, by disabling the user', async () => {
  const one = cookieOf(await signIn('d'));
  const two = cookieOf(await signIn('d'));
  const alive = async (cookie: string): Promise<number> => (await house.request(null, 'GET', '/v1/session', undefined, { cookie })).status;
  await house.request(null, 'POST', '/v1/session/end-others', {}, { cookie: two, 'x-baton': '1' });
  expect(await alive(one)).toBe(401);
  expect(await alive(two)).toBe(200);
  await house.request(null, 'DELETE', '/v1/session', undefined, { cookie: two, 'x-baton': '1' });
  expect(await alive(two)).toBe(401);

  const invited = await house.request('administrator', 'POST', '/v1/users', {
    email: 'ben@pumps.example',
    name: 'Ben',
    roles: ['finance'],
  });
  const token = new URL(invited.json.link as string).searchParams.get('token');
  const joined = await house.request(null, 'POST', '/v1/invitations/accept', { token, password: 'another long password' });
  const ben = cookieOf(joined);
  expect(await alive(ben)).toBe(200);
  expect((await house.request(null, 'POST', '/v1/invitations/accept', { token, password: 'another long password' })).status).toBe(403); // works once
  expect((await house.request(null, 'GET', '/v1/tokens', undefined, { cookie: ben })).status).toBe(403);
  await house.request('administrator', 'PATCH', `/v1/users/${invited.json.user.id as string}`, { status: 'disabled' });
  expect(await alive(ben)).toBe(401);
});

test('the last administrator cannot lock everybody out', async () => {
  const users = await house.request('administrator', 'GET', '/v1/users');
  const ada = (users.json.items as { id: string; email: string }[]).find((u) => u.email === email)!;
  const answer = await house.request('administrator', 'PATCH', `/v1/users/${ada.id}`, { roles: ['marketing'] });
  expect(answer.status).toBe(409);
});

test('trying passwords is slowed down', async () => {
  let last = 0;
  for (let i = 0; i < 15; i++) last = (await signIn('e', { password: `guess number ${i}` })).status;
  expect(last).toBe(429);
});

test('pages carry a policy without inline script, and nobody may frame them', async () => {
  const answer = await house.request(null, 'GET', '/healthz');
  const policy = String(answer.headers['content-security-policy']);
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  expect(policy).toContain("frame-ancestors 'none'");
});

test('the set-up link works once and only with its token', async () => {
  expect((await house.request(null, 'GET', '/v1/setup')).json).toEqual({ needed: false, ready: false });
  const body = {
    token: 'x',
    company: 'Evil',
    currency: 'EUR',
    timeZone: 'UTC',
    name: 'Eve',
    email: 'eve@evil.example',
    password: 'long enough pass',
    start: 'empty',
  };
  expect((await house.request(null, 'POST', '/v1/setup', body)).status).toBe(409);
});

test('a company lives in a time zone and a language that exist', async () => {
  const change = (body: object) => house.request('administrator', 'PATCH', '/v1/workspace', body);
  for (const [body, code] of [[{ timeZone: 'Mars/Base' }, 'platform/time-zone'], [{ locale: 'en-US@posix' }, 'platform/locale']] as const) {
    const { status, json } = await change(body);
    expect([status, json.code]).toEqual([422, code]);
  }
  expect((await change({ timeZone: 'Asia/Calcutta', locale: 'de-CH' })).json).toMatchObject({ timeZone: 'Asia/Calcutta', locale: 'de-CH' });
});
