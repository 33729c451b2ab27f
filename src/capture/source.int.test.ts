import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse } from '../../tests/support/house.ts';
import type { TestHouse } from '../../tests/support/house.ts';
import { sql } from '../platform/db/index.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const source = async (name: string, channel?: string) =>
  (await house.request('marketing', 'POST', '/v1/sources', { name, ...(channel ? { channel } : {}) })).json as { id: string; name: string };
const post = (key: string, body: unknown) => house.request(null, 'POST', '/v1/inquiries', body, { 'x-baton-key': key });
const inquiry = async (id: string) =>
  (
    await house.rows<{ sourceId: string | null; programId: string | null; externalId: string | null; status: string; fields: object }>(
      sql`select source_id, program_id, external_id, status, fields from capture.inquiry where id = ${id}`,
    )
  )[0]!;

describe('the public key of a source', () => {
  it('lets inquiries of that source in, and nothing else', async () => {
    const dealer = await source('Dealer site');
    const { json } = await house.request('marketing', 'POST', `/v1/sources/${dealer.id}/key`);
    expect(json.writeKey).toMatch(/^s_[\w-]{34}$/);
    // Whoever reads the page reads the key: it says for itself who it is, not where it came from or who it is elsewhere.
    const { status, json: taken } = await post(json.writeKey, {
      email: 'ann@x.example',
      source: 'Somewhere else',
      program: 'Spring',
      externalId: 'CRM-1',
    });
    expect(status).toBe(202);
    expect(await inquiry(taken.id)).toMatchObject({
      sourceId: dealer.id,
      programId: null,
      externalId: null,
      fields: { email: 'ann@x.example', custom: { externalId: 'CRM-1' } },
    });
    for (const bearer of [`Bearer ${json.writeKey}`])
      expect((await house.request(null, 'POST', '/v1/inquiries', { email: 'b@x.example' }, { authorization: bearer })).status).toBe(202);
    // The key opens no other door.
    expect((await house.request(null, 'GET', '/v1/sources', undefined, { authorization: `Bearer ${json.writeKey}` })).status).toBe(401);
    expect((await house.request(null, 'GET', `/f/${json.writeKey}`)).status).toBe(404);
  });

  it('keeps its source also for what waits in quarantine and is read again', async () => {
    const { id } = await source('Partner portal');
    const { writeKey } = (await house.request('marketing', 'POST', `/v1/sources/${id}/key`)).json;
    const held = (await post(writeKey, '{"email": ')).json;
    expect(await inquiry(held.id)).toMatchObject({ sourceId: id, status: 'quarantined' });
    await house.write((tx) =>
      tx.run(
        sql`update capture.inquiry set raw = ${Buffer.from('{"email":"c@x.example","externalId":"CRM-2"}')}, raw_type = 'application/json' where id = ${held.id}`,
      ),
    );
    await house.request('marketing', 'POST', '/v1/quarantine/replay', { ids: [held.id] });
    expect(await inquiry(held.id)).toMatchObject({ sourceId: id, status: 'parsed', externalId: null });
  });

  it('ends at once when another is made or it is taken away', async () => {
    const { id } = await source('Old site');
    const first = (await house.request('marketing', 'POST', `/v1/sources/${id}/key`)).json.writeKey;
    expect((await post(first, {})).status).toBe(202);
    const second = (await house.request('marketing', 'POST', `/v1/sources/${id}/key`)).json.writeKey;
    expect((await post(first, {})).status).toBe(401);
    expect((await post(second, {})).status).toBe(202);
    expect((await house.request('marketing', 'DELETE', `/v1/sources/${id}/key`)).json.writeKey).toBeNull();
    expect((await post(second, {})).status).toBe(401);
    expect((await house.request('marketing', 'DELETE', `/v1/sources/${id}/key`)).status).toBe(409);
    const told = await house.rows<{ what: string }>(sql`select what from platform.audit where subject_id = ${id} order by id`);
    expect(told.map(({ what }) => what)).toEqual(['source.keyMade', 'source.keyMade', 'source.keyEnded']);
  });

  it('is made by marketing only, and opens only its own workspace', async () => {
    const { id } = await source('Guarded');
    for (const role of ['rep', 'sales_manager', 'management', 'finance', 'partner'] as const)
      expect((await house.request(role, 'POST', `/v1/sources/${id}/key`)).status, role).toBe(403);
    const { writeKey } = (await house.request('marketing', 'POST', `/v1/sources/${id}/key`)).json as { writeKey: string };
    const other = await house.newWorkspace('Another company');
    const bytes = Buffer.from(writeKey.slice(2), 'base64url');
    Buffer.from(other.replaceAll('-', ''), 'hex').copy(bytes);
    expect((await post(`s_${bytes.toString('base64url')}`, {})).status).toBe(401);
  });
});

describe('a changed source', () => {
  it('says so in the journal, and its channel reaches the reports', async () => {
    const { id } = await source('Hall 4 badge scan', 'Web');
    await house.request('marketing', 'POST', '/v1/inquiries', { email: 'fair@x.example', message: 'A quote', source: 'Hall 4 badge scan' });
    await house.drain();
    const channels = async () =>
      (await house.request('management', 'GET', '/v1/reports/source?groupBy=channel')).json.rows.map((row: { label: string }) => row.label);
    expect(await channels()).toContain('Web');
    await house.request('marketing', 'PATCH', `/v1/sources/${id}`, { channel: 'Trade show', name: 'Hall 4' });
    await house.request('marketing', 'PATCH', `/v1/sources/${id}`, { channel: 'Trade show' });
    await house.drain();
    const facts = await house.rows<{ data: object }>(
      sql`select data from journal.fact where type = 'source.changed' and chain_id = ${id} order by seq`,
    );
    expect(facts.map(({ data }) => data)).toEqual([
      { sourceId: id, fields: ['channel'] },
      { sourceId: id, fields: ['name', 'channel'] },
    ]);
    expect(await channels()).toContain('Trade show');
    expect(await channels()).not.toContain('Web');
    // Its old name is free again: it makes a new source.
    const again = (await house.request('marketing', 'POST', '/v1/inquiries', { source: 'Hall 4 badge scan' })).json;
    expect((await inquiry(again.id)).sourceId).not.toBe(id);
  });
});
