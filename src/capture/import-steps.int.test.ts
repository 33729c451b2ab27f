import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse } from '../../tests/support/house.ts';
import type { TestHouse } from '../../tests/support/house.ts';
import { createUser } from '../platform/access/index.ts';
import { sql } from '../platform/db/index.ts';
import { runNextJob } from '../platform/jobs/index.ts';
import { importFromCommand } from './import.cli.ts';
import { importJobs } from './import.jobs.ts';
import { pauseImport, runImport } from './run-import.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse({ config: { uploadMegabytesMax: 20 } });
});
afterAll(() => house.close());

const ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => house.request('marketing', method, path, body, headers);
/** Uploads in parts: the way for whoever has a bad line. */
async function upload(name: string, content: string | Buffer, kind?: string, partBytes = 1_500_000): Promise<{ status: number; json: { id: string } & Record<string, never> }> {
  const bytes = Buffer.from(content);
  const begun = (await ask('POST', '/v1/imports/uploads', { fileName: name, fileBytes: bytes.length, ...(kind ? { kind } : {}) })).json;
  for (let at = 0; at < bytes.length; at += partBytes) {
    const part = await ask('PUT', `/v1/imports/uploads/${begun.id}?offset=${at}`, bytes.subarray(at, at + partBytes), { 'content-type': 'application/octet-stream' });
    expect(part.status, part.text).toBe(200);
  }
  return ask('POST', `/v1/imports/uploads/${begun.id}/complete`);
}
async function bringIn(name: string, content: string, kind: string) {
  const { json } = await upload(name, content, kind);
  expect((await ask('POST', `/v1/imports/${json.id}/start`)).status).toBe(200);
  while (await runNextJob(house.cx, house.workspaceId, importJobs));
  await house.drain();
  return (await ask('GET', `/v1/imports/${json.id}`)).json;
}
const rows = (from: number, to: number): string => Array.from({ length: to - from }, (_, i) => `R${from + i},r${from + i}@steps.example,Keller${from + i}`).join('\n');

describe('an upload in parts', () => {
  it('goes on where it broke off, and is the same file', async () => {
    const content = Buffer.from(`id,email,last name\n${rows(0, 90_000)}\n`);
    const begun = (await ask('POST', '/v1/imports/uploads', { fileName: 'large.csv', fileBytes: content.length, kind: 'inquiries' })).json;
    expect(begun).toMatchObject({ offset: 0, fileBytes: content.length });
    const put = (offset: number, part: Buffer) => ask('PUT', `/v1/imports/uploads/${begun.id}?offset=${offset}`, part, { 'content-type': 'application/octet-stream' });
    expect((await put(0, content.subarray(0, 700_001))).json.offset).toBe(700_001);
    // The answer was lost: the part is sent again, and the place to go on is said.
    const again = await put(0, content.subarray(0, 700_001));
    expect([again.status, again.json.code]).toEqual([409, 'capture/upload-offset']);
    expect((await ask('GET', `/v1/imports/uploads/${begun.id}`)).json.offset).toBe(700_001);
    const early = await ask('POST', `/v1/imports/uploads/${begun.id}/complete`);
    expect([early.status, early.json.code]).toEqual([409, 'capture/upload-incomplete']);
    expect((await put(700_001, content.subarray(700_001, 2_500_000))).json.offset).toBe(2_500_000);
    expect((await put(2_500_000, Buffer.concat([content.subarray(2_500_000), Buffer.from('x')]))).json.code).toBe('capture/upload-too-long');
    expect((await put(2_500_000, content.subarray(2_500_000))).json.offset).toBe(content.length);
    const done = await ask('POST', `/v1/imports/uploads/${begun.id}/complete`);
    expect(done.json).toMatchObject({ status: 'analysed', kind: 'inquiries', fileBytes: content.length, analysis: { encoding: 'utf-8' } });
    const pieces = await house.rows<{ bytes: Buffer }>(sql`select bytes from capture.import_chunk where import_id = ${begun.id} order by n`);
    expect(Buffer.concat(pieces.map(({ bytes }) => bytes)).equals(content)).toBe(true);
    expect((await put(content.length, Buffer.from('x'))).status).toBe(404);
    expect((await ask('POST', '/v1/imports/uploads', { fileName: 'huge.csv', fileBytes: 30_000_000 })).json.code).toBe('capture/file-too-large');
  });
});

describe('what would happen', () => {
  it('is tried for real, down to leads and possible duplicates, and taken back', async () => {
    await bringIn('known.csv', 'id,first name,last name,email,company,city\nW1,Ada,Byron,ada@engines.example,Engines AG,Bern\nW2,Konrad,Zuse,konrad@rechner.example,Rechner AG,Bern\n', 'people');
    const before = await house.rows(sql`select (select count(*) from identity.person) as people, (select count(*) from capture.inquiry) as inquiries, (select count(*) from journal.fact) as facts`);
    const { json } = await upload('leads.csv', 'first name,last name,email,company,phone,message\nAda,Byron,ada@engines.example,Engines AG,,please call\nNeu,Kunde,neu@kunde.example,Kunde GmbH,+41 44 668 18 00,please send a quote\n', 'inquiries');
    const preview = (await ask('POST', `/v1/imports/${json.id}/preview`)).json;
    expect(preview).toMatchObject({ complete: true, triedRows: 2, rowsEstimate: 2, outcomes: { new: 2 } });
    const said = Object.fromEntries(preview.consequences.map(({ what, count, samples }: { what: string; count: number; samples: string[] }) => [what, [count, samples]]));
    expect(said['people new here']).toEqual([1, ['Neu Kunde']]);
    expect(said['people known already']).toEqual([1, ['Ada Byron']]);
    expect(said['leads, handed over at once'][0]).toBeGreaterThan(0);
    expect(await house.rows(sql`select (select count(*) from identity.person) as people, (select count(*) from capture.inquiry) as inquiries, (select count(*) from journal.fact) as facts`)).toEqual(before);
  });
});

describe('a run', () => {
  it('is paused and goes on exactly there, says how fast it is, and mails what became of it', async () => {
    const userId = await createUser(house.cx, house.workspaceId, { name: 'Mara', email: 'mara@steps.example', password: 'correct horse battery', roles: ['marketing'] });
    const { json } = await upload('pause.csv', `id,email,last name\n${rows(100_000, 103_500)}\n`, 'inquiries');
    await house.write((tx) => tx.run(sql`update capture.import set created_by = ${userId} where id = ${json.id}`));
    await ask('POST', `/v1/imports/${json.id}/start`);
    const job = { id: json.id, payload: { importId: json.id }, cancelled: async () => false };
    await runImport(house.cx, house.scope, { ...job, progress: async () => {
      house.clock.advance(10_000);
      await pauseImport(house.cx, house.scope, json.id);
    } });
    const paused = (await ask('GET', `/v1/imports/${json.id}`)).json;
    expect(paused.status).toBe('paused');
    expect(paused.rowsDone).toBeGreaterThan(0);
    expect(paused.rowsDone).toBeLessThan(3500);
    // It lies still for a day: that is not its speed.
    house.clock.advance(86_400_000);
    expect((await ask('POST', `/v1/imports/${json.id}/start`)).json.status).toBe('waiting');
    let running: { rowsPerSecond: number; secondsLeft: number } | undefined;
    await runImport(house.cx, house.scope, { ...job, progress: async () => {
      house.clock.advance(10_000);
      running ??= (await ask('GET', `/v1/imports/${json.id}`)).json;
    } });
    const done = (await ask('GET', `/v1/imports/${json.id}`)).json;
    expect(done).toMatchObject({ status: 'finished', secondsLeft: null, counts: { rows: 3500, new: 3500 } });
    expect(running).toBeDefined();
    const taken = await house.rows<{ n: number; different: number }>(sql`select count(*)::int as n, count(distinct import_row)::int as different from capture.inquiry where import_id = ${json.id}`);
    expect(taken).toEqual([{ n: 3500, different: 3500 }]);
    const [mail] = (await house.mails()).filter(({ kind }) => kind === 'import');
    expect(mail).toMatchObject({ toAddress: 'mara@steps.example', subject: 'Import done: pause.csv' });
    expect(mail!.textBody).toMatch(/3,500 rows read: 3,500 new\..*\n/);
    expect(mail!.textBody).toContain(`/imports/${json.id}`);
  });
});

describe('problem rows', () => {
  it('come back mended, read like the file they come from', async () => {
    const { json } = await upload('odd.csv', 'Kode;Wer;Wann;Land\n1;Ada;2020-01-02;Schweitz\n2;Bob;32.13.2020;Schweitz\n', 'inquiries');
    await ask('PUT', `/v1/imports/${json.id}`, { settings: { mapping: { 0: 'externalId', 1: 'familyName', 2: 'occurredAt', 3: 'country' }, values: { 3: { Schweitz: 'CH' } }, source: 'Old system' } });
    await ask('POST', `/v1/imports/${json.id}/start`);
    while (await runNextJob(house.cx, house.workspaceId, importJobs));
    expect((await ask('GET', `/v1/imports/${json.id}`)).json.counts).toMatchObject({ new: 1, problem: 1 });
    const csv = (await ask('GET', `/v1/imports/${json.id}/problems.csv`)).text.replace('32.13.2020', '31.12.2020');
    const edge = 'edge';
    const body = Buffer.from(`--${edge}\r\ncontent-disposition: form-data; name="mends"\r\n\r\n${json.id}\r\n--${edge}\r\ncontent-disposition: form-data; name="file"; filename="mended.csv"\r\ncontent-type: text/csv\r\n\r\n${csv}\r\n--${edge}--\r\n`);
    const mended = await ask('POST', '/v1/imports', body, { 'content-type': `multipart/form-data; boundary=${edge}` });
    expect(mended.json).toMatchObject({ kind: 'inquiries', mends: json.id, settings: { mapping: { 0: 'externalId', 1: 'familyName', 2: 'occurredAt', 3: 'country' }, values: { 3: { Schweitz: 'CH' } }, source: 'Old system' } });
    await ask('POST', `/v1/imports/${mended.json.id}/start`);
    while (await runNextJob(house.cx, house.workspaceId, importJobs));
    const [row] = await house.rows<{ fields: object }>(sql`select fields from capture.inquiry where import_id = ${mended.json.id}`);
    expect(row!.fields).toMatchObject({ externalId: '2', familyName: 'Bob', country: 'CH' });
  });

  it('come back mended from the command line, too; corrections of what is not there leave nothing behind', async () => {
    const { json } = await upload('odd2.csv', 'Kode;Wer;Wann\n11;Ida;2020-01-02\n12;Rob;32.13.2020\n', 'inquiries');
    await ask('PUT', `/v1/imports/${json.id}`, { settings: { mapping: { 0: 'externalId', 1: 'familyName', 2: 'occurredAt' }, source: 'Old system' } });
    await ask('POST', `/v1/imports/${json.id}/start`);
    const work = async () => {
      while (await runNextJob(house.cx, house.workspaceId, importJobs));
    };
    await work();
    const folder = await mkdtemp(join(tmpdir(), 'baton-mends-'));
    const file = join(folder, 'mended.csv');
    await writeFile(file, (await ask('GET', `/v1/imports/${json.id}/problems.csv`)).text.replace('32.13.2020', '31.12.2020'));
    const printed: { id: string; mends: string | null; settings: object; counts: object }[] = [];
    const command = { cx: house.cx, scope: () => Promise.resolve(house.scope), work, drain: () => house.drain(), progress: () => undefined, print: (view: never) => printed.push(view) };
    const count = async () => (await ask('GET', '/v1/imports')).json.items.length as number;
    const before = await count();
    await expect(importFromCommand(command as never, file, { mends: '019cadc6-9a80-71bc-87e9-e1155171802a' })).rejects.toMatchObject({ kind: 'not-found' });
    expect(await count()).toBe(before);
    await importFromCommand(command as never, file, { mends: json.id });
    await rm(folder, { recursive: true });
    expect(printed).toMatchObject([{ mends: json.id, settings: { source: 'Old system' }, counts: { new: 1, problem: 0 } }]);
    expect(await house.rows(sql`select fields->>'familyName' as name from capture.inquiry where import_id = ${printed[0]!.id}`)).toEqual([{ name: 'Rob' }]);
  });
});

describe('undo', () => {
  it('asks where somebody changed rows since', async () => {
    await bringIn('first.csv', 'id,last name,job title\nQ1,Queller,Buyer\n', 'people');
    const second = await bringIn('second.csv', 'id,last name,job title\nQ1,Queller,Chief\n', 'people');
    const [person] = await house.rows<{ id: string; title: string }>(sql`select id, title from identity.person where external_id = 'Q1'`);
    expect(person!.title).toBe('Chief');
    expect((await ask('PATCH', `/v1/people/${person!.id}`, { title: 'Owner' })).status).toBe(200);
    const asked = await ask('POST', `/v1/imports/${second.id}/undo`);
    expect([asked.status, asked.json.code]).toEqual([409, 'capture/changed-since']);
    expect((await ask('GET', `/v1/imports/${second.id}/changed-since`)).json).toMatchObject({ count: 1, items: [{ label: 'Queller', fields: [{ field: 'title', before: 'Buyer', imported: 'Chief', since: 'Owner' }] }] });
    expect((await ask('POST', `/v1/imports/${second.id}/undo`, { changedSince: 'overwrite' })).status).toBe(200);
    while (await runNextJob(house.cx, house.workspaceId, importJobs));
    expect(await house.rows(sql`select title from identity.person where external_id = 'Q1'`)).toEqual([{ title: 'Buyer' }]);
  });
});
