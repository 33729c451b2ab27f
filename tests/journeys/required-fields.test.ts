import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse, type TestHouse } from '../support/house.ts';

/** A company declares what it must know of somebody, and by when: it is no lead, and no sale, before. */
let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse({ ticking: true });
});
afterAll(() => house.close());

const ask = (method: 'GET' | 'POST' | 'PATCH', url: string, body?: object) => house.request('marketing', method, url, body);
const leads = async (): Promise<{ id: string; person: { id: string; name: string }; organization: { id: string } | null; fate: string | null }[]> => (await ask('GET', '/v1/leads')).json.items;
const arrive = async (name: string, more: object = {}) => {
  const { json } = await ask('POST', '/v1/inquiries', { givenName: name, familyName: 'Lee', email: `${name.toLowerCase()}@acme.example`, organization: 'Acme AG', ...more });
  await house.drain();
  return json.id as string;
};

test('an own field required of a lead: it waits, the reason is said, and it becomes one when the field is known or not required any more', async () => {
  const plant = (await ask('POST', '/v1/fields', { subject: 'person', label: 'Plant', type: 'text', requiredFrom: 'lead' })).json;
  const first = await arrive('Ann');
  await arrive('Ann', { message: 'And a second time' });
  await arrive('Bea');
  expect(await leads()).toEqual([]);
  const items = (await ask('GET', '/v1/fates')).json.items as { state: string }[];
  expect(items.map(({ state }) => state)).toEqual(['not_yet', 'not_yet', 'not_yet']);
  const people = (await ask('GET', '/v1/people')).json.items as { id: string; name: string }[];
  const idOf = (name: string) => people.find((one) => one.name.startsWith(name))!.id;
  expect((await ask('GET', `/v1/facts?chainId=${first}`)).text).toContain('“Plant” of the person is not known, and a lead requires it');
  await ask('PATCH', `/v1/people/${idOf('Ann')}`, { custom: { plant: 'North' } });
  await house.drain();
  expect(await leads()).toMatchObject([{ person: { name: 'Ann Lee' }, inquiries: 2 }]);
  await ask('PATCH', `/v1/fields/${plant.id}`, { requiredFrom: null });
  await house.scan();
  await house.drain();
  expect((await leads()).map((one) => one.person.name).toSorted()).toEqual(['Ann Lee', 'Bea Lee']);
});

test('an own field required of a sale: the verdict is refused with a sentence that says which, and given once it is known', async () => {
  await ask('POST', '/v1/fields', { subject: 'organization', label: 'Contract number', type: 'text', requiredFrom: 'sale' });
  const lead = (await leads()).find((one) => one.person.name === 'Ann Lee')!;
  const sell = () => ask('POST', `/v1/leads/${lead.id}/verdict`, { verdict: 'sale', valueMinor: 100 });
  const refused = await sell();
  expect(refused).toMatchObject({ status: 409, json: { code: 'followup/field-required', detail: 'Ann Lee cannot be closed as a sale yet: “Contract number” of the company is not known. Fill it in on their page, then close it.' } });
  expect((await leads()).find(({ id }) => id === lead.id)).toMatchObject({ fate: null });
  expect((await ask('POST', `/v1/leads/${lead.id}/verdict`, { verdict: 'hot' })).status).toBe(200);
  await ask('PATCH', `/v1/organizations/${lead.organization!.id}`, { custom: { contract_number: 'C-1' } });
  expect((await sell()).status).toBe(200);
  await house.drain();
  expect((await leads()).find(({ id }) => id === lead.id)).toMatchObject({ fate: 'sold' });
});

test('own fields are shown, asked for and counted by where leads are', async () => {
  await ask('POST', '/v1/fields', { subject: 'person', label: 'Fuel', type: 'choice', choices: ['Gas', 'Oil'] });
  const [ann] = (await leads()).filter((one) => one.person.name === 'Ann Lee');
  await ask('PATCH', `/v1/people/${ann!.person.id}`, { custom: { fuel: 'Oil' } });
  const found = async (own: string) => (await ask('GET', `/v1/leads?own=${encodeURIComponent(own)}`)).json.items.map((one: { person: { name: string } }) => one.person.name);
  expect((await leads()).find(({ id }) => id === ann!.id)).toMatchObject({ custom: { person: { fuel: 'Oil', plant: 'North' }, organization: { contract_number: 'C-1' } } });
  expect(await found('person.fuel:Oil')).toEqual(['Ann Lee']);
  expect(await found('person.fuel:Gas')).toEqual([]);
  expect(await found('person.fuel:')).toEqual(['Bea Lee']);
  expect((await found('organization.contract_number:C-1')).toSorted()).toEqual(['Ann Lee', 'Bea Lee']);
  expect((await house.request('partner', 'GET', '/v1/leads?own=person.fuel:Oil')).status).toBe(403);
  const report = (await ask('GET', '/v1/reports/status-update?own=person.fuel')).json;
  expect(report.rows.map((row: { label: string; values: { leads: number; sale: number }; drill: object }) => [row.label, row.values.leads, row.values.sale, row.drill]).toSorted()).toEqual([
    ['(not known)', 1, 0, { own: 'person.fuel:' }],
    ['Oil', 1, 1, { own: 'person.fuel:Oil' }],
  ]);
  expect(report.total.values.leads).toBe(2);
  expect((await ask('GET', '/v1/reports/status-update?own=person.nothing')).status).toBe(404);
});

test('the proof holds: nothing is lost by waiting', async () => {
  const answer = await house.request('administrator', 'GET', '/v1/verify');
  expect(answer.json).toMatchObject({ holds: true });
});
