import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../../tests/support/house.ts';
import { bringInFile } from '../capture/index.ts';
import { sql } from '../platform/db/index.ts';
import { organizationsImport } from './import-organizations.ts';
import { merge } from './merge-people.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

it('keeps what a list says of a company beside what arrivals say, by hand too, and takes it back', async () => {
  const ask = (method: string, url: string, body?: unknown) => house.request('marketing', method, url, body);
  for (const [name, domain] of [['Holding Nord AG', 'nord.example'], ['Werk Süd GmbH', 'sued.example']])
    await ask('POST', '/v1/inquiries', { email: `info@${domain}`, fullName: 'Kim Berger', organization: name, country: 'CH' });
  await house.drain();
  const rows = () => house.rows<{ row: { id: string; name: string } }>(sql`select to_jsonb(o) as row from identity.organization o order by name`);
  const before = await rows();
  const [holding, plant] = before.map(({ row }) => row.id) as [string, string];
  const text = 'Company,Website,NAICS,SIC Code,Parent Company,Language\nWerk Süd GmbH,sued.example,333914 - Pumps,35610000,Holding Nord,de\n';
  const { importId, counts } = await bringInFile(house.cx, house.scope, { name: 'companies.csv', bytes: Buffer.from(text), kind: 'organizations' });
  expect(counts).toMatchObject({ rows: 1, updated: 1 });
  const page = await ask('GET', `/v1/organizations/${plant}`);
  expect(page.json).toMatchObject({ naics: '333914', sic: '35610000', parent: 'Holding Nord', parentId: holding, language: 'de' });

  const found = await ask('GET', `/v1/organizations?where=${encodeURIComponent(JSON.stringify({ field: 'naics', op: 'startsWith', value: '3339' }))}`);
  expect(found.json.items.map((one: { id: string }) => one.id)).toEqual([plant]);

  await house.write((tx) => organizationsImport.undo(tx, house.cx, importId));
  expect(await rows()).toEqual(before);

  expect((await ask('PATCH', `/v1/organizations/${plant}`, { naics: 'pumps' })).json.code).toBe('identity/industry-code');
  expect((await ask('PATCH', `/v1/organizations/${plant}`, { naics: '333914', parent: 'nord.example', annualRevenueMinor: 500 })).json.changed).toEqual(['annualRevenueMinor', 'naics', 'parent']);
  expect((await ask('GET', `/v1/organizations/${plant}`)).json).toMatchObject({ naics: '333914', parentId: holding, annualRevenueMinor: 500 });
});

it('leaves a company as it is when somebody writes under the name of one that was merged into it', async () => {
  const ask = (method: string, url: string, body?: unknown) => house.request('marketing', method, url, body);
  const arrive = async (email: string, organization: string, city?: string) => {
    await ask('POST', '/v1/inquiries', { email, fullName: 'Lou Berger', organization, country: 'CH', ...(city ? { city, street: 'Gasse 1' } : {}) });
    await house.drain();
  };
  await arrive('lou@stamm.example', 'Stammhaus Ost AG');
  await arrive('lou@ableger.example', 'Ableger West AG');
  const organizations = () => house.rows<{ id: string; name: string; domain: string | null; survivorId: string | null }>(sql`select id, name, domain, survivor_id from identity.organization where domain in ('stamm.example', 'ableger.example') order by domain desc`);
  const [stem, branch] = await organizations();
  await house.write((tx) => merge(tx, house.cx, 'organization', { survivorId: stem!.id, mergedId: branch!.id }));
  const merged = await organizations();
  expect(merged.map(({ survivorId }) => survivorId)).toEqual([null, stem!.id]);
  house.clock.advance(5 * 3_600_000);
  await arrive('mia@ableger.example', 'Ableger West AG', 'Thun');
  expect(await organizations()).toEqual(merged);
  expect(await house.rows(sql`select p.organization_id from identity.person p where email = 'mia@ableger.example'`)).toEqual([{ organizationId: stem!.id }]);
});
