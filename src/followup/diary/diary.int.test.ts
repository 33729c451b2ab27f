import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse } from '../../../tests/support/house.ts';
import type { TestHouse } from '../../../tests/support/house.ts';
import { plantLeads } from '../../../tests/support/leads.ts';
import { addHolder, changeTerritory } from '../../distribute/index.ts';
import { openSession } from '../../platform/access/sign-in.ts';
import { createUser } from '../../platform/access/index.ts';
import { queryCount, sql } from '../../platform/db/index.ts';
import { listActionsDue } from './diary.store.ts';

let house: TestHouse;
let ana: string;
let anaUser: string;
let cookie: string;
const asAna = (method: string, url: string, body?: unknown) => house.request(null, method, url, body, { cookie: `baton_session=${cookie}`, 'x-baton': '1' });
const plans = async () => (await house.mails()).filter(({ kind }) => kind === 'day.plan');
const leadWith = async (what: string, dueAt: string, name = 'Marta Keller'): Promise<string> => {
  const [lead] = await plantLeads(house, [{ name }]);
  await house.drain();
  expect((await house.request('sales_manager', 'PUT', `/v1/leads/${lead!.leadId}/next-action`, { what, dueAt })).status).toBe(200);
  // Answered, so that it stays theirs.
  await house.request('sales_manager', 'POST', `/v1/leads/${lead!.leadId}/activities`, { kind: 'call', outcome: 'Reached' });
  return lead!.leadId;
};

beforeAll(async () => {
  // A Monday, 06:00 in Zurich
  house = await openTestHouse({ at: '2026-03-02T05:00:00Z' });
  anaUser = await createUser(house.cx, house.workspaceId, { name: 'Ana Ruiz', email: 'ana@hartwell.example', password: 'correct horse battery', roles: ['rep'] });
  cookie = (await openSession(house.cx, house.workspaceId, anaUser, 'test')).cookie;
  ana = await house.write((tx) => addHolder(tx, house.cx, { name: 'Ana', kind: 'rep', email: 'ana@hartwell.example', userId: anaUser, timeZone: 'Europe/Zurich' }));
  await house.write((tx) => changeTerritory(tx, house.cx, null, { name: 'Iberia', rules: { countries: ['ES'] }, holders: [{ holderId: ana, weight: 1 }] }));
});
afterAll(() => house.close());

describe('the calendar', () => {
  test('is read at a secret address, by whoever knows it and nobody else, until it is exchanged', async () => {
    expect((await asAna('GET', '/v1/diary')).json).toEqual({ calendarUrl: null, planHour: null });
    const leadId = await leadWith('Call; then write', '2026-03-03T09:00:00Z');
    const path = async (): Promise<string> => new URL((await asAna('POST', '/v1/diary/calendar', {})).json.calendarUrl).pathname;
    const first = await path();
    const read = await house.request(null, 'GET', first);
    expect(read.status).toBe(200);
    expect(read.headers['content-type']).toBe('text/calendar; charset=utf-8');
    expect(read.text).toMatch(/^BEGIN:VCALENDAR\r\n/);
    const unfolded = read.text.replaceAll('\r\n ', '');
    expect(unfolded).toContain('SUMMARY:Call\\; then write: Marta Keller');
    expect(unfolded).toContain('DTSTART:20260303T090000Z');
    expect(unfolded).toContain(`UID:${leadId}@baton`);
    expect((await asAna('GET', '/v1/diary')).json.calendarUrl).toContain(first);

    const second = await path();
    expect((await house.request(null, 'GET', first)).status).toBe(404);
    expect((await house.request(null, 'GET', second)).status).toBe(200);
    for (const wrong of ['/cal/x.ics', second.replace(/.\.ics$/, '.ics'), `/cal/${'A'.repeat(43)}.${'B'.repeat(43)}.ics`]) expect.soft((await house.request(null, 'GET', wrong)).status, wrong).toBe(404);
    // Whoever may not sign in has no calendar; and one taken back is gone.
    await house.write((tx) => tx.run(sql`update platform.app_user set status = 'disabled' where id = ${anaUser}`));
    expect((await house.request(null, 'GET', second)).status).toBe(404);
    await house.write((tx) => tx.run(sql`update platform.app_user set status = 'active' where id = ${anaUser}`));
    expect((await asAna('DELETE', '/v1/diary/calendar')).json.calendarUrl).toBeNull();
    expect((await house.request(null, 'GET', second)).status).toBe(404);
  });

  test('shows what they have and not what others have, nothing closed', async () => {
    const otto = await house.write((tx) => addHolder(tx, house.cx, { name: 'Otto', kind: 'rep', email: 'otto@hartwell.example' }));
    const [others, closed] = [await leadWith('Visit the other', '2026-03-04T09:00:00Z'), await leadWith('Visit the closed', '2026-03-04T09:00:00Z')];
    await house.request('sales_manager', 'POST', `/v1/leads/${others}/assign`, { holderId: otto });
    await house.request('sales_manager', 'POST', `/v1/leads/${closed}/verdict`, { verdict: 'bad', reason: 'No need' });
    await house.drain();
    const { pathname } = new URL((await asAna('POST', '/v1/diary/calendar', {})).json.calendarUrl);
    const { text } = await house.request(null, 'GET', pathname);
    expect(text).toContain('Call');
    expect(text).not.toMatch(/Visit the/);
  });

  test('belongs to a person', async () => {
    expect((await house.request('sales_manager', 'GET', '/v1/diary')).status).toBe(422);
  });
});

describe('the plan of the day', () => {
  test('comes at the hour where the rep is, once, on working days, with what is due and nothing else', async () => {
    await asAna('PUT', '/v1/diary/plan', { planHour: 7 });
    await leadWith('Send the drawing', '2026-03-02T13:00:00Z', 'Tomas Okafor');
    await leadWith('Later this week', '2026-03-05T13:00:00Z');
    await plantLeads(house, [{}]);
    await house.drain();
    await house.scan();
    expect(await plans()).toHaveLength(0); // six o’clock
    house.clock.set('2026-03-02T06:10:00Z');
    await house.scan();
    await house.scan();
    const [mail, ...more] = await plans();
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ toAddress: 'ana@hartwell.example', subject: expect.stringMatching(/^Your day: 1 waiting for you, 1 due today$/) });
    expect(mail!.textBody).toContain('Send the drawing (Tomas Okafor)');
    expect(mail!.textBody).not.toContain('Later this week');
    house.clock.set('2026-03-03T06:10:00Z');
    await house.scan();
    expect((await plans()).at(-1)!.subject).toMatch(/1 due today, 1 overdue/);
    // Saturday is a day off; and after ten the day is no plan any more.
    house.clock.set('2026-03-07T06:10:00Z');
    await house.scan();
    house.clock.set('2026-03-09T10:10:00Z');
    await house.scan();
    expect(await plans()).toHaveLength(2);
  });

  test('does not come on a public holiday', async () => {
    await house.request('marketing', 'POST', '/v1/holidays', { name: 'Local', days: [{ on: '2026-03-09', name: 'Carnival' }], holderIds: [ana] });
    const before = (await plans()).length;
    house.clock.set('2026-03-09T06:10:00Z');
    await house.scan();
    expect(await plans()).toHaveLength(before);
  });

  test('holds what every holder of theirs has to do, and each holder their own first', async () => {
    const second = await house.write((tx) => addHolder(tx, house.cx, { name: 'Ruiz Pumps', kind: 'partner', email: 'pumps@ruiz.example', timeZone: 'Europe/Zurich' }));
    await house.write((tx) => tx.run(sql`update platform.app_user set holder_id = ${second} where id = ${anaUser}`));
    house.clock.set('2026-03-10T05:00:00Z');
    for (const n of [1, 2]) {
      await leadWith(`Own ${n}`, `2026-03-10T0${n + 6}:00:00Z`);
      await house.request('sales_manager', 'POST', `/v1/leads/${await leadWith(`Partner's ${n}`, `2026-03-10T1${n}:00:00Z`)}/assign`, { holderId: second });
    }
    const firsts = await house.read((tx) => listActionsDue(tx, [ana, second], new Date('2026-03-10T00:00:00Z'), new Date('2026-03-11T00:00:00Z'), 1));
    expect(firsts.map(({ holderId, what }) => [holderId, what])).toEqual([
      [ana, 'Own 1'],
      [second, "Partner's 1"],
    ]);
    const before = (await plans()).length;
    house.clock.set('2026-03-10T06:10:00Z');
    await house.scan();
    const [mail, ...more] = (await plans()).slice(before);
    expect(more).toEqual([]);
    for (const what of ['Own 1', 'Own 2', "Partner's 1", "Partner's 2"]) expect.soft(mail!.textBody, what).toContain(what);
    const [open] = await house.rows<{ waiting: number }>(sql`select count(*)::int as waiting from distribute.assignment where holder_id in (${ana}, ${second}) and ended_at is null and first_followup_at is null`);
    expect(mail!.subject).toContain(`${open!.waiting} waiting for you, 4 due today`);
    await house.write((tx) => tx.run(sql`update platform.app_user set holder_id = null where id = ${anaUser}`));
  });

  test('is no mail when there is nothing to do', async () => {
    await house.write((tx) => tx.run(sql`delete from followup.next_action`));
    await house.write((tx) => tx.run(sql`update distribute.assignment set first_followup_at = now() where ended_at is null`));
    const before = (await plans()).length;
    house.clock.set('2026-03-11T06:10:00Z');
    await house.scan();
    expect(await plans()).toHaveLength(before);
  });

  test('takes no more statements for twenty reps than for one', async () => {
    const { mailPlans } = await import('./keep-diaries.ts');
    house.clock.set('2026-03-12T06:10:00Z');
    await leadWith('Call', '2026-03-12T09:00:00Z');
    const count = async (): Promise<number> => {
      const before = queryCount.total;
      expect(await mailPlans(house.cx, house.scope)).toBeGreaterThan(0);
      return queryCount.total - before;
    };
    const one = await count();
    for (let n = 0; n < 20; n++) {
      const userId = await createUser(house.cx, house.workspaceId, { name: `Rep ${n}`, email: `rep${n}@hartwell.example`, password: 'correct horse battery', roles: ['rep'] });
      const holderId = await house.write((tx) => addHolder(tx, house.cx, { name: `Rep ${n}`, kind: 'rep', userId, timeZone: 'Europe/Zurich' }));
      await house.write((tx) => tx.run(sql`insert into followup.diary (workspace_id, user_id, plan_hour) values (${house.workspaceId}, ${userId}, 7)`));
      const leadId = await leadWith('Call', '2026-03-13T09:00:00Z');
      await house.request('sales_manager', 'POST', `/v1/leads/${leadId}/assign`, { holderId });
    }
    house.clock.set('2026-03-13T06:10:00Z');
    expect(await count()).toBe(one);
  });
});
