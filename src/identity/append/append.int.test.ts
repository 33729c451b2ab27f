import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../../../tests/support/house.ts';
import { bringInFile, type AppendSettings } from '../../capture/index.ts';
import { sql } from '../../platform/db/index.ts';
import { organizationsAppend, peopleAppend } from './import-appended.ts';
import { takeOutExpired } from './take-out-expired.ts';

let house: TestHouse;
const ask = (method: string, url: string, body?: unknown, role: 'marketing' | 'rep' = 'marketing') => house.request(role, method, url, body);
/** As a person: what they say stands over every machine. */
const byHand = (name: string, body: object) => ask('PATCH', `/v1/organizations/${ids.get(name)}`, body, 'rep');
const ids = new Map<string, string>();
const page = async (name: string) => (await ask('GET', `/v1/organizations/${ids.get(name)}`)).json as Record<string, unknown>;
const bring = (lines: string[], append: AppendSettings = {}, kind = 'append-organizations') =>
  bringInFile(house.cx, house.scope, { name: 'register.csv', bytes: Buffer.from(`${lines.join('\n')}\n`), kind, settings: { append } });
const rows = () => house.rows<{ row: Record<string, unknown> }>(sql`select to_jsonb(o) as row from identity.organization o order by name, id`).then((list) => list.map(({ row }) => row));
const counted = () => house.rows(sql`select (select count(*)::int from identity.organization) as organizations, (select count(*)::int from identity.person) as people, (select count(*)::int from identity.sighting) as sightings`);
interface Shown {
  field: string;
  value: string | null;
  replaced: string | null;
  state: string;
  why: string | null;
  priceMinor: number;
  expiresOn: string | null;
}
const receiptsOf = async (name: string): Promise<Shown[]> => (await ask('GET', `/v1/organizations/${ids.get(name)}/appended`)).json.items;

beforeAll(async () => {
  house = await openTestHouse();
  for (const [name, domain, city] of [
    ['Acme Pumpen AG', 'acme.example', 'Bern'],
    ['Brunner Ventile GmbH', 'brunner.example', 'Basel'],
    ['Caspar Rohre AG', 'caspar.example', 'Genf'],
    ['Dorner Filter AG', 'dorner.example', 'Chur'],
  ])
    await ask('POST', '/v1/inquiries', { email: `kim@${domain}`, givenName: 'Kim', familyName: name!.split(' ')[0], organization: name, city, country: 'CH' });
  await house.drain();
  for (const row of await rows()) ids.set((row['name'] as string).split(' ')[0]!, row['id'] as string);
  await byHand('Acme', { employees: 50 });
  await byHand('Brunner', { industry: 'Valves' });
  await house.drain();
});
afterAll(() => house.close());

const header = 'Company,Domain,City,Country,Employees,NAICS,Industry,Parent Company,Confidence,As of';

describe('a file that says more of whom we know', () => {
  it('fills what is empty, leaves what a person said, makes nobody, and is taken back exactly', async () => {
    const before = { rows: await rows(), counted: await counted() };
    const { importId, counts } = await bring(
      [
        header,
        'Acme Pumpen AG,acme.example,Bern,CH,900,333914,Pumps,Holding Nord,0.9,2026-01-01',
        'Brunner Ventile,brunner.example,Basel,CH,120,332911,Fittings,,0.9,2026-01-01',
        'Caspar Rohre AG,,Genf,CH,40 people,tubes,,,0.9,2026-01-01',
        'Nobody Known AG,nobody.example,Zug,CH,7,,,,,',
      ],
      { provider: 'Register', priceThousandMinor: 250_000, pricePer: 'hit', licenceUntil: '2026-12-31' },
    );
    expect(counts).toMatchObject({ rows: 4, new: 0, updated: 3, skipped: 1, problem: 0 });
    expect(await counted()).toEqual(before.counted);
    expect(await page('Acme')).toMatchObject({ employees: 50, naics: '333914', industry: 'Pumps', parent: 'Holding Nord' });
    expect(await page('Brunner')).toMatchObject({ employees: 120, naics: '332911', industry: 'Valves' });
    expect(await page('Caspar')).toMatchObject({ employees: 40, naics: null });

    const told = await receiptsOf('Acme');
    expect(told.find(({ field }) => field === 'employees')).toMatchObject({ value: '900', state: 'unused', why: 'verified' });
    expect(told.find(({ field }) => field === 'naics')).toMatchObject({ value: '333914', replaced: null, state: 'stands', expiresOn: '2026-12-31' });
    expect(told.find(({ field }) => field === 'address')).toMatchObject({ why: 'same' });
    // What a row cost is shared by all it said, to the cent.
    expect(told.reduce((sum, { priceMinor }) => sum + priceMinor, 0)).toBe(250);
    expect((await receiptsOf('Caspar')).find(({ field }) => field === 'naics')).toMatchObject({ value: null, why: 'unreadable' });

    await house.drain();
    const run = (await ask('GET', `/v1/append/runs/${importId}`)).json;
    expect(run).toMatchObject({ way: 'file', provider: 'Register', given: 4, sure: 3, unknown: 1, costMinor: 750, fileName: 'register.csv' });
    const segment = await ask('POST', '/v1/segments/preview', { subject: 'organization', criteria: { field: 'naics', op: 'startsWith', value: '33' } });
    expect(segment.json.count).toBe(2);

    const problems = (await ask('GET', `/v1/imports/${importId}/problems`)).json.items as { sentence: string }[];
    expect(problems.map(({ sentence }) => sentence)).toEqual(['Cannot be read: NAICS code.']);

    // Somebody corrects one of them: that word stands, and taking the run back says so.
    await byHand('Brunner', { employees: 118 });
    expect((await receiptsOf('Brunner')).find(({ field }) => field === 'employees')!.state).toBe('corrected');
    const changed = (await ask('GET', `/v1/imports/${importId}/changed-since`)).json;
    expect(changed).toMatchObject({ count: 1, items: [{ label: 'Brunner Ventile GmbH', fields: [{ field: 'employees', before: null, imported: '120', since: '118' }] }] });
    const provider = (await ask('GET', '/v1/append/providers')).json.items[0];
    expect(provider).toMatchObject({ name: 'Register', runs: 1, costMinor: 750, corrected: 1 });
    expect(provider.costPerUsableMinor).toBeCloseTo(750 / provider.usable);

    await house.write((tx) => organizationsAppend.undo(tx, house.cx, importId));
    expect(await rows()).toEqual(before.rows.map((row) => (row['id'] === ids.get('Brunner') ? { ...row, employees: 118, verified: { ...(row['verified'] as object), employees: { at: expect.any(String) as string, by: expect.any(String) as string } } } : row)));
    expect((await receiptsOf('Acme')).find(({ field }) => field === 'naics')!.state).toBe('undone');
    expect((await ask('GET', `/v1/append/runs/${importId}`)).json.undoneAt).toEqual(expect.any(String));
  });

  it('asks where somebody may be meant, with the evidence, and appends what was decided', async () => {
    const { importId, counts } = await bring([header, 'Dorner Filtration Systems,,Chur,CH,33,,,,,', 'Dorner Filter AG,other.example,Chur,CH,34,,,,,'], { provider: 'Register' });
    expect(counts).toMatchObject({ skipped: 2 });
    const { items } = (await ask('GET', `/v1/append/doubts?runId=${importId}`)).json;
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({ label: 'Dorner Filtration Systems', says: expect.arrayContaining([{ field: 'employees', label: 'Employees', value: '33' }]) });
    const [candidate] = items[0].candidates;
    expect(candidate.id).toBe(ids.get('Dorner'));
    expect(candidate.evidence.reduce((sum: number, one: { weight: number }) => sum + one.weight, 0)).toBeCloseTo(candidate.weight);
    expect((await ask('POST', `/v1/append/doubts/${items[0].id}/decide`, { subjectId: ids.get('Acme') })).status).toBe(422);
    expect((await ask('POST', `/v1/append/doubts/${items[0].id}/decide`, { subjectId: candidate.id })).json).toMatchObject({ status: 'used', used: 1 });
    expect((await ask('POST', `/v1/append/doubts/${items[0].id}/decide`, { subjectId: candidate.id })).status).toBe(409);
    expect((await ask('POST', `/v1/append/doubts/${items[1].id}/decide`, { subjectId: null })).json).toMatchObject({ status: 'left' });
    expect(await page('Dorner')).toMatchObject({ employees: 33 });
    await house.write((tx) => organizationsAppend.undo(tx, house.cx, importId));
    expect(await page('Dorner')).toMatchObject({ employees: null });
  });

  it('replaces where told to, in any order with other files, and what may not be kept longer goes', async () => {
    const day = 86_400_000;
    const until = new Date(house.clock.now().getTime() + 2 * day).toISOString().slice(0, 10);
    const first = await bring([header, 'Caspar Rohre AG,caspar.example,Genf,CH,40,,Tubes,,,'], { provider: 'Register' });
    const second = await bring([header, 'Caspar Rohre AG,caspar.example,Genf,CH,44,331210,Pipes,,,'], { provider: 'Bureau', replace: true, licenceUntil: until });
    expect(await page('Caspar')).toMatchObject({ employees: 44, industry: 'Pipes', naics: '331210' });
    await house.write((tx) => organizationsAppend.undo(tx, house.cx, first.importId));
    expect(await page('Caspar')).toMatchObject({ employees: 44, industry: 'Pipes' });
    await byHand('Caspar', { industry: 'Tubes and pipes' });

    house.clock.advance(2 * day);
    expect(await takeOutExpired(house.cx, house.scope)).toBe(0);
    house.clock.advance(day);
    expect(await takeOutExpired(house.cx, house.scope)).toBe(3);
    // The file that had said something below it is gone, too; what a person said stands.
    expect(await page('Caspar')).toMatchObject({ employees: null, naics: null, industry: 'Tubes and pipes' });
    expect((await receiptsOf('Caspar')).filter(({ state }) => state === 'expired').map(({ value, replaced }) => [value, replaced])).toEqual([[null, null], [null, null], [null, null]]);
    expect(await takeOutExpired(house.cx, house.scope)).toBe(0);
    await house.write((tx) => organizationsAppend.undo(tx, house.cx, second.importId));
    expect((await rows()).find((row) => row['id'] === ids.get('Caspar'))).toMatchObject({ employees: null, industry: 'Tubes and pipes' });
  });

  it('leaves each row its own through a merge and back', async () => {
    const { importId } = await bring([header, 'Acme Pumpen AG,acme.example,Bern,CH,,333914,,,,', 'Brunner Ventile,brunner.example,Basel,CH,,332911,,,,'], { provider: 'Register' });
    const merged = await ask('POST', `/v1/organizations/${ids.get('Acme')}/merge`, { otherId: ids.get('Brunner') });
    expect((await receiptsOf('Acme')).filter(({ field, state }) => field === 'naics' && state === 'stands')).toHaveLength(2);
    const { importId: later } = await bring([header, 'Brunner Ventile,brunner.example,Basel,CH,,,,Group X,,'], { provider: 'Register' });
    expect(await page('Brunner')).toMatchObject({ id: ids.get('Acme'), parent: 'Group X' });
    await ask('POST', `/v1/merges/${merged.json.mergeId}/undo`);
    expect(await page('Acme')).toMatchObject({ naics: '333914', parent: 'Group X' });
    expect(await page('Brunner')).toMatchObject({ naics: '332911', parent: null });
    const again = await ask('POST', `/v1/organizations/${ids.get('Brunner')}/merge`, { otherId: ids.get('Acme') });
    for (const id of [importId, later]) await house.write((tx) => organizationsAppend.undo(tx, house.cx, id));
    expect(await page('Brunner')).toMatchObject({ naics: null, parent: null });
    await ask('POST', `/v1/merges/${again.json.mergeId}/undo`);
    expect(await page('Acme')).toMatchObject({ naics: null, parent: null });
  });

  it('is tried out first, and tells before and after', async () => {
    const file = [header, 'Acme Pumpen AG,acme.example,Bern,CH,900,333914,,,,', 'Caspar Rohre AG,caspar.example,Genf,CH,45,,Steel,,,', 'Dorner Filtration,,Chur,CH,3,,,,,'];
    const boundary = 'x'.repeat(20);
    const body = `--${boundary}\r\ncontent-disposition: form-data; name="kind"\r\n\r\nappend-organizations\r\n--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="more.csv"\r\ncontent-type: text/csv\r\n\r\n${file.join('\n')}\r\n--${boundary}--\r\n`;
    const made = await house.request('marketing', 'POST', '/v1/imports', body, { 'content-type': `multipart/form-data; boundary=${boundary}` });
    expect(made.json).toMatchObject({ kind: 'append-organizations', status: 'analysed' });
    const preview = (await ask('POST', `/v1/imports/${made.json.id}/preview`)).json;
    const told = Object.fromEntries((preview.consequences as { what: string; count: number; samples: string[] }[]).map(({ what, samples }) => [what, samples]));
    expect(told['NAICS code: appended']).toEqual(['Acme Pumpen AG: – → 333914']);
    expect(told['Employees: left, since a person said what stands']).toEqual(['Acme Pumpen AG: 50, not 900']);
    expect(told['Employees: appended']).toEqual(['Caspar Rohre AG: – → 45']);
    expect(told['Business: left, since a person said what stands']).toEqual(['Caspar Rohre AG: Tubes and pipes, not Steel']);
    expect(told['rows that may be about somebody known, for you to decide']).toEqual(['Dorner Filtration – Dorner Filter AG']);
    expect(await page('Acme')).toMatchObject({ naics: null });
  });
});

it('people are appended to likewise', async () => {
  const { importId, counts } = await bring(['Name,Email,Job title,Mobile', 'Kim Acme,kim@acme.example,Head of Purchasing,+41 79 555 01 02', 'Nobody,nobody@nowhere.example,Chief,'], { provider: 'People bureau' }, 'append-people');
  expect(counts).toMatchObject({ updated: 1, skipped: 1, new: 0 });
  const [person] = await house.rows<{ id: string; title: string; mobileE164: string }>(sql`select id, title, mobile_e164 from identity.person where email = 'kim@acme.example'`);
  expect(person).toMatchObject({ title: 'Head of Purchasing', mobileE164: '+41795550102' });
  const receipts = (await ask('GET', `/v1/people/${person!.id}/appended`, undefined, 'rep')).json.items as Shown[];
  expect(receipts.filter(({ state }) => state === 'stands').map(({ field }) => field).toSorted()).toEqual(['mobile', 'title']);
  await house.write((tx) => peopleAppend.undo(tx, house.cx, importId));
  expect(await house.rows(sql`select title, mobile_e164 from identity.person where email = 'kim@acme.example'`)).toEqual([{ title: null, mobileE164: null }]);
});

describe('a bureau that is asked', () => {
  const wish = { kind: 'organization', fields: ['employees', 'sic'] };
  let provider: string;
  let request: { id: string; asked: number };
  let lines: string[][];
  const extract = async () => (await ask('GET', `/v1/append/requests/${request.id}/extract.csv`)).text.replace('\uFEFF', '').trim().split('\r\n').map((line) => line.split(','));
  const answered = async (): Promise<number> => (await ask('GET', '/v1/append/requests')).json.items[0].answered;
  const keyOf = (name: string): string => lines.find((cells) => cells[1]!.startsWith(name))![0]!;
  const undo = (importId: string) => house.write((tx) => organizationsAppend.undo(tx, house.cx, importId));

  it('is told those of whom something is missing, under keys of this request alone', async () => {
    provider = (await ask('POST', '/v1/append/providers', { name: 'Service bureau', priceThousandMinor: 300_000, pricePer: 'row', licenceDays: 365 })).json.id;
    await byHand('Acme', { sic: '3561' });
    const { asked } = (await ask('POST', '/v1/append/requests/count', wish)).json;
    expect(asked).toBe(3);
    expect((await ask('POST', '/v1/append/requests/count', { ...wish, fields: ['sic'] })).json.asked).toBe(3);
    expect((await ask('POST', '/v1/append/requests/count', { ...wish, where: JSON.stringify({ field: 'city', op: 'equals', value: 'Chur' }) })).json.asked).toBe(1);
    expect((await ask('POST', '/v1/append/requests/count', { ...wish, fields: ['title'] })).status).toBe(422);
    expect((await ask('POST', '/v1/append/requests', { ...wish, fields: ['vertical', 'employees'], providerId: provider, where: JSON.stringify({ field: 'city', op: 'equals', value: 'Nowhere' }) })).status).toBe(422);
    request = (await ask('POST', '/v1/append/requests', { ...wish, fields: ['sic', 'vertical'], providerId: provider })).json;
    expect(request).toMatchObject({ asked: 4, answered: 0, whom: 'everybody', labels: ['SIC code', 'Vertical'] });
    lines = await extract();
    expect(lines[0]).toEqual(['Baton key', 'Company', 'Domain', 'Street', 'Postal code', 'City', 'State', 'Country', 'SIC code', 'Vertical']);
    expect(lines.slice(1)).toHaveLength(4);
    expect(new Set(lines.slice(1).map(([key]) => key)).size).toBe(4);
    expect(lines[1]![0]).toMatch(/^[0-9A-F]{16}$/);
    const again = (await ask('POST', '/v1/append/requests', { ...wish, providerId: provider })).json;
    expect(JSON.stringify((await ask('GET', `/v1/append/requests/${again.id}/extract.csv`)).text)).not.toContain(lines[1]![0]!);
    await house.write((tx) => tx.run(sql`delete from identity.append_request where id = ${again.id}`));
  });

  it('answers in any order and with any columns, in part and late', async () => {
    // Rows the other way round, columns of its own, a renamed company known by its key and site, one row without a key.
    const { importId, counts } = await bring([
      'Vertical,SIC,Web site,Company name,Employees,Baton key',
      `Chemistry,3494,dorner.example,Dorner Filtertechnik,77,${keyOf('Dorner')}`,
      `Water,3491,,Brunner Ventile GmbH,88,${keyOf('Brunner').toLowerCase()}`,
      'Food,3498,caspar.example,Caspar Rohre AG,,',
      'Food,3498,,Unknown Ltd,,AAAAAAAAAAAAAAAA',
      ',,,,,BBBBBBBBBBBBBBBB',
    ]);
    expect(counts).toMatchObject({ rows: 5, updated: 3, skipped: 1, problem: 1 });
    expect(await page('Dorner')).toMatchObject({ sic: '3494', vertical: 'Chemistry', employees: null });
    expect(await page('Brunner')).toMatchObject({ sic: '3491' });
    expect(await answered()).toBe(2);
    const run = (await ask('GET', `/v1/append/runs/${importId}`)).json;
    // By the row they gave back; of the one nobody could read nothing was bought.
    expect(run).toMatchObject({ way: 'answer', provider: 'Service bureau', given: 4, costMinor: 1200, licenceUntil: expect.stringMatching(/^2027/) });
    const late = await bring([`Baton key,SIC`, `${keyOf('Acme')},9999`]);
    expect(await answered()).toBe(3);
    expect(await page('Acme')).toMatchObject({ sic: '3561' });
    await undo(importId);
    expect(await answered()).toBe(1);
    await undo(late.importId);
  });

  it('is not believed where the file has slipped, nor a single row whose key is somebody else’s', async () => {
    const names = lines.slice(1).map((cells) => cells[1]!);
    const keys = lines.slice(1).map((cells) => cells[0]!);
    const one = await bring(['Baton key,Company,Vertical', `${keyOf('Acme')},Acme Pumpen AG,Water`, `${keyOf('Caspar')},Somebody Else Ltd,Food`]);
    expect(one.counts).toMatchObject({ updated: 1, problem: 1 });
    expect(((await ask('GET', `/v1/imports/${one.importId}/problems`)).json.items as { sentence: string }[])[0]!.sentence).toBe('The key is that of Caspar Rohre AG, but the row is about Somebody Else Ltd.');
    await undo(one.importId);
    const before = await rows();
    const slipped = bring(['Baton key,Company,Vertical', ...keys.map((key, at) => `${key},${names[(at + 1) % names.length]},Food`), ...keys.map((key, at) => `${key},${names[(at + 2) % names.length]},Food`)]);
    await expect(slipped).rejects.toThrow(/slipped/);
    const failed = (await ask('GET', '/v1/imports?limit=1')).json.items[0];
    expect(failed).toMatchObject({ status: 'failed', problem: expect.stringContaining('Of 8 rows with a key 8 are about somebody else') });
    expect(await rows()).toEqual(before);
  });
});
