import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../../../tests/support/house.ts';
import { sql } from '../../platform/db/index.ts';
import { NoAnswer, postJson } from '../../platform/outbound/call-out.ts';

interface Asked {
  path: string;
  key: string | undefined;
  items: { key: string; who: { name: string | null; city: string | null }; fields: string[] }[];
}
type Reply = (asked: Asked, call: number) => { status?: number; headers?: Record<string, string>; body: unknown };

let house: TestHouse;
let server: Server;
let base: string;
const calls: Asked[] = [];
const replies = new Map<string, Reply>();
const ask = (method: string, url: string, body?: unknown, role: 'marketing' | 'rep' = 'marketing') => house.request(role, method, url, body);
const ids = new Map<string, string>();

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += String(part);
  return text;
}
beforeAll(async () => {
  house = await openTestHouse();
  server = createServer((request, response) => {
    void bodyOf(request).then((text) => {
      const asked = { path: request.url!, key: request.headers['x-api-key'] as string | undefined, items: (JSON.parse(text) as { items: Asked['items'] }).items };
      calls.push(asked);
      const { status = 200, headers = {}, body } = replies.get(asked.path)!(asked, calls.filter(({ path }) => path === asked.path).length);
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  house.cx.config.privateHosts.push('127.0.0.1');
  for (const [name, city] of [['Acme Pumpen AG', 'Bern'], ['Brunner Ventile GmbH', 'Basel'], ['Caspar Rohre AG', 'Genf']])
    await ask('POST', '/v1/inquiries', { email: `kim@${name!.split(' ')[0]!.toLowerCase()}.example`, fullName: 'Kim Berger', organization: name, city, country: 'CH' });
  await house.drain();
  for (const { id, name } of await house.rows<{ id: string; name: string }>(sql`select id, name from identity.organization`)) ids.set(name.split(' ')[0]!, id);
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await house.close();
});
beforeEach(() => void (calls.length = 0));

const provider = async (name: string, more: object = {}, service: object = {}): Promise<string> => {
  const answer = await ask('POST', '/v1/append/providers', {
    name,
    service: { url: `${base}/${name}`, header: 'X-Api-Key', fields: { person: [], organization: ['employees', 'naics'] }, batch: 2, ...service },
    ...more,
  });
  expect(answer.status, answer.text).toBe(200);
  return answer.json.id;
};
const said = (values: Record<string, object>): Reply => ({ items }) => ({ body: { items: items.flatMap(({ key, who }) => (values[who.name!.split(' ')[0]!] ? [{ key, values: values[who.name!.split(' ')[0]!] }] : [])).reverse() } });
const go = async (fields = ['employees', 'naics']): Promise<void> => {
  const answer = await ask('POST', '/v1/append/services', { kind: 'organization', fields });
  expect(answer.status, answer.text).toBe(200);
  await house.runJobs();
};
const page = async (name: string) => (await ask('GET', `/v1/organizations/${ids.get(name)}`)).json as { employees: number | null; naics: string | null };
const of = async (name: string) => ((await ask('GET', '/v1/append/providers')).json.items as { name: string; costMinor: number; usable: number; problem: string | null; restsUntil: string | null; spentThisMonthMinor: number; hasSecret: boolean }[]).find((one) => one.name === name)!;
const retire = (name: string) => ask('PATCH', `/v1/append/providers/${providerIds.get(name)}`, { service: null });
const providerIds = new Map<string, string>();
const made = async (name: string, more?: object, service?: object): Promise<void> => void providerIds.set(name, await provider(name, more, service));
const undoAll = async (): Promise<void> => {
  for (const run of (await ask('GET', '/v1/append/runs')).json.items as { id: string; undoneAt: string | null }[]) if (run.undoneAt === null) await ask('POST', `/v1/append/runs/${run.id}/undo`, { changedSince: 'overwrite' });
};

describe('services asked over HTTP', () => {
  it('are asked in their order, each for what is still open, and the same question only once', async () => {
    replies.set('/first', said({ Acme: { employees: 100, naics: '333914', phone: '061 5' }, Brunner: { employees: 'lots' } }));
    replies.set('/second', said({ Acme: { employees: 5 }, Brunner: { employees: 60, naics: '332911' }, Caspar: { naics: '331210' } }));
    await made('second', { position: 2, priceThousandMinor: 10_000 });
    await made('first', { position: 1, priceThousandMinor: 20_000, secret: 'let me in' });
    await go();
    expect(calls.map(({ path, items }) => `${path} ${items.length}`).toSorted()).toEqual(['/first 1', '/first 2', '/second 1', '/second 1']);
    expect(calls.filter(({ path }) => path === '/first').every(({ key }) => key === 'let me in')).toBe(true);
    expect(calls.filter(({ path }) => path === '/second').every(({ key }) => key === undefined)).toBe(true);
    // Acme was answered by the first; of nobody is an id, a mail address or a number told.
    expect(calls.filter(({ path }) => path === '/second').flatMap(({ items }) => items.map(({ who }) => who.name)).toSorted()).toEqual(['Brunner Ventile GmbH', 'Caspar Rohre AG']);
    expect(JSON.stringify(calls)).not.toMatch(new RegExp(`@|${[...ids.values()].join('|')}`));
    expect(await page('Acme')).toMatchObject({ employees: 100, naics: '333914', phone: null });
    expect(await page('Brunner')).toMatchObject({ employees: 60, naics: '332911' });
    expect(await page('Caspar')).toMatchObject({ employees: null, naics: '331210' });
    expect(await of('first')).toMatchObject({ costMinor: 40, usable: 2, hasSecret: true });
    expect(await of('second')).toMatchObject({ costMinor: 20, usable: 3 });
    expect((await ask('GET', '/v1/append/providers')).text).not.toContain('let me in');
    expect(JSON.stringify(await house.rows(sql`select secret::text, service from identity.append_provider`))).not.toContain(Buffer.from('let me in').toString('hex'));

    // Taken back, and asked again: what was answered is known without asking, and costs nothing.
    await undoAll();
    expect(await page('Acme')).toMatchObject({ employees: null, naics: null });
    calls.length = 0;
    await go();
    expect(calls).toEqual([]);
    expect(await page('Acme')).toMatchObject({ employees: 100, naics: '333914' });
    expect(await of('first')).toMatchObject({ costMinor: 40 });
    await undoAll();
    for (const name of ['first', 'second']) await retire(name);
  });

  it('stop where the budget of the month ends, with a sentence', async () => {
    replies.set('/dear', said({ Acme: { employees: 1 }, Brunner: { employees: 2 }, Caspar: { employees: 3 } }));
    await made('dear', { priceThousandMinor: 100_000, budgetMinor: 250 });
    await go(['employees']);
    expect(calls.map(({ items }) => items.length)).toEqual([2]);
    expect(await of('dear')).toMatchObject({ spentThisMonthMinor: 200, problem: expect.stringContaining('used up: 2.00 of 2.50') });
    house.clock.advance(32 * 86_400_000);
    await go(['employees']);
    expect(calls.map(({ items }) => items.length)).toEqual([2, 1]);
    expect(await of('dear')).toMatchObject({ spentThisMonthMinor: 100, costMinor: 300, problem: null });
    await undoAll();
    await retire('dear');
  });

  it('are asked again where they cannot answer for a moment, and left alone where they cannot for long', async () => {
    const good = said({ Acme: { employees: 1 }, Brunner: { employees: 2 }, Caspar: { employees: 3 } });
    replies.set('/busy', (asked, call) => (call === 1 ? { status: 429, headers: { 'retry-after': '0' }, body: '' } : call === 2 ? { body: '<html>' } : good(asked, call)));
    await made('busy', {}, { batch: 3 });
    await go(['employees']);
    expect(calls).toHaveLength(3);
    expect(await page('Caspar')).toMatchObject({ employees: 3 });
    expect(await of('busy')).toMatchObject({ problem: null, restsUntil: null });
    await undoAll();
    await retire('busy');

    calls.length = 0;
    replies.set('/gone', () => ({ status: 503, headers: { 'retry-after': '3600' }, body: '' }));
    await made('gone', {}, { batch: 1 });
    await go(['employees']);
    expect(calls).toHaveLength(1);
    expect(await of('gone')).toMatchObject({ problem: expect.stringContaining('(503)'), restsUntil: new Date(house.clock.now().getTime() + 3_600_000).toISOString() });
    await go(['employees']);
    expect(calls).toHaveLength(1);
    await retire('gone');

    calls.length = 0;
    replies.set('/ill', () => ({ status: 500, body: '' }));
    await made('ill', {}, { batch: 1 });
    await go(['employees']);
    // Three questions without an answer, each tried three times, and it is left alone; after a while it gets another chance.
    expect(calls).toHaveLength(9);
    expect((await of('ill')).restsUntil).toEqual(expect.any(String));
    await go(['employees']);
    expect(calls).toHaveLength(9);
    replies.set('/ill', good);
    house.clock.advance(16 * 60_000);
    await go(['employees']);
    expect(await of('ill')).toMatchObject({ problem: null, restsUntil: null, usable: 3 });
    await undoAll();
    await retire('ill');

    calls.length = 0;
    replies.set('/shut', () => ({ status: 401, body: '' }));
    replies.set('/elsewhere', () => ({ status: 302, headers: { location: `${base}/shut` }, body: '' }));
    await made('elsewhere', { position: 1 }, { batch: 1 });
    await made('shut', { position: 2 }, { batch: 1 });
    await go(['employees']);
    expect(calls.map(({ path }) => path)).toEqual(['/elsewhere', '/shut']);
    expect((await of('elsewhere')).problem).toContain('redirects are not followed');
    expect((await of('shut')).problem).toContain('does not take the key');
    for (const name of ['elsewhere', 'shut']) await retire(name);
  });

  it('never write over what a person said', async () => {
    replies.set('/eager', said({ Acme: { employees: 9 }, Brunner: { employees: 9 }, Caspar: { employees: 9 } }));
    await made('eager', {}, { batch: 10 });
    expect((await ask('PATCH', `/v1/organizations/${ids.get('Acme')}`, { employees: 7 }, 'rep')).status).toBe(200);
    await go(['employees']);
    expect(calls[0]!.items).toHaveLength(2);
    expect(await page('Acme')).toMatchObject({ employees: 7 });
    const run = ((await ask('GET', '/v1/append/runs')).json.items as { id: string; provider: string; way: string }[])[0]!;
    expect(run).toMatchObject({ provider: 'eager', way: 'service' });
    expect((await ask('PATCH', `/v1/organizations/${ids.get('Brunner')}`, { employees: 8 }, 'rep')).status).toBe(200);
    expect((await ask('POST', `/v1/append/runs/${run.id}/undo`)).status).toBe(409);
    expect((await ask('POST', `/v1/append/runs/${run.id}/undo`, { changedSince: 'keep' })).json.undoneAt).toEqual(expect.any(String));
    expect([await page('Brunner'), await page('Caspar')]).toMatchObject([{ employees: 8 }, { employees: null }]);
    expect((await ask('POST', `/v1/append/runs/${run.id}/undo`)).status).toBe(409);
    await retire('eager');
    expect((await ask('POST', '/v1/append/services', { kind: 'organization', fields: ['employees'] })).json.code).toBe('identity/no-service');
  });

  it('are asked with a key the installation keeps, which goes to its own address only', async () => {
    house.cx.config.appendKeys['LOCAL'] = { origin: base, key: 'kept in the environment' };
    replies.set('/kept', said({ Acme: { employees: 70 } }));
    await made('kept', { secret: 'env:LOCAL' });
    await go(['employees']);
    expect(calls.map(({ key }) => key)).toContain('kept in the environment');
    for (const [secret, url] of [['env:LOCAL', 'https://evil.example/'], ['env:NONE', base]])
      expect((await ask('PATCH', `/v1/append/providers/${providerIds.get('kept')}`, { secret, service: { url, fields: { person: [], organization: ['naics'] } } })).json.code).toBe('identity/service-secret');
    calls.length = 0;
    await undoAll();
    await retire('kept');
  });

  it('are only called where they may be', async () => {
    const put = (service: object, more: object = {}) => ask('POST', '/v1/append/providers', { name: `x${Math.random()}`, service: { fields: { person: [], organization: ['naics'] }, ...service }, ...more });
    for (const url of ['http://api.example.com/', 'https://10.0.0.8/', 'https://[::1]/', 'https://169.254.169.254/latest', 'file:///etc/passwd']) expect((await put({ url })).json.code, url).toBe('identity/service-url');
    expect((await put({ url: 'https://api.example.com/', header: 'Host' })).status).toBe(422);
    const { id } = (await put({ url: 'https://api.example.com/v1' }, { secret: 'Bearer x' })).json;
    const move = (url: string, more: object = {}) => ask('PATCH', `/v1/append/providers/${id}`, { service: { url, fields: { person: [], organization: ['naics'] } }, ...more });
    expect((await move('https://evil.example.com/v1')).json.code).toBe('identity/service-secret');
    expect((await move('https://api.example.com/v2')).status).toBe(200);
    expect((await move('https://other.example.com/', { secret: null })).json).toMatchObject({ hasSecret: false });
    // A name that leads inside is found out when the connection is made.
    const called = postJson({ url: base.replace('http://127.0.0.1', 'https://localhost'), headers: {}, body: {}, timeoutMs: 2000, privateHosts: [] });
    await expect(called).rejects.toThrow(NoAnswer);
    await expect(called).rejects.toThrow(/not public/);
    expect(calls).toEqual([]);
  });
});
