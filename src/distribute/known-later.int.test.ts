/** What routing asks of an organization is read of whoever stands for it now; a lead that waits for want of it is given as soon as it is known. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse, type TestHouse } from '../../tests/support/house.ts';
import { holders } from '../../tests/support/leads.ts';
import { bringInFile } from '../capture/index.ts';
import { sql } from '../platform/db/index.ts';

let house: TestHouse;
const id: Record<string, string> = {};
const ask = async (method: string, path: string, body?: object) => {
  const { json, status, text } = await house.request('marketing', method, path, body);
  if (status >= 300) throw new Error(`${path}: ${text}`);
  return json;
};
let number = 0;
/** Somebody of this organization is ready to buy. */
const enquire = async (organization: string, more: object = {}): Promise<string> => {
  const email = `kim${++number}@${organization.split(' ')[0]!.toLowerCase()}.example`;
  await ask('POST', '/v1/inquiries', { email, givenName: `Kim ${number}`, familyName: organization.split(' ')[0], organization, message: 'Please send a quote.', country: 'ES', budget: 'yes', authority: 'decides', timing: 'this quarter', ...more });
  await house.drain();
  const [lead] = await house.rows<{ id: string }>(sql`select id from qualify.lead order by id desc limit 1`);
  return lead!.id;
};
const plantOrganization = async (name: string, employees: number | null): Promise<string> => {
  const planted = house.cx.ids.next();
  await house.write((tx) => tx.run(sql`insert into identity.organization (workspace_id, id, name, name_key, country, employees, first_seen_at, last_seen_at)
    values (${house.workspaceId}, ${planted}, ${name}, ${name.toLowerCase()}, 'ES', ${employees}, now(), now())`));
  return planted;
};
const organizationOf = async (leadId: string): Promise<string> => (await house.rows<{ id: string }>(sql`select organization_id as id from qualify.lead where id = ${leadId}`))[0]!.id;
const holderOf = async (leadId: string): Promise<string | undefined> => {
  const held = (await holders(house)).get(leadId)!.holderId;
  return Object.entries(id).find(([, one]) => one === held)?.[0];
};
/** What waits is asked for again within the second, as nothing else happens. */
const settle = async (): Promise<void> => {
  await house.drain();
  await house.runJobs();
  await house.scan();
};
const size = (organizationId: string, employees: number) => ask('PATCH', `/v1/organizations/${organizationId}`, { employees });
const bring = (lines: string[], kind: string) => bringInFile(house.cx, house.scope, { name: 'list.csv', bytes: Buffer.from(`${lines.join('\n')}\n`), kind, settings: kind.startsWith('append') ? { append: {} } : {} });

beforeAll(async () => {
  house = await openTestHouse({ at: '2026-03-02T09:00:00Z' });
  for (const name of ['Ana', 'Ben', 'Cas', 'Dan']) id[name] = (await ask('POST', '/v1/holders', { kind: 'rep', name })).id;
  for (const [name, rules, holder] of [
    ['Large', { countries: ['ES'], employees: { from: 250 } }, 'Ana'],
    ['Rich', { countries: ['ES'], annualSales: { fromMinor: 900_000_000 } }, 'Ben'],
    ['Food', { verticals: ['Food'] }, 'Cas'],
    ['Portugal', { countries: ['PT'], postalRanges: [{ country: 'PT', from: '1000', to: '1999' }] }, 'Dan'],
  ] as const)
    await ask('POST', '/v1/territories', { name, rules, holders: [{ holderId: id[holder], weight: 1 }] });
  id['desk'] = (await house.rows<{ id: string }>(sql`select id from distribute.holder where kind = 'desk'`))[0]!.id;
});
afterAll(() => house.close());

describe('a lead that waits at the desk is given as soon as is known', () => {
  test('how large its organization is: somebody says so', async () => {
    const leadId = await enquire('Acme Pumpen AG');
    expect(await holderOf(leadId)).toBe('desk');
    await size(await organizationOf(leadId), 300);
    await settle();
    expect(await holderOf(leadId)).toBe('Ana');
  });

  test('a list of organizations says so, and a list that appends', async () => {
    const listed = await enquire('Brunner Ventile GmbH');
    const appended = await enquire('Caspar Rohre AG');
    expect([await holderOf(listed), await holderOf(appended)]).toEqual(['desk', 'desk']);
    await bring(['Company,Website,Employees', 'Brunner Ventile GmbH,brunner.example,400'], 'organizations');
    await settle();
    expect(await holderOf(listed)).toBe('Ana');
    await bring(['Company,Domain,Country,Employees', 'Caspar Rohre AG,caspar.example,ES,500'], 'append-organizations');
    await settle();
    expect(await holderOf(appended)).toBe('Ana');
  });

  test('it is joined to one whose size is known', async () => {
    const leadId = await enquire('Dorner Filter AG');
    expect(await holderOf(leadId)).toBe('desk');
    const [merged, survivor] = [await organizationOf(leadId), await plantOrganization('Emil Werke AG', 700)];
    await ask('POST', `/v1/organizations/${survivor}/merge`, { otherId: merged });
    await settle();
    expect(await holderOf(leadId)).toBe('Ana');
    expect((await ask('GET', `/v1/leads/${leadId}/assignments`)).items.at(-1).because).toContainEqual(expect.objectContaining({ label: 'Territory' }));
    expect(await organizationOf(leadId)).toBe(merged); // what was written stays, so that it can be taken apart again
  });

  test('it is joined to a named account: whether its lead was there before or comes in afterwards', async () => {
    const account = await plantOrganization('Fritz Anlagen AG', null);
    await ask('POST', '/v1/territories', { name: 'Named', rules: { accounts: [account] }, holders: [{ holderId: id['Dan'], weight: 1 }] });
    const before = await enquire('Gerd Apparate AG');
    // A name of a list, and no lead yet.
    await bring(['First name,Last name,E-mail,Company', 'Hans,Bau,hans@hansbau.example,Hansbau GmbH'], 'people');
    const [hans] = await house.rows<{ id: string; leads: number }>(sql`select o.id, (select count(*)::int from qualify.lead l where l.organization_id = o.id) as leads from identity.organization o where o.name = 'Hansbau GmbH'`);
    expect(hans!.leads).toBe(0);
    for (const otherId of [hans!.id, await organizationOf(before)]) await ask('POST', `/v1/organizations/${account}/merge`, { otherId });
    const afterwards = await enquire('Hansbau GmbH', { email: 'hans@hansbau.example', givenName: 'Hans', familyName: 'Bau' });
    expect(await organizationOf(afterwards)).toBe(hans!.id);
    await settle();
    expect([await holderOf(before), await holderOf(afterwards)]).toEqual(['Dan', 'Dan']);
  });

  test('its sales, its branch, its postcode', async () => {
    const rich = await enquire('Fabrik Nord AG');
    await ask('PATCH', `/v1/organizations/${await organizationOf(rich)}`, { annualRevenueMinor: 900_000_000 });
    const food = await enquire('Gusto Italia AG');
    await ask('PATCH', `/v1/organizations/${await organizationOf(food)}`, { vertical: 'Food' });
    const lisbon = await enquire('Horta Lda', { country: 'PT' });
    expect(await holderOf(lisbon)).toBe('desk');
    const [person] = await house.rows<{ id: string }>(sql`select person_id as id from qualify.lead where id = ${lisbon}`);
    await ask('PATCH', `/v1/people/${person!.id}`, { postalCode: '1250' });
    await settle();
    expect([await holderOf(rich), await holderOf(food), await holderOf(lisbon)]).toEqual(['Ben', 'Cas', 'Dan']);
  });
});
