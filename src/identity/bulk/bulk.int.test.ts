import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse, type TestHouse } from '../../../tests/support/house.ts';
import { sql } from '../../platform/db/index.ts';

let house: TestHouse;
const ids: Record<string, string> = {};
beforeAll(async () => {
  house = await openTestHouse({ at: '2026-03-02T09:00:00Z', ticking: true });
  const came: Record<string, object> = {
    ann: { email: 'ann@one.example', givenName: 'ANN', familyName: 'LEE', organization: 'One AG', title: 'Buyer', phone: '044 668 18 00', country: 'CH', postalCode: '8001', city: 'ZÜRICH' },
    bob: { email: 'bob@two.example', givenName: 'Bob', familyName: 'Bär', organization: 'Two GmbH', country: 'DE', state: 'Bayern' },
    eve: { email: 'eve@one.example', givenName: 'Eve', familyName: 'Ernst', organization: 'One AG' },
    zoe: { email: 'zoe@three.example', givenName: 'Zoe', familyName: 'Zimmer', title: 'Owner', street: 'Weg 1', country: 'CH' },
  };
  for (const [key, fields] of Object.entries(came)) {
    await house.request('marketing', 'POST', '/v1/inquiries', { ...fields, message: 'Hello' });
    await house.drain();
    ids[key] = (await house.rows<{ id: string }>(sql`select id from identity.person where email = ${(fields as { email: string }).email}`))[0]!.id;
  }
  await house.request('administrator', 'POST', '/v1/fields', { subject: 'person', key: 'plant', label: 'Plant', type: 'text' });
});
afterAll(() => house.close());

const post = (url: string, body: object = {}) => house.request('marketing', 'POST', url, body);
const rows = (table: 'person' | 'organization' = 'person') => house.rows<Record<string, unknown>>(table === 'person' ? sql`select * from identity.person order by id` : sql`select * from identity.organization order by id`);
const person = async (key: string) => (await rows()).find((one) => one['id'] === ids[key])!;
async function run(body: object): Promise<string> {
  const made = await post('/v1/bulk', body);
  expect(made.status, made.text).toBe(200);
  await house.runJobs();
  return made.json.id as string;
}
async function undo(id: string, changedSince?: string) {
  const answer = await post(`/v1/bulk/${id}/undo`, changedSince ? { changedSince } : {});
  await house.runJobs();
  return answer;
}
const get = async (id: string) => (await house.request('marketing', 'GET', `/v1/bulk/${id}`)).json;
const everybody = { subject: 'person', selection: { filter: {} } };

describe('a change of many', () => {
  test('is shown before it is made, made for whom the list finds, and taken back to the last column', async () => {
    const body = { subject: 'person', selection: { filter: { where: JSON.stringify({ field: 'title', op: 'isEmpty' }) } }, action: { do: 'set', field: 'title', value: 'Unknown' } };
    const before = await rows();
    const preview = (await post('/v1/bulk/preview', body)).json;
    expect(preview).toMatchObject({ count: 2, looked: 2, changing: 2 });
    expect(preview.sample[0].fields).toEqual([{ field: 'title', before: null, after: 'Unknown' }]);
    expect(await rows()).toEqual(before);
    const id = await run(body);
    expect(await get(id)).toMatchObject({ state: 'finished', total: 2, changed: 2 });
    expect((await rows()).map((one) => one['title']).toSorted()).toEqual(['Buyer', 'Owner', 'Unknown', 'Unknown']);
    expect(await person('bob')).toMatchObject({ verified: { title: { by: expect.any(String) } } });
    expect((await undo(id)).status).toBe(200);
    expect(await rows()).toEqual(before);
    expect(await get(id)).toMatchObject({ state: 'undone', kept: 0 });
    expect((await undo(id)).status).toBe(409);
  });

  test('of ticked rows: sets own fields, and clears; nobody else is touched', async () => {
    const before = await rows();
    const custom = await run({ subject: 'person', selection: { ids: [ids['ann'], ids['eve']] }, action: { do: 'custom', key: 'plant', value: 'North' } });
    expect((await rows()).filter((one) => (one['custom'] as Record<string, unknown> | null)?.['plant'] === 'North')).toHaveLength(2);
    const cleared = await run({ subject: 'person', selection: { ids: [ids['ann']] }, action: { do: 'clear', field: 'phone' } });
    expect(await person('ann')).toMatchObject({ phone: null, phoneE164: null });
    await undo(cleared);
    await undo(custom);
    expect(await rows()).toEqual(before);
    expect((await post('/v1/bulk', { subject: 'person', selection: { ids: [ids['ann']] }, action: { do: 'set', field: 'email', value: 'x@y.example' } })).status).toBe(422);
    expect((await post('/v1/bulk', { subject: 'person', selection: { filter: { q: 'nobodybythatname' } }, action: { do: 'clear', field: 'title' } })).json.code).toBe('bulk/nobody');
  });

  test('asks about who was changed since, and keeps or overwrites that as it is told', async () => {
    const body = { ...everybody, action: { do: 'set', field: 'language', value: 'de' } };
    const before = await rows();
    const id = await run(body);
    await house.request('rep', 'PATCH', `/v1/people/${ids['bob']}`, { language: 'fr' });
    const asked = await undo(id);
    expect(asked.json).toMatchObject({ code: 'bulk/changed-since' });
    expect(asked.text).toContain('Bob Bär');
    expect((await get(id)).state).toBe('finished');
    await undo(id, 'keep');
    expect(await get(id)).toMatchObject({ state: 'undone', kept: 1 });
    const after = await rows();
    expect(after.filter((one) => one['id'] !== ids['bob'])).toEqual(before.filter((one) => one['id'] !== ids['bob']));
    expect(await person('bob')).toMatchObject({ language: 'fr' });
    const again = await run(body);
    await house.request('rep', 'PATCH', `/v1/people/${ids['bob']}`, { language: 'it' });
    await undo(again, 'overwrite');
    expect(await person('bob')).toMatchObject({ language: 'fr' });
  });

  test('writes in one way what is meant anyhow, and leaves alone what somebody vouched for', async () => {
    await house.request('rep', 'PATCH', `/v1/people/${ids['zoe']}`, { city: 'BERN' });
    const before = await rows();
    const id = await run({ ...everybody, action: { do: 'standardise', what: ['names', 'phones', 'places'] } });
    expect(await person('ann')).toMatchObject({ givenName: 'Ann', familyName: 'Lee', fullName: 'Ann Lee', phone: '+41446681800', city: 'Zürich' });
    expect(await person('zoe')).toMatchObject({ city: 'BERN' });
    await undo(id);
    expect(await rows()).toEqual(before);
  });

  test('is right for merged people, and goes back with them', async () => {
    const merged = await post(`/v1/people/${ids['eve']}/merge`, { otherId: ids['zoe'] });
    const before = await rows();
    const id = await run({ subject: 'person', selection: { ids: [ids['eve']] }, action: { do: 'set', field: 'country', value: 'AT' } });
    // the address is one: the street of the one who was merged comes along
    expect(await person('eve')).toMatchObject({ country: 'AT', street: 'Weg 1' });
    await undo(id);
    expect(await rows()).toEqual(before);
    const cleared = await run({ subject: 'person', selection: { ids: [ids['eve']] }, action: { do: 'clear', field: 'title' } });
    expect(await person('eve')).toMatchObject({ title: null });
    await undo(cleared);
    expect(await rows()).toEqual(before);
    await post(`/v1/merges/${merged.json.mergeId}/undo`);
  });

  test('of companies', async () => {
    const before = await rows('organization');
    const id = await run({ subject: 'organization', selection: { filter: {} }, action: { do: 'set', field: 'vertical', value: 'Water' } });
    expect((await rows('organization')).every((one) => one['vertical'] === 'Water')).toBe(true);
    await undo(id);
    expect(await rows('organization')).toEqual(before);
  });

  test('stops when it is told to, and what was done can be undone', async () => {
    const before = await rows();
    const made = await post('/v1/bulk', { ...everybody, action: { do: 'set', field: 'language', value: 'nl' } });
    expect((await post(`/v1/bulk/${made.json.id}/cancel`)).status).toBe(200);
    await house.runJobs();
    expect(await get(made.json.id)).toMatchObject({ state: 'cancelled', changed: 0 });
    expect(await rows()).toEqual(before);
    expect((await house.request('marketing', 'GET', '/v1/bulk')).json.items.length).toBeGreaterThan(5);
  });
});
