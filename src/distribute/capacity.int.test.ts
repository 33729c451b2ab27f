import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse } from '../../tests/support/house.ts';
import type { TestHouse } from '../../tests/support/house.ts';
import { custodyBreaks, holders, plantLeads } from '../../tests/support/leads.ts';
import { sql } from '../platform/db/index.ts';
import { handTo } from './index.ts';

let house: TestHouse;
let ana: string;
beforeAll(async () => {
  house = await openTestHouse({ at: '2026-03-02T09:00:00Z' });
  ana = (await house.request('sales_manager', 'POST', '/v1/holders', { kind: 'rep', name: 'Ana', capacityPerWeek: 6, capacityByGrade: { hot: 1 }, openMost: 4 })).json.id;
  await house.request('marketing', 'POST', '/v1/territories', { name: 'Iberia', rules: { countries: ['ES'] }, holders: [{ holderId: ana, weight: 1 }] });
});
afterAll(() => house.close());

const limits = async () => (await house.request('marketing', 'GET', `/v1/holders/${ana}`)).json;
const plant = async (grades: ('hot' | 'warm' | 'cold')[]) => {
  const leads = await plantLeads(house, grades.map((grade) => ({ grade, country: 'ES' })));
  await house.drain();
  const held = await holders(house);
  return leads.map(({ leadId }) => ({ leadId, has: held.get(leadId)!.holderId === ana }));
};
const why = async (leadId: string) => (await house.request('marketing', 'GET', `/v1/leads/${leadId}/assignments`)).json.items.at(-1);

test('one hot lead a week, four open at once: the rest waits and says what is full', async () => {
  expect(await limits()).toMatchObject({ capacityPerWeek: 6, capacityByGrade: { hot: 1 }, openMost: 4 });
  const [hot, second, ...others] = await plant(['hot', 'hot', 'warm', 'cold', 'cold', 'cold']);
  expect([hot, second, ...others].map((one) => one!.has)).toEqual([true, false, true, true, true, false]);
  expect((await why(second!.leadId)).passedOver).toMatchObject([{ name: 'Ana', because: 'full', detail: 'full: 1 hot in 7 days' }]);
  expect((await why(others.at(-1)!.leadId)).passedOver).toMatchObject([{ because: 'full', detail: 'full: 4 open' }]);
  expect(await limits()).toMatchObject({ openLeads: 4, lastWeek: 4, lastWeekByGrade: { hot: 1, warm: 1, cold: 2 } });
  expect(await custodyBreaks(house)).toEqual([]);

  // A place becomes free: the next quarter of an hour somebody has it. Not the hot one, whose week is not over.
  await house.write((tx) => handTo(tx, house.cx, [others[0]!.leadId], { kind: 'nurture' }, { why: 'nurtured' }));
  house.clock.advance(15 * 60_000 + 1000);
  await house.scan();
  let held = await holders(house);
  expect(held.get(others.at(-1)!.leadId)!.holderId).toBe(ana);
  expect(held.get(second!.leadId)!.kind).toBe('desk');

  // The grade of the day it was given counts, whatever the lead has become since; and one a week still receives one.
  await house.write((tx) => tx.run(sql`update qualify.lead set grade = 'cold' where workspace_id = ${house.workspaceId} and id = ${hot!.leadId}`));
  await house.write((tx) => handTo(tx, house.cx, [hot!.leadId], { kind: 'nurture' }, { why: 'nurtured' }));
  expect(await limits()).toMatchObject({ lastWeekByGrade: { hot: 1 } });
  house.clock.set('2026-03-09T08:59:00Z');
  await house.scan();
  expect((await holders(house)).get(second!.leadId)!.kind).toBe('desk');
  house.clock.set('2026-03-09T09:16:00Z');
  await house.scan();
  held = await holders(house);
  expect(held.get(second!.leadId)!.holderId).toBe(ana);
  expect(await custodyBreaks(house)).toEqual([]);
});

test('limits are taken away one by one', async () => {
  await house.request('marketing', 'PATCH', `/v1/holders/${ana}`, { capacityByGrade: {}, openMost: null, capacityPerWeek: null });
  expect(await limits()).toMatchObject({ capacityByGrade: {}, openMost: null });
  expect((await plant(['hot', 'hot', 'hot'])).map((one) => one.has)).toEqual([true, true, true]);
  expect((await house.request('marketing', 'PATCH', `/v1/holders/${ana}`, { capacityByGrade: { hot: -1 } })).status).toBe(422);
});
