import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse } from '../../../tests/support/house.ts';
import type { Answer, TestHouse } from '../../../tests/support/house.ts';
import { custodyBreaks, holders, plantLeads } from '../../../tests/support/leads.ts';
import { addHolder, changeTerritory } from '../../distribute/index.ts';
import { createUser, systemScope } from '../../platform/access/index.ts';
import { openSession } from '../../platform/access/sign-in.ts';
import { queryCount, sql } from '../../platform/db/index.ts';
import { takeTurn } from './take-turns.ts';

let house: TestHouse;
let lena: string;
let scriptId: string;
const step = (id: string, rest: object) => ({ id, text: id, ...rest });
const steps = [
  step('hello', { kind: 'say', next: 'when' }),
  step('Is there a budget?', { kind: 'ask', question: 'budget', choices: [{ label: 'Yes', next: 'good' }], free: null }),
  step('when', {
    kind: 'ask',
    question: 'timing',
    choices: [
      { label: 'Now', next: 'Is there a budget?' },
      { label: 'Never', next: 'bye' },
    ],
    free: null,
  }),
  step('good', { kind: 'end', ending: 'qualified' }),
  step('bye', { kind: 'end', ending: 'not_qualified' }),
];
const terms = { fromHour: 8, untilHour: 20, perDayMost: 2, attemptsMost: 3, dealAnew: false };
type Caller = 'anna' | 'ben';
const anna: Caller = 'anna';
const ben: Caller = 'ben';
const ids = new Map<Caller, string>();
/** Calls are made by people: each signs in anew, whatever the clock did. */
async function ask(who: Caller, method: string, url: string, body: object, headers: Record<string, string> = {}): Promise<Answer> {
  const { cookie } = await openSession(house.cx, house.workspaceId, ids.get(who)!, 'test');
  return house.request(null, method, url, body, { cookie: `baton_session=${cookie}`, 'x-baton': '1', ...headers });
}
const release = (who: Caller, id: string, leadId: string): Promise<Answer> =>
  ask(who, 'POST', `/v1/calling/lists/${id}/release`, { leadId });
const makeList = async (chosen: object, more: object = {}): Promise<{ id: string; leads: number; leftOut: number }> => {
  const answer = await house.request('sales_manager', 'POST', '/v1/calling/lists', { name: 'A list', scriptId, chosen, ...terms, ...more });
  expect(answer.status, answer.text).toBe(200);
  return answer.json;
};
const nextOf = (who: Caller, id: string): Promise<Answer> => ask(who, 'POST', `/v1/calling/lists/${id}/next`, {});
const tell = (
  who: Caller,
  id: string,
  leadId: string,
  outcome: string,
  more: object = {},
  headers?: Record<string, string>,
): Promise<Answer> => ask(who, 'POST', `/v1/calling/lists/${id}/calls`, { leadId, outcome, ...more }, headers);
const close = (id: string) => house.request('sales_manager', 'PATCH', `/v1/calling/lists/${id}`, { closed: true });

beforeAll(async () => {
  // Tuesday, eleven in Spain, five in New York.
  house = await openTestHouse({ at: '2026-03-03T10:00:00Z' });
  lena = await house.write((tx) => addHolder(tx, house.cx, { name: 'Lena', kind: 'rep', email: 'lena@pumps.example' }));
  await house.write((tx) =>
    changeTerritory(tx, house.cx, null, { name: 'Spain', rules: { countries: ['ES', 'US'] }, holders: [{ holderId: lena, weight: 1 }] }),
  );
  for (const name of ['anna', 'ben'] as const)
    ids.set(
      name,
      await createUser(house.cx, house.workspaceId, {
        name,
        email: `${name}@pumps.example`,
        password: 'correct horse battery',
        roles: ['rep'],
      }),
    );
  scriptId = crypto.randomUUID();
  const kept = await house.request('sales_manager', 'PUT', `/v1/calling/scripts/${scriptId}`, { name: 'Pumps', steps });
  expect(kept.status, kept.text).toBe(200);
});
afterAll(() => house.close());

describe('a script', () => {
  test('with a circle or a dead end is refused, with the place', async () => {
    const put = (broken: object[]) =>
      house.request('sales_manager', 'PUT', `/v1/calling/scripts/${crypto.randomUUID()}`, { name: 'x', steps: broken });
    expect((await put([step('a', { kind: 'say', next: 'b' }), step('b', { kind: 'say', next: 'a' })])).json).toMatchObject({
      code: 'followup/script',
      detail: 'Step 2 leads back to step 1: the call would go round in a circle.',
    });
    expect((await put([step('a', { kind: 'say', next: null })])).status).toBe(422);
    expect((await house.request('rep', 'PUT', `/v1/calling/scripts/${scriptId}`, { name: 'x', steps })).status).toBe(403);
  });
});

describe('calling', () => {
  let list: { id: string };
  let leads: string[];
  beforeAll(async () => {
    const planted = await plantLeads(house, [
      { name: 'Best', score: 90, grade: 'hot' },
      { name: 'Second', score: 60 },
      { name: 'Asleep', score: 40, country: 'US', state: 'NY' },
      { name: 'No calls', score: 99 },
      { name: 'No number', score: 98, phone: '' },
    ]);
    await house.drain();
    leads = planted.map(({ leadId }) => leadId);
    await house.write((tx) => tx.run(sql`update identity.person set do_not_call = true where id = ${planted[3]!.personId}`));
    await house.write((tx) => tx.run(sql`update identity.person set phone = null, phone_e164 = null where id = ${planted[4]!.personId}`));
    const made = await makeList({ holderId: lena });
    // Who may not be called, or cannot be, was never put on it.
    expect(made).toMatchObject({ leads: 3, left: 3, leftOut: 2, called: 0, chosenWords: 'Open leads held by Lena' });
    list = made;
  });

  test('one lead is one caller’s at a time, who is asleep is not called, and the lease ends by itself', async () => {
    const [one, two] = await Promise.all([nextOf(anna, list.id), nextOf(ben, list.id)]);
    const atHand = [one, two].map(({ json }) => json.lead.personName as string);
    expect(atHand.toSorted()).toEqual(['Best', 'Second']);
    const [best, other] = atHand[0] === 'Best' ? ([anna, ben] as const) : ([ben, anna] as const);
    // Asked again, it is the same one; there is nobody for a third.
    expect((await nextOf(best, list.id)).json.lead).toMatchObject({
      leadId: leads[0],
      localHour: 11,
      attempts: 0,
      callBack: false,
    });
    const third = await house.request('marketing', 'POST', `/v1/calling/lists/${list.id}/next`, {});
    expect(third.status).toBe(403);
    // Another list with the same leads gives nobody what somebody has at hand.
    const twin = await makeList({ holderId: lena });
    await house.write((tx) => tx.run(sql`update followup.call_target set zones = 'Europe/Madrid' where list_id = ${twin.id}`));
    const there = (await nextOf(best, twin.id)).json.lead;
    expect(there.leadId === leads[1]).toBe(false);
    await close(twin.id);
    expect((await tell(other, list.id, leads[0]!, 'no_answer')).json).toMatchObject({ code: 'followup/call-turn' });
    house.clock.advance(16 * 60_000);
    expect((await nextOf(other, list.id)).json.lead.leadId).toBe(leads[0]);
    expect((await tell(best, list.id, leads[0]!, 'no_answer')).status).toBe(409);
    expect((await release(other, list.id, leads[0]!)).json).toEqual({ released: true });
  });

  test('nobody reached: tried again later within the hours, not more often than agreed in a day, and in the end let go', async () => {
    const turn = (await nextOf(anna, list.id)).json;
    expect(turn).toMatchObject({ lead: { leadId: leads[0] }, waiting: 3, asleep: 1 });
    const first = (await tell(anna, list.id, leads[0]!, 'busy')).json;
    expect(first).toEqual({ state: 'waiting', dueAt: '2026-03-03T10:46:00.000Z', handedTo: null });
    expect((await nextOf(anna, list.id)).json.lead.leadId).toBe(leads[1]);
    house.clock.set('2026-03-03T10:47:00Z');
    await release(anna, list.id, leads[1]!);
    // The clock counts it as contacted, as any call of the lead's.
    const [assignment] = await house.rows<{ firstFollowupAt: Date | null }>(
      sql`select first_followup_at from distribute.assignment where lead_id = ${leads[0]} and ended_at is null`,
    );
    expect(assignment!.firstFollowupAt).toEqual(new Date('2026-03-03T10:16:00Z'));
    const [activity] = await house.rows(sql`select kind, outcome, via from followup.activity where lead_id = ${leads[0]}`);
    expect(activity).toEqual({ kind: 'call', outcome: 'Busy', via: 'app' });
    // The other one first: fewer attempts. Its line is answered by nobody.
    expect((await nextOf(anna, list.id)).json.lead.leadId).toBe(leads[1]);
    const missed = (await tell(anna, list.id, leads[1]!, 'no_answer')).json;
    expect(new Date(missed.dueAt as string).getTime() - house.clock.now().getTime()).toBeGreaterThanOrEqual(3 * 3_600_000);
    expect((await nextOf(anna, list.id)).json.lead.leadId).toBe(leads[0]);
    const second = (await tell(anna, list.id, leads[0]!, 'voicemail')).json;
    // Twice today is enough.
    expect((second.dueAt as string).slice(0, 10)).toBe('2026-03-04');
    house.clock.set(second.dueAt as string);
    let turnTwo = (await nextOf(anna, list.id)).json.lead;
    for (let i = 0; turnTwo.leadId !== leads[0] && i < 4; i++) {
      await tell(anna, list.id, turnTwo.leadId as string, 'call_back', { callBackAt: '2026-03-05T16:00:00Z' });
      turnTwo = (await nextOf(anna, list.id)).json.lead;
    }
    expect(turnTwo.calls.map((one: { outcome: string }) => one.outcome)).toEqual(['voicemail', 'busy']);
    expect((await tell(anna, list.id, leads[0]!, 'no_answer')).json).toEqual({ state: 'done', dueAt: null, handedTo: null });
  });

  test('a call-back comes to the top at its time, and not outside their hours', async () => {
    house.clock.set('2026-03-05T15:00:00Z');
    const more = await plantLeads(house, [
      { name: 'Later', score: 20 },
      { name: 'Fresh', score: 100 },
    ]);
    await house.drain();
    await house.request('sales_manager', 'POST', `/v1/calling/lists/${list.id}/fill`, {});
    const asked = (await nextOf(anna, list.id)).json.lead.leadId as string;
    expect(asked).toBe(more[1]!.leadId);
    expect((await tell(anna, list.id, asked, 'call_back')).json.code).toBe('followup/call-back-when');
    expect((await tell(anna, list.id, asked, 'call_back', { callBackAt: '2026-03-05T14:00:00Z' })).json.code).toBe(
      'followup/call-back-past',
    );
    expect((await tell(anna, list.id, asked, 'call_back', { callBackAt: '2026-03-05T23:00:00Z' })).json).toMatchObject({
      code: 'followup/call-back-hour',
      detail: 'It would be 0 o’clock where they are; this list calls from 8 to 20. Choose another time.',
    });
    const key = { 'idempotency-key': 'call-back-0001' };
    const told = { callBackAt: '2026-03-05T15:40:00Z', note: 'In a meeting' };
    const [once, twice] = [
      await tell(anna, list.id, asked, 'call_back', told, key),
      await tell(anna, list.id, asked, 'call_back', told, key),
    ];
    expect(once.json).toEqual({ state: 'waiting', dueAt: '2026-03-05T15:40:00.000Z', handedTo: null });
    expect(twice.json).toEqual(once.json);
    expect(await house.rows(sql`select count(*)::int as n from followup.call where lead_id = ${asked}`)).toEqual([{ n: 1 }]);
    const other = (await nextOf(anna, list.id)).json.lead;
    expect(other.leadId).not.toBe(asked);
    await release(anna, list.id, other.leadId as string);
    house.clock.set('2026-03-05T15:41:00Z');
    expect((await nextOf(anna, list.id)).json.lead).toMatchObject({ leadId: asked, callBack: true });
  });

  test('qualified: the answers are noted and scored, its holder finds it with them, and it is on no list any more', async () => {
    const { leadId } = (await nextOf(anna, list.id)).json.lead;
    const answers = [
      { stepId: 'hello' },
      { stepId: 'when', answer: 'Now' },
      { stepId: 'Is there a budget?', answer: 'Yes' },
      { stepId: 'bye' },
    ];
    expect((await tell(anna, list.id, leadId, 'qualified', { answers, note: 'Ask for Pilar' })).json).toEqual({
      state: 'done',
      dueAt: null,
      handedTo: 'Lena',
    });
    const [lead] = await house.rows(
      sql`select l.budget, l.timing, n.what, a.note from qualify.lead l join followup.next_action n on n.lead_id = l.id join followup.activity a on a.lead_id = l.id where l.id = ${leadId} order by a.at desc limit 1`,
    );
    expect(lead).toEqual({
      budget: 'Yes',
      timing: 'Now',
      what: 'Qualified by phone (A list): get in touch',
      note: 'Ask for Pilar\nwhen Now\nIs there a budget? Yes',
    });
    expect(
      await house.rows(sql`select count(*)::int as n from followup.call_target where lead_id = ${leadId} and state = 'waiting'`),
    ).toEqual([{ n: 0 }]);
  });

  test('who wants no calls is never called again, by any list', async () => {
    const { leadId } = (await nextOf(anna, list.id)).json.lead;
    expect((await tell(anna, list.id, leadId, 'do_not_call')).json.state).toBe('done');
    const [person] = await house.rows(
      sql`select p.do_not_call, c.said, c.channel, c.source from qualify.lead l join identity.person p on p.id = l.person_id join identity.consent c on c.person_id = p.id where l.id = ${leadId}`,
    );
    expect(person).toEqual({ doNotCall: true, said: 'objected', channel: 'phone', source: 'phone' });
  });

  test('its page tells how far it is, by outcome, hour and caller', async () => {
    const { json } = await house.request('management', 'GET', `/v1/calling/lists/${list.id}`);
    expect(json.list).toMatchObject({ leads: 5, qualified: 1 });
    const calls = await house.rows<{ n: number; leads: number }>(
      sql`select count(*)::int as n, count(distinct lead_id)::int as leads from followup.call where list_id = ${list.id}`,
    );
    expect(json.list.called).toBe(calls[0]!.leads);
    expect(json.hours.reduce((sum: number, one: { calls: number }) => sum + one.calls, 0)).toBe(calls[0]!.n);
    expect(json.callers.reduce((sum: number, one: { calls: number }) => sum + one.calls, 0)).toBe(calls[0]!.n);
    expect(json.outcomes).toEqual(
      expect.arrayContaining([
        { outcome: 'qualified', leads: 1 },
        { outcome: 'no_answer', leads: 1 },
        { outcome: 'do_not_call', leads: 1 },
      ]),
    );
    await close(list.id);
    expect((await nextOf(anna, list.id)).status).toBe(409);
    expect((await house.request({ role: 'partner', holderId: lena }, 'GET', `/v1/calling/lists/${list.id}`)).status).toBe(403);
  });
});

test('who is qualified and waits at the desk is dealt; with the list’s word, anew from whoever has it', async () => {
  house.clock.set('2026-03-10T10:00:00Z');
  const [desk] = await house.rows<{ id: string }>(sql`select id from distribute.holder where kind = 'desk'`);
  const [lead] = await plantLeads(house, [{ country: 'PT', name: 'Nobody’s' }]);
  await house.drain();
  const atDesk = await makeList({ holderId: desk!.id });
  await house.write((tx) =>
    changeTerritory(tx, house.cx, null, { name: 'Portugal', rules: { countries: ['PT'] }, holders: [{ holderId: lena, weight: 1 }] }),
  );
  await nextOf(anna, atDesk.id);
  expect((await tell(anna, atDesk.id, lead!.leadId, 'qualified')).json).toMatchObject({ handedTo: 'Lena' });
  const otto = await house.write((tx) => addHolder(tx, house.cx, { name: 'Otto', kind: 'rep', email: 'otto@pumps.example' }));
  const [held] = await plantLeads(house, [{ country: 'PT', name: 'Anew' }]);
  await house.drain();
  expect((await holders(house)).get(held!.leadId)!.name).toBe('Lena');
  await house.write((tx) =>
    changeTerritory(tx, house.cx, null, { name: 'Closers', rules: { countries: ['PT'] }, holders: [{ holderId: otto, weight: 1 }] }),
  );
  await house.write((tx) => tx.run(sql`update distribute.territory set active = false where name = 'Portugal'`));
  const anew = await makeList({ holderId: lena, country: 'PT' }, { dealAnew: true });
  let turn = (await nextOf(anna, anew.id)).json.lead;
  if (turn.leadId !== held!.leadId) {
    await tell(anna, anew.id, turn.leadId as string, 'refused');
    turn = (await nextOf(anna, anew.id)).json.lead;
  }
  expect((await tell(anna, anew.id, held!.leadId, 'qualified')).json.handedTo).toBe('Otto');
  await house.drain();
  expect(await custodyBreaks(house)).toEqual([]);
});

test('many callers at once each have somebody else, and the next one costs the same however long the list', async () => {
  house.clock.set('2026-03-12T10:00:00Z');
  await plantLeads(
    house,
    Array.from({ length: 300 }, (_, i) => ({ name: `Many ${i}`, grade: 'cold' as const, score: i % 100 })),
  );
  await house.drain();
  const list = await makeList({ grade: 'cold', holderId: lena });
  expect(list.leads).toBeGreaterThanOrEqual(300);
  const users = Array.from({ length: 8 }, () => crypto.randomUUID());
  const turns = await Promise.all(
    users.map((userId) => house.cx.db.write({ ...systemScope(house.workspaceId), userId }, (tx) => takeTurn(tx, house.cx, list.id))),
  );
  expect(new Set(turns.map(({ lead }) => lead?.leadId)).size).toBe(8);
  const before = queryCount.total;
  await house.cx.db.write({ ...systemScope(house.workspaceId), userId: crypto.randomUUID() }, (tx) => takeTurn(tx, house.cx, list.id));
  expect(queryCount.total - before).toBeLessThanOrEqual(40);
});
