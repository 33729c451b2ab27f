import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptInquiries } from '../capture/index.ts';
import { judgeLeads } from '../followup/index.ts';
import { sql } from '../platform/db/index.ts';
import { openTestHouse, type TestHouse } from '../../tests/support/house.ts';
import { verify } from './verify.ts';

let house: TestHouse;
let owner: pg.Client;
let leads: { id: string; inquiryId: string; receipt: string }[];

beforeAll(async () => {
  house = await openTestHouse();
  owner = new pg.Client(house.connection);
  await owner.connect();
  await house.write((tx) =>
    acceptInquiries(
      tx,
      house.cx,
      Array.from({ length: 60 }, (_, n) => ({
        channel: 'api',
        fields:
          n % 6 === 5
            ? { message: 'hello' }
            : { email: `someone${n % 40}@company${n % 17}.example`, familyName: `Name${n}`, organization: `Company ${n % 17}` },
        problem: n % 20 === 19 ? 'unreadable' : null,
      })),
    ),
  );
  await house.drain();
  leads = await house.rows(
    sql`select l.id, l.inquiry_id, i.receipt from qualify.lead l join capture.inquiry i on i.id = l.inquiry_id where l.closed_at is null order by l.id`,
  );
  const at = house.clock.now();
  await house.write((tx) =>
    judgeLeads(tx, house.cx, [
      { leadId: leads[0]!.id, verdict: 'sale', valueMinor: 500, at, via: 'app' },
      { leadId: leads[1]!.id, verdict: 'bad', reason: 'No need', at, via: 'app' },
      { leadId: leads[2]!.id, verdict: 'hot', at, via: 'app' },
    ]),
  );
  await house.drain();
});
afterAll(async () => {
  await owner.end();
  await house.close();
});

/** Plants a break, looks, takes it back. */
async function planted(plant: string, back: string): Promise<Awaited<ReturnType<typeof verify>>> {
  await owner.query(plant);
  try {
    return await verify(house.cx, house.workspaceId);
  } finally {
    await owner.query(back);
  }
}

describe('verify', () => {
  it('holds on what the house itself did', async () => {
    const found = await verify(house.cx, house.workspaceId);
    expect(found.breaks).toEqual([]);
    expect(found.holds).toBe(true);
    expect(found.conservation.received).toBe(60);
    expect(found.conservation.sum).toBe(60);
    expect(found.conservation.fates).toMatchObject({ quarantined: 3, sold: 1, bad: 1 });
    expect(found.chain.facts).toBeGreaterThan(120);
    expect((await house.request('management', 'GET', '/v1/verify')).json.holds).toBe(true);
    expect((await house.request('rep', 'GET', '/v1/verify')).status).toBe(403);
  });

  it('finds a changed fact, a missing one and a cut end', async () => {
    const { inquiryId, receipt } = leads[3]!;
    const changed = await planted(
      `update journal.fact set data = data || '{"score": 999}' where chain_id = '${inquiryId}' and type = 'lead.qualified'`,
      `update journal.fact set data = data - 'score' || jsonb_build_object('score', (select score from qualify.lead where inquiry_id = '${inquiryId}')) where chain_id = '${inquiryId}' and type = 'lead.qualified'`,
    );
    expect(changed.holds).toBe(false);
    expect(changed.breaks).toMatchObject([{ check: 'chain', receipt, sentence: expect.stringContaining('changed after it was recorded') }]);
    expect((await verify(house.cx, house.workspaceId)).holds).toBe(true);

    await owner.query(`create table public.kept as select * from journal.fact where chain_id = '${inquiryId}'`);
    const missing = await planted(
      `delete from journal.fact where chain_id = '${inquiryId}' and seq = 2`,
      `insert into journal.fact select * from public.kept where seq = 2`,
    );
    expect(missing.breaks.filter((one) => one.check === 'chain')).toMatchObject([{ receipt, sentence: 'Fact 2 of its chain is missing.' }]);
    const last = (await owner.query<{ n: number }>('select max(seq)::int as n from public.kept')).rows[0]!.n;
    const cut = await planted(
      `delete from journal.fact where chain_id = '${inquiryId}' and seq = ${last}`,
      `insert into journal.fact select * from public.kept where seq = ${last}`,
    );
    // What is cut off an end breaks no link, but then the journal and the tables no longer tell the same.
    expect(cut.holds).toBe(false);
    expect(cut.breaks).toMatchObject([{ receipt }]);
    expect((await verify(house.cx, house.workspaceId)).holds).toBe(true);
  });

  it('finds a lead nobody holds, a closed one somebody holds, a wrong holder and two at once', async () => {
    const open = leads[4]!;
    // All but what the database works out itself.
    const { rows: own } = await owner.query<{ name: string }>(`select attname as name from pg_attribute
      where attrelid = 'distribute.assignment'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`);
    const names = own.map((one) => one.name);
    const columns = names.join(', ');
    const taken = names.map((name) => `(a).${name}`).join(', ');
    const custody = `lead_id = '${open.id}' and ended_at is null`;
    const id = (await owner.query<{ id: string; holder_id: string }>(`select id, holder_id from distribute.assignment where ${custody}`))
      .rows[0]!;
    const nobody = await planted(
      `update distribute.assignment set ended_at = started_at where id = '${id.id}'`,
      `update distribute.assignment set ended_at = null where id = '${id.id}'`,
    );
    expect(nobody.breaks).toMatchObject([{ check: 'custody', receipt: open.receipt, sentence: 'An open lead is held by nobody.' }]);

    const other = (await owner.query<{ id: string }>(`select id from distribute.holder where id <> '${id.holder_id}' limit 1`)).rows[0]!.id;
    const wrong = await planted(
      `update distribute.assignment set holder_id = '${other}' where id = '${id.id}'`,
      `update distribute.assignment set holder_id = '${id.holder_id}' where id = '${id.id}'`,
    );
    expect(wrong.breaks).toMatchObject([
      { check: 'custody', receipt: open.receipt, sentence: expect.stringContaining('another one than the journal says') },
    ]);

    const closed = await planted(
      `alter table distribute.assignment disable trigger all; insert into distribute.assignment (${columns}) select ${taken} from (select jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'lead_id', '${leads[0]!.id}', 'started_at', now() + interval '1 day')) as a from distribute.assignment a where id = '${id.id}') x`,
      `delete from distribute.assignment where lead_id = '${leads[0]!.id}' and started_at > now()`,
    );
    expect(closed.breaks).toMatchObject([
      { check: 'custody', receipt: leads[0]!.receipt, sentence: 'A closed lead is still held by somebody.' },
    ]);

    const overlap = await planted(
      `insert into distribute.assignment (${columns}) select ${taken} from (select jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'started_at', a.started_at - interval '2 days', 'ended_at', a.started_at + interval '1 day')) as a from distribute.assignment a where id = '${id.id}') x`,
      `delete from distribute.assignment where lead_id = '${open.id}' and id <> '${id.id}' and ended_at > started_at + interval '1 day'`,
    );
    expect(overlap.breaks).toMatchObject([
      { check: 'custody', receipt: open.receipt, sentence: expect.stringContaining('Two held the lead') },
    ]);
  });

  it('finds an account in which not as many leads were shared out as given, and none where a turn was given back whole', async () => {
    const account = house.cx.ids.next();
    const row = (entitled: number, received: number): string =>
      `insert into distribute.balance (workspace_id, territory_id, grade, holder_id, entitled, received) values ('${house.workspaceId}', '${account}', 'hot', gen_random_uuid(), ${entitled}, ${received})`;
    const gone = `delete from distribute.balance where territory_id = '${account}'`;
    const torn = await planted(`${row(0.5, 1)}; ${row(0.25, 0)}`, gone);
    expect(torn.breaks).toMatchObject([{ check: 'custody', receipt: null, subjectId: account, sentence: 'The turns of an account do not add up: 1 hot leads were given, and 0.75 shared out.' }]);
    expect((await planted(`${row(1 / 3, 1)}; ${row(2 / 3, 0)}`, gone)).breaks).toEqual([]);
  });

  it('finds fates that disagree, a lost inquiry and one without its received fact', async () => {
    const { id, inquiryId, receipt } = leads[5]!;
    const fate = await planted(
      `update qualify.lead set fate = 'bad', closed_at = now() where id = '${id}'; update distribute.assignment set ended_at = now() where lead_id = '${id}' and ended_at is null`,
      `update qualify.lead set fate = null, closed_at = null where id = '${id}'; update distribute.assignment set ended_at = null where lead_id = '${id}'`,
    );
    expect(fate.breaks).toMatchObject([{ check: 'conservation', receipt, sentence: 'The journal says open, the tables say bad.' }]);
    expect(fate.conservation.broken).toBe(1);

    await owner.query(`create table public.gone as select * from capture.inquiry where id = '${inquiryId}'`);
    const lost = await planted(
      `delete from capture.inquiry where id = '${inquiryId}'`,
      `insert into capture.inquiry select * from public.gone`,
    );
    expect(lost.breaks).toMatchObject([
      { check: 'conservation', subjectId: inquiryId, sentence: 'It was received, and the inquiry is gone.' },
    ]);

    const slipped = house.cx.ids.next();
    const smuggled = await planted(
      `insert into capture.inquiry select (i).* from (select jsonb_populate_record(i, jsonb_build_object('id', '${slipped}', 'receipt', 'SMUG-GLED-XX')) as i from capture.inquiry i where id = '${inquiryId}') x`,
      `delete from capture.inquiry where id = '${slipped}'`,
    );
    expect(smuggled.breaks).toMatchObject([
      { check: 'conservation', receipt: 'SMUG-GLED-XX', sentence: 'The inquiry has no received fact.' },
    ]);
    expect((await verify(house.cx, house.workspaceId)).holds).toBe(true);
  });
});
