import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestHouse } from '../../../tests/support/house.ts';
import type { TestHouse } from '../../../tests/support/house.ts';
import { custodyBreaks, plantLeads } from '../../../tests/support/leads.ts';
import type { PlantedLead } from '../../../tests/support/leads.ts';
import { acceptAssignments, addHolder, changeTerritory, pauseAssignments, resumeAssignments } from '../../distribute/index.ts';
import { sql } from '../../platform/db/index.ts';

let house: TestHouse;
let north: string;
let leads: PlantedLead[];

const dayMs = 86_400_000;
const rounds = async () => (await house.request('sales_manager', 'GET', '/v1/verdict-rounds')).json.items as { id: string; holderName: string; asked: number; answered: number; due: number; elsewhere: boolean; revokedAt: string | null }[];
const mails = async () => (await house.mails()).filter((mail) => mail.kind === 'verdict.round');
const pathIn = (text: string): string => /\/d\/[\w.-]+/.exec(text)![0];
const get = (url: string, method = 'GET') => house.request(null, method, url, undefined, { accept: 'text/html' });
async function post(path: string, fields: Record<string, string>) {
  const key = /name="key" value="([^"]+)"/.exec((await get(path)).text)?.[1] ?? '';
  return house.request(null, 'POST', path, new URLSearchParams({ key, ...fields }).toString(), { 'content-type': 'application/x-www-form-urlencoded', cookie: 'baton_answered=0123456789012345678901234567' });
}
const openCards = (html: string): number => html.split('class="card asked-of"').length - 1 - (html.split('>Change it…<').length - 1);

// Monday, 2 March 2026, 09:00 in Zürich. Leads are accepted at once and then nobody says anything.
beforeAll(async () => {
  house = await openTestHouse({ at: '2026-03-02T08:00:00Z' });
  const [a, b, c] = (await house.write(async (tx) => [
    await addHolder(tx, house.cx, { name: 'Northline', kind: 'partner', email: 'leads@northline.example' }),
    await addHolder(tx, house.cx, { name: 'Without mail', kind: 'partner' }),
    await addHolder(tx, house.cx, { name: 'Rita', kind: 'rep', email: 'rita@pumps.example' }),
  ])) as [string, string, string];
  north = a;
  for (const [country, holderId] of [['ES', a], ['PT', b], ['FR', c]] as const)
    await house.write((tx) => changeTerritory(tx, house.cx, null, { name: country, rules: { countries: [country] }, holders: [{ holderId, weight: 1 }] }));
  leads = await plantLeads(house, [{ name: 'Ines Prado' }, { name: 'Marta Ruiz' }, { name: 'Luis Gil' }, { country: 'PT' }, { country: 'FR' }]);
  await house.drain();
  await house.write((tx) => acceptAssignments(tx, house.cx, leads.map(({ leadId }) => ({ leadId, at: house.clock.now(), via: 'app' as const, actor: 'baton' }))));
  // Said to have been followed up, so that the clocks rest and the leads stay.
  await house.write((tx) => tx.run(sql`update distribute.assignment set first_followup_at = accepted_at, clock_at = null where ended_at is null`));
  await house.drain();
});
afterAll(() => house.close());
beforeEach(async () => {
  house.clock.set(new Date('2026-03-02T08:00:00Z'));
  await house.write(async (tx) => {
    await tx.run(sql`delete from platform.mail`);
    await tx.run(sql`delete from followup.verdict_round`);
    await tx.run(sql`delete from platform.setting where key = 'verdictRound'`);
  });
});
const settings = { on: true, weekday: 2, hour: 8, afterDays: 7 };
const put = (body: object = settings) => house.request('sales_manager', 'PUT', '/v1/settings/verdict-round', body);

describe('a round', () => {
  test('asks each partner once, in its hour by the company’s clock, also across summer time, and nobody while it is off or nothing is due', async () => {
    house.clock.set(new Date('2026-03-10T07:30:00Z'));
    await house.scan();
    expect(await mails()).toEqual([]);
    await put();
    house.clock.set(new Date('2026-03-03T07:30:00Z'));
    await house.scan();
    expect(await mails()).toEqual([]);
    // Tuesday 06:59 UTC is 07:59 in Zürich.
    house.clock.set(new Date('2026-03-10T06:59:00Z'));
    await house.scan();
    expect(await mails()).toEqual([]);
    house.clock.set(new Date('2026-03-10T07:00:00Z'));
    await Promise.all([house.scan(), house.scan()]);
    house.clock.advance(3_600_000);
    await house.scan();
    expect(await mails()).toMatchObject([{ toAddress: 'leads@northline.example', subject: 'What became of 3 leads?' }]);
    expect((await mails())[0]!.textBody).not.toContain('Prado');
    expect(await rounds()).toMatchObject([{ holderName: 'Northline', asked: 3, due: 3, answered: 0 }]);
    // On 31 March the clocks have changed: eight in the morning is 06:00 UTC.
    house.clock.set(new Date('2026-03-31T06:00:00Z'));
    await house.scan();
    expect(await rounds()).toHaveLength(2);
    // A house that slept through its hour asks next week.
    house.clock.set(new Date('2026-04-07T13:00:00Z'));
    await house.scan();
    expect(await rounds()).toHaveLength(2);
  });

  test('leaves in peace what rests until a day, and asks about it in the round after', async () => {
    await put();
    const { leadId } = leads[0]!;
    house.clock.set(new Date('2026-03-09T09:00:00Z'));
    await house.write((tx) => pauseAssignments(tx, house.cx, [{ leadId, at: house.clock.now(), until: { on: '2026-03-13' }, reason: 'They asked me to wait', via: 'app', actor: 'baton' }]));
    house.clock.set(new Date('2026-03-10T07:00:00Z'));
    expect((await house.request('management', 'GET', '/v1/settings/verdict-round')).json).toMatchObject({ partners: 1, leads: 2 });
    await house.scan();
    expect(await rounds()).toMatchObject([{ asked: 2, due: 2 }]);
    house.clock.set(new Date('2026-03-17T07:00:00Z'));
    await house.scan();
    expect(await rounds()).toMatchObject([{ asked: 3, due: 3 }, { asked: 2 }]);
    await house.write((tx) => resumeAssignments(tx, house.cx, [{ leadId, at: house.clock.now(), actor: 'baton' }]));
  });

  test('does not ask who was switched off, and its link ends with it', async () => {
    await put();
    house.clock.set(new Date('2026-03-10T07:00:00Z'));
    await house.scan();
    const path = pathIn((await mails())[0]!.textBody);
    expect((await get(path)).status).toBe(200);
    await house.write((tx) => tx.run(sql`update distribute.holder set active = false where id = ${north}`));
    expect((await get(path)).status).toBe(410);
    house.clock.set(new Date('2026-03-17T07:00:00Z'));
    await house.scan();
    expect(await rounds()).toHaveLength(1);
    await house.write((tx) => tx.run(sql`update distribute.holder set active = true where id = ${north}`));
  });

  test('shows what would be asked now to who may set it', async () => {
    house.clock.set(new Date('2026-03-10T07:00:00Z'));
    const shown = await house.request('management', 'GET', '/v1/settings/verdict-round');
    expect(shown.json).toMatchObject({ on: false, partners: 1, leads: 3, nextAt: null });
    expect([400, 422]).toContain((await put({ ...settings, weekday: 8 })).status);
    expect((await house.request('management', 'PUT', '/v1/settings/verdict-round', settings)).status).toBe(403);
    await put();
    expect((await house.request('marketing', 'GET', '/v1/settings/verdict-round')).json.nextAt).toBe('2026-03-17T07:00:00.000Z');
  });
});

describe('its page', () => {
  let path: string;
  beforeEach(async () => {
    await put();
    house.clock.set(new Date('2026-03-10T07:00:00Z'));
    await house.scan();
    path = pathIn((await mails())[0]!.textBody);
  });

  test('takes no other lead, no form of another page, and nothing once it is revoked or has run out', async () => {
    const [foreign] = leads.slice(4);
    expect((await post(path, { lead: foreign!.leadId, do: 'hot' })).headers['location']).toContain('said=again');
    expect((await house.request(null, 'POST', path, `do=hot&lead=${leads[0]!.leadId}`, { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(403);
    for (const url of [`${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`, path.replace('/d/', '/l/'), '/d/nonsense']) expect((await get(url)).status).toBe(404);
    const [round] = await rounds();
    house.clock.advance(15 * dayMs);
    expect((await get(path)).status).toBe(410);
    house.clock.advance(-15 * dayMs);
    const partner = (holderId: string) => ({ role: 'partner' as const, holderId });
    const [other] = await house.rows<{ id: string }>(sql`select id from distribute.holder where name = 'Without mail'`);
    expect((await house.request(partner(other!.id), 'GET', '/v1/verdict-rounds')).json.items).toEqual([]);
    expect((await house.request(partner(other!.id), 'DELETE', `/v1/verdict-rounds/${round!.id}`)).json).toEqual({ revoked: false });
    expect((await get(path)).status).toBe(200);
    expect((await house.request(partner(north), 'GET', '/v1/verdict-rounds')).json.items).toHaveLength(1);
    expect((await house.request(partner(north), 'DELETE', `/v1/verdict-rounds/${round!.id}`)).json).toEqual({ revoked: true });
    expect((await get(path)).status).toBe(410);
    expect((await post(path, { lead: leads[0]!.leadId, do: 'hot' })).status).toBe(410);
  });

  test('looking changes nothing; each verdict is one POST; what was answered is counted and can be changed', async () => {
    const fingerprint = () =>
      house.rows(sql`select (select count(*) from journal.fact) as facts, (select count(*) from followup.disposition) as verdicts, (select count(*) from followup.link_answer) as answers, (select json_agg(r) from followup.verdict_round r) as rounds`);
    const before = await fingerprint();
    for (const method of ['GET', 'HEAD', 'GET']) expect((await get(path, method)).status).toBe(200);
    expect(await fingerprint()).toEqual(before);
    const page = (await get(path)).text;
    expect(page).toContain('What became of these 3 leads?');
    expect(page).toContain('with you for 8 days');
    expect(page).not.toContain('<script');
    expect(openCards(page)).toBe(3);

    const [first, second, third] = leads.map(({ leadId }) => leadId) as [string, string, string];
    const hot = await post(path, { lead: first, do: 'hot' });
    expect(hot.headers['location']).toBe(`${path}?said=hot&of=${first}`);
    const after = (await get(hot.headers['location'] as string)).text;
    expect(after).toContain('Ines Prado: Hot. 2 to go.');
    expect(openCards(after)).toBe(2);
    expect((await post(path, { lead: second, do: 'bad' })).headers['location']).toContain('said=again');
    await post(path, { lead: second, do: 'bad', reason: 'No budget' });
    await post(path, { lead: third, do: 'sale', value: '4.200' });
    await house.drain();
    const done = (await get(path)).text;
    expect(done).toContain('All answered: thank you!');
    expect(done).toContain('Sold for EUR 4,200.00');
    await post(path, { lead: first, do: 'dont_know' });
    expect(await rounds()).toMatchObject([{ asked: 3, answered: 3, elsewhere: false }]);
    const verdicts = await house.rows(sql`select verdict, reason, value_minor, via, by_holder_id from followup.disposition where current order by lead_id`);
    expect(verdicts).toEqual([
      { verdict: 'dont_know', reason: null, valueMinor: null, via: 'link', byHolderId: north },
      { verdict: 'bad', reason: 'No budget', valueMinor: null, via: 'link', byHolderId: north },
      { verdict: 'sale', reason: null, valueMinor: 420_000, via: 'link', byHolderId: north },
    ]);
    expect(await custodyBreaks(house)).toEqual([]);
    // Next week nothing is overdue; once the "don't know" has run out, that one is.
    house.clock.set(new Date('2026-03-17T07:00:00Z'));
    await house.scan();
    expect(await rounds()).toHaveLength(1);
    house.clock.set(new Date('2026-03-24T07:00:00Z'));
    await house.scan();
    expect(await rounds()).toMatchObject([{ asked: 1 }, { asked: 3 }]);
  });
});
