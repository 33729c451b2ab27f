import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse } from '../../../tests/support/house.ts';
import type { TestHouse } from '../../../tests/support/house.ts';
import { bringInFile } from '../../capture/index.ts';
import { sql } from '../../platform/db/index.ts';

let house: TestHouse;
const day = 86_400_000;
beforeAll(async () => {
  // two at night in Zurich
  house = await openTestHouse({ at: '2023-01-10T01:00:00Z' });
  const names = ['Anna Alt', 'Bert Bald', 'Carl Kunde', 'Dora Doch', 'Emil Ende'];
  await bringInFile(house.cx, house.scope, {
    name: 'old-list.csv',
    kind: 'people',
    bytes: Buffer.from(['First name,Last name,Email', ...names.map((name) => `${name.replace(' ', ',')},${name.split(' ')[1]!.toLowerCase()}@firm-${name[0]!.toLowerCase()}.example`)].join('\n')),
  });
  await house.drain();
  await inquire('kunde@firm-c.example', 'Carl', 'Kunde');
  house.clock.advance(day);
  const [emil] = await house.rows<{ id: string }>(sql`select id from identity.person where given_name = 'Emil'`);
  await house.request('rep', 'PUT', `/v1/people/${emil!.id}/consent`, { doNotContact: true });
  house.clock.set('2026-03-02T01:00:00Z');
  await inquire('doch@firm-d.example', 'Dora', 'Doch');
  await house.scan();
});
afterAll(() => house.close());

async function inquire(email: string, givenName: string, familyName: string): Promise<void> {
  await house.request('marketing', 'POST', '/v1/inquiries', { email, givenName, familyName, organization: 'Pumpen AG', message: 'A quote, please', phone: '+41 44 668 18 00' });
  await house.drain();
}
const still = async (): Promise<string[]> => (await house.rows<{ name: string }>(sql`select given_name as name from identity.person where erased_at is null and retired_at is null order by 1`)).map(({ name }) => name);
const rules = async () => (await house.request('marketing', 'GET', '/v1/privacy/retention')).json;
const tried = async (rule: string, months: number) => (await house.request('marketing', 'POST', `/v1/privacy/retention/${rule}/try`, { months })).json;
const switchOn = (rule: string, months: number, most: number) => house.request('marketing', 'PUT', `/v1/privacy/retention/${rule}`, { enabled: true, months, most });
async function night(): Promise<void> {
  await house.scan();
  await house.runJobs();
  house.clock.advance(day);
}

describe('rules of retention', () => {
  it('are all off at first, and do nothing', async () => {
    const { rules: all, runs } = await rules();
    expect(all.map((one: { rule: string; enabled: boolean }) => [one.rule, one.enabled])).toEqual([['people', false], ['outbox', false], ['bodies', false], ['leadMails', false], ['files', false]]);
    expect(runs).toEqual([]);
    await night();
    expect(await still()).toEqual(['Anna', 'Bert', 'Carl', 'Dora', 'Emil']);
    expect((await rules()).runs).toEqual([]);
  });

  it('are tried before they are switched on, and a trial takes nothing', async () => {
    expect((await switchOn('people', 36, 1)).status).toBe(409);
    // Carl is a lead, and Dora was heard of since.
    expect(await tried('people', 36)).toMatchObject({ count: 3, sample: [{ what: 'Anna Alt' }, { what: 'Bert Bald' }, { what: 'Emil Ende' }] });
    expect((await tried('people', 60)).count).toBe(0);
    expect(await still()).toHaveLength(5);
    expect((await switchOn('people', 24, 1)).status).toBe(409);
    expect((await switchOn('people', 36, 100_000)).status).toBe(422);
    expect((await switchOn('people', 36, 2)).status).toBe(200);
    expect((await house.request('marketing', 'POST', '/v1/privacy/retention/nothing/try', { months: 1 })).status).toBe(404);
  });

  it('work at night, never more than was said, and whoever is needed stays', async () => {
    await night();
    expect(await still()).toEqual(['Carl', 'Dora', 'Emil']);
    await night();
    expect(await still()).toEqual(['Carl', 'Dora']);
    const { runs } = await rules();
    expect(runs.filter((one: { trial: boolean }) => !one.trial)).toMatchObject([{ rule: 'people', found: 1, cleared: 1, beganBy: 'Baton' }, { found: 3, cleared: 2 }]);
    const erasures = (await house.request('marketing', 'GET', '/v1/erasures')).json.items;
    expect(erasures).toMatchObject([{ why: 'retention', state: 'done', remembers: true }, { remembers: false }, { remembers: false }]);
    // By day nothing happens.
    house.clock.set('2026-03-10T12:00:00Z');
    await house.scan();
    expect(await house.rows(sql`select 1 from platform.job where name = 'identity.retain' and state = 'waiting'`)).toEqual([]);
    expect((await house.request('administrator', 'GET', '/v1/verify')).json).toMatchObject({ holds: true });
  });

  it('empty bodies, mails and files by their age', async () => {
    const bodies = await tried('bodies', 12);
    const outbox = await tried('outbox', 12);
    const files = await tried('files', 12);
    // The file of the list went with those who were erased.
    expect([bodies.count, files.count]).toEqual([1, 0]);
    expect(outbox.count).toBeGreaterThan(0);
    const { importId } = await bringInFile(house.cx, house.scope, { name: 'new-list.csv', kind: 'people', bytes: Buffer.from('First name,Last name,Email\nFlora,Frisch,flora@frisch.example\n') });
    house.clock.set('2027-06-01T01:00:00Z');
    for (const rule of ['bodies', 'outbox', 'files']) {
      expect((await tried(rule, 12)).count, rule).toBeGreaterThan(0);
      expect((await switchOn(rule, 12, 1000)).status, rule).toBe(200);
    }
    await night();
    for (const rule of ['bodies', 'outbox', 'files']) expect((await tried(rule, 12)).count, rule).toBe(0);
    expect(await house.rows(sql`select 1 from capture.import_chunk where import_id = ${importId}`)).toEqual([]);
    expect((await house.request('marketing', 'GET', `/v1/imports/${importId}`)).json.fileErasedAt).not.toBeNull();
    const [mail] = await house.rows<{ toAddress: string; textBody: string }>(sql`select to_address, text_body from platform.mail where to_address = 'kunde@firm-c.example' limit 1`);
    expect(mail).toEqual({ toAddress: 'kunde@firm-c.example', textBody: '' });
    // What the file brought in can still be undone.
    expect(await still()).toContain('Flora');
    expect((await house.request('marketing', 'POST', `/v1/imports/${importId}/undo`, {})).status).toBe(200);
    await house.runJobs();
    expect(await still()).not.toContain('Flora');
  });
});
