import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse, type TestHouse } from '../../../tests/support/house.ts';
import { sql } from '../../platform/db/index.ts';

let house: TestHouse;
const ids: Record<string, string> = {};
beforeAll(async () => {
  house = await openTestHouse({ at: '2026-03-02T09:00:00Z', ticking: true });
  await house.request('administrator', 'POST', '/v1/holders', { kind: 'rep', name: 'Rita Rep', email: 'rita@pumps.example' });
  const holder = (await house.request('administrator', 'GET', '/v1/holders')).json.items.find((one: { kind: string }) => one.kind === 'rep');
  ids['rita'] = holder.id;
  await house.request('administrator', 'POST', '/v1/territories', { name: 'All', rules: {}, holders: [{ holderId: holder.id, weight: 1 }] });
  const came: Record<string, object> = {
    big: { email: 'big@mailinator.com', givenName: 'Bianca', familyName: 'Big', organization: 'Big Works', title: 'Buyer', country: 'CH', postalCode: '8001' },
    small: { email: 'sam@small.example', givenName: 'Sam', familyName: 'Small' },
    none: { email: 'nobody.here@none.example' },
  };
  for (const [key, fields] of Object.entries(came)) {
    await house.request('marketing', 'POST', '/v1/inquiries', { ...fields, message: key === 'none' ? '' : 'A quote, please' });
    await house.drain();
    const [row] = await house.rows<{ id: string }>(sql`select id from identity.person where email = ${(fields as { email: string }).email}`);
    ids[key] = row!.id;
  }
  const leads = await house.rows<{ id: string; personId: string }>(sql`select id, person_id from qualify.lead`);
  for (const [key, amount] of [['big', 100_000_00], ['small', 1_000_00]] as const)
    await house.write((tx) =>
      tx.run(sql`insert into revenue.opportunity (workspace_id, id, name, lead_id, person_id, stage, probability, amount_minor, currency, opened_at, created_at, updated_at, outcome, origin)
        values (${house.workspaceId}, ${house.cx.ids.next()}, ${`Pumps for ${key}`}, ${leads.find((one) => one.personId === ids[key])?.id ?? null}, ${ids[key]}, 'quote', 40, ${amount}, 'EUR', ${house.clock.now()}, ${house.clock.now()}, ${house.clock.now()}, 'open', 'app')`),
    );
});
afterAll(() => house.close());

const queue = async (query = '') => (await house.request('rep', 'GET', `/v1/cleanup${query}`)).json;
const order = async () => (await queue()).items.map((one: { person: { id: string } }) => Object.keys(ids).find((key) => ids[key] === one.person.id));
const wantedOf = async (key: string): Promise<string[] | undefined> => (await queue()).items.find((one: { person: { id: string } }) => one.person.id === ids[key])?.wanted.map((one: { field: string }) => one.field);
const step = (key: string, body: object) => house.request('rep', 'POST', `/v1/cleanup/${ids[key]}`, body);
const undo = (entryId: string) => house.request('rep', 'POST', `/v1/cleanup/steps/${entryId}/undo`, {});
const rows = () => house.rows(sql`select * from identity.person order by id`);

describe('the clean-up queue', () => {
  test('puts first where most is at stake, and says why and what', async () => {
    expect(await order()).toEqual(['big', 'small', 'none']);
    const { items, waiting, stakeMinor, currency } = await queue();
    expect({ waiting, currency }).toEqual({ waiting: 2, currency: 'EUR' });
    expect(items[0]).toMatchObject({
      worthMinor: 40_000_00,
      stakeMinor: 18_000_00,
      reasons: [{ kind: 'opportunity', label: 'Pumps for big', chance: 0.4, ofMinor: 100_000_00 }],
      wanted: [{ field: 'mail', why: 'A throw-away address, reachable now and not later.' }, { field: 'phone', why: null }],
    });
    expect(items[2]).toMatchObject({ worthMinor: 0, stakeMinor: 0 });
    expect(stakeMinor).toBe(items.reduce((sum: number, one: { stakeMinor: number }) => sum + one.stakeMinor, 0));
    expect((await queue(`?group=rep.${ids['rita']}`)).items[0].person.id).toBe(ids['big']);
    expect((await queue(`?group=rep.${ids['big']}`)).items).toEqual([]);
  });

  test('what is typed is known at once, and undone exactly: company, mail and the sighting they were known by', async () => {
    const before = await rows();
    const said = await step('small', { values: { organization: 'Small & Sons', title: 'Owner', phone: '044 668 18 00', country: 'Schweiz', email: '' } });
    expect(said.status, said.text).toBe(200);
    expect(said.json.changed.toSorted()).toEqual(['country', 'organizationId', 'phone', 'title']);
    expect(await wantedOf('small')).toEqual(['postcode']);
    expect((await undo(said.json.entryId)).status).toBe(200);
    expect(await rows()).toEqual(before);
    expect(await wantedOf('small')).toEqual(['phone', 'country', 'title', 'postcode']);
    expect(await house.rows(sql`select name from identity.organization where name = 'Small & Sons' and retired_at is null`)).toEqual([]);
    expect(await house.rows(sql`select 1 from identity.sighting where method = 'edited' and withdrawn_at is null`)).toEqual([]);
    expect((await undo(said.json.entryId)).status).toBe(409);
  });

  test('a company known already is the one that is meant', async () => {
    const { json } = await step('small', { values: { organization: 'BIG WORKS' } });
    const [row] = await house.rows<{ n: number }>(sql`select count(distinct organization_id)::int as n from identity.person where id = any(${[ids['big'], ids['small']]}::uuid[])`);
    expect(row!.n).toBe(1);
    await undo(json.entryId);
    expect(await house.rows(sql`select 1 from identity.organization where name = 'Big Works' and retired_at is null`)).toHaveLength(1);
  });

  test('an undo does not overwrite what somebody else corrected since', async () => {
    const { json } = await step('small', { values: { title: 'Owner' } });
    await house.request('marketing', 'PATCH', `/v1/people/${ids['small']}`, { title: 'Heiress' });
    expect((await undo(json.entryId)).json).toMatchObject({ code: 'identity/changed-since' });
    expect((await house.rows<{ title: string }>(sql`select title from identity.person where id = ${ids['small']}`))[0]!.title).toBe('Heiress');
  });

  test('what nobody knows is not asked for again for ninety days; a skipped person comes back tomorrow', async () => {
    const unknown = await step('big', { unknown: ['phone'] });
    expect(await wantedOf('big')).toEqual(['mail']);
    expect((await queue()).items[0].stakeMinor).toBe(10_000_00);
    await undo(unknown.json.entryId);
    expect(await wantedOf('big')).toEqual(['mail', 'phone']);
    await step('big', { unknown: ['phone'] });
    const skipped = await step('big', { skip: true });
    expect(await order()).toEqual(['small', 'none']);
    await undo(skipped.json.entryId);
    expect((await order())[0]).toBe('big');
    await step('big', { skip: true });
    house.clock.advance(86_400_001);
    expect(await wantedOf('big')).toEqual(['mail']);
    house.clock.advance(90 * 86_400_000);
    expect(await wantedOf('big')).toEqual(['mail', 'phone']);
  });

  test('says what cannot be read, and changes nothing', async () => {
    const before = await rows();
    expect((await step('big', { values: { email: 'no mail' } })).json).toMatchObject({ code: 'identity/mail' });
    expect((await step('big', {})).json).toMatchObject({ code: 'identity/nothing-said' });
    expect(await rows()).toEqual(before);
  });

  test('values an open lead by its grade’s chance and the usual sale', async () => {
    await house.write((tx) => tx.run(sql`update revenue.opportunity set outcome = 'lost', closed_at = now() where person_id = ${ids['small']}`));
    await house.write((tx) =>
      tx.run(sql`insert into revenue.invoice (workspace_id, id, number, kind, status, issued_on, net_minor, tax_minor, gross_minor, currency, matched_by, created_at, updated_at)
        select ${house.workspaceId}, v.id::uuid, v.id, 'invoice', 'paid', '2026-02-01', v.net, 0, v.net, 'EUR', 'none', now(), now() from (values (${house.cx.ids.next()}, 100000), (${house.cx.ids.next()}, 300000), (${house.cx.ids.next()}, 900000)) as v (id, net)`),
    );
    const [lead] = await house.rows<{ grade: 'hot' | 'warm' | 'cold' }>(sql`select grade from qualify.lead where person_id = ${ids['small']}`);
    const chance = { hot: 0.3, warm: 0.1, cold: 0.03 }[lead!.grade];
    expect((await queue()).items.find((one: { person: { id: string } }) => one.person.id === ids['small'])).toMatchObject({
      worthMinor: Math.round(300_000 * chance),
      reasons: [{ kind: 'lead', label: lead!.grade, ofMinor: 300_000, chance }],
    });
  });
});
