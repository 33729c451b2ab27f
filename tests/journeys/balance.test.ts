import { afterAll, beforeAll, expect, it } from 'vitest';
import { addTerritories, areas, plantCustomers } from '../support/areas.ts';
import { openTestHouse } from '../support/house.ts';
import type { TestHouse } from '../support/house.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse({ at: '2026-03-02T08:00:00Z' });
});
afterAll(() => house.close());

const enquire = async (name: string, postalCode: string): Promise<string> => {
  const { json } = await house.request('marketing', 'POST', '/v1/inquiries', {
    fullName: name,
    email: `${name.toLowerCase().replace(' ', '.')}@${postalCode}.example`,
    phone: `+49 89 1234${postalCode.padStart(5, '0')}`,
    organization: `${name} GmbH`,
    country: 'DE',
    postalCode,
    message: 'Please send a quote, we need two pumps this quarter.',
    budget: 'yes',
    authority: 'decides',
    need: 'replacement',
    timing: 'this quarter',
  });
  await house.drain();
  return json.receipt as string;
};
const holderOf = async (name: string): Promise<string> => {
  const items = (await house.request('management', 'GET', `/v1/leads?text=${encodeURIComponent(name)}`)).json.items as { person: { name: string }; holder: { name: string } | null }[];
  return items.find(({ person }) => person.name === name)?.holder?.name ?? 'nobody';
};

it('an area changes hands on its day: who had a lead keeps it, the next goes to the other, and back again once it is taken back', async () => {
  await addTerritories(house, 0);
  await plantCustomers(house);
  await enquire('Marta Keller', '80331');
  expect(await holderOf('Marta Keller')).toBe('South rep');

  const asked = await house.request('sales_manager', 'POST', '/v1/territories/proposals', {
    measures: [{ figure: 'customers', tolerance: 0.15 }],
    kind: 'postcode',
    digits: 2,
    centres: areas.centres,
    effectiveOn: '2026-04-01',
  });
  expect(asked.status, asked.text).toBe(200);
  await house.runJobs();
  const path = `/v1/territories/proposals/${asked.json.id as string}`;
  const { sides, moves, proposed } = (await house.request('management', 'GET', path)).json;
  expect(sides.map((one: { name: string; proposed: { figures: { customers: number } } }) => [one.name, one.proposed.figures.customers])).toEqual([['North', 9], ['South', 11]]);
  expect(moves).toMatchObject({ units: 1, customers: 5, openLeads: 1 });
  expect(proposed.contiguous).toBe(true);
  const accepted = await house.request('sales_manager', 'POST', `${path}/accept`, {});
  expect(accepted.json.state).toBe('due');

  await enquire('Tomas Okafor', '80335');
  expect(await holderOf('Tomas Okafor')).toBe('South rep');
  house.clock.set('2026-03-31T22:30:00Z'); // the first of April in Zurich
  await house.runJobs();
  await enquire('Ines Prado', '80339');
  // Nobody is there yet, and a code nobody can read: where they always were.
  await enquire('Ravi Menon', '99084');
  await enquire('Lina Forsberg', '8');
  expect([await holderOf('Ines Prado'), await holderOf('Ravi Menon'), await holderOf('Lina Forsberg')]).toEqual(['North rep', 'South rep', 'South rep']);
  expect(await holderOf('Marta Keller')).toBe('South rep');

  const undone = await house.request('sales_manager', 'POST', `/v1/territories/acceptances/${accepted.json.id as string}/undo`);
  expect(undone.json).toEqual({ state: 'undone' });
  await enquire('Paul Brandt', '80337');
  expect(await holderOf('Paul Brandt')).toBe('South rep');
  expect((await house.request('administrator', 'GET', '/v1/verify')).json).toMatchObject({ holds: true });
});
