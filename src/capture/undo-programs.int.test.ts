import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse, type TestHouse } from '../../tests/support/house.ts';
import { sql } from '../platform/db/index.ts';
import { bringInFile } from './index.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse({ ticking: true });
});
afterAll(() => house.close());

const ask = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, body?: object) => house.request('marketing', method, url, body);
const bring = async (text: string, kind = 'programs') => {
  const { importId } = await bringInFile(house.cx, house.scope, { name: `${kind}.csv`, bytes: Buffer.from(text), kind });
  await house.drain();
  return importId;
};
const undo = async (id: string, body?: object) => {
  const answer = await ask('POST', `/v1/imports/${id}/undo`, body ?? {});
  await house.runJobs();
  await house.drain();
  return answer;
};
const changed = async (id: string) => (await ask('GET', `/v1/imports/${id}/changed-since`)).json;
const all = () =>
  house.rows<{ id: string; name: string; budget: number | null; cost: number }>(sql`select id, name, budget_minor as budget,
    (select coalesce(sum(amount_minor), 0)::bigint from capture.program_cost c where c.program_id = p.id) as cost from capture.program p where status <> 'withdrawn' order by name`);
const shown = async () => (await all()).map(({ name, budget, cost }) => [name, budget, cost]);
const head = 'Program ID,Program,Budget,Actual cost\n';

test('an undone list of programs asks about those somebody changed since, and keeps or overwrites them as told', async () => {
  const first = await bring(`${head}P1,Fair,1000,900\nP2,Mailing,2000,1900\nP3,Webinar,300,250\n`);
  const second = await bring(`${head}P1,Fair,1100,950\nP2,Mailing,2200,1950\nP4,Tour,400,350\n`);
  expect(await shown()).toEqual([['Fair', 110_000, 95_000], ['Mailing', 220_000, 195_000], ['Tour', 40_000, 35_000], ['Webinar', 30_000, 25_000]]);
  expect(await changed(second)).toMatchObject({ count: 0 });
  const idOf = async (name: string) => (await all()).find((one) => one.name === name)!.id;
  for (const name of ['Fair', 'Tour']) expect((await ask('PATCH', `/v1/programs/${await idOf(name)}`, { budgetMinor: 77_700 })).status).toBe(200);
  expect(await undo(second)).toMatchObject({ status: 409, json: { code: 'capture/changed-since' } });
  expect(await changed(second)).toEqual({
    count: 2,
    items: [
      { id: await idOf('Fair'), label: 'Fair', fields: [{ field: 'budget', before: '100000', imported: null, since: '77700' }] },
      expect.objectContaining({ label: 'Tour', fields: expect.arrayContaining([{ field: 'budget', before: null, imported: null, since: '77700' }]) }),
    ],
  });
  expect((await undo(second, { changedSince: 'keep' })).status).toBe(200);
  // What somebody worked on stays as they left it, with its costs; the rest is as it was before the list.
  expect(await shown()).toEqual([['Fair', 77_700, 95_000], ['Mailing', 200_000, 190_000], ['Tour', 77_700, 35_000], ['Webinar', 30_000, 25_000]]);
  // Of the first list, the fair is another's work by now: put back all the same, it goes with the list.
  expect((await undo(first)).status).toBe(409);
  expect((await undo(first, { changedSince: 'overwrite' })).status).toBe(200);
  expect((await shown()).map(([name]) => name)).toEqual(['Tour']);
});

test('an actual cost is never counted twice, whoever is undone first; one taken away by hand is asked about', async () => {
  const one = await bring(`${head}C1,Congress,500,100\n`);
  const two = await bring(`${head}C1,Congress,500,200\n`);
  const three = await bring(`${head}C1,Congress,500,300\n`);
  const cost = async () => (await all()).find(({ name }) => name === 'Congress')!.cost;
  expect(await changed(two)).toMatchObject({ count: 1 });
  expect((await undo(two, { changedSince: 'overwrite' })).status).toBe(200);
  expect(await cost()).toBe(10_000);
  await undo(three, { changedSince: 'overwrite' });
  expect(await cost()).toBe(10_000);
  const { id } = (await all()).find(({ name }) => name === 'Congress')!;
  const [entry] = (await ask('GET', `/v1/programs/${id}`)).json.costs as { id: string }[];
  expect((await ask('DELETE', `/v1/programs/${id}/costs/${entry!.id}`)).status).toBe(204);
  expect(await changed(one)).toMatchObject({ count: 1 });
  expect((await undo(one)).status).toBe(409);
});

test('programs made on the way by a list of inquiries are asked about as well', async () => {
  const list = await bring('Email,Program\nann@one.example,Roadshow\nben@two.example,Open house\n', 'inquiries');
  const made = (await all()).find(({ name }) => name === 'Roadshow');
  expect(made).toBeDefined();
  await ask('PATCH', `/v1/programs/${made!.id}`, { budgetMinor: 5_000 });
  expect((await undo(list)).status).toBe(409);
  expect((await undo(list, { changedSince: 'keep' })).status).toBe(200);
  expect((await shown()).filter(([name]) => name === 'Roadshow' || name === 'Open house')).toEqual([['Roadshow', 5_000, 0]]);
});
