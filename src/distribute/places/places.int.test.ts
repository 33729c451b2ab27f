/** Counties and distances: lists of places brought in, and leads dealt, covered, proved, tried and counted by them alike. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse, type TestHouse } from '../../../tests/support/house.ts';
import { holders, plantLeads, queriesToDeal } from '../../../tests/support/leads.ts';
import { bringInFile } from '../../capture/index.ts';
import { sql } from '../../platform/db/index.ts';

let house: TestHouse;
const rep: Record<string, string> = {};
const id: Record<string, string> = {};

const ask = async (method: 'GET' | 'POST' | 'PATCH', path: string, body?: object) => {
  const { json, status, text } = await house.request('marketing', method, path, body);
  if (status !== 200) throw new Error(`${path}: ${text}`);
  return json;
};
const bring = (name: string, text: string) => bringInFile(house.cx, house.scope, { name, bytes: Buffer.from(text), kind: 'places' });
const uploaded = async (name: string, text: string): Promise<{ id: string; settings: object }> => {
  const bytes = Buffer.from(text);
  const { id: upload } = await ask('POST', '/v1/imports/uploads', { fileName: name, fileBytes: bytes.length, kind: 'places' });
  await house.request('marketing', 'PUT', `/v1/imports/uploads/${upload}?offset=0`, bytes, { 'content-type': 'application/octet-stream' });
  return ask('POST', `/v1/imports/uploads/${upload}/complete`);
};
const at = (postalCode: string, country = 'US') => ({ country, postalCode });
const whom = async (leads: { leadId: string }[]) => {
  const held = await holders(house);
  return leads.map(({ leadId }) => Object.keys(rep).find((name) => rep[name] === held.get(leadId)?.holderId) ?? 'desk');
};

// As GeoNames writes a country: no header, tabs, a code several times.
const geonames = [
  ['US', '92602', 'Irvine', 'California', 'CA', 'Orange', '059', '', '', '33.7311', '-117.7697', '4'],
  ['US', '92618', 'Irvine', 'California', 'CA', 'Orange', '059', '', '', '33.6686', '-117.7650', '4'],
  ['US', '90001', 'Los Angeles', 'California', 'CA', 'Los Angeles', '037', '', '', '33.9731', '-118.2479', '4'],
  ['US', '90001', 'Florence', 'California', 'CA', 'Los Angeles', '037', '', '', '34.9', '-118.9', '4'],
  ['US', '94103', 'San Francisco', 'California', 'CA', 'San Francisco', '075', '', '', '37.7725', '-122.4147', '4'],
  ['US', '10001', 'New York', 'New York', 'NY', 'New York', '061', '', '', '40.7484', '-73.9967', '4'],
].map((row) => row.join('\t')).join('\n');

beforeAll(async () => {
  house = await openTestHouse({ at: '2026-03-02T09:00:00Z' });
  for (const name of ['Ana', 'Ben', 'Cas']) rep[name] = (await ask('POST', '/v1/holders', { kind: 'rep', name })).id;
  for (const [name, rules, holder] of [
    ['Orange County', { countries: ['US'], counties: ['orange county'] }, 'Ana'],
    ['Around Los Angeles', { counties: [], near: [{ lat: 34.05, lon: -118.24, km: 100, name: 'Los Angeles' }] }, 'Ben'],
    ['All else', { countries: ['US'] }, 'Cas'],
  ] as const)
    id[name] = (await ask('POST', '/v1/territories', { name, rules, holders: [{ holderId: rep[holder], weight: 1 }] })).id;
});
afterAll(() => house.close());

test('while no list was brought, a lead falls not in them, and that is said', async () => {
  const [lead] = await plantLeads(house, [at('92602')]);
  await house.drain();
  expect(await whom([lead!])).toEqual(['Cas']);
  const { items } = await ask('GET', `/v1/leads/${lead!.leadId}/assignments`);
  expect(items[0].because[1]).toEqual({ label: 'Not known', detail: 'Orange County goes by county, not known of it: its postcode is not in the company’s lists of places; Around Los Angeles goes by distance, not known of it: its postcode is not in the company’s lists of places' });
  expect((await ask('GET', '/v1/places')).items).toEqual([{ country: 'US', codes: 0, withCounty: 0, leads: 1, placed: 0 }]);
});

test('a country’s file of GeoNames is known for what it is; what cannot be is a problem', async () => {
  const { counts } = await bring('US.txt', geonames);
  expect(counts).toMatchObject({ new: 5, matched: 1, problem: 0 });
  expect(await house.rows(sql`select code, name, county, lat from distribute.postcode where code = '90001'`)).toEqual([{ code: '90001', name: 'Los Angeles', county: 'Los Angeles', lat: 33.9731 }]);
  const wrong = await bring('more.csv', 'Country,Postcode,Latitude,Longitude\nUS,99999,133.7,-117.7\nGB,E1,51.5168,-0.0594\nGB,E16,51.5094,0.0179');
  expect(wrong.counts).toMatchObject({ new: 2, problem: 1 });
});

test('then each goes where it lies', async () => {
  const leads = await plantLeads(house, [at('92602-1234'), at('90001'), at('94103'), at('00000')]);
  await house.drain();
  expect(await whom(leads)).toEqual(['Ana', 'Ben', 'Cas', 'Cas']);
  expect((await ask('GET', '/v1/places')).items).toEqual([
    { country: 'US', codes: 5, withCounty: 5, leads: 5, placed: 4 },
    { country: 'GB', codes: 2, withCounty: 0, leads: 0, placed: 0 },
  ]);
  expect(await ask('GET', '/v1/places/find?country=GB&code=E1%206AN')).toMatchObject({ found: { lat: 51.5168 } });
  expect(await ask('GET', '/v1/places/find?country=DE&code=70173')).toEqual({ found: null });
  expect((await ask('GET', '/v1/places/counties?q=ORA')).items).toEqual([{ county: 'Orange', state: 'California', country: 'US' }]);
});

test('coverage, proof, dry run and profile say the same', async () => {
  const { overlaps } = await ask('GET', '/v1/territories/coverage');
  const pairs = (overlaps as { hasId: string; territoryId: string; leads: number }[]).map(({ hasId, territoryId, leads }) => [hasId, territoryId, leads]);
  expect(pairs).toContainEqual([id['Orange County'], id['Around Los Angeles'], 2]);
  expect(pairs).toContainEqual([id['Around Los Angeles'], id['All else'], 1]);
  const rule = { id: randomUUID(), name: 'By territory', when: { all: [] }, first: false, pool: { kind: 'territory' }, method: 'turns', promise: null, otherwise: 'next' };
  expect(await ask('POST', '/v1/routing/check', { rules: [rule] })).toMatchObject({ complete: true, ownLeads: 5, uncovered: [{ leads: 0 }] });
  house.clock.advance(3_600_000);
  const run = await ask('POST', '/v1/routing/simulations', { rules: [], months: 1 });
  await house.runJobs();
  const { result } = await ask('GET', `/v1/routing/simulations/${run.id}`);
  expect(Object.fromEntries((result.loads as { name: string; leads: number }[]).map(({ name, leads }) => [name, leads]))).toMatchObject({ Ana: 2, Ben: 1, Cas: 2 });
  const { territories } = await ask('GET', '/v1/territories/profile');
  const open = Object.fromEntries((territories as { name: string; figures: { openLeads: number } }[]).map(({ name, figures }) => [name, figures.openLeads]));
  expect(open).toMatchObject({ 'Orange County': 2, 'Around Los Angeles': 1, 'All else': 2 });
  const program = await ask('POST', '/v1/programs', { name: 'Fair', channel: 'trade show', status: 'planned', startsOn: '2026-11-02', endsOn: '2026-11-06', goalLeads: 50 });
  const { rows } = await ask('GET', `/v1/programs/${program.id}/launch-check`);
  expect(Object.fromEntries((rows as { name: string; expected: number }[]).map(({ name, expected }) => [name, expected]))).toEqual({ 'Orange County': 20, 'Around Los Angeles': 10, 'All else': 20 });
  const even = await house.request('marketing', 'POST', '/v1/territories/proposals', { territories: [id['Orange County'], id['All else']] });
  expect(even).toMatchObject({ status: 422, json: { detail: expect.stringContaining('goes by county or by distance') } });
});

test('the newest list counts; taken back, the one before does again', async () => {
  const find = async () => (await ask('GET', '/v1/places/find?country=US&code=10001')).found?.county;
  const { importId } = await bring('newer.csv', 'Country,Zip code,County,Latitude,Longitude\nUS,10001,Manhattan,40.75,-73.99');
  expect(await find()).toBe('Manhattan');
  await ask('POST', `/v1/imports/${importId}/undo`, { changedSince: 'overwrite' });
  await house.runJobs();
  expect(await find()).toBe('New York');
});

test('a list that names no country is asked which it is; the company’s own is never taken for it', async () => {
  await house.write((tx) => tx.run(sql`update platform.workspace set country = 'US' where id = ${house.workspaceId}`));
  const { id: importId } = await uploaded('outcodes.csv', 'Nr,Postcode,Lat,Lon\n1,XQ10,57.2,-2.3\n');
  for (const step of ['preview', 'start'])
    expect(await house.request('marketing', 'POST', `/v1/imports/${importId}/${step}`)).toMatchObject({ status: 422, json: { code: 'capture/country-unsaid' } });
  expect(await house.request('marketing', 'PUT', `/v1/imports/${importId}`, { settings: { country: 'QQ' } })).toMatchObject({ status: 422, json: { code: 'capture/country' } });
  expect((await house.request('marketing', 'PUT', `/v1/imports/${importId}`, { settings: { country: 'GB', saveAs: 'Outcodes' } })).json.settings).toMatchObject({ country: 'GB' });
  expect((await ask('POST', `/v1/imports/${importId}/preview`)).sentences).toContain('Rows that name no country are taken to be in United Kingdom, as you said.');
  await ask('POST', `/v1/imports/${importId}/start`);
  await house.runJobs();
  expect(await house.rows(sql`select country from distribute.postcode where code = 'XQ10'`)).toEqual([{ country: 'GB' }]);
  // The next file of this shape may be of another country: it is asked again.
  expect((await uploaded('more outcodes.csv', 'Nr,Postcode,Lat,Lon\n2,1010,48.2,16.37\n')).settings).not.toHaveProperty('country');
  const mixed = await bring('mixed.csv', 'Country,Postcode,Latitude,Longitude\nAT,1020,48.21,16.39\n,1030,48.2,16.4\n');
  expect(mixed.counts).toMatchObject({ new: 1, problem: 1 });
});

test('a batch asks one question more, however large it is', async () => {
  const planted = await plantLeads(house, Array.from({ length: 80 }, (_, n) => at(['92602', '90001', '94103', '10001'][n % 4]!)));
  await house.drain();
  expect(await queriesToDeal(house, planted.slice(0, 72))).toBeLessThanOrEqual(await queriesToDeal(house, planted.slice(72)));
});

test('who may not see territories may not see places', async () => {
  for (const path of ['/v1/places', '/v1/places/find?country=US&code=1', '/v1/places/counties?q=a']) expect((await house.request('partner', 'GET', path)).status).toBe(403);
});
