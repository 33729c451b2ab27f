import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../../tests/support/house.ts';
import { bringInFile } from '../capture/index.ts';
import { sql } from '../platform/db/index.ts';

let house: TestHouse;
const people: string[] = [];
beforeAll(async () => {
  house = await openTestHouse();
  for (const name of ['Ann', 'Bea']) {
    await house.request('marketing', 'POST', '/v1/inquiries', { email: `${name}@acme.example`, givenName: name, familyName: 'Lee', organization: 'Acme AG' });
  }
  await house.drain();
  people.push(...(await house.rows<{ id: string }>(sql`select id from identity.person order by given_name`)).map(({ id }) => id));
});
afterAll(() => house.close());

const declare = (body: object) => house.request('marketing', 'POST', '/v1/fields', body);
const customOf = async (id: string): Promise<object> => (await house.request('marketing', 'GET', `/v1/people/${id}`)).json.custom;

describe('custom fields', () => {
  it('are declared once, renamed, put away and taken up again with their values', async () => {
    const made = await declare({ subject: 'person', label: 'Machine park (m²)', type: 'number', requiredFrom: 'lead' });
    expect(made.json).toMatchObject({ key: 'machine_park_m2', requiredFrom: 'lead', position: 1 });
    expect((await declare({ subject: 'person', label: 'machine park m2', type: 'number' })).json.code).toBe('platform/field-exists');
    await house.request('marketing', 'PATCH', `/v1/people/${people[0]}`, { custom: { machine_park_m2: '1,200' } });
    expect(await customOf(people[0]!)).toEqual({ machine_park_m2: 1200 });

    const put = (body: object) => house.request('marketing', 'PATCH', `/v1/fields/${made.json.id}`, body);
    expect((await put({ retired: true, label: 'Floor' })).json).toMatchObject({ label: 'Floor', retiredAt: expect.any(String) });
    expect((await house.request('rep', 'GET', '/v1/fields?subject=person')).json.items).toEqual([]);
    expect((await house.request('rep', 'GET', '/v1/fields?subject=person&retired=true')).json.items).toHaveLength(1);
    expect((await declare({ subject: 'person', label: 'Floor', key: 'machine_park_m2', type: 'text' })).json.code).toBe('platform/field-type');
    expect((await declare({ subject: 'person', label: 'Floor', key: 'machine_park_m2', type: 'number' })).json).toMatchObject({ id: made.json.id, retiredAt: null });
    expect(await customOf(people[0]!)).toEqual({ machine_park_m2: 1200 });
  });

  it('refuse what is not of their kind, all of it said at once, and change nothing', async () => {
    await declare({ subject: 'person', label: 'Fuel', type: 'choice', choices: ['Gas', 'Oil', ' gas '] });
    const answer = await house.request('marketing', 'PATCH', `/v1/people/${people[1]}`, { title: 'Buyer', custom: { fuel: 'coal', machine_park_m2: 'much', nothing: 1 } });
    expect(answer.status).toBe(422);
    expect(answer.text).toMatch(/Fuel: .*Gas, Oil.*(Machine park|Floor)/);
    expect(answer.text).toContain('“nothing”');
    expect((await house.request('marketing', 'GET', `/v1/people/${people[1]}`)).json).toMatchObject({ custom: {}, fields: { title: null } });
    expect((await declare({ subject: 'person', label: 'One', type: 'choice', choices: ['a'] })).status).toBe(422);
  });

  it('belong to the one who had them, through a merge and back', async () => {
    const set = (id: string, custom: object) => house.request('marketing', 'PATCH', `/v1/people/${id}`, { custom });
    await set(people[1]!, { fuel: 'OIL', machine_park_m2: 7 });
    const merged = await house.request('marketing', 'POST', `/v1/people/${people[0]}/merge`, { otherId: people[1] });
    // The survivor's word first, the other's where it has none.
    expect(await customOf(people[1]!)).toEqual({ machine_park_m2: 1200, fuel: 'Oil' });
    await set(people[0]!, { machine_park_m2: 1300 });
    expect(await customOf(people[0]!)).toEqual({ machine_park_m2: 1300, fuel: 'Oil' });
    await house.request('marketing', 'POST', `/v1/merges/${merged.json.mergeId}/undo`);
    expect(await customOf(people[0]!)).toEqual({ machine_park_m2: 1300 });
    expect(await customOf(people[1]!)).toEqual({ machine_park_m2: 7, fuel: 'Oil' });
    await set(people[0]!, { machine_park_m2: null });
    expect(await customOf(people[0]!)).toEqual({});
  });

  it('are kept of organizations too', async () => {
    await declare({ subject: 'organization', label: 'Frame agreement', type: 'boolean' });
    const { id } = (await house.request('marketing', 'GET', '/v1/organizations')).json.items[0];
    const answer = await house.request('sales_manager', 'PATCH', `/v1/organizations/${id}`, { custom: { frame_agreement: true } });
    expect(answer.json.changed).toEqual(['custom.frame_agreement']);
    expect((await house.request('rep', 'GET', `/v1/organizations/${id}`)).json.custom).toEqual({ frame_agreement: true });
  });

  it('are filled by lists whose columns are named like them, and are exactly as before when the list is taken back', async () => {
    await declare({ subject: 'inquiry', label: 'Plant size', type: 'number' });
    const all = (table: 'person' | 'organization') =>
      house.rows(
        table === 'person'
          ? sql`select id, custom from identity.person where retired_at is null order by id`
          : sql`select id, custom from identity.organization where retired_at is null order by id`,
      );
    const before = [await all('person'), await all('organization')];
    const bring = async (kind: string, text: string) => {
      const { importId } = await bringInFile(house.cx, house.scope, { name: `${kind}.csv`, bytes: Buffer.from(text), kind });
      return importId;
    };
    const lists = [
      await bring('people', 'email,first name,last name,FUEL,Machine park (m²),Shoe\nbea@acme.example,Bea,Lee,gas,12,44\nnew@acme.example,Nea,Low,coal,"1,500",39\n'),
      await bring('organizations', 'Name,Website,Frame agreement\nAcme AG,acme.example,no\nBolt AG,bolt.example,yes\n'),
    ];
    // Bea had Oil and 7: a list that does not name her by its number fills only what is empty.
    expect(await customOf(people[1]!)).toEqual({ machine_park_m2: 7, fuel: 'Oil' });
    expect(await house.rows(sql`select custom from identity.person where email = 'new@acme.example'`)).toEqual([{ custom: { machine_park_m2: 1500 } }]);
    expect(await house.rows(sql`select custom from identity.organization where name = 'Bolt AG'`)).toEqual([{ custom: { frame_agreement: true } }]);
    const problems = (await house.request('marketing', 'GET', `/v1/imports/${lists[0]}/problems`)).json.items;
    expect(problems).toMatchObject([{ sentence: expect.stringContaining('“coal” is none of') }]);
    for (const id of lists) {
      expect((await house.request('marketing', 'POST', `/v1/imports/${id}/undo`)).status).toBe(200);
      await house.runJobs();
    }
    expect([await all('person'), await all('organization')]).toEqual(before);

    // A column of any name fills a field it is mapped to; one that is not declared is refused.
    const mapped = await bringInFile(house.cx, house.scope, { name: 'mapped.csv', bytes: Buffer.from('email,last name,Brennstoff\nmia@acme.example,Mia,OIL\n'), kind: 'people', settings: { mapping: { 0: 'email', 1: 'familyName', 2: 'custom.fuel' } } });
    expect(await house.rows(sql`select custom from identity.person where email = 'mia@acme.example'`)).toEqual([{ custom: { fuel: 'Oil' } }]);
    expect(mapped.importId).toBeDefined();
    await bring('inquiries', 'email,last name,plant SIZE,Shoe\nida@acme.example,Ida,"2,5",44\n');
    expect(await house.rows(sql`select fields->'custom' as custom from capture.inquiry where fields->>'email' = 'ida@acme.example'`)).toEqual([
      { custom: { plant_size: expect.any(Number), Shoe: '44' } },
    ]);
  });
});
