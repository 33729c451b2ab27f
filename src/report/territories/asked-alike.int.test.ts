/** Named accounts, sizes and products count alike wherever territories do: dealing, coverage, proof, dry run, launch check and profile. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse, type TestHouse } from '../../../tests/support/house.ts';
import { holders, plantLeads, queriesToDeal } from '../../../tests/support/leads.ts';
import { sql } from '../../platform/db/index.ts';

let house: TestHouse;
const id: Record<string, string> = {};
const territory: Record<string, string> = {};

const ask = async (method: 'GET' | 'POST', path: string, body?: object) => {
  const { json, status, text } = await house.request('marketing', method, path, body);
  if (status !== 200) throw new Error(`${path}: ${text}`);
  return json;
};
const add = async (path: string, body: object): Promise<string> => (await ask('POST', path, body)).id as string;
const lead = (name: string) => ({ country: 'ES', organizationId: id[name]! });

beforeAll(async () => {
  house = await openTestHouse({ at: '2026-03-02T09:00:00Z' });
  for (const name of ['Key', 'Large', 'Rich', 'Small', 'Unknown']) id[name] = house.cx.ids.next();
  await house.write(async (tx) => {
    for (const [name, employees, annual] of [['Key', 5, null], ['Large', 250, null], ['Rich', 249, 900_000_000], ['Small', 249, 899_999_999], ['Unknown', null, null]] as const)
      await tx.run(sql`insert into identity.organization (workspace_id, id, name, name_key, country, employees, annual_revenue_minor, first_seen_at, last_seen_at)
        values (${house.workspaceId}, ${id[name]!}, ${name}, ${name.toLowerCase()}, 'ES', ${employees}, ${annual}, now(), now())`);
  });
  for (const name of ['Ana', 'Ben', 'Cas', 'Dan']) id[name] = await add('/v1/holders', { kind: 'rep', name });
  for (const [name, rules, holder] of [
    ['Of many', { countries: ['ES'], employees: { from: 250 } }, 'Ben'],
    ['Of much', { countries: ['ES'], annualSales: { fromMinor: 900_000_000 } }, 'Cas'],
    ['Others', { countries: ['ES'] }, 'Dan'],
    ['Key accounts', { accounts: [id['Key']!] }, 'Ana'],
  ] as const)
    territory[name] = await add('/v1/territories', { name, rules, holders: [{ holderId: id[holder], weight: 1 }] });
});
afterAll(() => house.close());

test('each goes to the territory of its account or size; where the size is not known, that is said', async () => {
  const planted = await plantLeads(house, ['Key', 'Large', 'Rich', 'Small', 'Unknown'].map(lead));
  await house.drain();
  const held = await holders(house);
  expect(planted.map(({ leadId }) => held.get(leadId)?.holderId)).toEqual(['Ana', 'Ben', 'Cas', 'Dan', 'Dan'].map((name) => id[name]));
  const reasons = async (at: number): Promise<{ label: string; detail: string }[]> => (await ask('GET', `/v1/leads/${planted[at]!.leadId}/assignments`)).items[0].because;
  expect((await reasons(3)).map(({ label }) => label)).toEqual(['Territory', 'Turn']);
  expect(await reasons(4)).toContainEqual({ label: 'Not known', detail: 'Of many goes by number of employees, not known of it; Of much goes by annual sales, not known of it' });
});

test('coverage tells them apart, and names what a size leaves over', async () => {
  const { overlaps, unused, gaps } = await ask('GET', '/v1/territories/coverage');
  const pair = (name: string, has: string, leads: number) => ({ territoryId: territory[name], name, hasId: territory[has], hasName: has, leads });
  expect(overlaps).toHaveLength(3);
  for (const one of [pair('Others', 'Key accounts', 1), pair('Others', 'Of many', 1), pair('Others', 'Of much', 1)]) expect(overlaps).toContainEqual(one);
  expect(unused.map(({ name }: { name: string }) => name)).toEqual(['Everywhere else']);
  expect(gaps).toEqual([]);
});

test('the proof tries every size the territories ask for', async () => {
  const rule = { id: randomUUID(), name: 'By territory', when: { all: [] }, first: false, pool: { kind: 'territory' }, method: 'turns', promise: null, otherwise: 'next' };
  const { uncovered, complete, ownLeads } = await ask('POST', '/v1/routing/check', { rules: [rule] });
  expect({ complete, ownLeads }).toEqual({ complete: true, ownLeads: 5 });
  // Nobody is in the one for everywhere else: it is found for a place, none of the sizes.
  expect(uncovered).toMatchObject([{ why: 'Everywhere else has nobody yet', leads: 0 }]);
  const off = await house.request('marketing', 'PATCH', `/v1/territories/${territory['Others']}`, { active: false });
  expect(off.status).toBe(200);
  const without = await ask('POST', '/v1/routing/check', { rules: [rule] });
  expect(without.uncovered).toMatchObject([{ why: 'Everywhere else has nobody yet', leads: 2 }]);
  await house.request('marketing', 'PATCH', `/v1/territories/${territory['Others']}`, { active: true });
});

test('a dry run gives each where its account or size belongs', async () => {
  house.clock.set('2026-03-20T09:00:00Z');
  const run = await add('/v1/routing/simulations', { rules: [], months: 1 });
  await house.runJobs();
  const { result } = await ask('GET', `/v1/routing/simulations/${run}`);
  const had = Object.fromEntries((result.loads as { name: string; leads: number }[]).map(({ name, leads }) => [name, leads]));
  expect(had).toMatchObject({ Ana: 1, Ben: 1, Cas: 1, Dan: 2 });
});

test('the launch check expects them there, of leads like those that came and of an audience', async () => {
  const program = await add('/v1/programs', { name: 'Fair', channel: 'trade show', status: 'planned', startsOn: '2026-11-02', endsOn: '2026-11-06', goalLeads: 50 });
  const expected = async (query = ''): Promise<Record<string, number>> =>
    Object.fromEntries(((await ask('GET', `/v1/programs/${program}/launch-check${query}`)).rows as { name: string; expected: number }[]).map((row) => [row.name, row.expected]));
  const each = { 'Key accounts': 10, 'Of many': 10, 'Of much': 10, Others: 20 };
  expect(await expected()).toEqual(each);
  const segment = await add('/v1/segments', { name: 'All', subject: 'organization', kind: 'live', criteria: { field: 'country', op: 'equals', value: 'ES' } });
  await house.runJobs();
  expect(await expected(`?segmentId=${segment}`)).toEqual(each);
});

test('the profile counts organizations and open leads there', async () => {
  const { territories } = await ask('GET', '/v1/territories/profile');
  const counts = Object.fromEntries((territories as { name: string; figures: { prospects: number; openLeads: number } }[]).map(({ name, figures }) => [name, [figures.prospects, figures.openLeads]]));
  expect(counts).toMatchObject({ 'Key accounts': [1, 1], 'Of many': [1, 1], 'Of much': [1, 1], Others: [2, 2] });
});

test('only territories of one size are balanced with each other', async () => {
  const refused = await house.request('marketing', 'POST', '/v1/territories/proposals', { territories: [territory['Of many'], territory['Others']] });
  expect(refused).toMatchObject({ status: 422, json: { detail: expect.stringContaining('organizations of the same size') } });
});

test('a size that ends before it begins is refused', async () => {
  for (const rules of [{ employees: { from: 10, to: 9 } }, { annualSales: { fromMinor: 10, belowMinor: 10 } }, { employees: { from: -1 } }])
    expect((await house.request('marketing', 'POST', '/v1/territories', { name: 'No', rules })).status).toBe(422);
});

test('many leads ask no more questions than a few', async () => {
  const planted = await plantLeads(house, Array.from({ length: 80 }, (_, n) => lead(['Large', 'Rich', 'Small', 'Unknown'][n % 4]!)));
  await house.drain();
  expect(await queriesToDeal(house, planted.slice(0, 72))).toBeLessThanOrEqual(await queriesToDeal(house, planted.slice(72)));
});

test('products of leads count alike: dealt, covered, proved, tried, foreseen and counted', async () => {
  const asking = (product?: string) => ({ country: 'PT', ...(product === undefined ? {} : { product }) });
  const whole = { countries: ['PT'] };
  const rest = await add('/v1/territories', { name: 'Portugal', rules: whole, holders: [{ holderId: id['Dan'], weight: 1 }], overflow: true });
  const pumps = await add('/v1/territories', { name: 'Pumps', rules: { ...whole, products: ['pump'] }, holders: [{ holderId: id['Ana'], weight: 1 }], position: 0 });
  const planted = await plantLeads(house, [asking('Dosing PUMP P3'), asking('Valve'), asking()]);
  await house.drain();
  const held = await holders(house);
  expect(planted.map(({ leadId }) => held.get(leadId)?.holderId)).toEqual(['Ana', 'Dan', 'Dan'].map((name) => id[name]));
  const [because] = (await ask('GET', `/v1/leads/${planted[2]!.leadId}/assignments`)).items;
  expect(because.because).toContainEqual({ label: 'Not known', detail: 'Pumps goes by product, not known of it' });

  const { overlaps } = await ask('GET', '/v1/territories/coverage');
  expect(overlaps).toContainEqual({ territoryId: rest, name: 'Portugal', hasId: pumps, hasName: 'Pumps', leads: 1 });
  const { territories } = await ask('GET', '/v1/territories/profile');
  expect(territories.find(({ territoryId }: { territoryId: string }) => territoryId === pumps).figures.openLeads).toBe(1);
  house.clock.advance(60_000);
  const later = await add('/v1/routing/simulations', { rules: [], months: 1 });
  await house.runJobs();
  const { result } = await ask('GET', `/v1/routing/simulations/${later}`);
  const had = Object.fromEntries((result.loads as { name: string; leads: number }[]).map(({ name, leads }) => [name, leads]));
  expect(had['Ana']).toBe(2);

  expect((await house.request('marketing', 'PATCH', `/v1/territories/${rest}`, { active: false })).status).toBe(200);
  const { gaps } = await ask('GET', '/v1/territories/coverage');
  expect(gaps).toContainEqual({ country: 'PT', state: null, vertical: null, product: 'Valve', leads: 1, why: 'Everywhere else has nobody' });
  const rule = { id: randomUUID(), name: 'By territory', when: { all: [] }, first: false, pool: { kind: 'territory' }, method: 'turns', promise: null, otherwise: 'next' };
  const { uncovered } = await ask('POST', '/v1/routing/check', { rules: [rule] });
  expect(uncovered).toMatchObject([{ why: 'Everywhere else has nobody yet', leads: 2 }]);
  const program = await add('/v1/programs', { name: 'Lisbon', channel: 'trade show', status: 'planned', startsOn: '2026-12-02', endsOn: '2026-12-06', goalLeads: 10 });
  const { rows } = await ask('GET', `/v1/programs/${program}/launch-check`);
  expect((rows as { name: string }[]).map(({ name }) => name)).toContain('Pumps');
  const refused = await house.request('marketing', 'POST', '/v1/territories/proposals', { territories: [pumps, territory['Others']] });
  expect(refused).toMatchObject({ status: 422, json: { detail: expect.stringContaining('leads about the same products') } });
});
