import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse, type TestHouse } from '../../tests/support/house.ts';
import { bringInFile } from '../capture/index.ts';
import { sql } from '../platform/db/index.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse({ ticking: true });
});
afterAll(() => house.close());

const bring = async (text: string, kind = 'opportunities') => {
  const { importId } = await bringInFile(house.cx, house.scope, { name: `${kind}.csv`, bytes: Buffer.from(text), kind });
  await house.drain();
  return importId;
};
const undo = async (id: string, body?: object) => {
  const answer = await house.request('marketing', 'POST', `/v1/imports/${id}/undo`, body ?? {});
  await house.runJobs();
  await house.drain();
  return answer;
};
const all = () => house.rows<{ id: string; name: string; stage: string; amountMinor: number }>(sql`select id, name, stage, amount_minor from revenue.opportunity order by name`);
const head = 'Opportunity ID,Opportunity Name,Stage,Amount\n';

test('an undone list of opportunities asks about those somebody worked on since, and keeps or overwrites them as told', async () => {
  const first = await bring(`${head}O1,Pumps,Qualification,100\nO2,Valves,Qualification,200\n`);
  const [before] = [await all()];
  expect(before.map(({ name }) => name)).toEqual(['Pumps', 'Valves']);
  const second = await bring(`${head}O1,Pumps,Proposal,150\nO2,Valves,Proposal,250\nO3,Hoses,Proposal,300\nO4,Tanks,Proposal,400\n`);
  const pumps = before[0]!.id;
  const hoses = (await all()).find(({ name }) => name === 'Hoses')!.id;
  for (const id of [pumps, hoses]) expect((await house.request('marketing', 'PATCH', `/v1/opportunities/${id}`, { amountMinor: 77_700 })).status).toBe(200);
  const asked = await undo(second);
  expect(asked).toMatchObject({ status: 409, json: { code: 'capture/changed-since' } });
  expect((await house.request('marketing', 'GET', `/v1/imports/${second}/changed-since`)).json).toMatchObject({ count: 2 });
  expect((await undo(second, { changedSince: 'keep' })).status).toBe(200);
  // Worked on: as somebody left them, the one the list had made among them. The others: as before, or gone.
  expect((await all()).map(({ name, amountMinor }) => [name, amountMinor])).toEqual([['Hoses', 77_700], ['Pumps', 77_700], ['Valves', 20_000]]);
  expect((await undo(first)).status).toBe(409);
  expect((await undo(first, { changedSince: 'overwrite' })).status).toBe(200);
  expect((await all()).map(({ name }) => name)).toEqual(['Hoses']);
});

test('invoices that somebody matched by hand are asked about as well', async () => {
  const list = await bring('Invoice number,Date,Net amount,Customer\nR1,2026-02-01,100,Acme AG\nR2,2026-02-02,200,Acme AG\n', 'invoices');
  const invoices = () => house.rows<{ id: string; number: string }>(sql`select id, number from revenue.invoice order by number`);
  const [first] = await invoices();
  const program = (await house.request('marketing', 'POST', '/v1/programs', { name: 'Fair' })).json;
  expect((await house.request('finance', 'POST', `/v1/invoices/${first!.id}/match`, { programId: program.id })).status).toBe(200);
  expect(await undo(list)).toMatchObject({ status: 409, json: { code: 'capture/changed-since' } });
  expect((await undo(list, { changedSince: 'keep' })).status).toBe(200);
  expect((await invoices()).map(({ number }) => number)).toEqual(['R1']);
});
