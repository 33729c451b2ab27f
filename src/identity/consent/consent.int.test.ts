import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse } from '../../../tests/support/house.ts';
import type { TestHouse } from '../../../tests/support/house.ts';
import { peopleImport } from '../import-people.ts';
import { bringInFile } from '../../capture/index.ts';
import { guardMail } from '../../nurture/index.ts';
import { sql } from '../../platform/db/index.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse({ at: '2026-03-02T09:00:00Z' });
});
afterAll(() => house.close());

let serial = 0;
async function arrive(more: object = {}): Promise<string> {
  const email = `person${++serial}@firm${serial}.example`;
  const names = ['Ada', 'Berta', 'Carla', 'Dora', 'Emma', 'Frida', 'Greta', 'Hanna', 'Ida', 'Jana'];
  await house.request('marketing', 'POST', '/v1/inquiries', { email, givenName: names[serial % 10], familyName: `Family${serial}`, message: 'Hello', ...more });
  await house.drain();
  const [row] = await house.rows<{ id: string }>(sql`select id from identity.person where email = ${email}`);
  return row!.id;
}
const consents = async (id: string) => (await house.request('marketing', 'GET', `/v1/people/${id}/consents`)).json;
const stands = async (id: string): Promise<Record<string, string>> =>
  Object.fromEntries((await consents(id)).standing.map((one: { purpose: string; channel: string; stands: string }) => [`${one.purpose}/${one.channel}`, one.stands]));
const say = (id: string, body: object) => house.request('rep', 'POST', `/v1/people/${id}/consents`, { source: 'phone', ...body });
const mail = async (personId: string, purpose: string) =>
  (await house.write((tx) => guardMail(tx, house.cx, [{ personId, kind: 'news', subject: 'News', text: 'News', purpose }])))[0]!;
const newsletter = { purpose: 'newsletter', channels: ['mail'], text: 'Send me the newsletter.' };

describe('consent', () => {
  test('comes with an inquiry, word for word, and opens what needs it', async () => {
    const without = await arrive();
    expect(await mail(without, 'newsletter')).toEqual({ sent: false, because: 'Never consented to newsletter by mail.' });
    expect(await mail(without, 'service')).toMatchObject({ sent: true });
    const id = await arrive({ consents: [newsletter] });
    expect(await stands(id)).toEqual({ 'newsletter/mail': 'given' });
    expect((await consents(id)).sayings).toMatchObject([{ said: 'given', source: 'api', ground: 'consent', evidence: { text: 'Send me the newsletter.' } }]);
    expect(await mail(id, 'newsletter')).toMatchObject({ sent: true });
  });

  test('a withdrawal beats it, a later yes needs evidence, the wishes other rooms read follow', async () => {
    const id = await arrive({ consents: [newsletter] });
    house.clock.advance(1000);
    expect((await say(id, { purpose: null, channels: ['mail'], said: 'withdrawn', note: 'asked on the phone' })).status).toBe(200);
    expect((await house.request('marketing', 'GET', `/v1/people/${id}`)).json.consent.unsubscribedAt).not.toBeNull();
    expect(await mail(id, 'newsletter')).toMatchObject({ sent: false });
    house.clock.advance(1000);
    expect((await say(id, { purpose: 'newsletter', channels: ['mail'], said: 'given' })).status).toBe(422);
    expect((await say(id, { purpose: 'newsletter', channels: ['mail'], said: 'given', note: 'ordered it at the fair' })).status).toBe(200);
    expect(await mail(id, 'newsletter')).toMatchObject({ sent: true });
    expect(await mail(id, 'service')).toEqual({ sent: false, because: 'Unsubscribed from mail.' });
  });

  test('wishes noted by a click and by the link are in the ledger, and taken back one by one', async () => {
    const id = await arrive();
    await house.request('rep', 'PUT', `/v1/people/${id}/consent`, { doNotMail: true, unsubscribed: true });
    expect(await stands(id)).toEqual({ '/mail': 'refused' });
    await house.request('rep', 'PUT', `/v1/people/${id}/consent`, { unsubscribed: false });
    expect(await stands(id)).toEqual({ '/mail': 'refused' });
    await house.request('rep', 'PUT', `/v1/people/${id}/consent`, { doNotMail: false });
    expect(await stands(id)).toEqual({});
    expect((await consents(id)).sayings).toHaveLength(4);
  });

  test('of merged people the strictest wins; parted, each has its own and what was said since', async () => {
    const one = await arrive({ consents: [newsletter] });
    const other = await arrive();
    await say(other, { ...newsletter, said: 'objected' });
    const merged = await house.request('marketing', 'POST', `/v1/people/${one}/merge`, { otherId: other });
    expect(await stands(one)).toEqual({ 'newsletter/mail': 'refused' });
    house.clock.advance(1000);
    await say(one, { purpose: 'offers', channels: ['phone'], said: 'given', note: 'said so' });
    await house.request('marketing', 'POST', `/v1/merges/${merged.json.mergeId}/undo`, {});
    expect(await stands(one)).toEqual({ 'newsletter/mail': 'given', 'offers/phone': 'given' });
    expect(await stands(other)).toEqual({ 'newsletter/mail': 'refused', 'offers/phone': 'given' });
  });

  test('segments ask for it', async () => {
    const id = await arrive({ consents: [{ ...newsletter, purpose: 'product_news' }] });
    const preview = await house.request('marketing', 'POST', '/v1/segments/preview', {
      subject: 'person',
      criteria: { field: 'consent.mail', op: 'equals', value: 'product_news' },
    });
    expect(preview.status, preview.text).toBe(200);
    expect(preview.text).toContain(id);
    expect(preview.json.count ?? preview.json.size).toBe(1);
  });
});

test('a list brings its ground along, and takes it back when undone', async () => {
  const importId = house.cx.ids.next();
  const options = { programId: null, source: null, createMissing: true, timeZone: 'UTC', currency: 'CHF', country: null, mode: 'both' as const, consentBasis: 'existing customer' };
  const rows = [{ email: 'lena@list.example' }, { email: 'otto@list.example', consent: 'no' }, { email: 'uwe@list.example', doNotContact: true }];
  const outcomes = await house.write((tx) => peopleImport.apply(tx, house.cx, { importId, rows: rows.map((values, at) => ({ row: at + 2, values, extra: {} })), options }));
  const [lena, otto, uwe] = outcomes.map((one) => one.subjectId!) as [string, string, string];
  expect((await consents(lena)).sayings).toMatchObject([{ said: 'given', ground: 'contract', source: 'import', evidence: { said: 'existing customer', row: 2 } }]);
  expect(await stands(otto)).toEqual({ 'offers/mail': 'refused' });
  expect(await mail(otto, 'offers')).toEqual({ sent: false, because: 'Does not want offers by mail.' });
  expect(await stands(uwe)).toMatchObject({ '/phone': 'refused', 'offers/mail': 'refused' });
  await house.write((tx) => peopleImport.undo(tx, house.cx, importId, {}));
  expect(await stands(lena)).toEqual({});
  expect((await consents(lena)).sayings[0].takenBackAt).not.toBeNull();
});

test.each(['inquiries', 'people'])('a list of %s says by which channel somebody is not to be contacted, and takes it back when undone', async (kind) => {
  const bring = async (bytes: string) => {
    const { importId } = await bringInFile(house.cx, house.scope, { name: 'wishes.csv', kind, bytes: Buffer.from(bytes) });
    await house.drain();
    return importId;
  };
  const [phone, ottos] = kind === 'people' ? ['+41446681878', 'otto@listed.example'] : ['+41446681877', 'otto@wishes.example'];
  const before = await arrive({ phone });
  const rita = `person${serial}@firm${serial}.example`;
  const first = await bring(`Last Name,Email,Phone,Do Not Call,Email Opt Out,Fax Opt Out\nRitter,${rita},${phone},yes,no,yes\nOtt,${ottos},,no,yes,\n`);
  const second = await bring(`Last Name,Email,Keine Anrufe\nRitter,${rita},ja\n`);
  const otto = (await house.rows<{ id: string }>(sql`select id from identity.person where email = ${ottos}`))[0]!.id;
  const may = async (id: string) => (await house.request('rep', 'GET', `/v1/people/${id}/touches`)).json.may;
  expect(await stands(before)).toEqual({ '/phone': 'refused', '/fax': 'refused' });
  expect(await may(before)).toMatchObject({ call: 'Asked not to be called.', mail: null });
  expect((await house.request('marketing', 'GET', `/v1/people/${before}`)).json.consent).toMatchObject({ doNotCall: true, doNotMail: false, doNotContact: false });
  expect(await mail(otto, 'offers')).toEqual({ sent: false, because: 'Asked for no mail.' });
  const undo = async (id: string) => {
    expect((await house.request('marketing', 'POST', `/v1/imports/${id}/undo`, {})).status).toBe(200);
    await house.runJobs();
    await house.drain();
  };
  await undo(first);
  expect(await may(before)).toMatchObject({ call: 'Asked not to be called.' }); // the other list says so, too
  await undo(second);
  expect(await may(before)).toMatchObject({ call: null });
  expect(await stands(before)).toEqual({});
  expect((await house.request('marketing', 'GET', `/v1/people/${before}`)).json.consent).toMatchObject({ doNotCall: false });
});

describe('do-not-contact lists', () => {
  test('hold for people not known yet, by address, domain and number, and say what they cannot read', async () => {
    const put = (channel: string, lines: string[]) => house.request('marketing', 'POST', '/v1/suppressions', { channel, list: 'Robinson list', lines });
    expect((await put('mail', [`person${serial + 1}@FIRM${serial + 1}.example`, `firm${serial + 2}.example`, 'nonsense', ''])).json).toEqual({
      added: 2, known: 0, problems: [{ line: 3, text: 'nonsense' }],
    });
    expect((await put('mail', [`firm${serial + 2}.example`])).json).toMatchObject({ added: 0, known: 1 });
    for (const id of [await arrive(), await arrive()]) {
      expect(await mail(id, 'service')).toEqual({ sent: false, because: 'On the list “Robinson list”.' });
      expect((await consents(id)).listed).toEqual({ mail: 'Robinson list' });
    }
    await put('phone', ['+41 44 668 18 00']);
    const called = await arrive({ phone: '+41446681800' });
    expect((await house.request('rep', 'GET', `/v1/people/${called}/touches`)).json.may.call).toBe('On the list “Robinson list”.');
    const list = (await house.request('rep', 'GET', '/v1/suppressions?channel=phone')).json;
    expect(list).toMatchObject({ items: [{ shown: '+41446681800', kind: 'number' }], counts: { mail: 2, phone: 1 } });
    await house.request('marketing', 'DELETE', `/v1/suppressions/${list.items[0].id}`);
    expect((await house.request('rep', 'GET', `/v1/people/${called}/touches`)).json.may.call).toBeNull();
  });

  test('come as a file, once each, and go with its undo', async () => {
    const bytes = Buffer.from(['Email,Phone,Street,Postcode,List', 'QUIET@still.example,+41 44 668 18 01,,,', 'still.example,,,,Robinson list', ',,"Mill Lane 1",8001,', 'nonsense at nowhere,,,,', ',,,,'].join('\n'));
    const bring = () => bringInFile(house.cx, house.scope, { name: 'leave-alone.csv', kind: 'do-not-contact', bytes });
    const { importId, counts } = await bring();
    expect(counts).toMatchObject({ new: 3, problem: 1 });
    const items = async () => (await house.request('rep', 'GET', '/v1/suppressions?limit=200')).json.items.filter((one: { shown: string }) => /still|Mill|6681801/.test(one.shown)).map((one: { shown: string; list: string }) => [one.shown, one.list]);
    expect(Object.fromEntries(await items())).toEqual({ 'quiet@still.example': 'leave-alone.csv', '+41446681801': 'leave-alone.csv', 'still.example': 'Robinson list', 'Mill Lane 1, 8001': 'leave-alone.csv' });
    expect((await bring()).counts).toMatchObject({ new: 0, matched: 3, problem: 1 });
    expect((await house.request('marketing', 'POST', `/v1/imports/${importId}/undo`, {})).status).toBe(200);
    await house.runJobs();
    expect(await items()).toEqual([]);
  });
});
