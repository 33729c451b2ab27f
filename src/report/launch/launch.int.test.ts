import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse, type TestHouse } from '../../../tests/support/house.ts';
import { plantLeads } from '../../../tests/support/leads.ts';
import { queryCount } from '../../platform/db/index.ts';
import type { LaunchCheck } from './launch.contract.ts';

let house: TestHouse;
let [ana, ben, fair, next] = ['', '', '', ''];

const add = async (path: string, body: object): Promise<string> => {
  const { json, text, status } = await house.request('marketing', 'POST', path, body);
  if (status !== 200) throw new Error(text);
  return json.id as string;
};
const plant = async (at: string, leads: Parameters<typeof plantLeads>[1]): Promise<void> => {
  house.clock.set(at);
  await plantLeads(house, leads);
  await house.drain();
};
const check = async (query = ''): Promise<LaunchCheck> => {
  const { json, text, status } = await house.request('sales_manager', 'GET', `/v1/programs/${next}/launch-check${query}`);
  if (status !== 200) throw new Error(text);
  return json as LaunchCheck;
};
const conserved = ({ weeks, rows }: LaunchCheck): void => {
  for (const flows of [weeks, ...rows.map((row) => row.weeks)]) {
    let [came, placed] = [0, 0];
    for (const flow of flows) {
      [came, placed] = [came + flow.expected, placed + flow.placed];
      expect(placed + flow.backlog).toBeCloseTo(came, 1);
    }
  }
};

beforeAll(async () => {
  house = await openTestHouse({ at: '2026-03-02T09:00:00Z' });
  [ana, ben] = [await add('/v1/holders', { kind: 'rep', name: 'Ana' }), await add('/v1/holders', { kind: 'rep', name: 'Ben', capacityPerWeek: 4 })];
  await add('/v1/territories', { name: 'Iberia', rules: { countries: ['ES'] }, holders: [{ holderId: ana, weight: 1 }] });
  fair = await add('/v1/programs', { name: 'Fair of spring', channel: 'Trade show', status: 'finished', startsOn: '2026-03-02', endsOn: '2026-03-06' });
  next = await add('/v1/programs', { name: 'Fair of autumn', channel: 'trade show', status: 'planned', startsOn: '2026-11-02', endsOn: '2026-11-06', goalLeads: 16 });
  const of = (country: string) => ({ country, programId: fair });
  await plant('2026-03-04T09:00:00Z', [of('ES'), of('ES'), of('ES'), of('ES')]);
  await plant('2026-03-10T09:00:00Z', [of('ES'), of('ES'), of('JP'), of('JP')]);
  for (const on of ['2026-09-07', '2026-09-14', '2026-09-21', '2026-09-28']) await plant(`${on}T09:00:00Z`, [{ country: 'ES' }, { country: 'ES' }]);
  house.clock.set('2026-10-01T09:00:00Z');
  await house.request('marketing', 'PATCH', `/v1/holders/${ana}`, { capacityPerWeek: 3 });
});
afterAll(() => house.close());

test('a planned fair is measured by the last one: its goal, those weeks and places, against what is left of the week of who works there', async () => {
  const found = await check();
  expect(found).toMatchObject({
    startsOn: '2026-11-02',
    leads: 16,
    basis: 'goal',
    like: [{ name: 'Fair of spring', leads: 8 }],
    byChannel: true,
    mix: 'like',
    grades: { hot: 0, warm: 1, cold: 0 },
    most: 8,
    mostOn: '2026-11-09',
    clearOn: '2026-12-07',
    fits: 5,
  });
  // Three a week less one a week she is given anyway; Japan has nobody.
  expect(found.weeks[0]).toEqual({ startsOn: '2026-11-02', expected: 6, placed: 2, backlog: 4, room: 2, came: null });
  expect(found.rows).toMatchObject([
    { name: 'Iberia', kind: 'territory', expected: 12, most: 8, mostOn: '2026-11-09', clearOn: '2026-12-07' },
  ]);
  expect(found.nowhere).toMatchObject([{ name: 'Everywhere else', kind: 'territory', leads: 4 }]);
  expect(found.holders).toEqual([{ holderId: ana, name: 'Ana', perWeek: 3, usual: 1, room: 2, away: 0, leads: 12 }]);
  conserved(found);
});

test('as if it brought fewer all find room; an absence makes them wait', async () => {
  expect(await check('?leads=2')).toMatchObject({ basis: 'asked', leads: 2, most: 0 });
  const { json: absent } = await house.request('sales_manager', 'POST', `/v1/holders/${ana}/absences`, { startsOn: '2026-11-16', endsOn: '2026-11-20' });
  const found = await check();
  expect(found.rows[0]).toMatchObject({ name: 'Iberia', clearOn: '2026-12-14' });
  expect(found.holders).toMatchObject([{ away: 1, leads: 12 }]);
  expect(found.weeks[2]).toMatchObject({ room: 0, placed: 0 });
  conserved(found);
  await house.request('sales_manager', 'DELETE', `/v1/holders/${ana}/absences/${absent.id}`);
});

test('the company’s rules say whom leads are asked of, and an audience where they come from', async () => {
  const teamId = await add('/v1/teams', { name: 'Inside', holders: [{ holderId: ben, weight: 1 }] });
  const rule = { first: false, method: 'turns', promise: null, otherwise: 'next' };
  const rules = [
    { ...rule, id: randomUUID(), name: 'Spain', when: { field: 'country', op: 'in', value: ['ES'] }, pool: { kind: 'team', teamId } },
    { ...rule, id: randomUUID(), name: 'Rest', when: { all: [] }, pool: { kind: 'desk' } },
  ];
  expect((await house.request('marketing', 'PUT', '/v1/routing/draft', { rules })).status).toBe(200);
  expect((await house.request('marketing', 'POST', '/v1/routing/publish', {})).status).toBe(200);
  const found = await check();
  expect(found.rows).toMatchObject([
    { name: 'Inside', kind: 'team', expected: 12, most: 4 },
  ]);
  expect(found.nowhere).toEqual([{ name: 'Nobody', kind: 'nobody', id: null, leads: 4 }]);
  expect(found.holders).toMatchObject([{ name: 'Ben', room: 4 }]);
  const segment = await add('/v1/segments', { name: 'Japan', subject: 'person', kind: 'live', criteria: { field: 'country', op: 'equals', value: 'JP' } });
  await house.runJobs();
  expect(await check(`?segmentId=${segment}`)).toMatchObject({ mix: 'audience', audience: 2, rows: [], nowhere: [{ name: 'Nobody', leads: 16 }], most: 0 });
});

test('once it has begun it says what came, which is not counted twice; and asks no more for more leads', async () => {
  const count = async (): Promise<number> => {
    const before = queryCount.total;
    await check();
    return queryCount.total - before;
  };
  const few = await count();
  await plant('2026-11-03T09:00:00Z', Array.from({ length: 30 }, () => ({ country: 'ES', programId: next })));
  await check(); // sums what came
  expect(await count()).toBe(few);
  const { weeks, holders, notes } = await check();
  expect(weeks.slice(0, 2).map(({ came }) => came)).toEqual([30, null]);
  expect(holders).toMatchObject([{ name: 'Ben', usual: 0 }]);
  expect(notes.join(' ')).not.toContain('It has begun');
  house.clock.set('2026-11-12T09:00:00Z');
  expect((await check()).notes[0]).toContain('It has begun');
});

test('without a goal, a date or a past there is nothing to go by, and it says so', async () => {
  next = await add('/v1/programs', { name: 'Something new', status: 'planned', goalInquiries: 20 });
  // Of inquiries as many became leads as at the fair: all of them.
  expect(await check()).toMatchObject({ isDated: false, startsOn: '2026-11-12', basis: 'inquiries', leads: 20, byChannel: false });
  for (const role of ['rep', 'partner', 'finance'] as const) expect((await house.request(role, 'GET', `/v1/programs/${next}/launch-check`)).status).toBe(403);
  expect((await house.request('marketing', 'GET', `/v1/programs/${randomUUID()}/launch-check`)).status).toBe(404);
  const other = await openTestHouse();
  const alone = (await other.request('marketing', 'POST', '/v1/programs', { name: 'First', status: 'planned' })).json.id as string;
  expect((await other.request('marketing', 'GET', `/v1/programs/${alone}/launch-check`)).json).toMatchObject({ leads: 0, basis: 'nothing', mix: 'nothing', most: 0, like: [] });
  await other.close();
});
