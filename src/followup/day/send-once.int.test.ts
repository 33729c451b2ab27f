import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse } from '../../../tests/support/house.ts';
import type { TestHouse } from '../../../tests/support/house.ts';
import { holders, plantLeads } from '../../../tests/support/leads.ts';
import { addHolder, changeTerritory } from '../../distribute/index.ts';
import { sql } from '../../platform/db/index.ts';

let house: TestHouse;
let first: string;
const key = (): string => crypto.randomUUID();
const newLead = async (): Promise<string> => {
  const [lead] = await plantLeads(house, [{ grade: 'hot' }]);
  await house.drain();
  return lead!.leadId;
};
const send = (method: string, path: string, body: unknown, headers: Record<string, string>, as: Parameters<TestHouse['request']>[0] = 'sales_manager') =>
  house.request(as, method, path, body, headers);
const activities = async (leadId: string) => (await house.request('sales_manager', 'GET', `/v1/leads/${leadId}/activities`)).json.items;

beforeAll(async () => {
  house = await openTestHouse({ at: '2026-03-02T09:00:00Z' });
  const add = (name: string): Promise<string> => house.write((tx) => addHolder(tx, house.cx, { name, kind: 'partner', email: `${name}@partners.example` }));
  first = await add('First');
  const second = await add('Second');
  await house.write((tx) =>
    changeTerritory(tx, house.cx, null, { name: 'Iberia', rules: { countries: ['ES'] }, holders: [first, second].map((holderId) => ({ holderId, weight: holderId === first ? 1 : 0.001 })) }),
  );
});
afterAll(() => house.close());

describe('an action sent again with its key', () => {
  test('happens once and is answered alike, also when both arrive together', async () => {
    const leadId = await newLead();
    const headers = { 'idempotency-key': key() };
    const call = () => send('POST', `/v1/leads/${leadId}/activities`, { kind: 'call', outcome: 'Reached' }, headers);
    const answers = await Promise.all([call(), call(), call()]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(answers.map(({ json }) => json.id)).size).toBe(1);
    expect(await activities(leadId)).toHaveLength(1);
    // Without a key, or with another, it is another call.
    await send('POST', `/v1/leads/${leadId}/activities`, { kind: 'call', outcome: 'Reached' }, {});
    await send('POST', `/v1/leads/${leadId}/activities`, { kind: 'call', outcome: 'Reached' }, { 'idempotency-key': key() });
    expect(await activities(leadId)).toHaveLength(3);
  });

  test('is answered as then, though the lead has passed on meanwhile', async () => {
    const leadId = await newLead();
    const holderId = (await holders(house)).get(leadId)!.holderId;
    const partner = { role: 'partner' as const, holderId };
    const headers = { 'idempotency-key': key() };
    const decline = () => send('POST', `/v1/leads/${leadId}/decline`, { reason: 'No time now' }, headers, partner);
    expect(await decline()).toMatchObject({ status: 200, json: { passedOn: true } });
    await house.drain();
    const since = (await holders(house)).get(leadId)!;
    expect(since.holderId).not.toBe(holderId);
    expect(await decline()).toMatchObject({ status: 200, json: { passedOn: true } });
    expect((await holders(house)).get(leadId)!.assignmentId).toBe(since.assignmentId);
    // Somebody else's key is nobody's: it opens nothing.
    const other = { role: 'partner' as const, holderId: since.holderId };
    expect((await send('POST', `/v1/leads/${leadId}/decline`, { reason: 'No time now' }, headers, other)).status).toBe(200);
  });

  test('is refused when the key was used for something else, and when it is none', async () => {
    const leadId = await newLead();
    const headers = { 'idempotency-key': key() };
    expect((await send('PUT', `/v1/leads/${leadId}/next-action`, { what: 'Send a quote', dueAt: null }, headers)).status).toBe(200);
    expect(await send('PUT', `/v1/leads/${leadId}/next-action`, { what: 'Visit', dueAt: null }, headers)).toMatchObject({ status: 409, json: { code: 'followup/key-used' } });
    expect((await send('POST', `/v1/leads/${leadId}/accept`, {}, { 'idempotency-key': 'x' })).status).toBe(422);
  });

  test('that was refused may be sent again', async () => {
    const leadId = await newLead();
    const headers = { 'idempotency-key': key() };
    expect((await send('POST', `/v1/leads/${leadId}/verdict`, { verdict: 'bad' }, headers)).status).toBe(422);
    expect((await send('POST', `/v1/leads/${leadId}/verdict`, { verdict: 'bad', reason: 'No need' }, headers)).json.fate).toBe('bad');
  });

  test('counts from when it was done, where it says how long ago', async () => {
    const leadId = await newLead();
    await send('POST', `/v1/leads/${leadId}/activities`, { kind: 'call' }, { 'idempotency-key': key(), 'x-baton-age': '30' });
    expect((await activities(leadId))[0].at).toBe(new Date(house.clock.now().getTime() - 30_000).toISOString());
    await send('POST', `/v1/leads/${leadId}/activities`, { kind: 'mail' }, { 'x-baton-age': 'soon' });
    expect((await activities(leadId)).find((one: { kind: string }) => one.kind === 'mail').at).toBe(house.clock.now().toISOString());
  });

  test('is remembered for a month', async () => {
    const count = async (): Promise<number> => (await house.rows(sql`select 1 from followup.sent_once`)).length;
    expect(await count()).toBeGreaterThan(3);
    house.clock.advance(31 * 86_400_000);
    await house.scan();
    expect(await count()).toBe(0);
  });
});
