import { gzipSync } from 'node:zlib';
import { writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zip } from '../../tests/support/zip.ts';
import { openTestHouse } from '../../tests/support/house.ts';
import type { TestHouse } from '../../tests/support/house.ts';
import { sql } from '../platform/db/index.ts';
import { runNextJob } from '../platform/jobs/index.ts';
import { importJobs } from './import.jobs.ts';
import { runImport } from './run-import.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse({ config: { uploadMegabytesMax: 20 } });
});
afterAll(() => house.close());

function form(name: string, content: string | Buffer, kind?: string): { body: Buffer; headers: Record<string, string> } {
  const edge = 'edge-of-part';
  const field = kind ? `--${edge}\r\ncontent-disposition: form-data; name="kind"\r\n\r\n${kind}\r\n` : '';
  const head = `${field}--${edge}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: text/csv\r\n\r\n`;
  return { body: Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from(`\r\n--${edge}--\r\n`)]), headers: { 'content-type': `multipart/form-data; boundary=${edge}` } };
}
async function upload(name: string, content: string | Buffer, kind?: string) {
  const { body, headers } = form(name, content, kind);
  return house.request('marketing', 'POST', '/v1/imports', body, headers);
}
/** Runs capture's own jobs only: what other rooms make of it is their test. */
const runJobs = async () => {
  while (await runNextJob(house.cx, house.workspaceId, importJobs));
};
async function bringIn(name: string, content: string | Buffer, kind?: string, settings: object = {}) {
  const { json, status } = await upload(name, content, kind);
  expect(status, JSON.stringify(json)).toBe(200);
  if (Object.keys(settings).length > 0) expect((await house.request('marketing', 'PUT', `/v1/imports/${json.id}`, { settings })).status).toBe(200);
  expect((await house.request('marketing', 'POST', `/v1/imports/${json.id}/start`)).status).toBe(200);
  await runJobs();
  return (await house.request('marketing', 'GET', `/v1/imports/${json.id}`)).json;
}
const inquiriesOf = (importId: string) =>
  house.rows<{ externalId: string | null; occurredAt: Date; fields: Record<string, unknown>; status: string; source: string | null; program: string | null; importRow: number }>(sql`
    select i.external_id, i.occurred_at, i.fields, i.status, s.name as source, p.name as program, i.import_row from capture.inquiry i
    left join capture.source s on s.workspace_id = i.workspace_id and s.id = i.source_id left join capture.program p on p.workspace_id = i.workspace_id and p.id = i.program_id
    where i.import_id = ${importId} order by i.import_row`);

it.each([
  ['Brunner Pumpen AG;Switzerland\nNorth Freight Inc.;Canada\nTallow & Sons Ltd.;United Kingdom\n', 'organizations', { 0: 'name', 1: 'country' }],
  ['1,Lumexo Inc.,412.5,Austin,TX\n2,Torvald Corp.,231.07,Dallas,TX\n3,Pumps & More LLC,98.4,El Segundo,CA\n', 'organizations', { 1: 'name', 3: 'city', 4: 'state' }],
  ['Firma;Telefon;Ort\nBrunner Pumpen AG;+41 44 555 01 01;Zürich\nNorth Freight Inc.;+1 416 555 0102;Toronto\n', 'organizations', { 0: 'name', 1: 'phone', 2: 'city' }],
  ['Task Nr,Start Time,Duration (in seconds),Owner,Subject,Call Type,Lead Id\nT1,2026-01-07 09:00,420,Rita Moss,Two pumps,Outbound,L1\n', 'activities', { 0: 'externalId', 1: 'at', 2: 'seconds', 3: 'owner', 4: 'subject', 5: 'direction', 6: 'leadRef' }],
  ['Firma;Telefon;Ort;Nachricht\nBrunner Pumpen AG;+41 44 555 01 01;Zürich;Bitte um ein Angebot\n', 'inquiries', { 0: 'organization', 1: 'phone', 2: 'city', 3: 'message' }],
])('takes a file for what it holds: companies for a list of them unless somebody asks something in it, calls for calls: %s', async (file, kind, mapping) => {
  expect((await upload('list.csv', file)).json).toMatchObject({ kind, settings: { mapping } });
});

describe('an import of inquiries', () => {
  it('proposes, previews, runs, and keeps what it cannot read', async () => {
    const file = 'Lead Ref;First Name;Surname;E-Mail;Telefon;Contact Date;Origin;Favourite\nA1;Ada;Byron;ada@x.example;+49 30 1234567;26.03.2021;fair;blue\nA2;Bob;Marley;bob@x.example;;not a date;;\nA3;Cid;"Mü;ller";cid@x.example;;01.04.2021;web;\n';
    const { json } = await upload('leads.csv', file);
    expect(json).toMatchObject({ kind: 'inquiries', status: 'analysed', analysis: { delimiter: ';', hasHeader: true, encoding: 'utf-8' } });
    expect(json.settings.mapping).toEqual({ 0: 'externalId', 1: 'givenName', 2: 'familyName', 3: 'email', 4: 'phone', 5: 'occurredAt', 6: 'source' });
    const preview = await house.request('marketing', 'POST', `/v1/imports/${json.id}/preview`);
    expect(preview.json).toMatchObject({ rowsRead: 3, complete: true, outcomes: { new: 2, problem: 1 } });
    expect(preview.json.sentences.join(' ')).toContain('day-month-year because of values such as 26.03.2021');
    expect(await inquiriesOf(json.id)).toHaveLength(0);
    await house.request('marketing', 'POST', `/v1/imports/${json.id}/start`);
    await runJobs();
    const done = (await house.request('marketing', 'GET', `/v1/imports/${json.id}`)).json;
    expect(done).toMatchObject({ status: 'finished', counts: { rows: 3, new: 2, problem: 1 } });
    const rows = await inquiriesOf(json.id);
    expect(rows[0]).toMatchObject({ externalId: 'A1', source: 'fair', fields: { givenName: 'Ada', phone: '+49 30 1234567', custom: { Favourite: 'blue' } }, importRow: 2 });
    expect(rows[0]!.occurredAt.toISOString()).toBe('2021-03-25T23:00:00.000Z'); // midnight in the company's zone
    expect(rows[1]!.fields).toMatchObject({ familyName: 'Mü;ller' });
    const problems = await house.request('marketing', 'GET', `/v1/imports/${json.id}/problems`);
    expect(problems.json.items).toMatchObject([{ row: 3, severity: 'row', field: 'occurredAt' }]);
  });

  it('gives the problems back as a file that can be corrected and brought in again, formulas defused', async () => {
    const first = await bringIn('p.csv', 'id,name,phone,date\n1,=cmd(),+49 30 7654321,32.13.2020\n2,Ok,,2020-01-02\n', 'inquiries');
    expect(first.counts).toMatchObject({ new: 1, problem: 1 });
    const csv = (await house.request('marketing', 'GET', `/v1/imports/${first.id}/problems.csv`)).text;
    expect(csv).toContain("1,'=cmd(),'+49 30 7654321,32.13.2020,");
    expect(csv).toContain('Problem found by Baton');
    const again = await bringIn('p problems.csv', csv.replace('32.13.2020', '31.12.2020'), 'inquiries');
    expect(again.counts).toMatchObject({ rows: 1, new: 1 });
    const [row] = await inquiriesOf(again.id);
    expect(row!.fields).toEqual({ externalId: '1', fullName: '=cmd()', phone: '+49 30 7654321' });
  });

  it('knows a record it took in before, and says that the file is the same', async () => {
    const file = 'id,email,created_at\nX1,x1@x.example,2024-01-01\nX2,x2@x.example,2024-01-02\n';
    await bringIn('same.csv', file, 'inquiries');
    const { json } = await upload('same again.csv', file, 'inquiries');
    expect(json.sameFileAs.status).toBe('finished');
    expect((await bringIn('more.csv', `${file}X3,x3@x.example,2024-01-03\n`, 'inquiries')).counts).toMatchObject({ matched: 2, new: 1 });
  });

  it('takes rows that name no country to be where it was said, and leaves the others', async () => {
    const { json } = await upload('abroad.csv', 'id,email,country\nAB1,c1@abroad.example,\nAB2,c2@abroad.example,France\n', 'inquiries');
    await house.request('marketing', 'PUT', `/v1/imports/${json.id}`, { settings: { country: 'AT' } });
    await house.request('marketing', 'POST', `/v1/imports/${json.id}/start`);
    await runJobs();
    expect((await inquiriesOf(json.id)).map(({ fields }) => fields['country'])).toEqual(['AT', 'France']);
  });

  it('takes a currency for a bare $, and forgets a default that is taken back', async () => {
    const file = 'Campaign Name,Start Date,Actual Cost\nSpring fair,2024-03-01,"$1,209.48K"\nAds,2024-04-01,$20\n';
    const { json } = await upload('campaigns.csv', file, 'programs');
    const said = async () => (await house.request('marketing', 'POST', `/v1/imports/${json.id}/preview`)).json.sentences.join(' ');
    const set = (settings: object) => house.request('marketing', 'PUT', `/v1/imports/${json.id}`, { settings });
    expect(await said()).toContain('amounts in USD are kept as such. If a “$” or “kr” alone means EUR here, choose that currency for this import.');
    expect((await set({ currency: 'EUR', source: 'Old system', dateOrder: 'mdy' })).json.settings).toMatchObject({ currency: 'EUR', source: 'Old system', dateOrder: 'mdy' });
    expect(await said()).toContain('A “$” or “kr” alone was read as EUR, as you asked.');
    const cleared = (await set({ currency: null, source: null, dateOrder: null, programId: null })).json.settings;
    for (const name of ['currency', 'source', 'dateOrder', 'programId']) expect(cleared).not.toHaveProperty(name);
    expect(await said()).toContain('amounts in USD are kept as such.');
    await set({ currency: 'EUR' });
    await house.request('marketing', 'POST', `/v1/imports/${json.id}/start`);
    await runJobs();
    const costs = await house.rows(sql`select amount_minor, currency from capture.program_cost where import_id = ${json.id} order by amount_minor`);
    expect(costs).toEqual([{ amountMinor: 2000, currency: 'EUR' }, { amountMinor: 120_948_000, currency: 'EUR' }]);
  });

  it('goes on after a crash from the last committed batch: each row once', async () => {
    const total = 9500;
    const file = `id,email\n${Array.from({ length: total }, (_, i) => `K${i},k${i}@x.example`).join('\n')}\n`;
    const { json } = await upload('crash.csv', file, 'inquiries');
    await house.request('marketing', 'POST', `/v1/imports/${json.id}/start`);
    // The process "dies" after its first committed batch: whatever it held in memory is gone.
    let batches = 0;
    const dying = { id: json.id, payload: { importId: json.id }, cancelled: async () => false, progress: async () => { if (++batches === 1) throw new Error('killed'); } };
    await expect(runImport(house.cx, house.scope, dying)).rejects.toThrow('killed');
    const half = (await house.request('marketing', 'GET', `/v1/imports/${json.id}`)).json;
    expect(half.counts.rows).toBeGreaterThan(0);
    expect(half.counts.rows).toBeLessThan(total);
    // Two workers take it up at once.
    const calm = { ...dying, progress: async () => {} };
    await Promise.all([runImport(house.cx, house.scope, calm), runImport(house.cx, house.scope, calm)]);
    const rows = await inquiriesOf(json.id);
    expect(rows).toHaveLength(total);
    expect(new Set(rows.map(({ externalId }) => externalId)).size).toBe(total);
    expect((await house.request('marketing', 'GET', `/v1/imports/${json.id}`)).json).toMatchObject({ status: 'finished', counts: { rows: total, new: total } });
  });

  it('stops when cancelled and can be undone whole', async () => {
    const file = `id,email,campaign\n${Array.from({ length: 100 }, (_, i) => `U${i},u${i}@x.example,Brand new program`).join('\n')}\n`;
    const done = await bringIn('undo.csv', file, 'inquiries');
    expect((await inquiriesOf(done.id))[0]!.program).toBe('Brand new program');
    await house.request('marketing', 'POST', `/v1/imports/${done.id}/undo`);
    await runJobs();
    expect((await house.request('marketing', 'GET', `/v1/imports/${done.id}`)).json.status).toBe('undone');
    expect((await inquiriesOf(done.id)).every(({ status }) => status === 'withdrawn')).toBe(true);
    const facts = await house.rows(sql`select 1 from journal.fact where type = 'inquiry.withdrawn' and data->>'importId' = ${done.id}`);
    expect(facts).toHaveLength(100);
    expect((await house.request('marketing', 'GET', '/v1/programs?q=brand new')).json.items).toHaveLength(0);
    expect((await house.request('marketing', 'POST', `/v1/imports/${done.id}/undo`)).status).toBe(409);
    expect((await bringIn('undo.csv', file, 'inquiries')).counts.new).toBe(100);
    const { json } = await upload('cancel.csv', file, 'inquiries');
    await house.request('marketing', 'POST', `/v1/imports/${json.id}/start`);
    expect((await house.request('marketing', 'POST', `/v1/imports/${json.id}/cancel`)).json.status).toBe('cancelled');
    await runJobs();
    expect(await inquiriesOf(json.id)).toHaveLength(0);
  });

  it('remembers a mapping by the shape of the file', async () => {
    const { json } = await upload('v1.csv', 'weird one,weird two\na@x.example,Ada\n', 'inquiries');
    expect(json.settings.mapping).toEqual({ 0: 'email' });
    const put = await house.request('marketing', 'PUT', `/v1/imports/${json.id}`, { settings: { mapping: { 0: 'email', 1: 'givenName' }, saveAs: 'The fair’s file' } });
    expect(put.json.savedMapping).toBe('The fair’s file');
    const again = await upload('v2.csv', 'Weird One,WEIRD TWO\nb@x.example,Bob\n');
    expect(again.json).toMatchObject({ savedMapping: 'The fair’s file', kind: 'inquiries', settings: { mapping: { 0: 'email', 1: 'givenName' } } });
  });
});

describe('values, and what is known already', () => {
  const people = (settings: object, file = 'Kennung,E-Mail,Nachname,Land\nM1,m1@v.example,Muster,Schweitz\nM2,m2@v.example,Meier,Deutschland\nM1,m1@v.example,Muster,Schweitz\n') => bringIn('people.csv', file, 'people', settings);
  const countryOf = (externalId: string) => house.rows<{ country: string | null }>(sql`select country from identity.person where external_id = ${externalId} and retired_at is null`);

  it('says what nobody understands, and takes it as somebody says', async () => {
    const { json } = await upload('people.csv', 'Kennung,E-Mail,Nachname,Land\nM1,m1@v.example,Muster,Schweitz\nM2,m2@v.example,Meier,Deutschland\n', 'people');
    const values = async () => (await house.request('marketing', 'GET', `/v1/imports/${json.id}/values`)).json;
    const [country] = (await values()).items;
    expect(country).toMatchObject({ header: 'Land', field: 'country', different: 2, unknown: 1, values: [{ text: 'Schweitz', count: 1, ours: null, said: false }, { text: 'Deutschland', ours: 'DE' }] });
    expect(country.choices).toContainEqual({ value: 'CH', label: 'Switzerland' });
    await house.request('marketing', 'PUT', `/v1/imports/${json.id}`, { settings: { values: { 3: { Schweitz: 'CH' } }, saveAs: 'Their people' } });
    expect((await values()).items[0].values[0]).toMatchObject({ text: 'Schweitz', ours: 'CH', said: true });
    await house.request('marketing', 'POST', `/v1/imports/${json.id}/start`);
    await runJobs();
    expect(await countryOf('M1')).toEqual([{ country: 'CH' }]);
    // The next file of the shape speaks the same language.
    expect((await upload('more.csv', 'Kennung,E-Mail,Nachname,Land\nM9,m9@v.example,Neu,Schweitz\n')).json).toMatchObject({ kind: 'people', settings: { values: { 3: { Schweitz: 'CH' } } } });
  });

  it('only makes, or only updates, where it should', async () => {
    const file = 'Kennung,E-Mail,Nachname,Titel\nM1,m1@v.example,Muster,Chief\nN1,n1@v.example,Novak,Buyer\nN1,n1@v.example,Novak,Buyer\n';
    const updated = await people({ mode: 'update' }, file);
    expect(updated.counts).toMatchObject({ rows: 3, new: 0, updated: 1, skipped: 2, problem: 0 });
    expect(await countryOf('N1')).toEqual([]);
    const created = await people({ mode: 'create' }, file);
    expect(created.counts).toMatchObject({ rows: 3, new: 1, updated: 0, skipped: 2 });
    expect(await countryOf('N1')).toHaveLength(1);
    expect(await house.rows(sql`select 1 from identity.sighting where import_id = ${created.id} and withdrawn_at is null`)).toHaveLength(1);
    const kinds = (await house.request('marketing', 'GET', '/v1/import-kinds')).json.items;
    expect(kinds.find(({ kind }: { kind: string }) => kind === 'people')).toMatchObject({ updates: true, matchedBy: { fields: expect.arrayContaining(['externalId', 'email']) } });
  });

  it('keeps the ground on which people may be written to, where rows say nothing', async () => {
    const done = await bringIn('consent.csv', 'id,email,consent\nC1,c1@v.example,yes\nC2,c2@v.example,\n', 'inquiries', { consentBasis: 'Business card handed over', listOwner: 'Trade fair office' });
    expect((await inquiriesOf(done.id)).map(({ fields }) => fields['consent'])).toEqual(['yes', 'Business card handed over']);
    expect(done.settings).toMatchObject({ listOwner: 'Trade fair office' });
  });
});

describe('files of every sort', () => {
  it.each([
    ['latin1', Buffer.from('name;email\nJürgen Größe;j@x.example\n', 'latin1'), 'windows-1252'],
    ['utf-8 with mark', Buffer.from('\uFEFFname;email\nJürgen Größe;j@x.example\n'), 'utf-8'],
    ['utf-16', Buffer.from('\uFEFFname\temail\nJürgen Größe\tj@x.example\n', 'utf16le'), 'utf-16le'],
  ])('reads %s', async (name, content, encoding) => {
    const done = await bringIn(`${name}.csv`, content, 'inquiries');
    const view = (await house.request('marketing', 'GET', `/v1/imports/${done.id}`)).json;
    expect(view.analysis.encoding).toBe(encoding);
    expect((await inquiriesOf(done.id))[0]!.fields).toEqual({ fullName: 'Jürgen Größe', email: 'j@x.example' });
  });

  it('reads a workbook, with its dates', async () => {
    const book = await writeXlsx({
      sheets: [{ name: 'Leads', rows: [['Name', 'E-mail', 'Date', 'Employees'], ['Ada Byron', 'ada@b.example', new Date('2021-03-26T10:30:00Z'), 12], [null, null, null, null], ['Bob', 'bob@b.example', new Date('2021-04-01T00:00:00Z'), 1.5]] }],
    });
    const done = await bringIn('book.xlsx', Buffer.from(book), 'inquiries', { timeZone: 'UTC' });
    const rows = await inquiriesOf(done.id);
    expect(rows.map(({ occurredAt, fields }) => [occurredAt.toISOString(), fields])).toEqual([
      ['2021-03-26T10:30:00.000Z', { fullName: 'Ada Byron', email: 'ada@b.example', employees: '12' }],
      ['2021-04-01T00:00:00.000Z', { fullName: 'Bob', email: 'bob@b.example', employees: '1.5' }],
    ]);
  });

  it.each([
    ['gzip', gzipSync('name;email\nJürgen;j@x.example\n'), 'was packed with gzip'],
    ['zip with one file', zip(0, [{ name: '__MACOSX/._a.csv', data: Buffer.from('x') }, { name: 'a.csv', data: Buffer.from('name;email\nJürgen;j@x.example\n') }]), '“a.csv” was unpacked'],
    ['zip of gzip', zip(0, [{ name: 'a.csv.gz', data: gzipSync('name;email\nJürgen;j@x.example\n') }]), '“a.csv.gz” was unpacked'],
    ['JSON lines', '{"name":"Jürgen","contact":{"email":"j@x.example"}}\n', 'one level deeper'],
    ['vCard', 'BEGIN:VCARD\nVERSION:3.0\nFN:Jürgen\nEMAIL:j@x.example\nEND:VCARD\n', 'The file holds vCards'],
  ])('reads %s', async (name, content, sentence) => {
    const done = await bringIn(`${name}.dat`, content, 'inquiries');
    const [row] = await inquiriesOf(done.id);
    expect(done.analysis.sentences.join(' ')).toContain(sentence);
    expect(row!.fields).toEqual({ fullName: 'Jürgen', email: 'j@x.example' });
    expect(await house.rows(sql`select 1 from capture.import_chunk where import_id = ${done.id} and n < 0`)).toHaveLength(0);
  });

  it('lets the file of an archive be chosen, and keeps records that cannot be read', async () => {
    const lines = '{"email":"a@x.example"}\n{"email":\n{"email":"b@x.example","late":"key"}\n';
    const archive = zip(0, [{ name: 'people.csv', data: Buffer.from('email\nc@x.example\nd@x.example\ne@x.example\nf@x.example\ng@x.example\nh@x.example\n') }, { name: 'more/leads.jsonl', data: Buffer.from(lines) }]);
    const { json } = await upload('all.zip', archive, 'inquiries');
    expect(json.analysis).toMatchObject({ format: 'csv', member: 'people.csv', members: [{ name: 'people.csv' }, { name: 'more/leads.jsonl', bytes: lines.length }] });
    const put = (settings: object) => house.request('marketing', 'PUT', `/v1/imports/${json.id}`, { settings });
    expect((await put({ member: 'nothing' })).json.detail ?? '').toContain('has no file “nothing”');
    const other = (await put({ member: 'more/leads.jsonl' })).json;
    expect(other.analysis).toMatchObject({ format: 'json', member: 'more/leads.jsonl', rowsEstimate: 3, columns: [{ header: 'email' }, { header: 'late' }] });
    expect((await put({ format: 'csv' })).json.analysis).toMatchObject({ format: 'csv', member: 'more/leads.jsonl' });
    expect((await put({ format: 'json' })).json.analysis).toMatchObject({ format: 'json' });
    await house.request('marketing', 'POST', `/v1/imports/${json.id}/start`);
    await runJobs();
    expect((await inquiriesOf(json.id)).map(({ fields }) => fields)).toEqual([{ email: 'a@x.example' }, { email: 'b@x.example', custom: { late: 'key' } }]);
    const problems = await house.request('marketing', 'GET', `/v1/imports/${json.id}/problems`);
    expect(problems.json.items).toMatchObject([{ row: 2, kind: 'malformed', sentence: 'This record is not readable JSON.' }]);
  });

  it('refuses what would do harm or is no table, each with a sentence', async () => {
    const bomb = { name: 'xl/worksheets/sheet1.xml', data: Buffer.alloc(30_000_000) };
    const types = { name: '[Content_Types].xml', data: Buffer.from('<Types/>') };
    const cases: [string, Buffer, RegExp][] = [
      ['bomb.xlsx', zip(0, [types, bomb]), /unpack to 29 MB/],
      ['liar.xlsx', zip(1000, [types, bomb]), /more than it says/],
      ['liar.zip', zip(1000, [{ name: 'a.csv', data: Buffer.alloc(30_000_000) }]), /more than it says/],
      ['empty.zip', zip(0, [{ name: 'folder/', data: Buffer.alloc(0) }]), /holds no file/],
      ['bomb.gz', gzipSync(Buffer.alloc(23_000_000)), /Unpacked, the file is larger than the 20 MB/],
      ['cut.gz', gzipSync(Buffer.from('name,email\n'.repeat(1000))).subarray(0, 30), /archive is damaged/],
      ['broken.xlsx', Buffer.from('PK\u0003\u0004 nonsense'), /cut off or damaged/],
      ['old.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0, 0, 0]), /old kind/],
      ['paper.pdf', Buffer.from('%PDF-1.7\n1 0 obj\n'), /not a table/],
      ['wide.csv', Buffer.from(`${Array.from({ length: 300_000 }, (_, i) => `c${i}`).join(',')}\n1,2,3\n`), /columns; at most 2,000/],
      ['line.csv', Buffer.alloc(3_000_000, 'x'), /first line of the file is longer/],
      ['empty.csv', Buffer.alloc(0), /empty/],
    ];
    for (const [name, content, sentence] of cases) {
      const { status, json } = await upload(name, content);
      expect(status, name).toBeGreaterThanOrEqual(413);
      expect(json.detail, name).toMatch(sentence);
    }
    expect(await house.rows(sql`select 1 from capture.import where status = 'uploading'`)).toHaveLength(0);
  });
});

describe('an import of programs', () => {
  const file = 'Campaign ID,Campaign Name,Type,Status,Start Date,End Date,Expected Revenue,Budgeted Cost,Actual Cost\nP1,Alpha fair,Trade Show,Complete,2021-01-05,2021-02-01,"$2,113.04K",$20.25K,"$1,209.48K"\nP2,Beta mail,Email,Active,2021-03-01,,,,\n';
  it('makes programs with their dated costs, and none where none is given', async () => {
    const done = await bringIn('campaigns.csv', file);
    expect(done).toMatchObject({ kind: 'programs', counts: { new: 2 } });
    const { items } = (await house.request('marketing', 'GET', '/v1/programs?q=P1')).json;
    expect(items[0]).toMatchObject({ externalId: 'P1', channel: 'Trade Show', status: 'finished', costMinor: 120_948_000, budgetMinor: 2_025_000, expectedMinor: 211_304_000, currency: 'USD' });
    const { costs } = (await house.request('marketing', 'GET', `/v1/programs/${items[0].id}`)).json;
    expect(costs).toMatchObject([{ onDate: '2021-01-05', amountMinor: 120_948_000, currency: 'USD' }]);
    expect((await house.request('marketing', 'GET', '/v1/programs?q=P2')).json.items[0]).toMatchObject({ costEntries: 0 });
  });
  it('updates on a second coming, and undo puts everything back', async () => {
    const again = await bringIn('campaigns.csv', file.replace('Alpha fair', 'Alpha fair 2').replace('1,209.48K', '1,300K').concat('P3,Gamma,Web,Planned,,,,,5\n'));
    expect(again.counts).toMatchObject({ new: 1, updated: 1, matched: 1 });
    const id = (await house.request('marketing', 'GET', '/v1/programs?q=P1')).json.items[0].id;
    expect((await house.request('marketing', 'GET', `/v1/programs/${id}`)).json.program).toMatchObject({ name: 'Alpha fair 2', costMinor: 130_000_000, costEntries: 1 });
    await house.request('marketing', 'POST', `/v1/imports/${again.id}/undo`);
    await runJobs();
    expect((await house.request('marketing', 'GET', `/v1/programs/${id}`)).json.program).toMatchObject({ name: 'Alpha fair', costMinor: 120_948_000, costEntries: 1 });
    expect((await house.request('marketing', 'GET', '/v1/programs?q=P3')).json.items).toHaveLength(0);
  });
});
