import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse } from '../../../tests/support/house.ts';
import type { TestHouse } from '../../../tests/support/house.ts';
import { addHolder } from '../../distribute/index.ts';

let house: TestHouse;
let north: string;
let south: string;
beforeAll(async () => {
  house = await openTestHouse({ at: '2026-03-02T09:00:00Z' });
  [north, south] = (await house.write(async (tx) => [
    await addHolder(tx, house.cx, { name: 'Northline', kind: 'partner', email: 'leads@northline.example' }),
    await addHolder(tx, house.cx, { name: 'Southline', kind: 'partner', email: 'leads@southline.example' }),
  ])) as [string, string];
});
afterAll(() => house.close());

const as = (holderId: string) => ({ role: 'partner', holderId }) as const;
const team = async (holderId: string) => (await house.request(as(holderId), 'GET', '/v1/team')).json.items as { id: string; name: string; status: string; you: boolean }[];
const linkIn = (text: string): string => /invitation\?token=(\S+)/.exec(text)![1]!;

test('a partner invites a colleague by mail, who sees its company’s leads only, and is shut out and let in again', async () => {
  expect(await team(north)).toMatchObject([{ you: true, status: 'active' }]);
  const made = await house.request(as(north), 'POST', '/v1/team', { name: 'Ole Berg', email: 'ole@northline.example' });
  expect(made.json).toMatchObject({ name: 'Ole Berg', status: 'invited', you: false });
  // Who invites never has the link: it goes to the address.
  expect(made.text).not.toContain('token');
  const invited = (await house.mails()).filter(({ kind }) => kind === 'invitation');
  expect(invited.map(({ toAddress }) => toAddress)).toEqual(['ole@northline.example']);
  expect((await house.request(as(north), 'POST', `/v1/team/${made.json.id}/invitation`)).status).toBe(200);
  const latest = (await house.mails()).filter(({ kind }) => kind === 'invitation').at(-1)!;
  const accept = (text: string) => house.request(null, 'POST', '/v1/invitations/accept', { token: linkIn(text), password: 'correct horse battery' });
  expect((await accept(invited[0]!.textBody)).status).toBe(403);
  const joined = await accept(latest.textBody);
  expect(joined.json.session.user).toMatchObject({ name: 'Ole Berg', roles: ['partner'] });
  expect((await team(north)).map(({ name, status }) => `${name} ${status}`)).toContain('Ole Berg active');
  expect((await house.request(as(north), 'POST', `/v1/team/${made.json.id}/invitation`)).status).toBe(409);

  const put = (of: string, id: string, status: string) => house.request(as(of), 'PATCH', `/v1/team/${id}`, { status });
  const cookie = (joined.headers['set-cookie'] as string).split(';')[0]!;
  const ole = () => house.request(null, 'GET', '/v1/team', undefined, { cookie, 'x-baton': '1' });
  expect((await ole()).json.items).toHaveLength(2);
  expect((await put(north, made.json.id, 'disabled')).json.status).toBe('disabled');
  expect((await ole()).status).toBe(401);
  expect((await put(north, made.json.id, 'active')).json.status).toBe('active');
  // Their company goes on with its leads all the while.
  await house.scan();
  expect((await house.request('marketing', 'GET', `/v1/holders/${north}`)).json.active).toBe(true);
});

test('nobody reaches into another company, up, or at themselves', async () => {
  const [theirs] = await team(south);
  for (const [method, path, body] of [['PATCH', `/v1/team/${theirs!.id}`, { status: 'disabled' }], ['POST', `/v1/team/${theirs!.id}/invitation`, undefined]] as const)
    expect((await house.request(as(north), method, path, body)).status).toBe(404);
  expect((await team(south)).map(({ status }) => status)).toEqual(['active']);
  const mine = (await team(north)).find(({ you }) => you)!;
  expect((await house.request(as(north), 'PATCH', `/v1/team/${mine.id}`, { status: 'disabled' })).json).toMatchObject({ code: 'platform/yourself' });
  // The same address twice, a role that was smuggled in, a token of the partner's own.
  expect((await house.request(as(south), 'POST', '/v1/team', { name: 'Ole', email: 'OLE@northline.example' })).status).toBe(409);
  const smuggled = await house.request(as(south), 'POST', '/v1/team', { name: 'Eve', email: 'eve@southline.example', roles: ['administrator'], holderId: north });
  if (smuggled.status === 200) {
    const [eve] = (await house.request('administrator', 'GET', '/v1/users')).json.items.filter(({ name }: { name: string }) => name === 'Eve');
    expect(eve).toMatchObject({ roles: ['partner'], holderId: south });
  }
  const { token } = (await house.request(as(south), 'POST', '/v1/tokens', { name: 'our system', roles: ['partner'] })).json;
  expect((await house.request(null, 'POST', '/v1/team', { name: 'Bot', email: 'bot@southline.example' }, { authorization: `Bearer ${token}` })).json).toMatchObject({ code: 'platform/in-person' });
  for (const role of ['rep', 'sales_manager', 'management'] as const) expect((await house.request(role, 'GET', '/v1/team')).status).toBe(403);
});

test('a partner whose first user is shut out keeps its leads: it answers by mail as well', async () => {
  const [first] = await team(south);
  await house.request('administrator', 'PATCH', `/v1/holders/${south}`, { userId: first!.id });
  await house.request('administrator', 'PATCH', `/v1/users/${first!.id}`, { status: 'disabled' });
  await house.scan();
  expect((await house.request('marketing', 'GET', `/v1/holders/${south}`)).json.active).toBe(true);
});
