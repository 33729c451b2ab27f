import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../../../tests/support/house.ts';
import { bringInFile } from '../../capture/index.ts';
import { sql } from '../../platform/db/index.ts';
import { readOrganizationOrigins } from './read-organization-origins.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse({ ticking: true });
});
afterAll(() => house.close());

interface Whence {
  receipt: string | null;
  list: string | null;
  provider: string | null;
}
interface Told {
  items: { group: string; value: string; verified: { by: string } | null; said: Whence | null; times: number; others: ({ value: string } & Whence)[] }[];
  named: (Whence & { people: number; person: string | null })[];
  namedTimes: number;
}
let n = 0;
const inquire = async (fields: Record<string, string>): Promise<string> => {
  const answer = await house.request('marketing', 'POST', '/v1/inquiries', { fullName: 'Ines Aabe', email: `ines${n}@aabe.example`, message: 'A quote, please', ...fields }, { 'idempotency-key': `o${n++}` });
  expect(answer.status, answer.text).toBeLessThan(300);
  await house.drain();
  return answer.json.receipt as string;
};
const bring = async (kind: string, name: string, lines: string[]): Promise<string> => {
  const { importId, counts } = await bringInFile(house.cx, house.scope, { name, bytes: Buffer.from(lines.join('\n')), kind });
  expect([kind, counts.problem]).toEqual([kind, 0]);
  await house.drain();
  return importId;
};
const idOf = async (domain: string): Promise<string> =>
  (await house.rows<{ id: string }>(sql`select id from identity.organization where domain = ${domain} and survivor_id is null and retired_at is null`))[0]!.id;
const told = async (id: string): Promise<Told> => (await house.request('rep', 'GET', `/v1/organizations/${id}/origins`)).json;
const of = (one: Told, group: string) => one.items.find((item) => item.group === group);

it('says of each value who said it, of lists what they filled in, of corrections who made them, and who named the company', async () => {
  const first = await inquire({ organization: 'Aabe Pumps', country: 'DE', city: 'Köln', postalCode: '50667', street: 'Rheinweg 1', industry: 'Water' });
  const second = await inquire({ organization: 'Aabe Pumps', country: 'DE', city: 'Bonn', industry: 'Water' });
  await bring('organizations', 'fair.csv', ['Id,Name,Website,Employees,NAICS', '77,Aabe Pumps,aabe.example,250,221310']);
  await bring('people', 'catalogue.csv', ['Name,Mail,Company', 'Otto Aabe,otto@aabe.example,Aabe Pumps', 'Ute Aabe,ute@aabe.example,Aabe Pumps']);
  const id = await idOf('aabe.example');
  expect((await house.request('marketing', 'PATCH', `/v1/organizations/${id}`, { vertical: 'Utilities', industry: 'Water works' })).status).toBe(200);
  const one = await told(id);

  // Said by two, the latest is told; of the address the whole word, not the later half of one.
  expect(of(one, 'name')).toMatchObject({ value: 'Aabe Pumps', said: { receipt: second }, times: 2 });
  expect(of(one, 'address')).toMatchObject({ value: 'Rheinweg 1, 50667 Köln, Germany', said: { receipt: first }, times: 1, others: [{ value: 'Bonn, Germany', receipt: second }] });
  for (const group of ['website', 'employees', 'naics', 'externalId']) expect([group, of(one, group)?.said]).toEqual([group, expect.objectContaining({ list: 'fair.csv', receipt: null })]);
  expect(of(one, 'industry')).toMatchObject({ value: 'Water works', verified: { by: expect.any(String) as string }, said: null, times: 0, others: [{ value: 'Water', receipt: second }] });
  expect(of(one, 'vertical')).toMatchObject({ value: 'Utilities', said: null });
  expect(of(one, 'phone')).toBeUndefined();

  expect(one.named.map(({ receipt, list, people, person }) => [receipt ?? list, people, person])).toEqual([
    ['catalogue.csv', 2, null],
    ['fair.csv', 0, null],
    [second, 1, 'Ines Aabe'],
    [first, 1, 'Ines Aabe'],
  ]);
  expect(one.namedTimes).toBe(4);
});

it('tells what a list said that made the company, and nothing of it any more when it is taken back', async () => {
  const made = await bring('organizations', 'made.csv', ['Id,Name,Website,City,Country', '88,Zorbel,zorbel.example,Wien,AT']);
  const id = await idOf('zorbel.example');
  await inquire({ organization: 'Zorbel', email: 'karl@zorbel.example', fullName: 'Karl Zorbel', phone: '+43 1 234567' });
  const one = await told(id);
  for (const group of ['address', 'website']) expect([group, of(one, group)?.said]).toEqual([group, expect.objectContaining({ list: 'made.csv' })]);
  expect(one.named.map(({ list }) => list)).toEqual([null, 'made.csv']);
  expect((await house.request('marketing', 'POST', `/v1/imports/${made}/undo`, { changedSince: 'overwrite' })).status).toBeLessThan(300);
  await house.runJobs();
  expect((await told(id)).named.map(({ list }) => list)).toEqual([null]);
});

it('tells of those that were joined together, under either id, and says so where there is none', async () => {
  await inquire({ organization: 'Hebel Nord', email: 'a@hebel-nord.example', fullName: 'Anna Hebel' });
  await inquire({ organization: 'Hebel Süd', email: 'b@hebel-sued.example', fullName: 'Bert Hebel', industry: 'Food' });
  const [a, b] = [await idOf('hebel-nord.example'), await idOf('hebel-sued.example')];
  expect((await house.request('marketing', 'POST', `/v1/organizations/${a}/merge`, { otherId: b })).status).toBe(200);
  const [one, same] = [await told(a), await told(b)];
  expect(same).toEqual(one);
  expect([of(one, 'industry')?.times, one.namedTimes]).toEqual([1, 2]);
  const none = await house.request('rep', 'GET', `/v1/organizations/${house.cx.ids.next()}/origins`);
  expect([none.status, none.json.detail]).toEqual([404, 'There is no such organization here.']);
});

it('is not for a partner, nor for another company', async () => {
  const id = await idOf('aabe.example');
  expect((await house.request('partner', 'GET', `/v1/organizations/${id}/origins`)).status).toBe(403);
  const other = { ...house.scope, workspaceId: await house.newWorkspace('Other Pumps') };
  await expect(house.cx.db.read(other, (tx) => readOrganizationOrigins(tx, id))).rejects.toMatchObject({ code: 'identity/no-such-organization' });
});
