import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse } from '../../../tests/support/house.ts';
import type { TestHouse } from '../../../tests/support/house.ts';
import { holders, plantLeads } from '../../../tests/support/leads.ts';
import { createUser } from '../../platform/access/index.ts';
import { sql } from '../../platform/db/index.ts';
import { addHolder } from '../change-holder.ts';
import { changeTerritory } from '../change-territory.ts';

let house: TestHouse;
let quiet: string;
let loud: string;
const as = (holderId: string) => ({ role: 'partner' as const, holderId });
const cutsOf = async (who: Parameters<TestHouse['request']>[0]) => (await house.request(who, 'GET', '/v1/share-cuts')).json;
const part = async (id: string): Promise<number> => (await house.rows<{ part: number }>(sql`select share_part::float8 as part from distribute.holder where id = ${id}`))[0]!.part;
const deal = async (count: number): Promise<number> => {
  const planted = await plantLeads(house, Array.from({ length: count }, () => ({})));
  await house.drain();
  const now = await holders(house);
  return planted.filter(({ leadId }) => now.get(leadId)?.holderId === quiet).length;
};

// Two partners with equal weights; one has answered all of its twelve leads, the other none.
beforeAll(async () => {
  house = await openTestHouse({ at: '2026-03-02T08:00:00Z' });
  await createUser(house.cx, house.workspaceId, { name: 'Sam', email: 'sam@pumps.example', password: 'correct horse battery', roles: ['sales_manager'] });
  [quiet, loud] = (await house.write(async (tx) => [
    await addHolder(tx, house.cx, { name: 'Quiet', kind: 'partner', email: 'q@quiet.example' }),
    await addHolder(tx, house.cx, { name: 'Loud', kind: 'partner', email: 'l@loud.example' }),
  ])) as [string, string];
  await house.write((tx) => changeTerritory(tx, house.cx, null, { name: 'Iberia', rules: { countries: ['ES'] }, holders: [quiet, loud].map((holderId) => ({ holderId, weight: 1 })) }));
  expect(await deal(24)).toBe(12);
  await house.write((tx) =>
    tx.run(sql`update distribute.assignment set accepted_at = started_at, first_followup_at = started_at, clock_at = null where ended_at is null and holder_id = ${loud}`),
  );
  // Their promise is over: the other is given them, and answers.
  for (let hour = 0; hour < 72; hour += 6) {
    house.clock.advance(6 * 3_600_000);
    await house.scan();
    await house.write((tx) => tx.run(sql`update distribute.assignment set accepted_at = started_at, first_followup_at = started_at, clock_at = null where ended_at is null and holder_id = ${loud}`));
  }
});
afterAll(() => house.close());

test('off, nobody has less; on, who never answers has forty percent of its share, and gets it', async () => {
  expect(await cutsOf('sales_manager')).toEqual({ on: false, items: [] });
  expect(await part(quiet)).toBe(1);
  expect((await house.request('marketing', 'PUT', '/v1/settings/share-cuts', { on: true })).status).toBe(403);
  expect((await house.request('sales_manager', 'PUT', '/v1/settings/share-cuts', { on: true })).status).toBe(200);
  const { items } = await cutsOf('management');
  expect(items).toMatchObject([{ holderName: 'Quiet', part: 0.4, partToday: 0.4, silent: 12, offered: 12, contestedAt: null }]);
  expect([await part(quiet), await part(loud)]).toEqual([0.4, 1]);
  // 0.4 of 1.4 of seventy leads, within one.
  expect(Math.abs((await deal(70)) - 20)).toBeLessThanOrEqual(1);
  const facts = await house.rows<{ n: number }>(sql`select count(*)::int as n from journal.fact where type = 'holder.changed' and data->'fields' ? 'sharePart'`);
  expect(facts).toEqual([{ n: 1 }]);
});

test('it sees why, contests it in its own words, and only its own', async () => {
  expect((await cutsOf(as(quiet))).items).toMatchObject([{ holderName: 'Quiet', part: 0.4 }]);
  expect((await cutsOf(as(loud))).items.map((one: { holderName: string; part: number }) => [one.holderName, one.part])).toEqual([['Loud', 1]]);
  const contest = (who: string, of: string) => house.request(as(who), 'POST', `/v1/holders/${of}/share-cut/contest`, { note: 'Our mail was down for a week.' });
  expect((await contest(loud, quiet)).status).toBe(403);
  expect((await contest(loud, loud)).status).toBe(404);
  expect((await house.request('sales_manager', 'POST', `/v1/holders/${quiet}/share-cut/contest`, { note: 'x' })).status).toBe(403);
  expect((await contest(quiet, quiet)).json).toEqual({ contested: true });
  const [mail] = (await house.mails()).filter(({ kind }) => kind === 'share.contested');
  expect(mail).toMatchObject({ toAddress: 'sam@pumps.example', subject: 'Quiet contests its share' });
  expect(mail!.textBody).toContain('12 of 12 leads');
  expect(mail!.textBody).toContain('Our mail was down for a week.');
});

test('a manager lifts it until a day, the daily measure ends it after that, and switching off gives everybody theirs', async () => {
  const lift = (untilOn: string | null, who: 'sales_manager' | 'marketing' = 'sales_manager') => house.request(who, 'POST', `/v1/holders/${quiet}/share-cut/lift`, { untilOn });
  expect((await lift('2026-03-10', 'marketing')).status).toBe(403);
  expect((await lift('2026-03-10')).json).toEqual({ partToday: 1 });
  expect(await part(quiet)).toBe(1);
  // What it was given meanwhile waits for its answer still, and counts for neither side until then.
  await house.write((tx) => tx.run(sql`update distribute.assignment set clock_at = null, respond_by = '2026-12-01' where ended_at is null`));
  house.clock.set('2026-03-10T20:00:00Z');
  await house.scan();
  expect(await part(quiet)).toBe(1);
  house.clock.set('2026-03-11T20:00:00Z');
  await house.scan();
  expect(await part(quiet)).toBe(0.4);
  expect((await cutsOf('sales_manager')).items).toMatchObject([{ contestNote: 'Our mail was down for a week.', liftedUntil: '2026-03-10' }]);
  expect((await house.request('sales_manager', 'PUT', '/v1/settings/share-cuts', { on: false })).status).toBe(200);
  expect(await part(quiet)).toBe(1);
});
