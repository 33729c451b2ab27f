/** Territories under each other: dealt, covered, tried and proved alike, and never in circles. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse, type TestHouse } from '../../tests/support/house.ts';
import { holders, plantLeads } from '../../tests/support/leads.ts';
import { changeTerritory } from './change-territory.ts';

let house: TestHouse;
const rep: Record<string, string> = {};
const id: Record<string, string> = {};

const send = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object) => house.request('marketing', method, path, body);
const ask = async (...asked: Parameters<typeof send>) => {
  const { json, status, text } = await send(...asked);
  if (status !== 200) throw new Error(`${asked[1]}: ${text}`);
  return json;
};
const add = async (name: string, parent: string | null, rules: object, whom: string[] = [], more: object = {}): Promise<void> => {
  const body = { name, parentId: parent === null ? null : id[parent], rules, holders: whom.map((each) => ({ holderId: rep[each], weight: 1 })), ...more };
  id[name] = (await ask('POST', '/v1/territories', body)).id;
};
const territories = async (): Promise<{ id: string; name: string; parentId: string | null; rules: object }[]> => (await ask('GET', '/v1/territories')).items;

beforeAll(async () => {
  house = await openTestHouse({ at: '2026-03-02T09:00:00Z' });
  for (const name of ['Ana', 'Ben', 'Cas']) rep[name] = (await ask('POST', '/v1/holders', { kind: 'rep', name })).id;
  await add('Germany', null, { countries: ['DE'] }, ['Cas']);
  await add('North', 'Germany', { states: ['HH', 'SH'] }, ['Ben'], { overflow: true });
  await add('Food in the north', 'North', { verticals: ['Food'] }, ['Ana']);
});
afterAll(() => house.close());

test('a lead goes to the most special that covers it, and up where nobody there is free', async () => {
  const of = (state: string, vertical?: string, country = 'DE') => ({ country, state, ...(vertical ? { vertical } : {}) });
  const first = await plantLeads(house, [of('HH', 'Food'), of('HH'), of('BY', 'Food'), of('HH', 'Food', 'AT')]);
  await house.drain();
  const whom = async (leads: typeof first) => {
    const held = await holders(house);
    return leads.map(({ leadId }) => Object.keys(rep).find((name) => rep[name] === held.get(leadId)?.holderId) ?? 'desk');
  };
  expect(await whom(first)).toEqual(['Ana', 'Ben', 'Cas', 'desk']);
  const { items } = await ask('GET', `/v1/leads/${first[0]!.leadId}/assignments`);
  expect(items[0].because[0]).toEqual({ label: 'Territory', detail: 'Germany › North › Food in the north' });

  await ask('PATCH', `/v1/holders/${rep['Ben']}`, { active: false });
  const next = await plantLeads(house, [of('SH')]);
  await house.drain();
  expect(await whom(next)).toEqual(['Cas']);
  await ask('PATCH', `/v1/holders/${rep['Ben']}`, { active: true });
});

test('coverage calls no child and parent an overlap', async () => {
  const { overlaps, unused, gaps } = await ask('GET', '/v1/territories/coverage');
  expect(overlaps).toEqual([]);
  expect(unused).toEqual([]);
  expect(gaps).toEqual([{ country: 'AT', state: 'HH', vertical: 'Food', product: null, leads: 1, why: 'Everywhere else has nobody' }]);
});

test('the proof, a dry run and the profile deal them so, too', async () => {
  const rule = { id: randomUUID(), name: 'By territory', when: { all: [] }, first: false, pool: { kind: 'territory' }, method: 'turns', promise: null, otherwise: 'next' };
  const { uncovered, ownLeads, complete } = await ask('POST', '/v1/routing/check', { rules: [rule] });
  expect({ uncovered, ownLeads, complete }).toMatchObject({ ownLeads: 5, complete: true, uncovered: [{ why: 'Everywhere else has nobody yet', leads: 1 }] });
  house.clock.advance(3_600_000);
  const run = await ask('POST', '/v1/routing/simulations', { rules: [], months: 1 });
  await house.runJobs();
  const { result } = await ask('GET', `/v1/routing/simulations/${run.id}`);
  expect(Object.fromEntries((result.loads as { name: string; leads: number }[]).map(({ name, leads }) => [name, leads]))).toMatchObject({ Ana: 1, Ben: 2, Cas: 1 });
  const { territories: held } = await ask('GET', '/v1/territories/profile');
  const open = Object.fromEntries((held as { name: string; figures: { openLeads: number } }[]).map(({ name, figures }) => [name, figures.openLeads]));
  expect(open).toMatchObject({ 'Food in the north': 1, North: 2, Germany: 1, 'Everywhere else': 1 });
});

test('what lies under one that is switched off, or without a holder of its own, follows', async () => {
  await ask('PATCH', `/v1/territories/${id['North']}`, { active: false });
  const [first] = await plantLeads(house, [{ country: 'DE', state: 'HH', vertical: 'Food' }]);
  await house.drain();
  expect((await holders(house)).get(first!.leadId)?.holderId).toBe(rep['Cas']);
  await ask('PATCH', `/v1/territories/${id['North']}`, { active: true, holders: [] });
  const { unused } = await ask('GET', '/v1/territories/coverage');
  expect(unused).not.toContainEqual(expect.objectContaining({ name: 'North' }));
  const [second] = await plantLeads(house, [{ country: 'DE', state: 'HH' }]);
  await house.drain();
  expect((await holders(house)).get(second!.leadId)?.holderId).toBe(rep['Cas']);
});

test('none lies under itself, nor under one that is not there; two at once find no way round', async () => {
  expect(await send('PATCH', `/v1/territories/${id['Germany']}`, { parentId: id['Food in the north'] })).toMatchObject({ status: 409, json: { detail: expect.stringContaining('under itself') } });
  expect(await send('PATCH', `/v1/territories/${id['Germany']}`, { parentId: id['Germany'] })).toMatchObject({ status: 409 });
  expect(await send('PATCH', `/v1/territories/${id['Germany']}`, { parentId: randomUUID() })).toMatchObject({ status: 422 });

  await add('One', null, { countries: ['PT'] });
  await add('Other', null, { countries: ['PT'] });
  let second: Promise<unknown> | undefined;
  await house.write(async (tx) => {
    await changeTerritory(tx, house.cx, id['One']!, { parentId: id['Other']! });
    second = house.write((tx2) => changeTerritory(tx2, house.cx, id['Other']!, { parentId: id['One']! })).then(() => 'done', (error: Error) => error.message);
    await new Promise((resolve) => setTimeout(resolve, 300));
  });
  expect(await second).toContain('under itself');
});

test('only what lies under the same one is balanced with each other', async () => {
  await add('South', 'Germany', { states: ['BY'] }, ['Cas']);
  const propose = (...names: string[]) => send('POST', '/v1/territories/proposals', { territories: names.map((name) => id[name]) });
  expect(await propose('South', 'One')).toMatchObject({ status: 422, json: { detail: expect.stringContaining('under the same territory') } });
  expect(await propose('North', 'South')).toMatchObject({ status: 422, json: { detail: expect.stringMatching(/not there|Others lie under/) } });
});

test('one that is removed leaves what lay under it asking as before', async () => {
  await ask('DELETE', `/v1/territories/${id['North']}`);
  const food = (await territories()).find(({ name }) => name === 'Food in the north');
  expect(food).toMatchObject({ parentId: id['Germany'], rules: { states: ['HH', 'SH'], verticals: ['Food'] } });
});
