import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../../../tests/support/house.ts';
import { bringInFile, type AppendSettings } from '../../capture/index.ts';
import { sql } from '../../platform/db/index.ts';
import { organizationsImport } from '../import-organizations.ts';
import { merge, undoMerge } from '../merge-people.ts';

let house: TestHouse;
const ask = (method: string, url: string, body?: unknown) => house.request('marketing', method, url, body);
const bring = async (name: string, kind: string, lines: string[], append: AppendSettings = {}): Promise<string> => {
  const { importId } = await bringInFile(house.cx, house.scope, { name, bytes: Buffer.from(`${lines.join('\n')}\n`), kind, settings: { append } });
  await house.drain();
  house.clock.advance(60_000);
  return importId;
};
const arrive = async (fields: Record<string, string>): Promise<string> => {
  const { json } = await ask('POST', '/v1/inquiries', { country: 'CH', ...fields });
  await house.drain();
  house.clock.advance(60_000);
  return json.id as string;
};
interface Told {
  group: string;
  value: string;
  verified: { by: string } | null;
  said: { inquiryId: string | null; importId: string | null; list: string | null } | null;
  appended: object | null;
  joined: string | null;
  others: { value: string; inquiryId: string | null }[];
}
const origins = async (id: string) => {
  const { json } = await ask('GET', `/v1/organizations/${id}/origins`);
  return { ...json, by: Object.fromEntries((json.items as Told[]).map((one) => [one.group, one])) as Record<string, Told> } as {
    by: Record<string, Told>;
    inquiries: number;
    lists: number;
    namedBy: { importId: string; list: string; isFirst: boolean; filled: string[]; people: number; inquiries: number }[];
  };
};
const idOf = async (domain: string): Promise<string> => (await house.rows<{ id: string }>(sql`select id from identity.organization where domain = ${domain} order by id`))[0]!.id;
const count = async (url: string): Promise<number> => ((await ask('GET', url)).json.items as unknown[]).length;

let acme: string;
let lists: Record<'people' | 'made' | 'completed' | 'inquiries', string>;
let first: string;
let second: string;
beforeAll(async () => {
  house = await openTestHouse();
  first = await arrive({ email: 'kim@acme.example', fullName: 'Kim Berger', organization: 'Acme Pumpen AG', city: 'Bern', employees: '100' });
  acme = await idOf('acme.example');
  second = await arrive({ email: 'lou@acme.example', fullName: 'Lou Frei', organization: 'Acme', city: 'Thun', employees: '120' });
  lists = {
    people: await bring('visitors.csv', 'people', ['External id,Given name,Family name,Email,Company', 'V1,Max,Moser,max@acme.example,Acme Pumpen AG', 'V2,Ida,Iten,ida@acme.example,Acme Pumpen AG']),
    completed: await bring('register.csv', 'organizations', ['Company,Website,Phone,NAICS', 'Acme Pumpen AG,acme.example,+41 31 311 00 00,333914']),
    made: await bring('catalogue.csv', 'organizations', ['Company,Website,City,Country,Parent Company', 'Acme Werke GmbH,werke.example,Thun,CH,Holding Nord']),
    inquiries: await bring('fair.csv', 'inquiries', ['Given name,Family name,Email,Company,Country', 'Uli,Urech,uli@acme.example,Acme Pumpen AG,CH', 'Eva,Egli,eva@werke.example,Acme Werke GmbH,CH']),
  };
  await bring('bought.csv', 'append-organizations', ['Company,Domain,City,Country,Annual sales', 'Acme Pumpen AG,acme.example,Bern,CH,5000000'], { provider: 'Register', priceThousandMinor: 250_000, pricePer: 'hit' });
  await house.request('rep', 'PATCH', `/v1/organizations/${acme}`, { vertical: 'Water' });
});
afterAll(() => house.close());

it('says of each value which inquiry, list, provider or person it is from', async () => {
  const { by } = await origins(acme);
  expect(by['name']).toMatchObject({ value: 'Acme Pumpen AG', said: { inquiryId: first }, others: [{ value: 'Acme', inquiryId: second }] });
  expect(by['employees']).toMatchObject({ value: '100', said: { inquiryId: first }, others: [{ value: '120', inquiryId: second }] });
  expect(by['address']).toMatchObject({ value: 'Bern, Switzerland', said: { inquiryId: first }, others: [{ value: 'Thun, Switzerland', inquiryId: second }] });
  expect(by['phone']).toMatchObject({ value: '+41 31 311 00 00', said: { importId: lists.completed, list: 'register.csv' } });
  expect(by['naics']).toMatchObject({ value: '333914', said: { importId: lists.completed } });
  expect(by['annualRevenueMinor']).toMatchObject({ value: '500000000', said: null, appended: { provider: 'Register', confidence: 0.8, priceMinor: 83 } });
  expect(by['vertical']).toMatchObject({ value: 'Water', said: null, verified: { by: expect.any(String) } });
  expect(by['vertical']!.verified!.by).not.toMatch(/^[0-9a-f-]{36}$/);
  expect((await house.request('rep', 'PATCH', `/v1/organizations/${acme}`, { name: 'ACME Pumpen AG' })).status).toBe(200);
  expect((await origins(acme)).by['name']).toMatchObject({ value: 'ACME Pumpen AG', verified: { by: by['vertical']!.verified!.by } });
});

it('says of what a list brought that it did, of a joined record whose word it is, and undone forgets it', async () => {
  const werke = await idOf('werke.example');
  expect((await origins(werke)).by).toMatchObject({ parent: { value: 'Holding Nord', said: { importId: lists.made } }, address: { said: { importId: lists.made } } });
  const { mergeId } = await house.write((tx) => merge(tx, house.cx, 'organization', { survivorId: acme, mergedId: werke }));
  const joined = await origins(werke);
  expect(joined.by['parent']).toMatchObject({ value: 'Holding Nord', joined: 'Acme Werke GmbH', said: { list: 'catalogue.csv' } });
  expect(joined.inquiries).toBe(4);
  await house.write((tx) => undoMerge(tx, house.cx, mergeId));
  expect((await origins(acme)).by['parent']).toBeUndefined();
});

it('counts the lists and inquiries that named it as the lists behind the links do, joined or not', async () => {
  const check = async (id: string, named: Awaited<ReturnType<typeof origins>>) => {
    expect(await count(`/v1/inquiries?organizationId=${id}`)).toBe(named.inquiries);
    for (const one of named.namedBy) {
      expect([one.list, await count(`/v1/people?organizationId=${id}&group=list.${one.importId}`)]).toEqual([one.list, one.people]);
      expect([one.list, await count(`/v1/inquiries?organizationId=${id}&importId=${one.importId}`)]).toEqual([one.list, one.inquiries]);
    }
  };
  const before = await origins(acme);
  expect(before.namedBy.map(({ list, isFirst, filled, people, inquiries }) => [list, isFirst, filled, people, inquiries])).toEqual([
    ['bought.csv', false, ['annualRevenueMinor'], 0, 0],
    ['fair.csv', false, [], 1, 1],
    ['register.csv', false, ['naics', 'phone', 'website'], 0, 0],
    ['visitors.csv', false, [], 2, 0],
  ]);
  expect(before).toMatchObject({ inquiries: 3, lists: 4 });
  await check(acme, before);
  const werke = await idOf('werke.example');
  const { mergeId } = await house.write((tx) => merge(tx, house.cx, 'organization', { survivorId: acme, mergedId: werke }));
  const joined = await origins(acme);
  expect(joined.namedBy.map(({ list, isFirst, people }) => [list, isFirst, people])).toEqual([['bought.csv', false, 0], ['fair.csv', false, 2], ['catalogue.csv', true, 0], ['register.csv', false, 0], ['visitors.csv', false, 2]]);
  await check(acme, joined);
  await check(werke, joined);
  expect((await ask('GET', `/v1/organizations/${acme}`)).json.people).toBe(await count(`/v1/people?organizationId=${acme}`));
  await house.write((tx) => undoMerge(tx, house.cx, mergeId));

  await house.write((tx) => organizationsImport.undo(tx, house.cx, lists.completed));
  const undone = await origins(acme);
  expect(undone.by['phone']).toBeUndefined();
  expect(undone.namedBy.map(({ list }) => list)).not.toContain('register.csv');
});

it('is for people of the company only, and for its own', async () => {
  const url = `/v1/organizations/${acme}/origins`;
  expect((await house.request(null, 'GET', url)).status).toBe(401);
  expect((await house.request('partner', 'GET', url)).status).toBe(403);
  expect((await ask('GET', `/v1/organizations/${first}/origins`)).json.code).toBe('identity/no-such-organization');
  // Another company of the same installation finds neither it nor its lists.
  const elsewhere = { ...house.scope, workspaceId: await house.newWorkspace('Elsewhere') };
  await expect(house.cx.db.read(elsewhere, async (tx) => (await import('./read-organization-origins.ts')).readOrganizationOrigins(tx, acme))).rejects.toMatchObject({ code: 'identity/no-such-organization' });
});

it('tells what a list said that was not believed', async () => {
  const row = 'Company,Website,Phone,NAICS\nQuell Ventile AG,quell.example,+41 31 311 00 01,';
  const brought = await bring('brought.csv', 'organizations', [`${row}333914`]);
  const filled = await bring('filled.csv', 'organizations', ['Company,Website,Parent Company', 'Quell Ventile AG,quell.example,Holding Nord']);
  const later = await bring('later.csv', 'organizations', [`${row}332911`]);
  const { by, namedBy } = await origins(await idOf('quell.example'));
  expect(by).toMatchObject({
    naics: { value: '333914', said: { importId: brought }, others: [{ value: '332911', importId: later }] },
    phone: { said: { importId: brought }, others: [] },
    parent: { said: { importId: filled }, others: [] },
  });
  expect(namedBy.map(({ list, isFirst, filled: put }) => [list, isFirst, put])).toEqual([['later.csv', false, []], ['filled.csv', false, ['parent']], ['brought.csv', true, []]]);
});
