import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse } from '../../tests/support/house.ts';
import type { TestHouse } from '../../tests/support/house.ts';
import { custodyBreaks, holders, plantLeads } from '../../tests/support/leads.ts';

let house: TestHouse;
let [ana, ben] = ['', ''];
beforeAll(async () => {
  house = await openTestHouse({ timeZone: 'Europe/Zurich', at: '2026-03-06T14:00:00Z' });
  const add = async (name: string, capacityPerWeek: number | null) =>
    (await house.request('marketing', 'POST', '/v1/holders', { kind: 'rep', name, capacityPerWeek })).json.id as string;
  [ana, ben] = [await add('Ana', 0), await add('Ben', null)];
});
afterAll(() => house.close());

const holderOf = async (leadId: string) => (await holders(house)).get(leadId)!.holderId;
/** A lead that comes on Friday at three; four business hours later it is Monday, ten o'clock. */
async function waitsUntilMonday(country: string, friday: string, sunday: string, monday: string): Promise<string> {
  house.clock.set(`${friday}T14:00:00Z`);
  const [lead] = await plantLeads(house, [{ country }]);
  await house.drain();
  for (const at of [`${sunday}T12:00:00Z`, `${monday}T08:59:00Z`]) {
    house.clock.set(at);
    await house.scan();
    expect((await holders(house)).get(lead!.leadId)!.kind).toBe('desk');
  }
  house.clock.set(`${monday}T09:00:30Z`);
  await house.scan();
  expect(await holderOf(lead!.leadId)).toBe(ben);
  expect(await custodyBreaks(house)).toEqual([]);
  return lead!.leadId;
}

test('a territory that is full waits four business hours, then the next one has it', async () => {
  const made = await house.request('marketing', 'POST', '/v1/territories', {
    name: 'Iberia',
    rules: { countries: ['ES'] },
    overflow: true,
    waitMost: 240,
    holders: [{ holderId: ana, weight: 1 }],
  });
  expect(made.json).toMatchObject({ overflow: true, waitMost: 240 });
  await house.request('marketing', 'POST', '/v1/territories', { name: 'All', rules: {}, holders: [{ holderId: ben, weight: 1 }] });
  await waitsUntilMonday('ES', '2026-03-06', '2026-03-08', '2026-03-09');
  expect((await house.request('marketing', 'PATCH', `/v1/territories/${made.json.id}`, { name: 'Iberia and islands' })).json.waitMost).toBe(240);
  expect((await house.request('marketing', 'PATCH', `/v1/territories/${made.json.id}`, { waitMost: null })).json.waitMost).toBe(null);
  const [lead] = await plantLeads(house, [{ country: 'ES' }]);
  await house.drain();
  expect(await holderOf(lead!.leadId)).toBe(ben);
});

test('so does a rule, then the next rule; the decision can be made again', async () => {
  const team = async (name: string, holderId: string) =>
    (await house.request('marketing', 'POST', '/v1/teams', { name, holders: [{ holderId, weight: 1 }] })).json.id as string;
  const rule = { when: { all: [] }, first: false, method: 'turns', promise: null };
  const rules = [
    { ...rule, id: randomUUID(), name: 'Ours', pool: { kind: 'team', teamId: await team('Inside', ana) }, otherwise: 'wait', waitMost: 240 },
    { ...rule, id: randomUUID(), name: 'Overflow', pool: { kind: 'team', teamId: await team('Outside', ben) }, otherwise: 'next' },
  ];
  expect((await house.request('marketing', 'PUT', '/v1/routing/draft', { rules })).status).toBe(200);
  expect((await house.request('marketing', 'POST', '/v1/routing/publish', {})).status).toBe(200);
  const leadId = await waitsUntilMonday('FR', '2026-03-13', '2026-03-15', '2026-03-16');
  const { json } = await house.request('marketing', 'GET', `/v1/leads/${leadId}/assignments`);
  expect(json.items.at(-1).decision).toMatchObject({ rules: [{ name: 'Ours', came: 'passed' }, { name: 'Overflow', came: 'took' }], again: { same: true } });
});

test('what nobody has room for may be kept warm, comes back on its date, and goes to who has room by then', async () => {
  const { items } = (await house.request('marketing', 'GET', '/v1/teams')).json as { items: { id: string; name: string }[] };
  const inside = items.find(({ name }) => name === 'Inside')!.id;
  const rule = { when: { all: [] }, first: false, method: 'turns', promise: null };
  const rules = [
    { ...rule, id: randomUUID(), name: 'Ours', pool: { kind: 'team', teamId: inside }, otherwise: 'wait', waitMost: 60 },
    { ...rule, id: randomUUID(), name: 'Keep warm', pool: { kind: 'nurture' }, otherwise: 'next' },
  ];
  expect((await house.request('marketing', 'PUT', '/v1/routing/draft', { rules })).status).toBe(200);
  expect((await house.request('marketing', 'POST', '/v1/routing/publish', {})).status).toBe(200);
  house.clock.set('2026-03-17T09:00:00Z');
  const [lead] = await plantLeads(house, [{ country: 'FR' }]);
  await house.drain();
  expect((await holders(house)).get(lead!.leadId)!.kind).toBe('desk');
  house.clock.set('2026-03-17T10:00:30Z');
  await house.scan();
  expect((await holders(house)).get(lead!.leadId)!.kind).toBe('nurture');
  const waits = async () => (await house.request('marketing', 'GET', '/v1/nurture')).json.items.find((one: { leadId: string }) => one.leadId === lead!.leadId);
  expect(await waits()).toMatchObject({ why: 'Nobody had room', daysLeft: 60 });
  const { json } = await house.request('marketing', 'GET', `/v1/leads/${lead!.leadId}/assignments`);
  expect(json.items.map((one: { holderName: string }) => one.holderName)).toEqual(['The desk', 'Nurture']);
  await house.request('marketing', 'PATCH', `/v1/holders/${ana}`, { capacityPerWeek: 5 });
  house.clock.set('2026-05-18T10:01:00Z');
  await house.scan();
  expect(await holderOf(lead!.leadId)).toBe(ana);
  expect(await custodyBreaks(house)).toEqual([]);
});
