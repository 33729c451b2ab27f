import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse } from '../../../tests/support/house.ts';
import type { TestHouse } from '../../../tests/support/house.ts';
import { plantLeads } from '../../../tests/support/leads.ts';
import { addHolder, changeTerritory } from '../../distribute/index.ts';
import type { Fact } from '../../journal/index.ts';
import { queryCount, sql } from '../../platform/db/index.ts';
import { followPlaybooks } from './follow-playbooks.ts';

let house: TestHouse;
let ana: string;
const id = (): string => crypto.randomUUID();
const step = (what: string, given: object = {}) => ({ id: id(), what, channel: 'call', afterDays: 0, attempts: 1, everyDays: 1, text: null, ...given });
const hot = {
  id: id(),
  name: 'Hot ones',
  when: { field: 'grade', op: 'equals', value: 'hot' },
  steps: [step('Call at once', { attempts: 3, text: 'Ask for the flow rate.' }), step('Write', { channel: 'mail', afterDays: 2 }), step('Call again', { afterDays: 5 })],
};
const put = (items: unknown[], version: number | null) => house.request('sales_manager', 'PUT', '/v1/playbooks', { version, items });
const playbookOf = async (leadId: string) => (await house.request('sales_manager', 'GET', `/v1/leads/${leadId}/playbook`)).json.playbook;
const nextOf = async (leadId: string) => (await house.request('sales_manager', 'GET', `/v1/leads/${leadId}/followup`)).json.nextAction;
const log = async (leadId: string, kind: string, outcome: string | null) => {
  expect((await house.request('sales_manager', 'POST', `/v1/leads/${leadId}/activities`, { kind, outcome })).status).toBe(200);
  await house.drain();
};
const newLeads = async (...leads: Parameters<typeof plantLeads>[1][number][]): Promise<string[]> => {
  const planted = await plantLeads(house, leads);
  await house.drain();
  return planted.map(({ leadId }) => leadId);
};

beforeAll(async () => {
  // a Friday noon in Zurich
  house = await openTestHouse({ at: '2026-03-06T11:00:00Z' });
  ana = await house.write((tx) => addHolder(tx, house.cx, { name: 'Ana', kind: 'rep', email: 'ana@hartwell.example', timeZone: 'Europe/Zurich' }));
  await house.write((tx) => changeTerritory(tx, house.cx, null, { name: 'Iberia', rules: { countries: ['ES'] }, holders: [{ holderId: ana, weight: 1 }] }));
  expect((await put([hot], null)).json).toMatchObject({ version: 1, sentences: { [hot.id]: expect.stringMatching(/grade/) } });
});
afterAll(() => house.close());

describe('a lead of a kind', () => {
  test('gets its steps when it is given, on working days of whoever has it; others get none', async () => {
    const [lead, warm] = (await newLeads({ grade: 'hot' }, { grade: 'warm' })) as [string, string];
    const playbook = await playbookOf(lead);
    expect(playbook).toMatchObject({ name: 'Hot ones', version: 1, endedAt: null });
    expect(playbook.steps.map((one: { state: string }) => one.state)).toEqual(['next', 'planned', 'planned']);
    // two working days after a Friday is a Tuesday, in the first minute it is open; five are the Friday after
    expect(playbook.steps.map((one: { dueAt: string }) => one.dueAt.slice(0, 10))).toEqual(['2026-03-06', '2026-03-10', '2026-03-13']);
    expect(await nextOf(lead)).toMatchObject({ what: 'Call at once', dueAt: '2026-03-06T11:00:00.000Z' });
    expect(await playbookOf(warm)).toBeNull();
    const { items } = (await house.request('sales_manager', 'GET', `/v1/queue?holderId=${ana}`)).json;
    expect(items.find((one: { leadId: string }) => one.leadId === lead)).toMatchObject({ stepsBehind: 0, stepsAll: 3 });
    expect(items.find((one: { leadId: string }) => one.leadId === warm)).toMatchObject({ stepsAll: null });
  });

  test('rests on the public holidays of whoever has it, when it begins and when a step is tried again', async () => {
    const holidays = await house.request('marketing', 'POST', '/v1/holidays', { name: 'Local', days: [{ on: '2026-03-09', name: 'Carnival' }], holderIds: [ana] });
    const [lead] = (await newLeads({ grade: 'hot' })) as [string];
    // Monday is a holiday: two working days after a Friday are Wednesday, five the Monday after
    expect((await playbookOf(lead)).steps.map((one: { dueAt: string }) => one.dueAt.slice(0, 10))).toEqual(['2026-03-06', '2026-03-11', '2026-03-16']);
    await log(lead, 'call', 'No answer');
    expect(await nextOf(lead)).toMatchObject({ what: 'Call at once', dueAt: expect.stringMatching(/^2026-03-10/) });
    await house.request('marketing', 'DELETE', `/v1/holidays/${holidays.json.id}`);
  });

  test('moves on with what is logged: tries again, then the next step, which a person may overrule', async () => {
    const [lead] = (await newLeads({ grade: 'hot' })) as [string];
    await log(lead, 'call', 'No answer');
    // the next working day is Monday
    expect(await nextOf(lead)).toMatchObject({ what: 'Call at once', dueAt: expect.stringMatching(/^2026-03-09/) });
    await log(lead, 'visit', 'Took place');
    expect((await playbookOf(lead)).steps[0]).toMatchObject({ attemptsMade: 1, state: 'next' });
    await log(lead, 'call', 'Reached');
    expect(await nextOf(lead)).toMatchObject({ what: 'Write' });
    await house.request('sales_manager', 'PUT', `/v1/leads/${lead}/next-action`, { what: 'Wait for the drawing', dueAt: null }, {});
    await log(lead, 'mail', 'Sent');
    const { steps } = await playbookOf(lead);
    expect(steps.map((one: { state: string }) => one.state)).toEqual(['done', 'done', 'next']);
    expect(steps[0]).toMatchObject({ attemptsMade: 2, reachedAt: expect.any(String) });
  });

  test('may skip a step with the reason, once; a stranger may not', async () => {
    const [lead] = (await newLeads({ grade: 'hot' })) as [string];
    const skip = (as: Parameters<TestHouse['request']>[0], stepId = hot.steps[0]!.id) =>
      house.request(as, 'POST', `/v1/leads/${lead}/playbook/skip`, { stepId, reason: 'Done already, elsewhere' });
    expect((await skip('rep')).status).toBe(403);
    expect((await skip('sales_manager')).json.playbook.steps[0]).toMatchObject({ state: 'skipped', skipReason: 'Done already, elsewhere' });
    expect(await nextOf(lead)).toMatchObject({ what: 'Write' });
    expect((await skip('sales_manager')).status).toBe(409);
    expect((await skip('sales_manager', id())).status).toBe(409);
    await house.drain();
    const { timeline } = (await house.request('sales_manager', 'GET', `/v1/leads/${lead}`)).json;
    expect(JSON.stringify(timeline)).toContain('Step 1 of the playbook skipped.');
  });

  test('ends with a verdict that lets it go, and goes on when that is taken back', async () => {
    const [lead] = (await newLeads({ grade: 'hot' })) as [string];
    await house.request('sales_manager', 'POST', `/v1/leads/${lead}/verdict`, { verdict: 'bad', reason: 'No need' });
    await house.drain();
    expect(await playbookOf(lead)).toMatchObject({ endedAt: expect.any(String) });
    await house.request('sales_manager', 'POST', `/v1/leads/${lead}/verdict/undo`, {});
    await house.drain();
    expect(await playbookOf(lead)).toMatchObject({ endedAt: null });
  });
});

describe('playbooks', () => {
  test('change in versions: what has begun is finished by the old one', async () => {
    const [before] = (await newLeads({ grade: 'hot' })) as [string];
    expect((await put([], null)).status).toBe(409);
    const shorter = { ...hot, steps: hot.steps.slice(0, 1) };
    expect((await put([shorter], 1)).json).toMatchObject({ version: 2 });
    const [after] = (await newLeads({ grade: 'hot' })) as [string];
    expect((await playbookOf(before)).steps).toHaveLength(3);
    expect(await playbookOf(after)).toMatchObject({ version: 2, steps: [{ what: 'Call at once' }] });
    expect((await put([hot, hot], 2)).status).toBe(422);
    expect(await put([{ ...hot, when: { field: 'shoeSize', op: 'equals', value: 4 } }], 2)).toMatchObject({ status: 422, json: { code: 'followup/playbook-conditions' } });
  });

  test('say which steps work: done, reached, good and sold afterwards', async () => {
    await house.write((tx) => tx.run(sql`delete from followup.playbook_step`));
    await house.write((tx) => tx.run(sql`delete from followup.playbook_run`));
    const leads = await newLeads(...Array.from({ length: 6 }, () => ({ grade: 'hot' as const })));
    for (const lead of leads.slice(0, 4)) await log(lead, 'call', 'Reached');
    for (let n = 0; n < 3; n++) await log(leads[4]!, 'call', 'No answer');
    house.clock.advance(60_000);
    await house.request('sales_manager', 'POST', `/v1/leads/${leads[0]}/verdict`, { verdict: 'sale', valueMinor: 100 });
    await house.request('sales_manager', 'POST', `/v1/leads/${leads[1]}/verdict`, { verdict: 'hot' });
    await house.request('sales_manager', 'POST', `/v1/leads/${leads[2]}/verdict`, { verdict: 'bad', reason: 'No need' });
    await house.request('sales_manager', 'POST', `/v1/leads/${leads[5]}/verdict`, { verdict: 'sale', valueMinor: 100 });
    const { results } = (await house.request('rep', 'GET', '/v1/playbooks')).json;
    expect(results[hot.steps[0]!.id]).toEqual({ leads: 6, done: 5, reached: 4, skipped: 0, goodAfter: 2, soldAfter: 1 });
  });

  test('take as many statements for ninety leads as for three', async () => {
    const count = async (many: number): Promise<number> => {
      const leads = await newLeads(...Array.from({ length: many }, () => ({ grade: 'hot' as const })));
      await house.write((tx) => tx.run(sql`delete from followup.playbook_step`));
      await house.write((tx) => tx.run(sql`delete from followup.playbook_run`));
      const facts = await house.rows<Fact>(sql`select id, type, chain_id, seq, subject_id, at, actor, data from journal.fact where type = 'lead.assigned' and data->>'leadId' = any(${leads}::text[])`);
      const before = queryCount.total;
      await house.write((tx) => followPlaybooks.handle(tx, house.cx, facts));
      expect(await house.rows(sql`select 1 from followup.playbook_run`)).toHaveLength(many);
      return queryCount.total - before;
    };
    expect(await count(90)).toBe(await count(3));
  });
});
