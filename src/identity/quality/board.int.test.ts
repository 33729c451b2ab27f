import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse, type TestHouse } from '../../../tests/support/house.ts';
import { sql } from '../../platform/db/index.ts';
import { measureNightly } from './measure-quality.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse({ at: '2026-03-02T09:00:00Z' });
  await house.request('administrator', 'POST', '/v1/holders', { kind: 'rep', name: 'Rita Rep', email: 'rita@pumps.example' });
  const holder = (await house.request('administrator', 'GET', '/v1/holders')).json.items.find((one: { kind: string }) => one.kind === 'rep');
  await house.request('administrator', 'POST', '/v1/territories', { name: 'All', rules: {}, holders: [{ holderId: holder.id, weight: 1 }] });
  const came: [string, object][] = [
    ['Fair', { email: 'ann@one.example', givenName: 'Ann', familyName: 'Lee', organization: 'One', title: 'Buyer', phone: '+41446681800', country: 'CH', postalCode: '8001' }],
    ['Fair', { email: 'bob@mailinator.com', givenName: 'Bob' }],
    ['Web', { phone: '+41446681801', familyName: 'Carlson', organization: 'Two' }],
    ['Web', { email: 'test@three.example', givenName: 'Dora', familyName: 'Dent', country: 'DE' }],
    ['Web', { email: 'eve@four.example', givenName: 'Eve', familyName: 'Ernst', title: 'Head of buying' }],
  ];
  for (const [source, fields] of came) expect((await house.request('marketing', 'POST', '/v1/inquiries', { ...fields, source, message: 'A quote, please' })).status).toBe(202);
  await house.drain();
});
afterAll(() => house.close());

const get = async (url: string) => (await house.request('marketing', 'GET', url)).json;
const peopleOf = async (where: object | null, group?: string): Promise<number> =>
  (await get(`/v1/people?limit=200${where ? `&where=${encodeURIComponent(JSON.stringify(where))}` : ''}${group ? `&group=${group}` : ''}`)).items.length;
const measure = async () => {
  await house.request('marketing', 'POST', '/v1/quality/measure', {});
  await house.runJobs();
};

describe('the board of data quality', () => {
  test('says nothing before the first measure, and then what is so', async () => {
    expect(await get('/v1/quality')).toMatchObject({ measuredAt: null, people: 0, days: [] });
    await measure();
    expect(await get('/v1/quality')).toMatchObject({ people: 5, reachable: 3, whole: 1, known: { mail: 4, phone: 2, name: 4, organization: 4, country: 3, title: 2, postcode: 1 }, days: [{ on: '2026-03-02' }] });
  });

  test('every figure finds its people: of all, and of every group', async () => {
    const groups: string[] = [];
    for (const { cut } of (await get('/v1/quality')).cuts) groups.push(...(await get(`/v1/quality/groups?cut=${cut}`)).items.map((one: { group: string }) => one.group));
    expect(groups.map((one) => one.split('.')[0])).toEqual(['source', 'source', 'rep']);
    for (const group of [undefined, ...groups]) {
      const board = await get(`/v1/quality${group ? `?group=${group}` : ''}`);
      expect(await peopleOf(null, group)).toBe(board.people);
      expect.soft(await peopleOf(board.where.reachable, group)).toBe(board.reachable);
      expect.soft(await peopleOf(board.where.outOfReach, group)).toBe(board.people - board.reachable);
      expect.soft(await peopleOf(board.where.whole, group)).toBe(board.whole);
      for (const { field, known, missing } of board.fields) expect.soft(await peopleOf(missing, group), `${field} of ${group}`).toBe(board.people - known);
      for (const { group: of, levels } of board.levels) for (const { level, people, where } of levels) expect.soft(await peopleOf(where, group), `${of} ${level} of ${group}`).toBe(people);
    }
  });

  test('tells sources and reps apart, by name', async () => {
    const { items } = await get('/v1/quality/groups?cut=source');
    expect(items.map((one: { name: string; people: number; whole: number }) => [one.name, one.people, one.whole])).toEqual([['Web', 3, 0], ['Fair', 2, 1]]);
    expect((await get(`/v1/quality?group=${items[1].group}`)).of).toBe('the source is Fair');
    expect((await get(`/v1/segments/sentence?subject=person&group=${items[1].group}&where=${encodeURIComponent('{"field":"email","op":"isEmpty"}')}`)).sentence).toMatch(/^the source is Fair, and mail is /);
    expect((await house.request('marketing', 'GET', '/v1/people?group=source.x')).status).toBe(422);
    expect((await house.request('marketing', 'GET', '/v1/quality/groups?cut=x')).status).toBe(422);
  });

  test('freezes a day once, at night; later days do not change it', async () => {
    const frozen = () => house.rows<{ onDate: string }>(sql`select * from identity.quality_day where on_date = '2026-03-02' order by cut, key`);
    const before = await frozen();
    house.clock.set(new Date('2026-04-05T00:30:00Z')); // half past two in Zürich
    await measureNightly(house.cx, house.scope);
    expect((await get('/v1/quality')).days).toHaveLength(1);
    house.clock.advance(3_600_000);
    await house.request('marketing', 'POST', '/v1/inquiries', { source: 'Fair', email: 'fred@five.example', message: 'Hello' });
    await house.drain();
    await measureNightly(house.cx, house.scope);
    await measureNightly(house.cx, house.scope);
    expect((await get('/v1/quality')).days.map((one: { on: string; people: number }) => [one.on, one.people])).toEqual([['2026-03-02', 5], ['2026-04-05', 6]]);
    expect(await frozen()).toEqual(before);
    const { items } = await get('/v1/quality/groups?cut=source');
    expect(items.find((one: { name: string }) => one.name === 'Fair')).toMatchObject({ people: 3, before: { people: 2 } });
  });
});
