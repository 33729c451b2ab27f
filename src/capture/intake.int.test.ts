import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse } from '../../tests/support/house.ts';
import type { TestHouse } from '../../tests/support/house.ts';
import { sql } from '../platform/db/index.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const post = (body: unknown, headers: Record<string, string> = {}) => house.request('marketing', 'POST', '/v1/inquiries', body, headers);

describe('POST /v1/inquiries', () => {
  it('answers 202 with a receipt, keeps the body, and the receipt finds it', async () => {
    const body = { firstName: 'Ada', email: 'ada@example.com', source: 'Trade Show', landingUrl: 'https://x.io/?utm_source=Fair&gclid=G1' };
    const { status, json } = await post(body);
    expect(status).toBe(202);
    expect(json.receipt).toMatch(/^\w{4}-\w{4}-\w{2}$/);
    const found = await house.request('marketing', 'GET', `/v1/inquiries/${json.receipt.toLowerCase()}`);
    expect(found.json).toMatchObject({ id: json.id, status: 'parsed', sourceName: 'Trade Show', fields: { givenName: 'Ada' }, lastTouch: { source: 'fair', clickId: 'G1' } });
    const raw = await house.request('marketing', 'GET', `/v1/inquiries/${json.id}/raw`);
    expect(JSON.parse(raw.json.text)).toEqual(body);
    const facts = await house.rows<{ type: string; data: { inquiryId: string } }>(sql`select type, data from journal.fact where chain_id = ${json.id}`);
    expect(facts).toMatchObject([{ type: 'inquiry.received', data: { inquiryId: json.id, status: 'parsed' } }]);
  });

  it('gives the same receipt for the same key, also when many arrive at once', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => post({ email: `k${i % 4}@example.com` }, { 'idempotency-key': `key-${i % 4}` })));
    expect(answers.every(({ status }) => status === 202)).toBe(true);
    expect(new Set(answers.map(({ json }) => json.receipt)).size).toBe(4);
    const again = await post({ email: 'other@example.com' }, { 'idempotency-key': 'key-0' });
    expect(again.json.receipt).toBe(answers[0]!.json.receipt);
    const rows = await house.rows(sql`select 1 from capture.inquiry where fields->>'email' like 'k_@example.com'`);
    expect(rows).toHaveLength(4);
  });

  it('never turns anything away: what cannot be read is quarantined with its reason and kept byte for byte', async () => {
    const cases: [string | Buffer, Record<string, string>, string][] = [
      ['{"email": ', { 'content-type': 'application/json' }, 'not valid JSON'],
      ['', { 'content-type': 'application/json' }, 'empty'],
      ['[{"email":"a@b.co"}]', { 'content-type': 'application/json' }, 'list'],
      [Buffer.from([0xff, 0xfe, 0x00]), { 'content-type': 'text/plain' }, 'not valid UTF-16LE'],
      [Buffer.from('{"name":"Müller"}', 'latin1'), { 'content-type': 'application/json' }, 'not valid UTF-8'],
      ['{}', { 'content-type': 'application/json' }, 'who asks'],
      ['{"name":"\\ud800\\u0000x","a":1e999}', { 'content-type': 'application/json' }, ''],
    ];
    for (const [body, headers, why] of cases) {
      const { status, json } = await post(body, headers);
      expect(status).toBe(202);
      const found = await house.request('marketing', 'GET', `/v1/inquiries/${json.id}`);
      expect(found.json.status).toBe(why ? 'quarantined' : 'parsed');
      if (why) expect(found.json.problem).toContain(why);
      const [row] = await house.rows<{ raw: Buffer }>(sql`select raw from capture.inquiry where id = ${json.id}`);
      expect(row!.raw.equals(Buffer.from(body))).toBe(true);
    }
    const list = await house.request('marketing', 'GET', '/v1/quarantine');
    expect(list.json.total).toBe(6);
  });

  it('refuses only what is too large, with a sentence', async () => {
    const { status, json } = await post(`{"name":"${'x'.repeat(1_100_000)}"}`, { 'content-type': 'application/json' });
    expect(status).toBe(413);
    expect(json.detail).toMatch(/larger/);
  });

  it('takes the public key of a form, and nobody without one', async () => {
    const program = await house.request('marketing', 'POST', '/v1/programs', { name: 'Spring fair' });
    const form = await house.request('marketing', 'GET', `/v1/programs/${program.json.id}/form`);
    const { json } = await house.request(null, 'POST', `/v1/inquiries?key=${form.json.key}`, { email: 'key@example.com' });
    const found = await house.request('marketing', 'GET', `/v1/inquiries/${json.id}`);
    expect(found.json.programName).toBe('Spring fair');
    expect((await house.request(null, 'POST', '/v1/inquiries', { email: 'x@example.com' })).status).toBe(401);
    expect((await house.request(null, 'POST', `/v1/inquiries?key=f_${'A'.repeat(34)}`, { email: 'x@example.com' })).status).toBe(401);
  });

  it('replays quarantine idempotently', async () => {
    const { json } = await post('{"email":"fixed@example.com",', { 'content-type': 'application/json' });
    expect((await house.request('marketing', 'POST', '/v1/quarantine/replay', { ids: [json.id] })).json).toEqual({ replayed: 0, released: 0, still: 1 });
    await house.write((tx) => tx.run(sql`update capture.inquiry set raw = ${Buffer.from('{"email":"fixed@example.com","source":"Fair"}')} where id = ${json.id}`));
    expect((await house.request('marketing', 'POST', '/v1/quarantine/replay', { ids: [json.id] })).json.replayed).toBe(1);
    expect((await house.request('marketing', 'POST', '/v1/quarantine/replay', { ids: [json.id] })).json).toEqual({ replayed: 0, released: 0, still: 0 });
    const found = await house.request('marketing', 'GET', `/v1/inquiries/${json.id}`);
    expect(found.json).toMatchObject({ status: 'parsed', sourceName: 'Fair', fields: { email: 'fixed@example.com' } });
    const facts = await house.rows<{ type: string }>(sql`select type from journal.fact where chain_id = ${json.id} order by seq`);
    expect(facts.map(({ type }) => type)).toEqual(['inquiry.received', 'inquiry.quarantined', 'inquiry.replayed']);
  });
});

describe('programs and sources', () => {
  it('keeps dated costs, refuses what cannot be, and pages', async () => {
    const created = await house.request('marketing', 'POST', '/v1/programs', { name: 'Expo', channel: 'Trade show', startsOn: '2026-03-01', endsOn: '2026-03-04', budgetMinor: 500_000, externalId: 'C-1' });
    expect(created.status).toBe(200);
    const { id } = created.json;
    await house.request('finance', 'POST', `/v1/programs/${id}/costs`, { onDate: '2026-02-01', amountMinor: 120_000, note: 'stand' });
    const second = await house.request('marketing', 'POST', `/v1/programs/${id}/costs`, { onDate: '2026-03-05', amountMinor: 30_050 });
    await house.request('marketing', 'DELETE', `/v1/programs/${id}/costs/${second.json.id}`);
    const one = await house.request('marketing', 'GET', `/v1/programs/${id}`);
    expect(one.json).toMatchObject({ program: { costMinor: 120_000, costEntries: 1, currency: 'EUR' }, costs: [{ onDate: '2026-02-01', amountMinor: 120_000 }] });
    expect((await house.request('marketing', 'PATCH', `/v1/programs/${id}`, { endsOn: '2026-01-01' })).json.code).toBe('capture/program-dates');
    expect((await house.request('marketing', 'POST', '/v1/programs', { name: 'Copy', externalId: 'C-1' })).status).toBe(409);
    expect((await house.request('rep', 'POST', '/v1/programs', { name: 'No' })).status).toBe(403);
    const page = await house.request('marketing', 'GET', '/v1/programs?limit=1');
    expect(page.json.items).toHaveLength(1);
    expect((await house.request('marketing', 'GET', `/v1/programs?limit=1&cursor=${page.json.nextCursor}`)).json.items[0].id).not.toBe(page.json.items[0].id);
  });
  it('knows sources by name whatever their case', async () => {
    const one = await house.request('marketing', 'POST', '/v1/sources', { name: 'Magazine', channel: 'print' });
    const two = await house.request('marketing', 'POST', '/v1/sources', { name: 'MAGAZINE' });
    expect(two.json.id).toBe(one.json.id);
    expect((await house.request('marketing', 'PATCH', `/v1/sources/${one.json.id}`, { name: 'Trade show' })).status).toBe(409);
  });
});
