/** Calls and meetings of another system: on their leads, once, without touching a clock, and out again exactly. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse, type TestHouse } from '../../../tests/support/house.ts';
import { custodyBreaks, holders } from '../../../tests/support/leads.ts';
import { bringInFile } from '../../capture/index.ts';
import { addHolder } from '../../distribute/index.ts';
import { sql } from '../../platform/db/index.ts';

let house: TestHouse;
const bring = (name: string, text: string, kind = 'activities') => bringInFile(house.cx, house.scope, { name, bytes: Buffer.from(text), kind });
const state = async () => ({
  activities: await house.rows(sql`select lead_id, holder_id, kind, at, outcome, note, via, reference from followup.activity order by at, note`),
  custody: await house.rows(sql`select lead_id, accepted_at, first_followup_at, respond_by, clock_at, tries_owed from distribute.assignment order by lead_id, sequence`),
  rows: await house.rows(sql`select lead_id, calls, meetings, first_activity, last_activity_at from report.lead_row order by lead_id`),
  extracted: await house.rows(sql`select * from extract.activities order by id`),
});

beforeAll(async () => {
  house = await openTestHouse();
  await house.write((tx) => addHolder(tx, house.cx, { name: 'Rita Moss', kind: 'rep', email: 'rita@house.example', externalId: 'U7' }));
  await bring('leads.csv', 'Lead Id,Name,E-Mail,Company,Date\nL1,Ada Brook,ada@brook.example,Brook Ltd,2026-01-05\nL2,Ben Marsh,ben@marsh.example,Marsh Inc,2026-01-06\n', 'inquiries');
  await house.drain();
});
afterAll(() => house.close());

test('come in with what they were, by whom and how long; brought again they are known; taken back nothing is left of them', async () => {
  const before = await state();
  const held = await holders(house);
  const calls = [
    'Call Id,Call Start Time,Call Duration (in seconds),Call Owner,Call Owner Id,Subject,Call Type,Lead Id,Contact Email',
    'C1,2026-01-07 09:00,420,Rita Moss,U7,Needs two pumps,Outbound,L1,',
    'C2,2026-01-08 09:00,30,Nobody Known,,Voicemail,Outbound,,ben@marsh.example',
    'C3,2026-01-09 09:00,60,Rita Moss,U7,Who is this,Inbound,L9,',
    'C4,2099-01-09 09:00,60,Rita Moss,U7,Not yet,Outbound,L1,',
    'C5,2026-01-10 09:00,60,Rita Moss,U7,About whom,Inbound,,',
  ].join('\n');
  const { importId, counts } = await bring('calls.csv', calls);
  expect(counts).toMatchObject({ rows: 5, new: 2, problem: 3 });
  await house.drain();
  const { json } = await house.request('marketing', 'GET', `/v1/imports/${importId}`);
  expect(json).toMatchObject({ settings: { mapping: { 0: 'externalId', 1: 'at', 2: 'seconds', 3: 'owner', 4: 'ownerRef', 5: 'subject', 6: 'direction', 7: 'leadRef', 8: 'email' } } });
  const problems = (await house.request('marketing', 'GET', `/v1/imports/${importId}/problems`)).json.items as { row: number; sentence: string }[];
  expect(problems.map(({ row, sentence }) => `${row} ${sentence}`)).toEqual([
    '3 Nobody here is called “Nobody Known”: it stands without a name.',
    '4 No lead is known by what this row says. Bring the leads in first.',
    '5 This is still to come: only what was done comes in.',
    '6 The row does not say whose lead it was about.',
  ]);
  const after = await state();
  expect(after.activities).toMatchObject([
    { kind: 'call', note: 'Outbound, 7 minutes · Needs two pumps', holderId: expect.any(String), via: 'import', reference: 'C1' },
    { kind: 'call', note: 'Outbound, under a minute · Voicemail', holderId: null, reference: 'C2' },
  ]);
  // Told, not done: whoever has the lead owes what they owed.
  expect(after.custody).toEqual(before.custody);
  expect(await holders(house)).toEqual(held);
  expect(after.rows.map((row) => (row as { calls: number }).calls)).toEqual([1, 1]);
  expect(after.extracted).toHaveLength(2);
  const [lead] = await house.rows<{ id: string }>(sql`select lead_id as id from followup.activity where reference = 'C1'`);
  const page = (await house.request('marketing', 'GET', `/v1/leads/${lead!.id}`)).text;
  expect(page).toContain('Needs two pumps');
  expect(page).toContain('Called, as another system kept it.');

  expect((await bring('calls again.csv', calls)).counts).toMatchObject({ new: 0, matched: 2, problem: 3 });
  await house.request('marketing', 'POST', `/v1/imports/${importId}/undo`, {});
  await house.runJobs();
  await house.drain();
  expect(await state()).toEqual(before);
  expect(await custodyBreaks(house)).toEqual([]);
});

test('without an id of their own come in once, word for word; a partner may not bring them', async () => {
  const text = 'Aktivität;Datum;E-Mail;Bemerkung\nTermin;12.01.2026 10:00;ada@brook.example;Werk besichtigt\nTermin;12.01.2026 10:00;ada@brook.example;Werk besichtigt\nAnruf;13.01.2026 10:00;ada@brook.example;Rückfrage\n';
  const { importId, counts } = await bring('verlauf.csv', text);
  expect(counts).toMatchObject({ rows: 3, new: 2, matched: 1 });
  expect((await bring('verlauf.csv', text)).counts).toMatchObject({ new: 0, matched: 3 });
  await house.drain();
  expect((await state()).rows).toEqual(expect.arrayContaining([expect.objectContaining({ calls: 1, meetings: 1, firstActivity: 'meeting' })]));
  const [rita] = await house.rows<{ id: string }>(sql`select id from distribute.holder where name = 'Rita Moss'`);
  expect((await house.request({ role: 'partner', holderId: rita!.id }, 'POST', `/v1/imports/${importId}/undo`, {})).status).toBe(403);
  expect((await house.request({ role: 'partner', holderId: rita!.id }, 'GET', `/v1/imports/${importId}`)).status).toBe(403);
});
