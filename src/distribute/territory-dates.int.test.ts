import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse } from '../../tests/support/house.ts';
import type { TestHouse } from '../../tests/support/house.ts';
import { custodyBreaks, holders, plantLeads } from '../../tests/support/leads.ts';

let house: TestHouse;
let [ana, ben, old] = ['', '', ''];
const ask = (method: string, url: string, body?: unknown) => house.request('marketing', method, url, body);
const territory = async (name: string, holderId: string, more: object): Promise<string> =>
  (await ask('POST', '/v1/territories', { name, rules: { countries: ['ES'] }, holders: [{ holderId, weight: 1 }], ...more })).json.id;
const plant = async (): Promise<string> => {
  const [lead] = await plantLeads(house, [{ country: 'ES' }]);
  await house.drain();
  return lead!.leadId;
};
const holderOf = async (leadId: string) => (await holders(house)).get(leadId)!;
const now = async (at: string): Promise<void> => {
  house.clock.set(at);
  await house.scan();
};

beforeAll(async () => {
  house = await openTestHouse({ timeZone: 'Europe/Zurich', at: '2026-12-31T09:00:00Z' });
  const add = async (name: string) => (await ask('POST', '/v1/holders', { kind: 'rep', name })).json.id as string;
  [ana, ben] = [await add('Ana'), await add('Ben')];
  old = await territory('Iberia', ana, { endsOn: '2026-12-31' });
  await territory('Iberia, from spring', ben, { startsOn: '2027-03-01' });
});
afterAll(() => house.close());

test('one ends with its day in the company’s time zone, the other begins with its own; what comes between waits for that', async () => {
  await now('2026-12-31T22:59:00Z');
  expect(await holderOf(await plant())).toMatchObject({ holderId: ana });
  await now('2026-12-31T23:00:00Z');
  const between = await plant();
  expect(await holderOf(between)).toMatchObject({ kind: 'desk' });
  expect((await ask('GET', '/v1/territories/coverage')).json).toMatchObject({ uncovered: 2, unused: [] });
  await now('2027-02-28T22:59:00Z');
  expect(await holderOf(between)).toMatchObject({ kind: 'desk' });
  await now('2027-02-28T23:00:00Z');
  expect(await holderOf(between)).toMatchObject({ holderId: ben });
  expect(await custodyBreaks(house)).toEqual([]);
});

test('dates are kept, taken away, and make sense', async () => {
  const path = `/v1/territories/${old}`;
  expect((await ask('PATCH', path, { name: 'Iberia of old' })).json).toMatchObject({ startsOn: null, endsOn: '2026-12-31' });
  expect((await ask('PATCH', path, { startsOn: '2027-01-01' })).status).toBe(422);
  expect((await ask('PATCH', path, { endsOn: null })).json).toMatchObject({ endsOn: null });
  expect(await holderOf(await plant())).toMatchObject({ holderId: ana });
});
