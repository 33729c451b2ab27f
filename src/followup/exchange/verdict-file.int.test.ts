import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse } from '../../../tests/support/house.ts';
import type { Answer, TestHouse } from '../../../tests/support/house.ts';
import { custodyBreaks, holders, plantLeads } from '../../../tests/support/leads.ts';
import { receiptOf } from '../../capture/index.ts';
import { addHolder, changeTerritory } from '../../distribute/index.ts';
import { sql } from '../../platform/db/index.ts';

let house: TestHouse;
let north: string;
let south: string;

beforeAll(async () => {
  house = await openTestHouse();
  const partner = (name: string) => house.write((tx) => addHolder(tx, house.cx, { name, kind: 'partner', email: `${name.toLowerCase()}@partner.example` }));
  [north, south] = [await partner('Northline'), await partner('Southline')];
  for (const [name, holderId, country] of [['North', north, 'SE'], ['South', south, 'ES']] as const)
    await house.write((tx) => changeTerritory(tx, house.cx, null, { name, rules: { countries: [country] }, holders: [{ holderId, weight: 1 }] }));
});
afterAll(() => house.close());

const asNorth = () => ({ role: 'partner', holderId: north }) as const;
const upload = (as: Parameters<TestHouse['request']>[0], url: string, name: string, text: string, kind?: string): Promise<Answer> => {
  const boundary = 'a-boundary';
  const part = (field: string, rest: string, body: string): string => `--${boundary}\r\ncontent-disposition: form-data; name="${field}"${rest}\r\n\r\n${body}\r\n`;
  const form = `${kind ? part('kind', '', kind) : ''}${part('file', `; filename="${name}"\r\ncontent-type: text/csv`, text)}--${boundary}--\r\n`;
  return house.request(as, 'POST', url, Buffer.from(form), { 'content-type': `multipart/form-data; boundary=${boundary}` });
};
const plant = async (...names: string[]) => {
  const leads = await plantLeads(house, names.map((name) => ({ country: 'SE', name })));
  await house.drain();
  house.clock.advance(3_600_000);
  return leads;
};
const judged = async (leadIds: string[]) => {
  const rows = await house.rows<{ leadId: string; verdict: string; valueMinor: number | null; currency: string | null; reason: string | null; via: string; byHolderId: string | null }>(
    sql`select lead_id, verdict, value_minor, currency, reason, via, by_holder_id from followup.disposition where lead_id = any(${leadIds}::uuid[]) and current`,
  );
  return leadIds.map((id) => rows.find(({ leadId }) => leadId === id));
};

describe('a partner’s own file', () => {
  test('is its list, filled in: shown first, then done, and taken back exactly', async () => {
    const [sold, bad, warm, open] = await plant('Astrid Lund', 'Nils Berg', 'Ulla Dahl', 'Per Holm');
    const list = await house.request(asNorth(), 'GET', '/v1/exchange/leads.csv');
    const [head, ...lines] = list.text.replace('\uFEFF', '').trim().split('\r\n');
    expect(head).toBe('Lead id,Receipt,Given on,Person,Company,Phone,Mail,City,Country,Product,Message,Verdict,Sale value,Currency,On,"Why, or a note",Back on,Next step');
    expect(lines).toHaveLength(4);
    expect(lines.join('\n')).toContain('Astrid Lund');
    const said: Record<string, string> = {
      [sold!.leadId]: 'Verkauft,"12.500,50",SEK,2026-03-02,,,',
      [bad!.leadId]: 'schlecht,,,,kein Bedarf,,',
      [warm!.leadId]: 'später,,,,,2026-06-01,Anrufen',
    };
    const filled = [head, ...lines.map((line) => `${line.split(',').slice(0, 11).join(',')},${said[line.slice(0, 36)] ?? ',,,,,,'}`)].join('\r\n');
    const before = await holders(house);
    const brought = await upload(asNorth(), '/v1/exchange/files', 'leads.csv', filled);
    expect(brought.status, brought.text).toBe(200);
    expect(brought.json).toMatchObject({ rows: 4, outcomes: { new: 3, updated: 0, matched: 0, skipped: 1, problem: 0 }, file: { status: 'analysed' } });
    const would = brought.json.would as { what: string; count: number; samples: string[] }[];
    expect(would).toEqual(expect.arrayContaining([
      { what: 'leads closed as bad', count: 1, samples: ['Nils Berg'] },
      { what: 'leads closed as sold, 12,500.50 SEK in all', count: 1, samples: ['Astrid Lund'] },
      { what: 'leads kept warm', count: 1, samples: ['Ulla Dahl'] },
    ]));
    // Looking changed nothing.
    expect(await judged([sold!.leadId, bad!.leadId])).toEqual([undefined, undefined]);

    const { id } = brought.json.file;
    expect((await house.request(asNorth(), 'POST', `/v1/exchange/files/${id}/start`, {})).status).toBe(200);
    await house.runJobs();
    expect(await judged([sold!.leadId, bad!.leadId, warm!.leadId, open!.leadId])).toMatchObject([
      { verdict: 'sale', valueMinor: 1_250_050, currency: 'SEK', via: 'import', byHolderId: north },
      { verdict: 'bad', reason: 'kein Bedarf' },
      { verdict: 'warm' },
      undefined,
    ]);
    expect(await house.rows(sql`select what from followup.next_action where lead_id = ${warm!.leadId}`)).toEqual([{ what: 'Anrufen' }]);
    expect((await house.request(asNorth(), 'GET', '/v1/exchange/files')).json.items).toMatchObject([{ id, status: 'finished', counts: { new: 3, skipped: 1 } }]);

    // The same file again says nothing new.
    const again = await upload(asNorth(), '/v1/exchange/files', 'leads.csv', filled);
    expect(again.json).toMatchObject({ outcomes: { new: 0, updated: 0, matched: 3, skipped: 1 } });

    expect((await house.request(asNorth(), 'POST', `/v1/exchange/files/${id}/undo`, {})).status).toBe(200);
    await house.runJobs();
    expect(await judged([sold!.leadId, bad!.leadId, warm!.leadId])).toEqual([undefined, undefined, undefined]);
    expect(await house.rows(sql`select what from followup.next_action where lead_id = ${warm!.leadId}`)).toEqual([]);
    const after = await holders(house);
    for (const { leadId } of [sold!, bad!, warm!]) expect(after.get(leadId)).toMatchObject({ holderId: before.get(leadId)!.holderId, acceptedAt: null });
    expect(await custodyBreaks(house)).toEqual([]);
    expect((await house.request(asNorth(), 'GET', `/v1/exchange/files/${id}`)).json.file.status).toBe('undone');
  });

  test('an amount is read in the currency beside it, also one without cents', async () => {
    const [yen, dinar, euro, strange] = await plant('Aiko Mori', 'Omar Said', 'Eva Holm', 'Jan Dahl');
    const brought = await upload(asNorth(), '/v1/exchange/files', 'sold.csv', `Lead id,Verdict,Sale value,Currency\n${yen!.leadId},sale,90000,JPY\n${dinar!.leadId},sale,1250.5,kwd\n${euro!.leadId},sale,90000,\n${strange!.leadId},sale,90000,crowns\n`);
    expect(brought.json, brought.text).toMatchObject({ outcomes: { new: 3, problem: 1 } });
    expect(brought.text).toContain('90,000 JPY');
    await house.request(asNorth(), 'POST', `/v1/exchange/files/${brought.json.file.id}/start`, {});
    await house.runJobs();
    expect(await judged([yen!.leadId, dinar!.leadId, euro!.leadId, strange!.leadId])).toMatchObject([
      { valueMinor: 90_000, currency: 'JPY' },
      { valueMinor: 1_250_500, currency: 'KWD' },
      { valueMinor: 9_000_000, currency: 'EUR' },
      undefined,
    ]);
    expect((await house.request(asNorth(), 'GET', `/v1/exchange/files/${brought.json.file.id}`)).text).toContain('“crowns” is no currency');
  });

  test('touches no lead of others, whatever stands in it, and says why', async () => {
    const [mine] = await plant('Kari Moen');
    const [theirs] = await plantLeads(house, [{ country: 'ES', name: 'Ines Prado' }]);
    await house.drain();
    const brought = await upload(asNorth(), '/v1/exchange/files', 'mixed.csv', `Lead id,Verdict,Why,On\n${theirs!.leadId},bad,No need,\n${mine!.leadId},maybe,,\n${mine!.leadId},bad,,\n${mine!.leadId},sale,,2031-01-01\n${mine!.leadId},sale,,2020-01-01\nXYZ,sold,,\n`);
    expect(brought.json).toMatchObject({ outcomes: { new: 0, problem: 6 }, would: [] });
    expect(brought.text).not.toContain('Ines');
    const { id } = brought.json.file;
    await house.request(asNorth(), 'POST', `/v1/exchange/files/${id}/start`, {});
    await house.runJobs();
    const { problems } = (await house.request(asNorth(), 'GET', `/v1/exchange/files/${id}`)).json as { problems: { row: number; sentence: string }[] };
    expect(problems.map(({ sentence }) => sentence.slice(0, 30))).toEqual([
      'No lead of yours has this id o', '“maybe” is no verdict: write h', 'Say why the lead is bad: it is', 'This day is still to come.', 'This is dated before the lead ', 'No lead of yours has this id o',
    ]);
    expect(await judged([theirs!.leadId, mine!.leadId])).toEqual([undefined, undefined]);
  });

  test('is nobody else’s to see, start or take back; what is no table leaves nothing behind', async () => {
    const [lead] = await plant('Sven Ek');
    const { id } = (await upload(asNorth(), '/v1/exchange/files', 'mine.csv', `Lead id,Verdict\n${lead!.leadId},hot\n`)).json.file;
    const other = { role: 'partner', holderId: south } as const;
    expect((await house.request(other, 'GET', '/v1/exchange/files')).json.items).toEqual([]);
    for (const [method, path] of [['GET', ''], ['POST', '/start'], ['POST', '/undo']] as const)
      expect((await house.request(other, method, `/v1/exchange/files/${id}${path}`, method === 'GET' ? undefined : {})).status, path).toBe(404);
    expect((await house.request(other, 'GET', '/v1/exchange/leads.csv')).text).not.toContain('Sven');
    // An import of the company's is no file of a partner's, either; and the company sees the partner's among its imports.
    const company = (await upload('marketing', '/v1/imports', 'all.csv', `Lead id,Verdict\n${lead!.leadId},hot\n`, 'verdicts')).json.id as string;
    expect((await house.request(asNorth(), 'POST', `/v1/exchange/files/${company}/start`, {})).status).toBe(404);
    expect((await house.request('marketing', 'GET', '/v1/imports')).json.items.map((one: { id: string }) => one.id)).toEqual(expect.arrayContaining([id, company]));
    const count = async () => (await house.rows<{ n: number }>(sql`select (select count(*) from capture.import) + (select count(*) from followup.partner_file) as n`))[0]!.n;
    const before = await count();
    expect((await upload(asNorth(), '/v1/exchange/files', 'photo.csv', 'Nothing,of,the,kind\n1,2,3,4\n')).status).toBe(422);
    expect(await count()).toBe(before);
  });
});

describe('a file of the company’s', () => {
  test('judges any lead by id or receipt, is never guessed, and asks before it takes back what was judged since', async () => {
    const [first, second] = await plant('Olle Nord', 'Bo Lind');
    const receipt = receiptOf(second!.inquiryId);
    await house.write((tx) => tx.run(sql`update capture.inquiry set receipt = ${receipt} where id = ${second!.inquiryId}`));
    const made = await upload('marketing', '/v1/imports', 'verdicts.csv', `Receipt,Verdict,Amount,Sold on\n${first!.leadId},won,9900,2026-03-02\n${receipt},hot,,\n`, 'verdicts');
    expect(made.json.kind).toBe('verdicts');
    expect((await upload('marketing', '/v1/imports', 'verdicts.csv', `Receipt,Verdict,Name,Mail\n${receipt},hot,Ann,ann@firm.example\n`)).json.kind).not.toBe('verdicts');
    const { id } = made.json;
    await house.request('marketing', 'POST', `/v1/imports/${id}/start`, {});
    await house.runJobs();
    expect(await judged([first!.leadId, second!.leadId])).toMatchObject([{ verdict: 'sale', valueMinor: 990_000, currency: 'EUR', byHolderId: north }, { verdict: 'hot' }]);
    await house.request('sales_manager', 'POST', `/v1/leads/${second!.leadId}/verdict`, { verdict: 'bad', reason: 'No need' });
    await house.drain();
    expect((await house.request('marketing', 'GET', `/v1/imports/${id}/changed-since`)).json).toMatchObject({ count: 1, items: [{ label: 'Bo Lind', fields: [{ imported: 'hot', since: 'bad' }] }] });
    expect((await house.request('marketing', 'POST', `/v1/imports/${id}/undo`, {})).status).toBe(409);
    await house.request('marketing', 'POST', `/v1/imports/${id}/undo`, { changedSince: 'keep' });
    await house.runJobs();
    expect(await judged([first!.leadId, second!.leadId])).toMatchObject([undefined, { verdict: 'bad' }]);
    expect(await custodyBreaks(house)).toEqual([]);
  });
});

test('its days are the partner’s own, wherever the company is', async () => {
  const tokyo = await house.write((tx) => addHolder(tx, house.cx, { name: 'Tōkyō Pumps', kind: 'partner', email: 'leads@tokyo.example', timeZone: 'Asia/Tokyo' }));
  await house.write((tx) => changeTerritory(tx, house.cx, null, { name: 'Japan', rules: { countries: ['JP'] }, holders: [{ holderId: tokyo, weight: 1 }] }));
  const now = house.clock.now();
  // 17:00 in Zurich is one o’clock on the next day in Tōkyō.
  house.clock.set(`${now.toISOString().slice(0, 10)}T16:00:00Z`);
  const [lead] = await plantLeads(house, [{ country: 'JP', name: 'Yui Mori' }]);
  await house.drain();
  const asTokyo = { role: 'partner' as const, holderId: tokyo };
  const today = new Date(house.clock.now().getTime() + 9 * 3_600_000).toISOString().slice(0, 10);
  expect((await house.request(asTokyo, 'GET', '/v1/exchange/leads.csv')).text).toContain(`,${today},Yui Mori`);
  house.clock.advance(60_000);
  const brought = await upload(asTokyo, '/v1/exchange/files', 'x.csv', `Lead id,Verdict,On\n${lead!.leadId},hot,${today}\n`);
  expect(brought.json).toMatchObject({ outcomes: { new: 1, problem: 0 } });
});

test('a preview adds up what was sold by currency', async () => {
  const leads = await plant('Eva Ek', 'Ivar Dal', 'Siri Moe', 'Tor Vik');
  const sales = ['"12.500,50",SEK', '"1.000,00",SEK', '"2.000,00",EUR', ','];
  const brought = await upload(asNorth(), '/v1/exchange/files', 'sales.csv', `Lead id,Verdict,Sale value,Currency\n${leads.map(({ leadId }, i) => `${leadId},sold,${sales[i]}`).join('\n')}\n`);
  expect(brought.json.would).toMatchObject([{ what: 'leads closed as sold, 2,000.00 EUR and 13,500.50 SEK in all', count: 4 }]);
});
