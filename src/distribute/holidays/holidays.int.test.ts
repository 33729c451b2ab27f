import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse } from '../../../tests/support/house.ts';
import type { TestHouse } from '../../../tests/support/house.ts';
import { holders, plantLeads } from '../../../tests/support/leads.ts';

let house: TestHouse;
let [ana, ben, desk] = ['', '', ''];
beforeAll(async () => {
  house = await openTestHouse({ timeZone: 'Europe/Zurich', at: '2026-12-24T15:30:00Z' }); // Thursday, half past four
  const add = async (name: string) => (await house.request('marketing', 'POST', '/v1/holders', { kind: 'rep', name })).json.id as string;
  [ana, ben] = [await add('Ana'), await add('Ben')];
  desk = (await house.request('marketing', 'GET', '/v1/holders?kind=desk')).json.items[0].id;
  await house.request('marketing', 'POST', '/v1/territories', { name: 'Iberia', rules: { countries: ['ES'] }, holders: [{ holderId: ana, weight: 1 }] });
});
afterAll(() => house.close());

const calendar = `BEGIN:VCALENDAR
BEGIN:VEVENT
DTSTART;VALUE=DATE:20201225
DTEND;VALUE=DATE:20201227
RRULE:FREQ=YEARLY
SUMMARY:Christmas
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20260104
RRULE:FREQ=WEEKLY
SUMMARY:Sundays
END:VEVENT
END:VCALENDAR`;
const respondBy = async (): Promise<Date> => {
  const [lead] = await plantLeads(house, [{ grade: 'hot', country: 'ES' }]);
  await house.drain();
  return (await holders(house)).get(lead!.leadId)!.respondBy!;
};

test('a calendar is read, kept and given to people; their clocks rest on its days, also when a person hands over', async () => {
  const read = (await house.request('sales_manager', 'POST', '/v1/holidays/read', { text: calendar })).json;
  expect(read.days).toHaveLength(12);
  expect(read.days.slice(0, 2)).toEqual([
    { on: '2026-12-25', name: 'Christmas' },
    { on: '2026-12-26', name: 'Christmas' },
  ]);
  expect(read.skipped).toEqual([{ name: 'Sundays', why: 'it repeats in a way that is not read here (FREQ=WEEKLY)' }]);
  expect((await house.request('marketing', 'POST', '/v1/holidays/read', { text: 'Christmas: 25 December' })).status).toBe(422);

  expect(await respondBy()).toEqual(new Date('2026-12-25T07:30:00Z'));
  const body = { name: 'Switzerland', country: 'ch', days: read.days, holderIds: [ana, desk] };
  const made = await house.request('marketing', 'POST', '/v1/holidays', body);
  expect(made.json).toMatchObject({ name: 'Switzerland', country: 'CH', holders: [{ name: 'Ana' }, { id: desk }] });
  expect((await house.request('rep', 'GET', `/v1/holders/${ana}`)).json.holidays).toEqual([{ id: made.json.id, name: 'Switzerland' }]);
  // Half an hour on Thursday; Friday and Saturday are Christmas; half an hour on Monday.
  expect(await respondBy()).toEqual(new Date('2026-12-28T07:30:00Z'));
  const [lead] = await plantLeads(house, [{ grade: 'hot', country: 'JP' }]);
  await house.drain();
  const hand = async (holderId: string) => (await house.request('sales_manager', 'POST', `/v1/leads/${lead!.leadId}/assign`, { holderId })).json.respondBy;
  expect(await hand(ben)).toBe('2026-12-25T07:30:00.000Z');
  expect(await hand(ana)).toBe('2026-12-28T07:30:00.000Z');

  // Given to somebody else, each day named twice: it stays one, and Ana's clocks run again.
  const changed = await house.request('marketing', 'PUT', `/v1/holidays/${made.json.id}`, { ...body, days: [...read.days, ...read.days], holderIds: [ben] });
  expect(changed.json.days).toHaveLength(12);
  expect(changed.json.holders).toEqual([{ id: ben, name: 'Ben' }]);
  expect(await respondBy()).toEqual(new Date('2026-12-25T07:30:00Z'));
});

test('a list that goes leaves nobody resting on it', async () => {
  const [list] = (await house.request('management', 'GET', '/v1/holidays')).json.items;
  expect((await house.request('marketing', 'DELETE', `/v1/holidays/${list.id}`)).json).toEqual({ removed: true });
  expect((await house.request('marketing', 'DELETE', `/v1/holidays/${list.id}`)).status).toBe(404);
  expect((await house.request('marketing', 'GET', `/v1/holders/${ben}`)).json.holidays).toEqual([]);
});
