import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainTerms, plantAgreement } from '../../../tests/support/agreements.ts';
import { openTestHouse } from '../../../tests/support/house.ts';
import type { TestHouse } from '../../../tests/support/house.ts';
import { holders, plantLeads } from '../../../tests/support/leads.ts';
import { sql } from '../../platform/db/index.ts';
import { bringInFile } from '../../capture/index.ts';
import { addHolder, changeTerritory } from '../index.ts';

// Distributors who answer, judge and sell differently, and a rule that goes by it.

let house: TestHouse;
const id: Record<string, string> = {};
const names = ['Always AG', 'Never SL', 'Seller SA'];
beforeAll(async () => {
  house = await openTestHouse({ at: '2026-03-02T09:00:00Z' });
  const owed = { acceptMinutes: 60, contactMinutes: 120, verdictMinutes: 240, attempts: null, attemptsMinutes: null };
  await plantAgreement(house, 1, plainTerms({ sales: { hot: owed, warm: owed, cold: owed, keptPercent: 90 } }), new Date('2026-01-01T00:00:00Z'));
  await house.write(async (tx) => {
    for (const name of names) id[name] = await addHolder(tx, house.cx, { name, kind: 'partner', email: `leads@${name.split(' ')[0]!.toLowerCase()}.example`, timeZone: 'Europe/Zurich' });
    await changeTerritory(tx, house.cx, null, { name: 'Spain', rules: { countries: ['ES'] }, holders: names.map((name) => ({ holderId: id[name]!, weight: 1 })) });
  });
});
afterAll(() => house.close());

const as = (name: string) => ({ role: 'partner', holderId: id[name]! }) as const;
const post = (name: string, url: string, body: object = {}) => house.request(as(name), 'POST', url, body);
async function later(minutes: number): Promise<void> {
  house.clock.advance(minutes * 60_000);
  await house.scan();
}

test('what each kept of its promises is measured, and the next lead, and the next best after it, go by that', async () => {
  const leads = (await plantLeads(house, Array.from({ length: 12 }, () => ({ grade: 'hot' as const })))).map(({ leadId }) => leadId);
  await house.drain();
  const held = await holders(house);
  const of = (name: string) => leads.filter((leadId) => held.get(leadId)!.holderId === id[name]);
  expect(names.map((name) => of(name).length)).toEqual([4, 4, 4]);
  for (const leadId of of('Always AG')) {
    await post('Always AG', `/v1/leads/${leadId}/accept`);
    await post('Always AG', `/v1/leads/${leadId}/activities`, { kind: 'call', outcome: 'Reached' });
    await post('Always AG', `/v1/leads/${leadId}/verdict`, { verdict: 'bad', reason: 'No need' });
  }
  for (const leadId of of('Seller SA')) {
    await post('Seller SA', `/v1/leads/${leadId}/accept`);
    await post('Seller SA', `/v1/leads/${leadId}/verdict`, { verdict: 'sale' });
  }
  const rules = [{ id: crypto.randomUUID(), name: 'Who is best', when: { all: [] }, first: false, pool: { kind: 'partners', tiers: [], byProduct: false }, method: 'bestMatch', promise: null, otherwise: 'next' }];
  expect((await house.request('marketing', 'PUT', '/v1/routing/draft', { rules })).status).toBe(200);
  expect((await house.request('marketing', 'POST', '/v1/routing/publish', {})).status).toBe(200);
  // Never lets all of them pass: each is given on by what is known of the two others.
  await later(61);
  const records = await house.rows(sql`select h.name, r.leads, r.sales, r.clocks, r.in_time, r.verdicts, r.told from distribute.holder_record r
    join distribute.holder h on h.workspace_id = r.workspace_id and h.id = r.holder_id where r.workspace_id = ${house.workspaceId} and r.product_key = '' order by h.name`);
  expect(records).toMatchObject([
    { name: 'Always AG', leads: 4, sales: 0, clocks: 8, inTime: 8, verdicts: 4, told: 4 },
    { name: 'Never SL', leads: 0, sales: 0, clocks: 4, inTime: 0, verdicts: 0, told: 0 },
    { name: 'Seller SA', leads: 4, sales: 4, clocks: 8, inTime: 8, verdicts: 4, told: 4 },
  ]);
  const [fresh] = await plantLeads(house, [{ grade: 'hot', organizationId: house.cx.ids.next() }]);
  await house.drain();
  const path = async () => (await house.request('marketing', 'GET', `/v1/leads/${fresh!.leadId}/assignments`)).json.items;
  expect((await path())[0]).toMatchObject({ holderName: 'Seller SA', decision: { again: { same: true } } });
  expect((await path())[0].because.at(-1).detail).toMatch(/^Seller SA fits best with 1\.\d\d points: language 0, product 0, sales 0\.\d\d, answers in time 0\.\d\d, verdicts 0\.\d\d$/);
  await house.request(as('Seller SA'), 'POST', `/v1/leads/${fresh!.leadId}/decline`, { reason: 'No time now' });
  await house.drain();
  expect((await path())[1]).toMatchObject({ holderName: 'Always AG', decision: { again: { same: true } } });
  await later(61);
  expect((await path())[2]).toMatchObject({ holderName: 'Never SL', why: 'redirect', decision: { again: { same: true } } });
});

test('certificates are kept with their last day, asked for by rules, and end by themselves', async () => {
  const certify = (name: string, certificates: object[], role: 'marketing' | 'rep' = 'marketing') => house.request(role, 'PATCH', `/v1/holders/${id[name]}`, { certificates });
  expect((await certify('Always AG', [{ name: 'ATEX', until: null }], 'rep')).status).toBe(403);
  expect((await certify('Always AG', [{ name: 'ATEX', until: '2026-03-02' }])).json.certificates).toEqual([{ name: 'ATEX', until: '2026-03-02' }]);
  expect((await certify('Never SL', [{ name: 'ATEX', until: null }])).status).toBe(200);
  expect((await house.request('marketing', 'GET', '/v1/routing')).json.certificates).toEqual(['ATEX']);
  const rules = [{ id: crypto.randomUUID(), name: 'Explosive', when: { all: [] }, first: true, pool: { kind: 'partners', tiers: [], byProduct: false, certificates: ['ATEX'] }, method: 'bestMatch', promise: null, otherwise: 'next' }];
  expect((await house.request('marketing', 'PUT', '/v1/routing/draft', { rules })).status).toBe(200);
  expect((await house.request('marketing', 'POST', '/v1/routing/publish', {})).status).toBe(200);
  const next = async (): Promise<string> => {
    const [lead] = await plantLeads(house, [{ grade: 'hot', organizationId: house.cx.ids.next() }]);
    await house.drain();
    return (await house.request('marketing', 'GET', `/v1/leads/${lead!.leadId}/assignments`)).json.items[0].holderName;
  };
  expect(await next()).toBe('Always AG');
  // The last day is over where Always AG is, though not yet everywhere.
  house.clock.set(new Date('2026-03-02T23:00:00Z'));
  expect(await next()).toBe('Never SL');
});

test('nearest goes by where each works from, in routing and in a dry run; a partner may not say where another does', async () => {
  await bringInFile(house.cx, house.scope, { name: 'ES.csv', bytes: Buffer.from('Country,Postcode,Latitude,Longitude\nES,28001,40.42,-3.69\nES,28002,40.45,-3.67\nES,46001,39.47,-0.38\nES,41001,37.39,-5.99'), kind: 'places' });
  for (const [name, postalCode] of [['Always AG', '41001'], ['Never SL', '46001'], ['Seller SA', '99999']] as const)
    expect((await house.request('sales_manager', 'PATCH', `/v1/holders/${id[name]!}`, { country: 'ES', postalCode })).json).toMatchObject({ postalCode });
  expect((await house.request(as('Never SL'), 'PATCH', `/v1/holders/${id['Always AG']!}`, { postalCode: '46001' })).status).toBe(403);
  const rules = [{ id: crypto.randomUUID(), name: 'Who is nearest', when: { all: [] }, first: false, pool: { kind: 'partners', tiers: [], byProduct: false }, method: 'nearest', promise: null, otherwise: 'next' }];
  expect((await house.request('marketing', 'PUT', '/v1/routing/draft', { rules })).status).toBe(200);
  expect((await house.request('marketing', 'POST', '/v1/routing/publish', {})).status).toBe(200);
  const [madrid] = await plantLeads(house, [{ postalCode: '28002', organizationId: house.cx.ids.next() }]);
  await house.drain();
  const path = async () => (await house.request('marketing', 'GET', `/v1/leads/${madrid!.leadId}/assignments`)).json.items;
  expect((await path())[0]).toMatchObject({ holderName: 'Never SL', decision: { again: { same: true } } });
  expect((await path())[0].because.at(-1).detail).toBe('Never SL is nearest, about 300 km away');
  const decline = async (name: string) => {
    expect((await post(name, `/v1/leads/${madrid!.leadId}/decline`, { reason: 'No time now' })).status).toBe(200);
    await house.drain();
  };
  await decline('Never SL');
  expect((await path())[1]).toMatchObject({ holderName: 'Always AG', decision: { again: { same: true } } });
  await decline('Always AG');
  expect((await path())[2]).toMatchObject({ holderName: 'Seller SA' });
  house.clock.advance(3_600_000);
  const run = (await house.request('marketing', 'POST', '/v1/routing/simulations', { rules, months: 1 })).json;
  await house.runJobs();
  const { result } = (await house.request('marketing', 'GET', `/v1/routing/simulations/${run.id}`)).json;
  const one = await house.rows<{ holderId: string }>(sql`select holder_id from distribute.simulated where simulation_id = ${run.id} and lead_id = ${madrid!.leadId}`);
  expect([one[0]?.holderId, result.loads.length > 0]).toEqual([id['Never SL'], true]);
});
