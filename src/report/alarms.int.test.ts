import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse, type TestHouse } from '../../tests/support/house.ts';
import { plantLeads } from '../../tests/support/leads.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse({ timeZone: 'Europe/Zurich', at: '2026-03-06T15:00:00Z' }); // a Friday, four in the afternoon
});
afterAll(() => house.close());

const unassigned = async () => (await house.request('sales_manager', 'GET', '/v1/alarms')).json.unassigned;
const listed = async (late: boolean): Promise<string[]> =>
  ((await house.request('management', 'GET', `/v1/leads?unplacedLate=${late}`)).json.items as { id: string }[]).map(({ id }) => id).toSorted();

test('what waits at the desk longer than agreed is an alarm at that minute, by the company’s hours, and opens as a list', async () => {
  const early = await plantLeads(house, [{ country: 'JP', name: 'Hana Mori' }, { country: 'JP' }]);
  await house.drain();
  expect(await unassigned()).toEqual({ count: 0, agreedMinutes: 240, oldest: null, drill: { unplacedLate: 'true', sort: 'oldest' } });
  // An hour on Friday, nothing on Saturday and Sunday: three more on Monday, from eight to eleven.
  house.clock.set('2026-03-09T09:59:00Z');
  const [late] = await plantLeads(house, [{ country: 'JP' }]);
  await house.drain();
  expect(await unassigned()).toMatchObject({ count: 0 });
  house.clock.set('2026-03-09T10:00:00Z');
  expect(await unassigned()).toMatchObject({ count: 2, oldest: { since: '2026-03-06T15:00:00.000Z' } });
  expect(await listed(true)).toEqual(early.map(({ leadId }) => leadId).toSorted());
  expect(await listed(false)).toEqual([late!.leadId]);
  expect((await house.request('marketing', 'GET', '/v1/leads/count?unplacedLate=true')).json.count).toBe(2);
});

test('how long is agreed, and whose hours count', async () => {
  const path = '/v1/settings/response-promise';
  const promise = (await house.request('sales_manager', 'GET', path)).json;
  expect((await house.request('sales_manager', 'PUT', path, { ...promise, unassignedMost: 300 })).json.unassignedMost).toBe(300);
  expect(await unassigned()).toMatchObject({ count: 0, agreedMinutes: 300 });
  // A desk that is manned on Saturdays, too, has waited longer.
  const desk = (await house.request('marketing', 'GET', '/v1/holders?kind=desk')).json.items[0].id as string;
  const day = [['08:00', '17:00']];
  const hours = { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day };
  expect((await house.request('marketing', 'PATCH', `/v1/holders/${desk}`, { calendar: { hours, holidays: [] } })).status).toBe(200);
  expect(await unassigned()).toMatchObject({ count: 2 });
  // Saved by somebody who says nothing of it, it is what everybody begins with.
  const { unassignedMost: _, ...rest } = promise;
  expect((await house.request('sales_manager', 'PUT', path, rest)).json.unassignedMost).toBe(240);
});

test('it ends when somebody has them, and is not for those who work leads', async () => {
  for (const role of ['rep', 'partner', 'finance'] as const) expect((await house.request(role, 'GET', '/v1/alarms')).status).toBe(403);
  const { json: rep } = await house.request('marketing', 'POST', '/v1/holders', { kind: 'rep', name: 'Ana' });
  await house.request('marketing', 'POST', '/v1/territories', { name: 'Japan', rules: { countries: ['JP'] }, holders: [{ holderId: rep.id, weight: 1 }] });
  await house.scan();
  await house.drain();
  expect(await unassigned()).toMatchObject({ count: 0, oldest: null });
  expect(await listed(true)).toEqual([]);
});
