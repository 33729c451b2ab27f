import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse } from '../../../tests/support/house.ts';
import type { TestHouse } from '../../../tests/support/house.ts';
import { plantLeads } from '../../../tests/support/leads.ts';
import { addHolder, changeTerritory, handTo } from '../../distribute/index.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/db/index.ts';
import { forgetOld } from './forget-old.ts';
import { sendWebhooks } from './send-webhooks.ts';

interface Got {
  headers: IncomingHttpHeaders;
  text: string;
  // eslint-disable-next-line typescript/no-explicit-any
  json: any;
}
type Reply = { status: number; headers?: Record<string, string>; text?: string } | 'never' | 'hang up';

let house: TestHouse;
let north: string;
let south: string;
let server: Server;
let url: string;
let got: Got[] = [];
let reply: (got: Got) => Reply = () => ({ status: 200 });

beforeAll(async () => {
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (part) => (text += part));
    request.on('end', () => {
      const one = { headers: request.headers, text, json: JSON.parse(text) };
      got.push(one);
      const answer = reply(one);
      if (answer === 'hang up') return request.socket.destroy();
      if (answer === 'never') return undefined;
      return response.writeHead(answer.status, answer.headers).end(answer.text ?? '');
    });
  });
  await new Promise<void>((go) => server.listen(0, '127.0.0.1', go));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  house = await openTestHouse({ config: { privateHosts: ['127.0.0.1'] } });
  const partner = (name: string) => house.write((tx) => addHolder(tx, house.cx, { name, kind: 'partner', email: `${name.toLowerCase()}@partner.example` }));
  [north, south] = [await partner('Northline'), await partner('Southline')];
  for (const [name, holderId, country] of [['North', north, 'SE'], ['South', south, 'ES']] as const)
    await house.write((tx) => changeTerritory(tx, house.cx, null, { name, rules: { countries: [country] }, holders: [{ holderId, weight: 1 }] }));
});
afterAll(async () => {
  await house.close();
  server.closeAllConnections();
  server.close();
});
afterEach(async () => {
  for (const { id } of (await house.request('administrator', 'GET', '/v1/webhooks')).json.items) await house.request('administrator', 'DELETE', `/v1/webhooks/${id}`);
  got = [];
  reply = () => ({ status: 200 });
});

const asNorth = () => ({ role: 'partner', holderId: north }) as const;
const everything = ['lead.assigned', 'lead.accepted', 'lead.passedOn', 'lead.judged', 'lead.followedUp', 'lead.closed', 'lead.changed', 'lead.erased'];
const make = async (as: 'administrator' | ReturnType<typeof asNorth>, more: object = {}): Promise<{ id: string; secret: string }> => {
  const made = await house.request(as, 'POST', '/v1/webhooks', { name: 'ERP', url, events: everything.filter((event) => as !== 'administrator' || event !== 'lead.passedOn'), ...more });
  expect(made.status, made.text).toBe(200);
  return made.json;
};
const plant = async (country: string, name: string) => {
  const [lead] = await plantLeads(house, [{ country, name }]);
  await house.drain();
  return lead!;
};
const types = () => got.map(({ json }) => json.type as string);
const deliveries = async (id: string, state = '') => (await house.request('administrator', 'GET', `/v1/webhooks/${id}/deliveries${state && `?state=${state}`}`)).json.items as { id: string; state: string; attempts: number; status: number; answer: string; event: string; messageId: string }[];
const send = async () => {
  while ((await sendWebhooks(house.cx, house.scope)) > 0);
};

describe('a partner’s webhook', () => {
  test('is told of its own leads, signed, with what it may read', async () => {
    const { id, secret } = await make(asNorth());
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    await plant('ES', 'Ines Prado');
    const lead = await plant('SE', 'Astrid Lund');
    await send();
    expect(types()).toEqual(['lead.assigned']);
    const [one] = got;
    expect(one!.json.data).toMatchObject({ leadId: lead.leadId, lead: { id: lead.leadId, standing: 'offered', person: { name: 'Astrid Lund' } } });
    const { 'webhook-id': messageId, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = one!.headers as Record<string, string>;
    const expected = createHmac('sha256', Buffer.from(secret.slice(6), 'base64')).update(`${messageId}.${timestamp}.${one!.text}`).digest('base64');
    expect(signature).toBe(`v1,${expected}`);
    expect(Number(timestamp)).toBe(house.clock.now().getTime() / 1000);
    expect(await deliveries(id)).toMatchObject([{ event: 'lead.assigned', state: 'delivered', status: 200, attempts: 1, messageId }]);
    // The secret is nowhere to be read again, nor in the database as it is.
    expect((await house.request('administrator', 'GET', '/v1/webhooks')).text).not.toContain(secret);
    const [kept] = await house.rows<{ n: number }>(sql`select position(${Buffer.from(secret)}::bytea in secret) as n from followup.webhook where id = ${id}`);
    expect(kept!.n).toBe(0);
  });

  test('hears what was not done in time, and when a lead rests and goes on', async () => {
    await make(asNorth(), { events: ['lead.overdue', 'lead.paused', 'lead.resumed'] });
    const { leadId } = await plant('SE', 'Rune Moe');
    const rested = await house.request(asNorth(), 'POST', `/v1/leads/${leadId}/pause`, { until: new Date(house.clock.now().getTime() + 86_400_000).toISOString(), reason: 'Back tomorrow' });
    expect(rested.status, rested.text).toBe(200);
    await house.drain();
    await send();
    expect(got.at(-1)!.json).toMatchObject({ type: 'lead.paused', data: { leadId, detail: { reason: 'Back tomorrow' }, lead: { standing: 'working', restsUntil: expect.any(String) } } });
    await house.request(asNorth(), 'DELETE', `/v1/leads/${leadId}/pause`);
    await house.drain();
    await send();
    expect(got.at(-1)!.json).toMatchObject({ type: 'lead.resumed', data: { detail: { early: true }, lead: { restsUntil: null } } });
    const [{ dueAt }] = (await house.rows<{ dueAt: Date }>(sql`select follow_by as due_at from distribute.assignment where lead_id = ${leadId} and ended_at is null`)) as [{ dueAt: Date }];
    house.clock.set(new Date(dueAt.getTime() + 60_000));
    await house.scan();
    await house.drain();
    await send();
    // By then it has passed on: what was broken is told, the lead is not.
    expect(got.filter(({ json }) => json.type === 'lead.overdue' && json.data.leadId === leadId).map(({ json }) => json)).toMatchObject([{ timestamp: dueAt.toISOString(), data: { detail: { clock: 'contact' } } }]);
  });

  test('hears that a lead went to somebody else, and nothing more of it', async () => {
    await make(asNorth());
    const { leadId } = await plant('SE', 'Sven Ek');
    await house.write((tx) => handTo(tx, house.cx, [leadId], { holderId: south }, { why: 'redirect', at: house.clock.now() }));
    await house.drain();
    await house.request({ role: 'partner', holderId: south }, 'POST', `/v1/leads/${leadId}/verdict`, { verdict: 'bad', reason: 'A secret of Southline' });
    await house.drain();
    await send();
    // By the time it is sent the lead is not theirs: also what happened before comes without the person.
    expect(types()).toEqual(['lead.assigned', 'lead.passedOn']);
    expect(got.map(({ json }) => json.data.lead.standing)).toEqual(['passed_on', 'passed_on']);
    expect(got.map(({ text }) => text).join('')).not.toMatch(/Sven|secret|Southline/);
  });

  test('is nobody else’s to see or touch', async () => {
    const { id } = await make(asNorth());
    const other = { role: 'partner', holderId: south } as const;
    expect((await house.request(other, 'GET', '/v1/webhooks')).json.items).toEqual([]);
    for (const [method, path, body] of [['PATCH', '', { name: 'x' }], ['DELETE', '', undefined], ['POST', '/secret', {}], ['POST', '/ping', {}], ['GET', '/deliveries', undefined]] as const)
      expect((await house.request(other, method, `/v1/webhooks/${id}${path}`, body)).status, path).toBe(404);
    await plant('SE', 'Ulla Dahl');
    await send();
    const [mine] = await deliveries(id);
    expect((await house.request(other, 'POST', `/v1/webhook-deliveries/${mine!.id}/resend`, {})).status).toBe(404);
    for (const role of ['marketing', 'rep', 'sales_manager'] as const) expect((await house.request(role, 'GET', '/v1/webhooks')).status, role).toBe(403);
    // A partner's choice ends where the company's begins, and its token makes none.
    expect((await house.request(other, 'POST', '/v1/webhooks', { name: 'x', url, events: ['lead.unplaced'] })).status).toBe(422);
    expect((await house.request(other, 'POST', '/v1/webhooks', { name: 'x', url, events: ['lead.judged'], holderId: north })).status).toBe(403);
    const { token } = (await house.request(other, 'POST', '/v1/tokens', { name: 'x', roles: ['partner'] })).json;
    expect((await house.request(null, 'POST', '/v1/webhooks', { name: 'x', url, events: ['lead.judged'] }, { authorization: `Bearer ${token}` })).status).toBe(403);
  });
});

describe('the company’s webhook', () => {
  test('is told of all leads, with who has them', async () => {
    await make('administrator', { events: ['lead.assigned', 'lead.qualified'] });
    await plant('SE', 'Astrid Lund');
    await plant('ES', 'Ines Prado');
    await send();
    expect(types().toSorted()).toEqual(['lead.assigned', 'lead.assigned', 'lead.qualified', 'lead.qualified']);
    expect(got.filter(({ json }) => json.type === 'lead.assigned').map(({ json }) => json.data.lead.holder.name).toSorted()).toEqual(['Northline', 'Southline']);
  });
});

describe('addresses', () => {
  test.each(['http://10.0.0.1/x', 'https://192.168.1.1/', 'http://example.com/x', 'https://user:key@example.com/', 'ftp://x', 'nonsense', 'https://[::1]/'])('%s is refused', async (bad) => {
    const made = await house.request('administrator', 'POST', '/v1/webhooks', { name: 'x', url: bad, events: ['lead.judged'] });
    expect([made.status, made.json.code]).toEqual([422, 'followup/webhook-address']);
  });

  test('a redirect is not followed, and an answer is read as far as it is needed', async () => {
    const { id } = await make('administrator');
    reply = () => ({ status: 302, headers: { location: `${url}/elsewhere` }, text: 'x'.repeat(2_000_000) });
    const ping = (await house.request('administrator', 'POST', `/v1/webhooks/${id}/ping`, {})).json;
    expect(ping).toMatchObject({ event: 'ping', state: 'failed', status: 302, answer: 'x'.repeat(500), leadId: null });
    expect(got).toHaveLength(1);
    reply = () => ({ status: 204 });
    expect((await house.request('administrator', 'POST', `/v1/webhooks/${id}/ping`, {})).json).toMatchObject({ state: 'delivered', status: 204, answer: null });
    reply = () => 'hang up';
    expect((await house.request('administrator', 'POST', `/v1/webhooks/${id}/ping`, {})).json).toMatchObject({ state: 'failed', status: null, answer: expect.stringMatching(/^No connection/) });
    // A test that fails is no failure of the webhook.
    expect((await house.request('administrator', 'GET', '/v1/webhooks')).json.items).toMatchObject([{ state: 'on', failingSince: null }]);
  });
});

describe('what does not arrive', () => {
  test('is sent again under its id, in order of each lead, and one success lets everything through', async () => {
    const { id } = await make('administrator', { events: ['lead.assigned', 'lead.accepted', 'lead.followedUp'] });
    reply = () => ({ status: 500, text: 'We are down' });
    const [first, second] = [await plant('SE', 'Astrid Lund'), await plant('ES', 'Ines Prado')];
    await house.request('sales_manager', 'POST', `/v1/leads/${first.leadId}/activities`, { kind: 'call' });
    await house.drain();
    await send();
    // One round finds out that nobody is there; while it is so, one call at a time.
    const tried = got.length;
    expect(new Set(types())).toEqual(new Set(['lead.assigned']));
    expect(tried).toBe(2);
    expect((await deliveries(id)).filter(({ attempts }) => attempts > 0)).toMatchObject([{ status: 500, answer: 'We are down' }, { status: 500, answer: 'We are down' }]);
    await send();
    expect(got).toHaveLength(tried);
    house.clock.advance(6000);
    await send();
    expect(got).toHaveLength(tried + 1);

    reply = () => ({ status: 200 });
    house.clock.advance(600_000);
    await send();
    const of = (leadId: string) => got.filter(({ json }) => json.data.leadId === leadId);
    const inOrder = of(first.leadId).map(({ json }) => json.type as string);
    expect([...new Set(inOrder)]).toEqual(['lead.assigned', 'lead.accepted', 'lead.followedUp']);
    const again = of(second.leadId);
    expect(new Set(again.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect((await deliveries(id, 'waiting'))).toEqual([]);
    expect((await house.request('administrator', 'GET', '/v1/webhooks')).json.items).toMatchObject([{ state: 'on', failingSince: null, waiting: 0, failed: 0 }]);
  });

  test('one lead that is refused does not hold up the others, only its own later messages', async () => {
    const { id } = await make('administrator', { events: ['lead.assigned', 'lead.followedUp'] });
    const bad = await plant('SE', 'Refused Always');
    const good = await plant('ES', 'Ines Prado');
    reply = ({ json }) => ({ status: json.data.leadId === bad.leadId ? 422 : 200 });
    for (const { leadId } of [bad, good]) await house.request('sales_manager', 'POST', `/v1/leads/${leadId}/activities`, { kind: 'call' });
    await house.drain();
    await send();
    expect(got.filter(({ json }) => json.data.leadId === bad.leadId).map(({ json }) => json.type)).toEqual(['lead.assigned']);
    expect(got.filter(({ json }) => json.data.leadId === good.leadId).map(({ json }) => json.type)).toEqual(['lead.assigned', 'lead.followedUp']);
    expect((await deliveries(id, 'waiting')).map(({ event }) => event).toSorted()).toEqual(['lead.assigned', 'lead.followedUp']);
  });

  test('a crash between the call and its note: the same message once more, and nothing lost', async () => {
    const { id } = await make('administrator', { events: ['lead.assigned'] });
    await plant('SE', 'Astrid Lund');
    let writes = 0;
    // Dies after the call: the second write, which notes the answer, never comes.
    const dying: Context = { ...house.cx, db: { ...house.cx.db, write: (scope, work) => (++writes > 1 ? Promise.reject(new Error('killed')) : house.cx.db.write(scope, work)) } };
    await expect(sendWebhooks(dying, house.scope)).rejects.toThrow('killed');
    expect(got).toHaveLength(1);
    await send();
    expect(got).toHaveLength(1); // nobody else takes it while the dead one may be alive
    await house.write((tx) => tx.run(sql`update followup.webhook_delivery set leased_until = now() - interval '1 second'`));
    await send();
    expect(got).toHaveLength(2);
    expect(got[0]!.headers['webhook-id']).toBe(got[1]!.headers['webhook-id']);
    expect(await deliveries(id)).toMatchObject([{ state: 'delivered', attempts: 1 }]);
  });

  test('two senders at once send each message once', async () => {
    await make('administrator', { events: ['lead.assigned'] });
    await plantLeads(house, Array.from({ length: 12 }, (_, i) => ({ country: 'SE', name: `Many ${i}` })));
    await house.drain();
    await Promise.all([send(), send(), send()]);
    expect(new Set(got.map(({ headers }) => headers['webhook-id'])).size).toBe(12);
    expect(got).toHaveLength(12);
  });

  test('after two days it rests and its maker is told; turned on again, all that waited is delivered', async () => {
    const { id } = await make(asNorth());
    reply = () => ({ status: 503 });
    const { leadId } = await plant('SE', 'Astrid Lund');
    for (let hours = 0; hours < 60; hours++) {
      await send();
      house.clock.advance(3_600_000);
    }
    const [rests] = (await house.request(asNorth(), 'GET', '/v1/webhooks')).json.items;
    expect(rests).toMatchObject({ state: 'paused', pausedWhy: 'Nothing could be delivered for two days.' });
    const mails = (await house.mails()).filter(({ kind }) => kind === 'webhook.paused');
    expect(mails).toMatchObject([{ toAddress: expect.stringMatching(/^partner\./), subject: '“ERP” is paused: your system does not answer' }]);
    const calls = got.length;
    expect((await house.request(asNorth(), 'POST', `/v1/leads/${leadId}/activities`, { kind: 'call' })).status).toBe(200);
    await house.drain();
    house.clock.advance(3_600_000);
    await send();
    expect(got).toHaveLength(calls);
    reply = () => ({ status: 200 });
    expect((await house.request(asNorth(), 'PATCH', `/v1/webhooks/${id}`, { state: 'on' })).status).toBe(204);
    await send();
    expect(types().slice(calls)).toContain('lead.followedUp');
    expect(await deliveries(id, 'waiting')).toEqual([]);
  });

  test('gone for good (410) rests at once; what was sent can be sent again under its id', async () => {
    const { id } = await make('administrator', { events: ['lead.assigned'] });
    reply = () => ({ status: 410 });
    await plant('SE', 'Astrid Lund');
    await send();
    expect((await house.request('administrator', 'GET', '/v1/webhooks')).json.items).toMatchObject([{ state: 'paused', pausedWhy: expect.stringMatching(/410/) }]);
    reply = () => ({ status: 200 });
    await house.request('administrator', 'PATCH', `/v1/webhooks/${id}`, { state: 'on' });
    await send();
    const [one] = await deliveries(id);
    const sent = got.length;
    expect((await house.request('administrator', 'POST', `/v1/webhook-deliveries/${one!.id}/resend`, {})).json).toMatchObject({ state: 'delivered', messageId: one!.messageId });
    expect(got).toHaveLength(sent + 1);
    expect(got.at(-1)!.headers['webhook-id']).toBe(one!.messageId);
  });
});

describe('the secret', () => {
  test('is changed without missing anything: for a day both sign', async () => {
    const { id, secret } = await make('administrator');
    const renewed = (await house.request('administrator', 'POST', `/v1/webhooks/${id}/secret`, {})).json.secret as string;
    expect(renewed).not.toBe(secret);
    const signatures = async () => {
      await house.request('administrator', 'POST', `/v1/webhooks/${id}/ping`, {});
      const { headers, text } = got.at(-1)!;
      const by = (key: string) => `v1,${createHmac('sha256', Buffer.from(key.slice(6), 'base64')).update([headers['webhook-id'], headers['webhook-timestamp'], text].join('.')).digest('base64')}`;
      return { sent: headers['webhook-signature'], by };
    };
    const day = await signatures();
    expect(day.sent).toBe(`${day.by(renewed)} ${day.by(secret)}`);
    house.clock.advance(25 * 3_600_000);
    const after = await signatures();
    expect(after.sent).toBe(after.by(renewed));
  });
});

describe('somebody who is erased', () => {
  test('goes out without a word, and what receivers answered goes', async () => {
    const { id } = await make(asNorth());
    const lead = await plant('SE', 'Gone Soon');
    reply = () => ({ status: 200, text: 'Kept Gone Soon' });
    await send();
    expect(await deliveries(id)).toMatchObject([{ answer: 'Kept Gone Soon' }]);
    reply = () => ({ status: 200 });
    const calls = got.length;
    expect((await house.request('administrator', 'POST', `/v1/people/${lead.personId}/erasure`, { name: 'Gone Soon', remembers: false })).status).toBe(200);
    await house.runJobs();
    await house.drain();
    await send();
    expect(types().slice(calls)).toContain('lead.erased');
    expect(got.slice(calls).map(({ text }) => text).join('')).not.toContain('Gone');
    expect(JSON.stringify(await deliveries(id))).not.toContain('Gone');
  });
});

test('what was sent is kept for thirty days and then let go', async () => {
  const count = async (): Promise<number> => (await house.rows<{ n: number }>(sql`select count(*)::int as n from followup.webhook_delivery`))[0]!.n;
  await house.write((tx) => tx.run(sql`update followup.webhook_delivery set created_at = ${house.clock.now()}`));
  const before = await count();
  expect(before).toBeGreaterThan(0);
  house.clock.advance(29 * 86_400_000);
  await forgetOld(house.cx, house.scope);
  expect(await count()).toBe(before);
  house.clock.advance(2 * 86_400_000);
  await forgetOld(house.cx, house.scope);
  expect(await count()).toBe(0);
});
