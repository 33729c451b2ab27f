import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bringInFile } from '../../src/capture/index.ts';
import { keepMail } from '../../src/capture/mail/keep-mail.ts';
import { declineAssignments } from '../../src/distribute/index.ts';
import { judgeLeads, logActivities, setNextActions } from '../../src/followup/index.ts';
import { personalData } from '../../src/identity/index.ts';
import { eraseAgain } from '../../src/identity/privacy/erase-again.ts';
import { readErasureList } from '../../src/identity/privacy/erasure-list.ts';
import { guardMail } from '../../src/nurture/index.ts';
import { sql } from '../../src/platform/db/index.ts';
import { invoicesImport, opportunitiesImport } from '../../src/revenue/index.ts';
import { openTestHouse } from '../support/house.ts';
import type { TestHouse } from '../support/house.ts';
import { rowsThatSay } from '../support/whole-database.ts';

/** Nobody else has any of these words. */
const words = ['quandtowitz', 'waltraute', 'zq.privat', 'geheimgasse', '796661234', 'ext-77123', 'geheimnis'];
const them = { givenName: 'Waltraute', familyName: 'Quandtowitz', email: 'zq.privat@mailbox.example', phone: '+41 79 666 12 34', externalId: 'EXT-77123' };

let house: TestHouse;
let folder: string;
let personId: string;
let leadId: string;
let files: string[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baton-erasure-'));
  house = await openTestHouse({ config: { dataDir: folder, leadMailAddress: 'leads@in.example' } });
  const holders = [];
  for (const name of ['Rita Rep', 'Rolf Rep', 'Rosa Rep'])
    holders.push((await house.request('administrator', 'POST', '/v1/holders', { kind: 'rep', name, email: `${name.replace(' ', '.')}@pumps.example` })).json.id as string);
  await house.request('administrator', 'POST', '/v1/territories', { name: 'All', rules: {}, holders: holders.map((holderId) => ({ holderId, weight: 1 })) });
  await post({ ...them, title: 'Geheimnisträgerin', organization: 'Pumpen Meier AG', country: 'CH', street: 'Geheimgasse 7', postalCode: '8001', city: 'Zürich', product: 'K 300', message: 'A quote, please. Geheimnis!', budget: 'geheimnis', landingPage: 'https://pumps.example/?m=zq.privat@mailbox.example' });
  for (let n = 0; n < 6; n++) await post({ email: `other${n}@firm${n}.example`, familyName: `Other${'abcdef'[n]!}`, organization: `Firm ${n}`, country: 'CH', product: 'K 300', message: 'A quote' });
  await house.request('marketing', 'POST', '/v1/inquiries', `{"email": "zq.privat@mailbox.example", "familyName": "Quandtowitz",`, { 'content-type': 'application/json' });
  await house.drain();
  [{ personId, leadId }] = (await house.rows(sql`select p.id as person_id, l.id as lead_id from identity.person p join qualify.lead l on l.person_id = p.id where p.family_name = 'Quandtowitz'`)) as [{ personId: string; leadId: string }];
  const at = house.clock.now();
  const others = (await house.rows<{ id: string }>(sql`select id from qualify.lead where id <> ${leadId} order by id`)).map(({ id }) => id);
  await house.write((tx) => declineAssignments(tx, house.cx, [{ leadId, reason: 'Geheimnis: I know Waltraute', at, via: 'app' }]));
  await house.write((tx) => setNextActions(tx, house.cx, [leadId, ...others.slice(0, 3)].map((id) => ({ leadId: id, what: 'Send a quote', dueAt: null, at }))));
  await house.drain();
  await house.write(async (tx) => {
    await logActivities(tx, house.cx, [{ leadId, kind: 'call', at, note: 'Waltraute said a geheimnis', outcome: 'Ask for Quandtowitz', via: 'app' }]);
    await judgeLeads(tx, house.cx, [
      { leadId, verdict: 'bad', reason: 'Geheimnis: Quandtowitz moved away', at, via: 'app' },
      ...others.slice(4).map((id) => ({ leadId: id, verdict: 'bad' as const, reason: 'No need', at, via: 'app' as const })),
      { leadId: others[0]!, verdict: 'sale', valueMinor: 90_000, currency: 'EUR', at, via: 'app' },
    ]);
  });
  await house.drain();
  const csv = (lines: string[]): Buffer => Buffer.from(lines.join('\n'));
  const bring = async (kind: string, name: string, lines: string[]): Promise<string> => {
    const { importId } = await bringInFile(house.cx, house.scope, { name, kind, bytes: csv(lines) });
    await house.drain();
    return importId;
  };
  const peopleFile = await bring('people', 'fair.csv', [
    'External id,First name,Last name,Email,Phone,Street,Title',
    'EXT-77123,Waltraute,Quandtowitz,zq.privat@mailbox.example,+41 79 666 12 34,Geheimgasse 9,Chief Geheimnis',
    'EXT-1,Anna,Fremd,anna@fremd.example,,Landstrasse 1,Buyer',
    ',,,,,,Geheimnis of zq.privat@mailbox.example',
  ]);
  const inquiriesFile = await bring('inquiries', 'web.csv', ['First name,Last name,Email,Company,Message', 'Waltraute,Quandtowitz,zq.privat@mailbox.example,Pumpen Meier AG,Geheimnis', 'Otto,Anders,otto@anders.example,Anders AG,Please call']);
  const listFile = await bring('do-not-contact', 'quiet.csv', ['Mail,Phone', 'quiet@nobody.example,', ',+41 79 666 12 34']);
  files = [peopleFile, inquiriesFile, listFile];
  const options = { programId: null, source: null, createMissing: true, timeZone: 'UTC', currency: 'EUR', country: null, mode: 'both' as const, consentBasis: null };
  for (const [kind, rows] of [
    [opportunitiesImport, [{ name: 'Pump for Quandtowitz', contactName: 'Waltraute Quandtowitz', email: them.email, amount: { minor: 500_000, currency: 'EUR' }, stage: 'won', openedAt: at, closedAt: at }]],
    [invoicesImport, [{ number: 'R-1', issuedAt: new Date('2026-02-20T00:00:00Z'), accountName: 'Waltraute Quandtowitz', email: them.email, subject: 'Geheimnis', reference: 'Quandtowitz', net: { minor: 480_000, currency: 'EUR' }, total: { minor: 480_000, currency: 'EUR' } }]],
  ] as const)
    await house.write(async (tx) => {
      const outcomes = await kind.apply(tx, house.cx, { importId: house.cx.ids.next(), rows: rows.map((values, n) => ({ row: n + 2, values, extra: {} })), options });
      expect(outcomes.map(({ outcome, sentence }) => (outcome === 'new' ? outcome : sentence))).toEqual(['new']);
    });
  await house.drain();
  const address = (await house.request('marketing', 'POST', '/v1/lead-addresses', {})).json as { id: string };
  await keepMail(house.cx, [{ workspaceId: house.workspaceId, addressId: address.id }], {
    raw: Buffer.from('From: Waltraute Quandtowitz <zq.privat@mailbox.example>\r\nTo: leads@in.example\r\nSubject: Geheimnis\r\nMessage-ID: <1@x>\r\n\r\nPlease call me, Waltraute Quandtowitz\r\n'),
    via: 'smtp',
  });
  await house.scan();
  await house.request('rep', 'POST', `/v1/people/${personId}/consents`, { purpose: 'newsletter', channels: ['mail'], said: 'given', source: 'phone', note: 'Waltraute said yes, geheimnis' });
  await house.request('marketing', 'POST', '/v1/suppressions', { channel: 'phone', list: 'Robinson list', lines: [them.phone] });
  await house.request('marketing', 'POST', '/v1/segments', { name: 'Swiss', subject: 'person', kind: 'live', criteria: { field: 'country', op: 'equals', value: 'CH' } });
  // Known twice, and joined.
  await post({ givenName: 'Waltraute', familyName: 'Quandtowitz-Muster', email: 'zq.privat@other.example', message: 'Geheimnis' });
  await house.drain();
  const [twin] = await house.rows<{ id: string }>(sql`select id from identity.person where family_name = 'Quandtowitz-Muster'`);
  expect((await house.request('marketing', 'POST', `/v1/people/${personId}/merge`, { otherId: twin!.id })).status).toBe(200);
  await house.drain();
  await house.scan();
  const open = await house.rows<{ id: string }>(sql`select id from qualify.lead where person_id in (${personId}, ${twin!.id}) and closed_at is null`);
  await house.write((tx) => judgeLeads(tx, house.cx, open.map(({ id }) => ({ leadId: id, verdict: 'bad', reason: 'No need', at: house.clock.now(), via: 'app' }))));
  await house.drain();
}, 120_000);
afterAll(async () => {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

const post = (fields: object) => house.request('marketing', 'POST', '/v1/inquiries', fields);
const reports = async (): Promise<Record<string, unknown>> => {
  const out: Record<string, unknown> = {};
  for (const path of ['reports/source?groupBy=source', 'reports/where-assigned', 'reports/status-update', 'reports/status-tracking', 'reports/what-works', 'scoreboard', 'roi?by=program&model=first&basis=won', 'loop']) {
    const answer = await house.request('administrator', 'GET', `/v1/${path}`);
    expect(answer.status, `${path}: ${answer.text.slice(0, 300)}`).toBe(200);
    out[path] = JSON.parse(JSON.stringify(answer.json, (key, value: unknown) => (key === 'madeAt' ? undefined : value)));
  }
  return out;
};
const verified = async () => (await house.request('administrator', 'GET', '/v1/verify')).json;

describe('what is kept of a person', () => {
  it('is told, from every room, as data and as a page', async () => {
    const { status, json, text } = await house.request('marketing', 'GET', `/v1/people/${personId}/data`);
    expect(status, text).toBe(200);
    expect(json.ids).toHaveLength(2);
    const keys = json.chapters.map((one: { key: string }) => one.key);
    expect(keys).toEqual(expect.arrayContaining(['person', 'consents', 'lists', 'sightings', 'merges', 'segments', 'mails', 'inquiries', 'leadMails', 'problemRows', 'files', 'leads', 'holders', 'followups', 'verdicts', 'touches', 'opportunities', 'invoices']));
    for (const said of ['Geheimgasse 7', 'Waltraute said a geheimnis', 'moved away', 'Pump for Quandtowitz', 'R-1', 'fair.csv', 'zq.privat@other.example']) expect(text, said).toContain(said);
    const page = await house.request('marketing', 'GET', `/v1/people/${personId}/data?format=html`);
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.text).toContain('<h1>What Test Pumps keeps of Waltraute Quandtowitz</h1>');
    expect(page.text).toContain('Waltraute said a geheimnis');
    const noted = await house.rows<{ n: number }>(sql`select count(*)::int as n from platform.audit where what = 'person.dataRead' and subject_id = ${personId}`);
    expect(noted[0]!.n).toBe(2);
  });
});

describe('an erasure', () => {
  let before: Record<string, unknown>;
  it('asks for the name, dies on the way, and is taken up: not a word is left anywhere, and every figure stands', async () => {
    expect(await verified()).toMatchObject({ holds: true });
    const extract = await house.request('marketing', 'POST', '/v1/extracts', { datasets: ['people'], format: 'csv' });
    expect(extract.status, extract.text).toBe(200);
    await house.runJobs();
    expect(readFileSync(join(folder, 'extracts', house.workspaceId, '1', 'people.csv'), 'utf8')).toContain('Quandtowitz');
    before = await reports();
    const told = await house.request('marketing', 'GET', `/v1/people/${personId}/erasure`);
    expect(told.json).toMatchObject({ erasure: null, openLeads: 0 });
    expect(told.json.chapters.find((one: { key: string }) => one.key === 'inquiries').count).toBeGreaterThanOrEqual(4);
    expect((await house.request('marketing', 'POST', `/v1/people/${personId}/erasure`, { name: 'Somebody else', remembers: true })).status).toBe(422);
    // It dies after the database is done and before the files are gone.
    const report = personalData().find((room) => 'report.lead_row' in room.holds)!;
    const { sweep } = report;
    report.sweep = () => Promise.reject(new Error('killed'));
    expect((await house.request('marketing', 'POST', `/v1/people/${personId}/erasure`, { name: ' waltraute quandtowitz', remembers: true })).json).toMatchObject({ state: 'asked' });
    await house.runJobs();
    expect((await house.request('marketing', 'GET', `/v1/people/${personId}/erasure`)).json.erasure).toMatchObject({ state: 'files' });
    report.sweep = sweep!;
    house.clock.advance(60_000);
    await house.runJobs();
    const { erasure } = (await house.request('marketing', 'GET', `/v1/people/${personId}/erasure`)).json;
    expect(erasure).toMatchObject({ state: 'done', why: 'asked', remembers: true });
    expect(erasure.counts.invoices).toBe(1);
    expect(existsSync(join(folder, 'extracts', house.workspaceId, '1'))).toBe(false);
    expect(await rowsThatSay(house.connection, words)).toEqual([]);
    expect(await reports()).toEqual(before);
    expect(await verified()).toMatchObject({ holds: true, breaks: [] });
  });

  it('is no cover for a forgery', async () => {
    const pg = (await import('pg')).default;
    const owner = new pg.Client(house.connection);
    await owner.connect();
    const [fact] = await house.rows<{ chainId: string; seq: number; data: object }>(sql`select chain_id, seq, data from journal.fact where type = 'lead.judged' and subject_id = ${leadId}`);
    const set = (data: object) => owner.query('update journal.fact set data = $3 where chain_id = $1 and seq = $2', [fact!.chainId, fact!.seq, JSON.stringify(data)]);
    await set({ ...fact!.data, verdict: 'hot' });
    expect((await verified()).breaks).toEqual(expect.arrayContaining([expect.objectContaining({ check: 'chain', sentence: expect.stringContaining('changed after it was recorded') })]));
    await set(fact!.data);
    expect(await verified()).toMatchObject({ holds: true });
    await owner.end();
  });

  it('leaves a tombstone, and nothing brings it back', async () => {
    const page = (await house.request('marketing', 'GET', `/v1/people/${personId}`)).json;
    expect(page).toMatchObject({ name: 'Erased person', fields: { email: null, familyName: null }, consent: { doNotContact: true } });
    expect(page.erasedAt).not.toBeNull();
    expect((await house.request('marketing', 'POST', `/v1/people/${personId}/erasure`, { name: 'Erased person', remembers: false })).status).toBe(409);
    for (const merge of page.merges) expect((await house.request('marketing', 'POST', `/v1/merges/${merge.id}/undo`, {})).status).toBe(409);
    expect((await house.request('rep', 'PATCH', `/v1/people/${personId}`, { familyName: 'Quandtowitz' })).status).toBe(409);
    for (const file of files) {
      const undo = await house.request('marketing', 'POST', `/v1/imports/${file}/undo`, { changedSince: 'overwrite' });
      expect(undo.status, undo.text).toBe(200);
      await house.runJobs();
    }
    expect(await rowsThatSay(house.connection, words)).toEqual([]);
    expect(await verified()).toMatchObject({ holds: true });
  });

  it('is remembered: the next list brings back nobody who may be contacted', async () => {
    await bringInFile(house.cx, house.scope, {
      name: 'bought.csv',
      kind: 'people',
      bytes: Buffer.from('First name,Last name,Email\nWaltraute,Quandtowitz,zq.privat@mailbox.example\nBruno,Neu,bruno@neu.example\n'),
    });
    await house.drain();
    const people = await house.rows<{ id: string; familyName: string; doNotContact: boolean }>(sql`select id, family_name, do_not_contact from identity.person where family_name in ('Quandtowitz', 'Neu') order by family_name`);
    expect(people).toMatchObject([{ familyName: 'Neu', doNotContact: false }, { familyName: 'Quandtowitz', doNotContact: true }]);
    const back = people[1]!.id;
    expect(back).not.toBe(personId);
    await house.write((tx) => tx.run(sql`update identity.person set do_not_contact = false where id = ${back}`));
    const [guarded] = await house.write((tx) => guardMail(tx, house.cx, [{ personId: back, kind: 'news', subject: 'News', text: 'News' }]));
    expect(guarded).toEqual({ sent: false, because: 'On the list “Erased”.' });
  });

  it('is done again after a restore, by the list outside the database', async () => {
    const path = join(folder, 'erasures', `${house.workspaceId}.jsonl`);
    const listed = await readErasureList(path);
    expect(listed).toMatchObject([{ personIds: [personId, expect.any(String)], remembers: true }]);
    expect(readFileSync(path, 'utf8').toLowerCase()).not.toContain('quandtowitz');
    expect(await eraseAgain(house.cx, house.scope, listed)).toEqual({ erased: 0, erasedAlready: 1, unknown: 0 });
    const [other] = await house.rows<{ id: string }>(sql`select id from identity.person where family_name = 'Quandtowitz' and erased_at is null`);
    expect(await eraseAgain(house.cx, house.scope, [...listed.map((one) => ({ ...one, personIds: [other!.id] })), { ...listed[0]!, personIds: [house.cx.ids.next()] }])).toEqual({ erased: 1, erasedAlready: 0, unknown: 1 });
    await house.drain();
    expect(await rowsThatSay(house.connection, words)).toEqual([]);
  });

  it('of somebody with an open lead ends it', async () => {
    const [open] = await house.rows<{ id: string; personId: string; name: string }>(sql`select l.id, l.person_id, p.full_name as name from qualify.lead l join identity.person p on p.id = l.person_id where l.closed_at is null order by l.id limit 1`);
    const told = (await house.request('marketing', 'GET', `/v1/people/${open!.personId}/erasure`)).json;
    expect(told.openLeads).toBe(1);
    await house.request('marketing', 'POST', `/v1/people/${open!.personId}/erasure`, { name: open!.name, remembers: false });
    await house.runJobs();
    expect(await house.rows(sql`select fate from qualify.lead where id = ${open!.id}`)).toEqual([{ fate: 'lost' }]);
    expect(await house.rows(sql`select 1 from distribute.assignment where lead_id = ${open!.id} and ended_at is null`)).toEqual([]);
    expect(await verified()).toMatchObject({ holds: true });
  });
});
