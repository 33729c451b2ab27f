import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse } from '../../../tests/support/house.ts';
import type { Answer as Answered, TestHouse } from '../../../tests/support/house.ts';
import { custodyBreaks, holders, plantLeads } from '../../../tests/support/leads.ts';
import { addHolder, changeTerritory, handTo } from '../../distribute/index.ts';
import { queryCount, sql } from '../../platform/db/index.ts';
import { describeHeld } from '../followup.queries.ts';
import { findTold } from '../links.store.ts';
import { findRoundLeads } from '../rounds/round.queries.ts';
import { findWords } from './exchange.queries.ts';
import { takeAnswers } from './take-answers.ts';
import { listHeldLeads } from './verdict-file.queries.ts';

let house: TestHouse;
let north: string;
let south: string;
let northToken: string;
let southToken: string;

const tokenFor = async (holderId: string): Promise<{ id: string; token: string }> => {
  const made = await house.request('administrator', 'POST', '/v1/tokens', { name: 'Their ERP', roles: ['partner'], holderId });
  expect(made.status).toBe(200);
  return made.json;
};
const ask = (token: string, method: string, url: string, body?: unknown): Promise<Answered> => house.request(null, method, url, body, { authorization: `Bearer ${token}` });
const say = (token: string, ...answers: object[]): Promise<Answered> => ask(token, 'POST', '/v1/exchange/answers', { answers });
const changes = async (token: string, after?: string): Promise<{ items: { id: string; standing: string; person: unknown }[]; cursor: string | null; more: boolean }> => {
  const answer = await ask(token, 'GET', `/v1/exchange/leads?limit=200${after ? `&after=${after}` : ''}`);
  expect(answer.status).toBe(200);
  return answer.json;
};
const partner = (name: string) => house.write((tx) => addHolder(tx, house.cx, { name, kind: 'partner', email: `${name.toLowerCase()}@partner.example` }));

beforeAll(async () => {
  house = await openTestHouse();
  [north, south] = [await partner('Northline'), await partner('Southline')];
  for (const [name, holderId, countries] of [['North', north, ['SE', 'NO']], ['South', south, ['ES']]] as const)
    await house.write((tx) => changeTerritory(tx, house.cx, null, { name, rules: { countries: [...countries] }, holders: [{ holderId, weight: 1 }] }));
  northToken = (await tokenFor(north)).token;
  southToken = (await tokenFor(south)).token;
});
afterAll(() => house.close());

const plant = async (country: string, name = 'Astrid Lund', more: object = {}) => {
  const [lead] = await plantLeads(house, [{ country, name, email: `${name.replace(' ', '.').toLowerCase()}@enquirer.example`, ...more }]);
  await house.drain();
  return lead!;
};

describe('a token that acts as a partner', () => {
  test('is bound to one partner and has no other role', async () => {
    const make = async (body: object) => (await house.request('administrator', 'POST', '/v1/tokens', { name: 'x', ...body })).status;
    expect(await make({ roles: ['partner'] })).toBe(422);
    expect(await make({ roles: ['partner', 'marketing'], holderId: north })).toBe(422);
    expect(await make({ roles: ['marketing'], holderId: north })).toBe(422);
    const listed = (await house.request('administrator', 'GET', '/v1/tokens')).json.items as { holderId: string | null; roles: string[] }[];
    expect(listed.filter(({ holderId }) => holderId === north)).toMatchObject([{ roles: ['partner'] }]);
  });

  test('is made and revoked by the partner itself, for itself alone and in person', async () => {
    const asNorth = { role: 'partner', holderId: north } as const;
    const made = await house.request(asNorth, 'POST', '/v1/tokens', { name: 'Our CRM', roles: ['partner'] });
    expect(made.status).toBe(200);
    const items = (await house.request(asNorth, 'GET', '/v1/tokens')).json.items as { name: string; holderId: string }[];
    expect(items.map(({ name, holderId }) => [name, holderId])).toEqual([['Our CRM', north], ['Their ERP', north]]);
    for (const body of [{ roles: ['administrator'] }, { roles: ['partner', 'rep'] }, { roles: ['partner'], holderId: south }])
      expect((await house.request(asNorth, 'POST', '/v1/tokens', { name: 'x', ...body })).status).toBe(403);
    const token = made.json.token as string;
    expect((await changes(token)).items).toEqual([]);
    // What lets others in is not for machines, and not of others.
    expect((await ask(token, 'POST', '/v1/tokens', { name: 'child', roles: ['partner'] })).status).toBe(403);
    expect((await ask(token, 'DELETE', `/v1/tokens/${made.json.id}`)).status).toBe(403);
    expect((await house.request({ role: 'partner', holderId: south }, 'DELETE', `/v1/tokens/${made.json.id}`)).status).toBe(404);
    expect((await house.request(asNorth, 'DELETE', `/v1/tokens/${made.json.id}`)).status).toBe(204);
    expect((await ask(token, 'GET', '/v1/exchange/leads')).status).toBe(401);
    const audited = (await house.request('administrator', 'GET', '/v1/audit')).json.items as { what: string; userName: string | null }[];
    expect(audited.slice(0, 2)).toMatchObject([{ what: 'token.revoked', userName: 'The partner' }, { what: 'token.created', userName: 'The partner' }]);
  });

  test('ends with the person who made it', async () => {
    const who = { role: 'partner', holderId: await partner('Eastline') } as const;
    const { token } = (await house.request(who, 'POST', '/v1/tokens', { name: 'Our CRM', roles: ['partner'] })).json as { token: string };
    expect((await ask(token, 'GET', '/v1/exchange/leads')).status).toBe(200);
    const [user] = await house.rows<{ id: string }>(sql`select id from platform.app_user where holder_id = ${who.holderId}`);
    expect((await house.request('administrator', 'PATCH', `/v1/users/${user!.id}`, { status: 'disabled' })).status).toBe(200);
    expect((await ask(token, 'GET', '/v1/exchange/leads')).status).toBe(401);
  });

  test('opens what a partner may and nothing else, and sees its own', async () => {
    const mine = await plant('NO', 'Nils Berg');
    const { routes } = await house.api();
    let closed = 0;
    for (const { method, path, may } of routes) {
      if (may === 'public' || may === 'signed-in' || may.includes('partner')) continue;
      const answer = await ask(southToken, method, path.replaceAll(/:[A-Za-z]+/g, mine.leadId).replaceAll('*', 'x'), ['GET', 'DELETE'].includes(method) ? undefined : {});
      expect.soft(answer.status, `${method} ${path}`).toBe(403);
      closed++;
      house.clock.advance(1000); // a partner's turns come back
    }
    expect(closed).toBeGreaterThan(100);
    for (const url of [`/v1/exchange/leads/${mine.leadId}`, `/v1/leads/${mine.leadId}`, `/v1/leads/${mine.leadId}/followup`]) {
      expect((await ask(southToken, 'GET', url)).status, url).toBe(404);
      expect((await ask(northToken, 'GET', url)).status, url).toBe(200);
    }
    const list = await ask(southToken, 'GET', '/v1/leads');
    expect(list.text).not.toContain('Nils Berg');
    // The company's own tokens act as nobody who could have a lead.
    expect((await house.request('administrator', 'GET', '/v1/exchange/leads')).status).toBe(403);
    expect((await house.request('marketing', 'GET', '/v1/exchange/leads')).status).toBe(403);
  });

  test('asks so often in a minute and no more; others are not held up', async () => {
    const few = await openTestHouse({ config: { partnerPerMinute: 3 } });
    const [one, other] = await few.write(async (tx) => [await addHolder(tx, few.cx, { name: 'One', kind: 'partner' }), await addHolder(tx, few.cx, { name: 'Other', kind: 'partner' })]);
    const tokenOf = async (holderId: string): Promise<string> => (await few.request('administrator', 'POST', '/v1/tokens', { name: 'x', roles: ['partner'], holderId })).json.token;
    const [first, second, others] = [await tokenOf(one), await tokenOf(one), await tokenOf(other)];
    const look = (token: string) => few.request(null, 'GET', '/v1/exchange/leads', undefined, { authorization: `Bearer ${token}` });
    const answers = [await look(first), await look(second), await look(first), await look(second)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(answers[3]!.headers['retry-after']).toBe('20');
    expect((await look(others)).status).toBe(200);
    few.clock.advance(20_000);
    expect((await look(first)).status).toBe(200);
    await few.close();
  });

  test('is told by the description of the API which routes are for it', async () => {
    const { json } = await house.request(null, 'GET', '/openapi.json');
    const paths = json.paths as Record<string, Record<string, { 'x-may': unknown }>>;
    expect(paths['/v1/exchange/answers']!['post']!['x-may']).toEqual(['administrator', 'partner']);
    expect(paths['/v1/imports']!['post']!['x-may']).toEqual(['administrator', 'marketing']);
    expect((await house.request(null, 'GET', '/api')).text).toContain('<dt>for</dt>');
  });
});

describe('the loop through a partner’s own system', () => {
  test('what changed, each once and as it stands; answers; nothing twice', async () => {
    const start = (await changes(northToken)).cursor ?? undefined;
    const lead = await plant('SE', 'Astrid Lund', { grade: 'hot', message: 'Two dosing pumps, please' });
    const seen = await changes(northToken, start);
    expect(seen).toMatchObject({ more: false, items: [{ id: lead.leadId, standing: 'offered', grade: 'hot', person: { name: 'Astrid Lund', mayCall: true }, asked: { message: 'Two dosing pumps, please' }, verdict: null }] });
    expect((await changes(northToken, seen.cursor!)).items).toEqual([]);

    const { leadId } = lead;
    const answers = [
      { reference: 'crm-1', leadId, do: 'accept' },
      { reference: 'crm-2', leadId, do: 'activity', kind: 'call', note: 'Wants two' },
      { reference: 'crm-3', leadId, do: 'next', what: 'Send the quote', dueAt: '2026-03-05T09:00:00Z' },
    ];
    house.clock.advance(60_000);
    const first = await say(northToken, ...answers);
    expect(first.json).toMatchObject({ taken: 3, known: 0, refused: 0 });
    await house.drain();
    expect((await holders(house)).get(leadId)).toMatchObject({ holderId: north, acceptedAt: house.clock.now() });
    const after = await changes(northToken, seen.cursor!);
    expect(after.items).toMatchObject([{ id: leadId, standing: 'working', nextAction: { what: 'Send the quote' } }]);

    house.clock.advance(60_000);
    const sale = { reference: 'order-77', leadId, do: 'verdict', verdict: 'sale', valueMinor: 1_250_000, currency: 'SEK', at: new Date(house.clock.now().getTime() - 30_000).toISOString() };
    const count = async () => (await house.rows<{ n: number }>(sql`select (select count(*) from journal.fact) + (select count(*) from followup.activity) + (select count(*) from followup.disposition) as n`))[0]!.n;
    expect((await say(northToken, sale)).json).toMatchObject({ taken: 1 });
    await house.drain();
    const before = await count();
    // The line broke, so all is sent again: nothing changes.
    const again = await say(northToken, ...answers, sale);
    expect(again.json).toMatchObject({ taken: 0, known: 4, refused: 0 });
    await house.drain();
    expect(await count()).toBe(before);
    expect((await changes(northToken, after.cursor!)).items).toMatchObject([{ id: leadId, standing: 'sold', verdict: { verdict: 'sale', valueMinor: 1_250_000, currency: 'SEK', at: sale.at } }]);
    const [given] = await house.rows(sql`select via, by_holder_id from followup.disposition where lead_id = ${leadId} and current`);
    expect(given).toEqual({ via: 'api', byHolderId: north });
    expect(await custodyBreaks(house)).toEqual([]);
  });

  test('two senders of the same at once are one', async () => {
    const { leadId } = await plant('SE', 'Per Holm');
    const one = { reference: 'at-once', leadId, do: 'activity', kind: 'call' };
    const sent = await Promise.all([say(northToken, one), say(northToken, one), say(northToken, one)]);
    expect(sent.map(({ json }) => json.items[0].outcome as string).toSorted()).toEqual(['known', 'known', 'taken']);
    const [calls] = await house.rows<{ n: number }>(sql`select count(*)::int as n from followup.activity where lead_id = ${leadId}`);
    expect(calls!.n).toBe(1);
    // Another content under the same reference is a mistake of theirs; the same reference of another partner is another.
    expect((await say(northToken, { ...one, kind: 'mail' })).json.items[0]).toMatchObject({ outcome: 'refused', code: 'followup/reference-used' });
    const theirs = await plant('ES', 'Ines Prado');
    expect((await say(southToken, { ...one, leadId: theirs.leadId })).json.items[0].outcome).toBe('taken');
  });

  test('what cannot be taken says why, stops nothing else, and may be sent again', async () => {
    const mine = await plant('SE', 'Ulla Dahl');
    const theirs = await plant('ES', 'Jorge Gil');
    const { json } = await say(
      northToken,
      { reference: 'a', leadId: theirs.leadId, do: 'accept' },
      { reference: 'b', leadId: '019cadc6-9a80-71bc-87e9-e1155171802a', do: 'accept' },
      { reference: 'c', leadId: mine.leadId, do: 'verdict', verdict: 'bad' },
      { reference: 'd', leadId: mine.leadId, do: 'activity', kind: 'call', at: '2031-01-01T00:00:00Z' },
      { reference: 'e', leadId: mine.leadId, do: 'activity', kind: 'call', at: '2025-01-01T00:00:00Z' },
      { reference: 'f', leadId: mine.leadId, do: 'accept' },
    );
    expect(json.items.map((one: { outcome: string; code: string | null }) => one.code ?? one.outcome)).toEqual([
      'followup/no-such-lead', 'followup/no-such-lead', 'followup/reason-needed', 'followup/in-the-future', 'followup/before-offer', 'taken',
    ]);
    expect((await say(northToken, { reference: 'c', leadId: mine.leadId, do: 'verdict', verdict: 'bad', reason: 'No need' })).json.items[0].outcome).toBe('taken');
    await house.drain();
    expect((await holders(house)).get(theirs.leadId)).toMatchObject({ holderId: south, acceptedAt: null });
    expect((await say(northToken, { reference: 'g', leadId: mine.leadId, do: 'accept' })).json.items[0].code).toBe('followup/not-offered');
    // A verdict may be changed: the lead comes back.
    expect((await say(northToken, { reference: 'h', leadId: mine.leadId, do: 'verdict', verdict: 'hot' })).json.items[0].outcome).toBe('taken');
    expect((await ask(northToken, 'GET', `/v1/exchange/leads/${mine.leadId}`)).json).toMatchObject({ standing: 'working', verdict: { verdict: 'hot' } });
  });

  test('declined, it is gone: the words of the person with it', async () => {
    const { leadId } = await plant('SE', 'Kari Moen');
    const start = (await changes(northToken)).cursor!;
    const { json } = await say(
      northToken,
      { reference: 'k1', leadId, do: 'activity', kind: 'call' },
      { reference: 'k2', leadId, do: 'decline', reason: 'Outside our range' },
      { reference: 'k3', leadId, do: 'decline', reason: 'Outside our range, really' },
    );
    expect(json.items.map((one: { outcome: string }) => one.outcome)).toEqual(['taken', 'taken', 'refused']);
    await house.drain();
    const told = await changes(northToken, start);
    expect(told.items).toMatchObject([{ id: leadId, standing: 'passed_on', person: null, organization: null, asked: null, verdict: null, holder: null }]);
    expect(JSON.stringify(told)).not.toContain('Kari');
    expect((await say(northToken, { reference: 'k4', leadId, do: 'accept' })).json.items[0].code).toBe('followup/passed-on');
  });

  test('a few statements however many answers', async () => {
    const many = await plantLeads(house, Array.from({ length: 120 }, (_, i) => ({ country: 'SE', name: `Many ${i}` })));
    await house.drain();
    const scope = house.as('partner', north);
    const batch = (from: number, to: number, prefix: string) => many.slice(from, to).flatMap(({ leadId }, i) => [
      { reference: `${prefix}a${i}`, leadId, do: 'accept' as const },
      { reference: `${prefix}c${i}`, leadId, do: 'activity' as const, kind: 'call' as const },
      { reference: `${prefix}v${i}`, leadId, do: 'verdict' as const, verdict: 'sale' as const, valueMinor: 100 },
    ]);
    const spent = async (work: () => Promise<unknown>): Promise<number> => {
      const before = queryCount.total;
      await work();
      return queryCount.total - before;
    };
    const few = await spent(() => takeAnswers(house.cx, scope, batch(0, 2, 'few')));
    const lots = await spent(() => takeAnswers(house.cx, scope, batch(2, 120, 'lots')));
    expect(lots).toBeLessThanOrEqual(few + 4);
    await house.drain();
    expect(await custodyBreaks(house)).toEqual([]);
  });
});

describe('a lead that went to somebody else', () => {
  test('is no longer the former partner’s to work, in the portal as little as by its system', async () => {
    const { leadId } = await plant('SE', 'Sven Ek');
    await house.write((tx) => handTo(tx, house.cx, [leadId], { holderId: south }, { why: 'redirect', at: house.clock.now() }));
    await house.drain();
    const former = { role: 'partner', holderId: north } as const;
    for (const [url, body] of [['accept', {}], ['verdict', { verdict: 'hot' }], ['decline', { reason: 'No' }], ['activities', { kind: 'call' }]] as const)
      expect((await house.request(former, 'POST', `/v1/leads/${leadId}/${url}`, body)).status, url).toBe(403);
    expect((await house.request(former, 'GET', `/v1/leads/${leadId}/followup`)).json.mayWork).toBe(false);
    expect((await say(northToken, { reference: 's1', leadId, do: 'accept' })).json.items[0].code).toBe('followup/passed-on');
    expect((await holders(house)).get(leadId)).toMatchObject({ holderId: south, acceptedAt: null });
    expect((await ask(northToken, 'GET', `/v1/exchange/leads/${leadId}`)).json).toMatchObject({ standing: 'passed_on', person: null });
    expect((await ask(southToken, 'GET', `/v1/exchange/leads/${leadId}`)).json).toMatchObject({ standing: 'offered', person: { name: 'Sven Ek' } });
  });
});

describe('somebody who is erased', () => {
  test('is told to every partner that had their lead, without a word of them', async () => {
    const lead = await plant('SE', 'Gone Soon');
    await house.write((tx) => handTo(tx, house.cx, [lead.leadId], { holderId: south }, { why: 'redirect', at: house.clock.now() }));
    await house.drain();
    const [before, other] = [(await changes(northToken)).cursor!, (await changes(southToken)).cursor!];
    const erased = await house.request('administrator', 'POST', `/v1/people/${lead.personId}/erasure`, { name: 'Gone Soon', remembers: false });
    expect(erased.status, erased.text).toBeLessThan(300);
    await house.runJobs();
    await house.drain();
    expect((await changes(northToken, before)).items).toMatchObject([{ id: lead.leadId, standing: 'passed_on', person: null }]);
    const told = await changes(southToken, other);
    expect(told.items).toMatchObject([{ id: lead.leadId, person: null }]);
    expect(JSON.stringify(told)).not.toContain('Gone');
  });
});

test('who was merged is called what whoever stands for them now is called: in the exchange, the list, the mail, the link and the round', async () => {
  const [before, survivor, oldCompany, newCompany] = [0, 0, 0, 0].map(() => house.cx.ids.next()) as [string, string, string, string];
  await house.write(async (tx) => {
    for (const [id, name] of [[oldCompany, 'Old Works'], [newCompany, 'New Works']] as const)
      await tx.run(sql`insert into identity.organization (workspace_id, id, name, name_key, first_seen_at, last_seen_at) values (${house.workspaceId}, ${id}, ${name}, ${name.toLowerCase()}, now(), now())`);
    await tx.run(sql`update identity.organization set survivor_id = ${newCompany} where id = ${oldCompany}`);
    for (const [id, name] of [[before, 'A. Lundh'], [survivor, 'Astrid Lundh']] as const)
      await tx.run(sql`insert into identity.person (workspace_id, id, full_name, organization_id, first_seen_at, last_seen_at) values (${house.workspaceId}, ${id}, ${name}, ${oldCompany}, now(), now())`);
    await tx.run(sql`update identity.person set survivor_id = ${survivor} where id = ${before}`);
  });
  const { leadId } = await plant('SE', '', { personId: before });
  const stands = { personName: 'Astrid Lundh', organizationName: 'New Works' };
  const asNorth = { ...house.scope, holderId: north, roles: ['partner' as const] };
  const [assignment] = await house.rows<{ id: string }>(sql`select id from distribute.assignment where lead_id = ${leadId} and ended_at is null`);
  for (const [who, scope] of [['the partner', asNorth], ['the house', house.scope]] as const)
    await house.cx.db.read(scope, async (tx) => {
      expect.soft(await findWords(tx, [leadId]), who).toMatchObject([stands]);
      expect.soft(await listHeldLeads(tx, north, 1000), who).toContainEqual(expect.objectContaining({ leadId, person: 'Astrid Lundh', organization: 'New Works' }));
      expect.soft(await describeHeld(tx, [leadId]), who).toMatchObject([stands]);
    });
  await house.read(async (tx) => {
    expect.soft(await findTold(tx, [assignment!.id])).toMatchObject([stands]);
    expect.soft(await findRoundLeads(tx, { id: house.cx.ids.next(), holderId: north, leadIds: [leadId] })).toMatchObject([stands]);
  });
  expect((await house.mails()).at(-1)).toMatchObject({ leadId, subject: expect.stringContaining('Astrid Lundh, New Works') });
});
