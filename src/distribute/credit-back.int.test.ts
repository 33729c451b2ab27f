import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainTerms, plantAgreement } from '../../tests/support/agreements.ts';
import { openTestHouse } from '../../tests/support/house.ts';
import type { TestHouse } from '../../tests/support/house.ts';
import { holders, plantLeads } from '../../tests/support/leads.ts';
import { sql } from '../platform/db/index.ts';
import { addHolder, changeTerritory } from './index.ts';

let house: TestHouse;
let team: string[];
beforeAll(async () => {
  house = await openTestHouse({ at: '2026-03-02T09:00:00Z' });
  team = await house.write(async (tx) => {
    const ids: string[] = [];
    for (const name of ['Ana', 'Ben', 'Cas']) ids.push(await addHolder(tx, house.cx, { name, kind: 'rep', email: `${name.toLowerCase()}@hartwell.example` }));
    await changeTerritory(tx, house.cx, null, { name: 'Iberia', rules: { countries: ['ES'] }, holders: ids.map((holderId) => ({ holderId, weight: 1 })) });
    return ids;
  });
});
afterAll(() => house.close());

const ask = async (method: 'GET' | 'POST' | 'DELETE', url: string, body?: object, as: 'marketing' | 'rep' = 'marketing') => {
  const answer = await house.request(as, method, url, body);
  await house.drain();
  return answer;
};
async function dealt(): Promise<{ leadId: string; holderId: string }> {
  const [lead] = await plantLeads(house, [{ grade: 'hot' }]);
  await house.drain();
  return { leadId: lead!.leadId, holderId: (await holders(house)).get(lead!.leadId)!.holderId };
}
const judge = (leadId: string, verdict: string, reason?: string) => ask('POST', `/v1/leads/${leadId}/verdict`, { verdict, ...(reason && { reason }) });
const accounts = async (): Promise<number[]> => {
  const rows = await house.rows<{ holderId: string; credit: number }>(sql`select holder_id, round((entitled - received)::numeric, 6)::float8 as credit from distribute.balance where workspace_id = ${house.workspaceId} and grade = 'hot'`);
  return team.map((id) => rows.find(({ holderId }) => holderId === id)?.credit ?? 0);
};
const last = async (leadId: string) => (await ask('GET', `/v1/leads/${leadId}/assignments`)).json.items[0];

test('a lead that was none gives the turn back, once; a verdict that is changed or undone takes it again', async () => {
  const first = await dealt();
  const charged = await accounts();
  expect(charged.toSorted((a, b) => a - b)).toEqual([-0.666667, 0.333333, 0.333333]);
  await judge(first.leadId, 'bad', 'No budget');
  expect(await accounts()).toEqual(charged);
  expect(await last(first.leadId)).toMatchObject({ creditBackAt: null, creditBackReason: null });
  await judge(first.leadId, 'bad', 'Wrong contact data');
  expect(await accounts()).toEqual([0, 0, 0]);
  expect(await last(first.leadId)).toMatchObject({ creditBackAt: '2026-03-02T09:00:00.000Z', creditBackReason: 'Wrong contact data' });
  await judge(first.leadId, 'bad', 'Outside our range');
  expect(await accounts()).toEqual([0, 0, 0]);
  // Undone: it is bad for the reason before again, then for no budget.
  await ask('POST', `/v1/leads/${first.leadId}/verdict/undo`);
  expect(await accounts()).toEqual([0, 0, 0]);
  await ask('POST', `/v1/leads/${first.leadId}/verdict/undo`);
  expect(await accounts()).toEqual(charged);
  await ask('POST', `/v1/leads/${first.leadId}/verdict/undo`);
  expect(await accounts()).toEqual(charged);
  await judge(first.leadId, 'bad', 'Student, competitor or supplier');
  expect(await accounts()).toEqual([0, 0, 0]);
  // The next lead goes to whose turn it was.
  expect((await dealt()).holderId).toBe(first.holderId);
});

test('the holder of the turn is given it back also where somebody else judged; who let it pass is not', async () => {
  const before = await accounts();
  const lead = await dealt();
  const other = team.find((id) => id !== lead.holderId)!;
  await ask('POST', `/v1/leads/${lead.leadId}/assign`, { holderId: other });
  await judge(lead.leadId, 'bad', 'Wrong contact data');
  expect(await accounts()).toEqual(before);
  const path = (await ask('GET', `/v1/leads/${lead.leadId}/assignments`)).json.items;
  expect(path.map(({ creditBackReason }: { creditBackReason: string | null }) => creditBackReason)).toEqual(['Wrong contact data', null]);

  const declined = await dealt();
  await ask('POST', `/v1/leads/${declined.leadId}/decline`, { reason: 'Outside my area' });
  const now = (await holders(house)).get(declined.leadId)!.holderId;
  const charged = await accounts();
  await judge(declined.leadId, 'bad', 'Wrong contact data');
  // Only the turn of who took it after that comes back.
  const after = await accounts();
  expect(after[team.indexOf(now)]! - charged[team.indexOf(now)]!).toBeCloseTo(0.5);
});

test('the agreement says which reasons count, by when the lead was given', async () => {
  const old = await dealt();
  house.clock.advance(3_600_000);
  await plantAgreement(house, 1, plainTerms({ marketing: { ...plainTerms().marketing, rightPercent: 80, wrongReasons: ['No budget'] } }), house.clock.now());
  const young = await dealt();
  const charged = await accounts();
  await judge(old.leadId, 'bad', 'No budget');
  await judge(young.leadId, 'bad', 'Wrong contact data');
  expect(await accounts()).toEqual(charged);
  await judge(young.leadId, 'bad', 'No budget');
  expect(await accounts()).not.toEqual(charged);
});

test('whose turn it is, is told to who may know', async () => {
  const { items } = (await ask('GET', '/v1/turns', undefined, 'rep')).json as { items: { name: string; kind: string; grade: string; leads: number; holders: { name: string; received: number; entitled: number; owed: number; givenBack: number }[] }[] };
  expect(items).toMatchObject([{ name: 'Iberia', kind: 'territory', grade: 'hot', holders: [{ name: 'Ana' }, { name: 'Ben' }, { name: 'Cas' }] }]);
  const [iberia] = items;
  const sum = (of: (holder: (typeof items)[0]['holders'][0]) => number): number => iberia!.holders.reduce((total, holder) => total + of(holder), 0);
  expect(sum(({ received }) => received)).toBe(iberia!.leads);
  expect(sum(({ entitled }) => entitled)).toBeCloseTo(iberia!.leads, 1);
  const [{ back }] = (await house.rows<{ back: number }>(sql`select count(*)::int as back from distribute.credit_back where taken_at is null`)) as [{ back: number }];
  expect([sum(({ givenBack }) => givenBack), back > 0]).toEqual([back, true]);
  expect(iberia!.holders.map(({ owed }) => owed)).toEqual((await accounts()).map((credit) => Math.round(credit * 100) / 100));
  expect((await house.request({ role: 'partner', holderId: team[0]! }, 'GET', '/v1/turns')).status).toBe(403);
});

test('an absence to be caught up goes on earning; it is recorded and shown so', async () => {
  const of = team[0]!;
  const made = await ask('POST', `/v1/holders/${of}/absences`, { startsOn: '2026-03-02', endsOn: '2026-03-03', catchUp: true });
  expect(made.json).toMatchObject({ catchUp: true });
  expect((await ask('GET', `/v1/holders/${of}`)).json.absences).toMatchObject([{ catchUp: true }]);
  const before = await accounts();
  for (let i = 0; i < 3; i++) expect((await dealt()).holderId).not.toBe(of);
  expect((await accounts())[0]! - before[0]!).toBeCloseTo(1);
  await ask('DELETE', `/v1/holders/${of}/absences/${made.json.id}`);
  expect((await dealt()).holderId).toBe(of);
  // Whose absence is not theirs to record may not.
  expect((await ask('POST', `/v1/holders/${of}/absences`, { startsOn: '2026-03-02', endsOn: '2026-03-03' }, 'rep')).status).toBe(403);
});
