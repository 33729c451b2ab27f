import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../../tests/support/house.ts';
import { acceptInquiries } from '../capture/index.ts';
import { generateInquiries, tellInquiry } from '../demo/index.ts';
import { sql } from '../platform/db/index.ts';
import { runNextJob } from '../platform/jobs/index.ts';
import { checkBase, checkBaseJob, checkNightly } from './check-base.ts';

let house: TestHouse;
beforeEach(async () => {
  house = await openTestHouse({ at: '2026-03-02T12:00:00Z' });
});
afterEach(() => house.close());

/** Everybody anew each time they are met, as in a base that was filled before anybody looked: what came before is hidden from what comes. */
const met = async (rows: readonly { fields: Record<string, string>; truth: string }[]): Promise<Map<string, string>> => {
  const truths = new Map<string, string>();
  const times = new Map<string, number>();
  const rounds: (typeof rows)[number][][] = [];
  for (const row of rows) {
    const time = times.get(row.truth) ?? 0;
    times.set(row.truth, time + 1);
    (rounds[time] ??= []).push(row);
  }
  for (const round of rounds) {
    const accepted = await house.write((tx) => acceptInquiries(tx, house.cx, round.map(({ fields }) => ({ channel: 'api', fields })))); // prettier-ignore
    await house.drain();
    const ids = new Map(accepted.map(({ id }, at) => [id, round[at]!.truth]));
    for (const { inquiryId, personId } of await house.rows<{ inquiryId: string; personId: string }>(sql`select inquiry_id, person_id from identity.sighting where inquiry_id = any(${[...ids.keys()]}::uuid[])`))
      truths.set(personId, ids.get(inquiryId)!);
    await house.write((tx) =>
      tx.run(sql`update identity.sighting set mail_key = null, phone = null, mobile = null, name_block = null, company_block = null, place_block = null, local_block = null
        where workspace_id = ${house.workspaceId}`),
    );
  }
  return truths;
};
const run = async (): Promise<void> => {
  while (await runNextJob(house.cx, house.workspaceId, { [checkBaseJob]: checkBase }));
};
const check = async () => {
  const { status } = await house.request('marketing', 'POST', '/v1/duplicates/check');
  expect(status).toBe(200);
  await run();
  return (await house.request('rep', 'GET', '/v1/duplicates/check')).json;
};
const people = () =>
  house.rows<{ id: string; email: string | null; familyName: string | null }>(
    sql`select id, email, family_name from identity.person where workspace_id = ${house.workspaceId} and survivor_id is null and retired_at is null`,
  );
const told = (count: number, seed: number) =>
  [...generateInquiries({ seed, count, to: house.clock.now() })].filter(({ truth }) => truth.person !== null);
const said = (of: ReturnType<typeof told>): { fields: Record<string, string>; truth: string }[] =>
  of.map((one) => ({
    truth: one.truth.person!,
    fields: Object.fromEntries(Object.entries(tellInquiry(one).fields).filter((entry): entry is [string, string] => typeof entry[1] === 'string')),
  }));

it('joins who is surely one, with its evidence and to be undone, and asks about the doubtful', async () => {
  const truths = await met(said(told(700, 51)));
  const before = (await people()).length;
  const openBefore = (await house.request('marketing', 'GET', '/v1/duplicates')).json.open as number;
  const { last, underWay } = await check();
  expect(underWay).toBeNull();
  expect(last).toMatchObject({ people: before, startedBy: expect.any(String), remaining: 0 });
  expect(last.joined).toBeGreaterThan(60);
  expect((await people()).length).toBe(before - last.joined);

  // joined are only those of whom the generator says they are one
  const merges = await house.rows<{ id: string; survivorId: string; mergedId: string; reason: { checkId: string; weight: number; evidence: { weight: number }[] } }>(
    sql`select id, survivor_id, merged_id, reason from identity.merge where workspace_id = ${house.workspaceId} and kind = 'person'`,
  );
  expect(merges).toHaveLength(last.joined);
  // and are listed, with what spoke for it
  const listed = (await house.request('marketing', 'GET', '/v1/merges?by=check&limit=200')).json.items as { id: string; weight: number; by: string; mergedBy: string; merged: { id: string; name: string } }[];
  expect(listed.map(({ id }) => id).toSorted()).toEqual(merges.map(({ id }) => id).toSorted().slice(0, 200));
  expect(listed[0]).toMatchObject({ by: 'check', weight: expect.any(Number), merged: { name: expect.stringMatching(/./) } });
  expect((await house.request('marketing', 'GET', '/v1/merges?by=people')).json.items).toEqual([]);
  const first = (await house.request('marketing', 'GET', '/v1/merges?limit=1')).json;
  expect((await house.request('marketing', 'GET', `/v1/merges?limit=1&cursor=${encodeURIComponent(first.nextCursor)}`)).json.items[0].id).toBe(listed[1]!.id);
  const right = merges.filter((one) => truths.get(one.survivorId) === truths.get(one.mergedId)).length;
  expect(right / merges.length).toBeGreaterThanOrEqual(0.99);
  for (const { reason } of merges) {
    expect(reason.checkId).toBe(last.id);
    expect(reason.evidence.reduce((sum, one) => sum + one.weight, 0)).toBeCloseTo(reason.weight, 1);
  }
  const { open, items } = (await house.request('marketing', 'GET', '/v1/duplicates')).json;
  expect(open - openBefore).toBe(last.asked);
  for (const { evidence, weight } of items) expect(evidence.reduce((sum: number, one: { weight: number }) => sum + one.weight, 0)).toBeCloseTo(weight, 0);

  // what somebody parts stays parted, and who was asked about is not asked about again
  expect((await house.request('marketing', 'POST', `/v1/merges/${merges[0]!.id}/undo`)).status).toBe(200);
  const again = await check();
  expect(again.last.joined).toBe(0);
  expect((await house.request('marketing', 'GET', '/v1/duplicates')).json.open).toBe(open);
  const [facts] = await house.rows<{ count: number }>(sql`select count(*)::int as count from journal.fact where type = 'base.checked'`);
  expect(facts!.count).toBe(2);
});

it('leaves two with numbers of their own, and two who were kept apart, to people', async () => {
  const twin = { givenName: 'Zbigniew', familyName: 'Wiesental', email: 'z.wiesental@hydro.example', organization: 'Hydro AG', phone: '+41 44 668 18 00' };
  await met([...said(told(400, 52)), { fields: twin, truth: 'twin' }, { fields: { ...twin, phone: '' }, truth: 'twin' }]);
  await house.write((tx) => tx.run(sql`update identity.person set external_id = 'own ' || id where family_name = 'Wiesental'`));
  await check();
  const twins = async () => (await people()).filter(({ familyName }) => familyName === 'Wiesental');
  expect(await twins()).toHaveLength(2);
  const { items } = (await house.request('marketing', 'GET', '/v1/duplicates?limit=200')).json;
  const pair = items.find((one: { people: { familyName: string }[] }) => one.people.every(({ familyName }) => familyName === 'Wiesental'));
  expect(pair).toBeDefined();
  await house.request('marketing', 'POST', `/v1/duplicates/${pair.id}/decide`, { decision: 'different' });
  await house.write((tx) => tx.run(sql`update identity.person set external_id = null where family_name = 'Wiesental'`));
  await check();
  expect(await twins()).toHaveLength(2);
});

it('looks at own fields, too: two of one name born on one day are asked about, and why is told', async () => {
  const field = (await house.request('marketing', 'POST', '/v1/fields', { subject: 'person', label: 'Born', type: 'date' })).json;
  const named = (familyName: string, at: string) => ({ givenName: 'Theodor', familyName, email: `theodor@${at}.example`, organization: `${at} AG` });
  await met([...said(told(400, 57)), { fields: named('Amsinck', 'nordhafen'), truth: 'a' }, { fields: named('Amsinck', 'suedstern'), truth: 'a' }]);
  // everybody was born on another day, the two on one
  await house.write((tx) => tx.run(sql`update identity.person p set custom = jsonb_build_object(${field.key}::text, to_char(date '1950-01-01' + n.n::int * 13, 'YYYY-MM-DD'))
    from (select id, row_number() over (order by id) as n from identity.person) n where n.id = p.id`));
  await house.write((tx) => tx.run(sql`update identity.person set custom = jsonb_build_object(${field.key}::text, '1961-04-17') where family_name = 'Amsinck'`));
  await check();
  const { items } = (await house.request('marketing', 'GET', '/v1/duplicates?limit=200')).json;
  const pair = items.find((one: { people: { familyName: string }[] }) => one.people.every(({ familyName }) => familyName === 'Amsinck'));
  expect(pair?.evidence.find((one: { field: string }) => one.field === 'Born')).toMatchObject({ outcome: 'equal' });
  expect(pair.evidence.find((one: { field: string }) => one.field === 'Born').weight).toBeGreaterThan(3);
});

it('comes by itself at night when somebody was seen since, and only then', async () => {
  await met(said(told(60, 53)));
  const waiting = async (): Promise<number> =>
    (await house.rows(sql`select id from platform.job where name = ${checkBaseJob} and state = 'waiting'`)).length;
  await checkNightly(house.cx, house.scope);
  expect(await waiting()).toBe(0);
  house.clock.set('2026-03-04T02:10:00Z');
  await checkNightly(house.cx, house.scope);
  await checkNightly(house.cx, house.scope);
  expect(await waiting()).toBe(1);
  await run();
  house.clock.set('2026-03-05T02:10:00Z');
  await checkNightly(house.cx, house.scope);
  expect(await waiting()).toBe(0);
  await met(said(told(3, 54)));
  await checkNightly(house.cx, house.scope);
  expect(await waiting()).toBe(1);
});
