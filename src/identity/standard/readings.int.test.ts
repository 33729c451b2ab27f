import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse, type TestHouse } from '../../../tests/support/house.ts';
import { sql } from '../../platform/db/index.ts';
import { readAnew } from './keep-readings.ts';

let house: TestHouse;
const come = async (fields: object): Promise<void> => {
  expect((await house.request('marketing', 'POST', '/v1/inquiries', { ...fields, message: 'A quote, please' })).status).toBe(202);
};
beforeAll(async () => {
  house = await openTestHouse();
  await come({ email: 'ann@one.example', givenName: 'Ann', familyName: 'Lee', organization: 'One Ltd', title: 'Head of Purchasing', industry: 'Food & Beverage' });
  await come({ email: 'ben@one.example', givenName: 'Ben', familyName: 'Moor', organization: 'One Ltd', title: '  head  of PURCHASING' });
  await come({ email: 'cleo@two.example', givenName: 'Cleo', familyName: 'Nash', organization: 'Two Ltd', title: 'Zampolit', industry: 'Widgetry' });
  await come({ email: 'dora@three.example', givenName: 'Dora', familyName: 'Oaks', organization: 'Three Ltd', title: 'zampolit', industry: 'Widgetry' });
  await come({ email: 'emil@four.example', givenName: 'Emil', familyName: 'Pratt' });
  await house.drain();
});
afterAll(() => house.close());

const get = async (url: string) => (await house.request('marketing', 'GET', url)).json;
const named = async (subject: 'people' | 'organizations', where: object): Promise<string[]> =>
  (await get(`/v1/${subject}?limit=100&where=${encodeURIComponent(JSON.stringify(where))}`)).items.map((one: { name: string }) => one.name).toSorted();
const is = (field: string, value: string) => ({ field, op: 'equals', value });
const say = (body: object) => house.request('marketing', 'POST', '/v1/readings', body);
const extracted = () => house.rows<{ fullName: string; title: string | null; positionLevel: string | null }>(sql`select full_name, title, position_level from extract.people order by full_name`);

describe('positions and businesses', () => {
  test('are read behind the flow, and found in lists, however they are written', async () => {
    expect(await named('people', is('position.level', 'director'))).toEqual(['Ann Lee', 'Ben Moor']);
    expect(await named('people', is('position.function', 'purchasing'))).toEqual(['Ann Lee', 'Ben Moor']);
    expect(await named('people', is('organization.sector', '31'))).toEqual(['Ann Lee', 'Ben Moor']);
    expect(await named('organizations', is('sector', '31'))).toEqual(['One Ltd']);
    expect(await named('people', { field: 'position.level', op: 'isEmpty' })).toEqual(['Emil Pratt']);
    const { items } = await get('/v1/readings?which=all');
    expect(items).toMatchObject([
      { said: expect.stringMatching(/head/i), count: 2, level: 'director', function: 'purchasing', words: { level: 'head of', function: 'purchasing' }, saidBy: null },
      { said: expect.stringMatching(/zampolit/i), count: 2, level: 'unknown', function: 'unknown' },
    ]);
  });

  test('that nobody can read are listed by how many have them; one word of a person moves them all, and back', async () => {
    const segment = (await house.request('marketing', 'POST', '/v1/segments', { name: 'Bosses', subject: 'person', kind: 'live', criteria: is('position.level', 'chief') })).json;
    const companies = (await house.request('marketing', 'POST', '/v1/segments', { name: 'Makers', subject: 'organization', kind: 'live', criteria: is('sector', '31') })).json;
    const members = async (id: string): Promise<number> => (await get(`/v1/segments/${id}`)).count ?? (await get(`/v1/segments/${id}`)).members;
    const before = await extracted();
    expect((await get('/v1/readings')).items).toMatchObject([{ count: 2, level: 'unknown' }]);
    expect((await get('/v1/readings?kind=industry')).items).toMatchObject([{ said: 'Widgetry', count: 2, sector: null }]);
    expect((await say({ kind: 'title', said: 'ZAMPOLIT', level: 'chief', function: 'management' })).status).toBe(200);
    expect((await say({ kind: 'industry', said: 'Widgetry', sector: '31' })).status).toBe(200);
    expect(await named('people', is('position.level', 'chief'))).toEqual(['Cleo Nash', 'Dora Oaks']);
    expect(await named('organizations', is('sector', '31'))).toEqual(['One Ltd', 'Three Ltd', 'Two Ltd']);
    expect([await members(segment.id), await members(companies.id)]).toEqual([2, 3]);
    expect((await get('/v1/readings')).items).toEqual([]);
    expect((await get('/v1/readings?which=said')).items).toMatchObject([{ count: 2, level: 'chief', function: 'management' }]);
    // Whoever comes with it follows, too, and so does the segment.
    await come({ email: 'fay@five.example', givenName: 'Fay', familyName: 'Quill', title: 'Zampolit' });
    await house.drain();
    expect(await members(segment.id)).toBe(3);
    for (const [kind, said] of [['title', 'zampolit'], ['industry', 'widgetry']]) expect((await house.request('marketing', 'POST', '/v1/readings/undo', { kind, said })).status).toBe(200);
    expect([await members(segment.id), await members(companies.id)]).toEqual([0, 1]);
    expect((await extracted()).filter((one) => one.fullName !== 'Fay Quill')).toEqual(before);
    expect((await say({ kind: 'title', said: 'Never heard of', level: 'chief', function: 'management' })).status).toBe(404);
  });

  test('follow a correction, and other rules', async () => {
    const ann = (await get('/v1/people?q=ann@one.example')).items[0];
    expect((await house.request('marketing', 'PATCH', `/v1/people/${ann.id}`, { title: 'Einkäuferin' })).status).toBe(200);
    await house.drain();
    expect(await named('people', is('position.level', 'specialist'))).toEqual(['Ann Lee']);
    await say({ kind: 'industry', said: 'Widgetry', sector: '42' });
    await house.write((tx) => tx.run(sql`update identity.reading set read_by = 'older rules', level = 'assistant', sector = null where workspace_id = ${house.workspaceId} and said_at is null`));
    await house.write((tx) => tx.run(sql`delete from platform.setting where key = 'readings.base'`));
    expect(await named('people', is('position.level', 'assistant'))).not.toEqual([]);
    await readAnew(house.cx, house.scope);
    expect(await named('people', is('position.level', 'assistant'))).toEqual([]);
    expect(await named('people', is('position.level', 'specialist'))).toEqual(['Ann Lee']);
    // What a person said stands.
    expect(await named('organizations', is('sector', '42'))).toEqual(['Three Ltd', 'Two Ltd']);
  });

  test('of an imported list are read once it is in, and gone with it', async () => {
    const edge = 'edge';
    const part = (head: string, content: string): string => `--${edge}\r\ncontent-disposition: form-data; ${head}\r\n\r\n${content}\r\n`;
    const body = `${part('name="kind"', 'people')}${part('name="file"; filename="a.csv"\r\ncontent-type: text/csv', 'First name,Last name,E-mail,Job title\nGil,Rook,gil@six.example,Jefe de compras\n')}--${edge}--\r\n`;
    const { json } = await house.request('marketing', 'POST', '/v1/imports', Buffer.from(body), { 'content-type': `multipart/form-data; boundary=${edge}` });
    const before = await extracted();
    await house.request('marketing', 'POST', `/v1/imports/${json.id}/start`);
    await house.runJobs();
    expect(await named('people', { all: [is('position.level', 'manager'), is('position.function', 'purchasing')] })).toEqual(['Gil Rook']);
    await house.request('marketing', 'POST', `/v1/imports/${json.id}/undo`);
    await house.runJobs();
    expect(await extracted()).toEqual(before);
  });
});
