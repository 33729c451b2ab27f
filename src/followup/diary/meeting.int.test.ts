import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse } from '../../../tests/support/house.ts';
import type { TestHouse } from '../../../tests/support/house.ts';
import { plantLeads } from '../../../tests/support/leads.ts';
import { addHolder, changeTerritory } from '../../distribute/index.ts';
import { createUser } from '../../platform/access/index.ts';
import { openSession } from '../../platform/access/sign-in.ts';
import { sql } from '../../platform/db/index.ts';

let house: TestHouse;
let cookie: string;
let lead: string;
const asAna = (method: string, url: string, body?: unknown, headers = {}) => house.request(null, method, url, body, { cookie: `baton_session=${cookie}`, 'x-baton': '1', ...headers });
const meeting = { startsAt: '2026-03-04T13:00:00.000Z', minutes: 45, what: 'Look at the pump hall', place: 'Gate 3', words: 'As agreed on the telephone.', invite: true };
const plan = (more = {}, headers = {}) => asAna('PUT', `/v1/leads/${lead}/meeting`, { ...meeting, ...more }, headers);
const invitations = async () => (await house.mails()).filter(({ kind }) => kind === 'lead.meeting');

beforeAll(async () => {
  house = await openTestHouse({ at: '2026-03-02T09:00:00Z' }); // a Monday
  const user = await createUser(house.cx, house.workspaceId, { name: 'Ana Ruiz', email: 'ana@hartwell.example', password: 'correct horse battery', roles: ['rep'] });
  cookie = (await openSession(house.cx, house.workspaceId, user, 'test')).cookie;
  const ana = await house.write((tx) => addHolder(tx, house.cx, { name: 'Ana', kind: 'rep', userId: user, timeZone: 'Europe/Zurich' }));
  await house.write((tx) => changeTerritory(tx, house.cx, null, { name: 'Iberia', rules: { countries: ['ES'] }, holders: [{ holderId: ana, weight: 1 }] }));
  const [planted] = await plantLeads(house, [{ name: 'Marta Keller' }]);
  await house.drain();
  lead = planted!.leadId;
});
afterAll(() => house.close());

test('is the next action, a contact, in the calendar, and the person is invited; sent again it is said once', async () => {
  await house.write((tx) => tx.run(sql`update identity.person set email = 'marta@plant.example' where full_name = 'Marta Keller'`));
  for (let turn = 0; turn < 2; turn++) expect((await plan({}, { 'idempotency-key': 'meeting-0001' })).json).toEqual({ invitedTo: 'marta@plant.example' });
  const state = (await asAna('GET', `/v1/leads/${lead}/followup`)).json;
  expect(state.nextAction).toMatchObject({ what: 'Look at the pump hall', dueAt: '2026-03-04T13:00:00.000Z' });
  expect(state.custody.firstFollowupAt).toBe('2026-03-02T09:00:00.000Z');
  expect((await asAna('GET', `/v1/leads/${lead}/activities`)).json.items).toMatchObject([{ kind: 'meeting', outcome: 'Agreed', note: 'Look at the pump hall, Gate 3' }]);
  const { calendarUrl } = (await asAna('POST', '/v1/diary/calendar', {})).json;
  expect((await house.request(null, 'GET', new URL(calendarUrl).pathname)).text).toMatch(/DTSTART:20260304T130000Z\r\nDURATION:PT45M[^]*LOCATION:Gate 3/);
  const [invitation, ...more] = await invitations();
  expect(more).toEqual([]);
  expect(invitation).toMatchObject({ toAddress: 'marta@plant.example', subject: expect.stringContaining('Look at the pump hall') });
  expect(invitation!.textBody).toMatch(/As agreed on the telephone[^]*14:00[^]*Europe\/Zurich[^]*Gate 3[^]*Ana Ruiz/);
  const [{ calendar, headers }] = (await house.rows<{ calendar: string; headers: object }>(sql`select calendar, headers from platform.mail where kind = 'lead.meeting'`)) as [{ calendar: string; headers: object }];
  expect(headers).toEqual({ 'Reply-To': 'ana@hartwell.example' });
  expect(calendar.replaceAll('\r\n ', '')).toMatch(/METHOD:REQUEST[^]*ORGANIZER;CN="Ana Ruiz":mailto:ana@hartwell\.example\r\nATTENDEE;CN="Marta Keller";[^\r]*:mailto:marta@plant\.example/);
});

test('moved, it moves in both calendars; without the invitation nobody is told', async () => {
  house.clock.set('2026-03-02T10:00:00Z');
  expect((await plan({ startsAt: '2026-03-05T08:00:00.000Z' })).status).toBe(200);
  const calendars = (await house.rows<{ calendar: string }>(sql`select calendar from platform.mail where kind = 'lead.meeting' order by created_at`)).map(({ calendar }) => calendar);
  const [first, second] = calendars.map((text) => ({ uid: /UID:(.*)\r/.exec(text)![1], sequence: Number(/SEQUENCE:(\d+)/.exec(text)![1]) }));
  expect(second!.uid).toBe(first!.uid);
  expect(second!.sequence).toBeGreaterThan(first!.sequence);
  // What is kept as their language may be none: it is still the inviter's hour that is told.
  await house.write((tx) => tx.run(sql`update identity.person set language = 'de_CH' where full_name = 'Marta Keller'`));
  await plan({ startsAt: '2026-03-05T08:00:00.000Z' });
  expect((await invitations()).filter(({ textBody }) => /09:00[^]*Europe\/Zurich/.test(textBody))).toHaveLength(2);
  expect((await plan({ invite: false })).json).toEqual({ invitedTo: null });
  expect(await invitations()).toHaveLength(3);
  // Named otherwise it is the same meeting; another next action is no meeting any more.
  await asAna('PUT', `/v1/leads/${lead}/next-action`, { what: 'See the pump hall, with Ben', dueAt: meeting.startsAt });
  expect(await house.rows(sql`select what, minutes, place from followup.next_action where lead_id = ${lead}`)).toEqual([{ what: 'See the pump hall, with Ben', minutes: 45, place: 'Gate 3' }]);
  await asAna('PUT', `/v1/leads/${lead}/next-action`, { what: 'Send the quote', dueAt: null });
  expect(await house.rows(sql`select minutes, place from followup.next_action where lead_id = ${lead}`)).toEqual([{ minutes: null, place: null }]);
});

test('nobody is invited into the past, without an address, or against their wish; others’ leads are not planned', async () => {
  const before = (await invitations()).length;
  const refused = async (more = {}): Promise<string> => (await plan(more)).json.code;
  expect(await refused({ startsAt: '2026-03-01T08:00:00.000Z' })).toBe('followup/meeting-past');
  await house.write((tx) => tx.run(sql`update identity.person set do_not_mail = true where full_name = 'Marta Keller'`));
  expect(await refused()).toBe('followup/no-mail-wanted');
  await house.write((tx) => tx.run(sql`update identity.person set do_not_mail = false where full_name = 'Marta Keller'`));
  await house.request('marketing', 'POST', '/v1/suppressions', { channel: 'mail', list: 'Asked by letter', lines: ['@plant.example'] });
  expect(await refused()).toBe('followup/no-mail-wanted');
  await house.write((tx) => tx.run(sql`update identity.person set email = null where full_name = 'Marta Keller'`));
  expect(await refused()).toBe('followup/no-mail');
  expect((await plan({ invite: false })).status).toBe(200);
  expect(await invitations()).toHaveLength(before);
  expect((await house.request('rep', 'PUT', `/v1/leads/${lead}/meeting`, meeting)).status).toBe(403);
  expect((await house.request('finance', 'PUT', `/v1/leads/${lead}/meeting`, meeting)).status).toBe(403);
});
