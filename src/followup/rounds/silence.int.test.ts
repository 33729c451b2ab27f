import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestHouse } from '../../../tests/support/house.ts';
import type { TestHouse } from '../../../tests/support/house.ts';
import { plantLeads } from '../../../tests/support/leads.ts';
import type { PlantedLead } from '../../../tests/support/leads.ts';
import { acceptAssignments, addHolder, changeTerritory } from '../../distribute/index.ts';
import { createUser } from '../../platform/access/index.ts';
import { sql } from '../../platform/db/index.ts';

// What comes of saying nothing. Leads are accepted on Monday, 2 March 2026, said to have been followed up, and then nobody says anything.

let house: TestHouse;
let north: string;
let leads: PlantedLead[];
beforeEach(async () => {
  house = await openTestHouse({ at: '2026-03-02T08:00:00Z' });
  const [a, c] = (await house.write(async (tx) => [
    await addHolder(tx, house.cx, { name: 'Northline', kind: 'partner', email: 'leads@northline.example' }),
    await addHolder(tx, house.cx, { name: 'Rita', kind: 'rep', email: 'rita@pumps.example' }),
  ])) as [string, string];
  north = a;
  for (const [country, holderId] of [['ES', a], ['FR', c]] as const)
    await house.write((tx) => changeTerritory(tx, house.cx, null, { name: country, rules: { countries: [country] }, holders: [{ holderId, weight: 1 }] }));
  leads = await plantLeads(house, [{ name: 'Ines Prado' }, { name: 'Marta Ruiz' }, { name: 'Luis Gil' }, { country: 'FR' }]);
  await house.drain();
  await house.write((tx) => acceptAssignments(tx, house.cx, leads.map(({ leadId }) => ({ leadId, at: house.clock.now(), via: 'app' as const, actor: 'baton' }))));
  await house.write((tx) => tx.run(sql`update distribute.assignment set first_followup_at = accepted_at, clock_at = null where ended_at is null`));
  await house.drain();
});
afterEach(() => house.close());

const rounds = async () => (await house.request('sales_manager', 'GET', '/v1/verdict-rounds')).json.items as { holderName: string }[];
const mails = async () => (await house.mails()).filter((mail) => mail.kind === 'verdict.round');
const pathIn = (text: string): string => /\/d\/[\w.-]+/.exec(text)![0];
const get = (url: string) => house.request(null, 'GET', url, undefined, { accept: 'text/html' });
async function post(path: string, fields: Record<string, string>) {
  const key = /name="key" value="([^"]+)"/.exec((await get(path)).text)?.[1] ?? '';
  return house.request(null, 'POST', path, new URLSearchParams({ key, ...fields }).toString(), { 'content-type': 'application/x-www-form-urlencoded', cookie: 'baton_answered=0123456789012345678901234567' });
}
const settings = { on: true, weekday: 2, hour: 8, afterDays: 7 };
const put = (body: object) => house.request('sales_manager', 'PUT', '/v1/settings/verdict-round', body);

test('insists: again, for the last time with the managers told, and then silence is “don’t know” by the holder, once', async () => {
  await createUser(house.cx, house.workspaceId, { name: 'Sam', email: 'sam@pumps.example', password: 'correct horse battery', roles: ['sales_manager'] });
  expect((await put({ ...settings, silentAfter: 3 })).json).toMatchObject({ silentAfter: 3, reps: false });
  const judged = () => house.rows<{ leadId: string; via: string; byHolderId: string; reason: string }>(sql`select lead_id, via, by_holder_id, reason from followup.disposition where verdict = 'dont_know' and current order by lead_id`);
  const subjects = async (kind: string) => (await house.mails()).filter((mail) => mail.kind === kind).map((mail) => mail.subject);
  const tuesday = async (day: string) => {
    house.clock.set(new Date(`2026-${day}T08:00:00Z`));
    await Promise.all([house.scan(), house.scan()]);
  };
  await tuesday('03-10');
  await tuesday('03-17');
  // One is answered, so that its count begins anew.
  const path = pathIn((await mails()).at(-1)!.textBody);
  await post(path, { lead: leads[2]!.leadId, do: 'dont_know' });
  await house.drain();
  expect((await mails()).at(-1)!.textBody).toContain('We have asked before.');
  expect(await subjects('verdict.lastAsked')).toEqual([]);
  await tuesday('03-24');
  expect(await subjects('verdict.round')).toEqual(['What became of 3 leads?', 'Asked again: what became of 3 leads?', 'Last time asked: what became of 2 leads?']);
  expect(await subjects('verdict.lastAsked')).toEqual(['Northline: no verdict, asked for the last time']);
  expect((await house.mails()).find(({ kind }) => kind === 'verdict.lastAsked')).toMatchObject({ toAddress: 'sam@pumps.example', textBody: expect.stringContaining('Northline: 2 leads') });
  expect((await house.request('management', 'GET', '/v1/settings/verdict-round')).json).toMatchObject({ leads: 2, silent: 2 });
  const followed = () => house.rows(sql`select count(*)::int as n from journal.fact where type = 'lead.followedUp'`);
  const before = await followed();
  await tuesday('03-31');
  const silent = (await judged()).filter(({ via }) => via === 'silence');
  expect(silent.map(({ leadId }) => leadId)).toEqual([leads[0]!.leadId, leads[1]!.leadId].toSorted());
  expect(silent[0]).toMatchObject({ byHolderId: north, reason: 'Asked 3 times without an answer' });
  expect(await followed()).toEqual(before);
  const told = (await house.request('marketing', 'GET', `/v1/leads/${leads[0]!.leadId}`)).json;
  expect(told.lead).toMatchObject({ state: 'dont_know', firstFollowupAt: expect.anything() });
  expect(JSON.stringify(told)).toContain('No answer: counts as don’t know');
  // In the queue it is not put aside, as it would be had somebody said so.
  const row = (await house.request({ role: 'partner', holderId: north }, 'GET', '/v1/queue')).json.items.find((one: { leadId: string }) => one.leadId === leads[0]!.leadId);
  expect(row.why[0].label).toBe('Counts as “don’t know” by silence');
  // It runs out, and is asked about from the beginning.
  await tuesday('04-14');
  expect((await subjects('verdict.round')).at(-1)).toMatch(/^(What|Asked again: what) became of/);
  expect((await judged()).filter(({ via }) => via === 'silence')).toHaveLength(2);
  // What the partner says takes its place.
  await house.request({ role: 'partner', holderId: north }, 'POST', `/v1/leads/${leads[0]!.leadId}/verdict`, { verdict: 'hot' });
  expect((await judged()).filter(({ via }) => via === 'silence')).toHaveLength(1);
});

test('asks reps where that is said, and takes nobody’s silence for an answer where that is switched off', async () => {
  await put({ ...settings, reps: true, silentAfter: null });
  for (const day of ['10', '17', '24']) {
    house.clock.set(new Date(`2026-03-${day}T07:00:00Z`));
    await house.scan();
  }
  house.clock.set(new Date('2026-03-31T06:00:00Z'));
  await house.scan();
  expect((await rounds()).map(({ holderName }) => holderName).filter((name) => name === 'Rita')).toHaveLength(4);
  expect(await house.rows(sql`select id from followup.disposition where current`)).toEqual([]);
  expect((await house.mails()).filter(({ kind }) => kind === 'verdict.lastAsked')).toEqual([]);
});
