import pg from 'pg';
import { load, post } from './support/http-load.ts';
import { newDataDir, startServer } from '../tests/support/process.ts';
import { ms, percentile } from './support/results.ts';
import type { Row } from './support/results.ts';

const connections = 16;

const bodyOf = (i: number): string =>
  JSON.stringify({
    email: `p${i}@firm${i % 5000}.example`,
    givenName: 'Marta',
    familyName: `Keller${i}`,
    organization: `Brunner Pumpen ${i % 5000} AG`,
    phone: `+41 52 555 ${String(i % 10000).padStart(4, '0')}`,
    country: 'CH',
    postalCode: String(8000 + (i % 999)),
    message: 'Please send a quote for two dosing pumps, delivery in May.',
    source: 'web form',
  });

/** Bare insert + commit of the same bytes: one autocommitted insert after the other on each of the connections, through the same driver. */
async function bareInserts(connection: pg.ClientConfig, seconds: number): Promise<number> {
  const owner = new pg.Client(connection);
  await owner.connect();
  await owner.query(
    'create schema if not exists bare; drop table if exists bare.inquiry; create table bare.inquiry (id uuid primary key default gen_random_uuid(), body bytea not null)',
  );
  let done = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new pg.Client(connection);
      await client.connect();
      while (performance.now() - began < seconds * 1000)
        await client.query({ name: 'bare', text: 'insert into bare.inquiry (body) values ($1)', values: [Buffer.from(bodyOf(done++))] });
      await client.end();
    }),
  );
  const rate = done / ((performance.now() - began) / 1000);
  await owner.query('drop schema bare cascade');
  await owner.end();
  return rate;
}

/** Durable acknowledgement of POST /v1/inquiries at an empty and at a full table. The server only serves: background work runs elsewhere. */
export async function capture(small: boolean): Promise<Row[]> {
  const seconds = small ? 1 : 10;
  const full = small ? 2000 : 1_000_000;
  const server = await startServer(newDataDir(), { args: ['serve'] });
  const connection: pg.ClientConfig = { host: `${server.dataDir}/run`, user: 'baton', database: 'postgres' };
  const headers = { authorization: `Bearer ${server.token}` };
  const rows: Row[] = [];
  try {
    let base = 0;
    const run = async (label: string): Promise<void> => {
      await load(server.url, connections, { seconds: small ? 0.3 : 2 }, (i) =>
        post(server.url, '/v1/inquiries', headers, bodyOf(base + i)),
      ); // warm-up
      const ratios: number[] = [];
      const rates: number[] = [];
      const bares: number[] = [];
      let latencies: number[] = [];
      for (let round = 0; round < (small ? 1 : 3); round++) {
        const bare = await bareInserts(connection, seconds);
        base += 1_000_000;
        const result = await load(server.url, connections, { seconds }, (i) =>
          post(server.url, '/v1/inquiries', headers, bodyOf(base + i)),
        );
        if (result.failures > 0) throw new Error(`${result.failures} requests were not acknowledged.`);
        ratios.push(result.perSecond / bare);
        rates.push(result.perSecond);
        bares.push(bare);
        latencies = latencies.concat(result.latencies);
      }
      const ratio = ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)]!;
      const p99 = percentile(latencies, 0.99);
      rows.push({
        what: `durable acknowledgement of an inquiry, ${connections} connections, ${label}`,
        n: `${latencies.length.toLocaleString('en')} posts`,
        measured: `${Math.round(rates.toSorted((a, b) => a - b)[Math.floor(rates.length / 2)]!)}/s, p99 ${ms(p99)}`,
        yardstick: `bare insert + commit ${Math.round(bares.toSorted((a, b) => a - b)[Math.floor(bares.length / 2)]!)}/s`,
        ratio: ratio.toFixed(2),
        target: '≥ 0.4 ×, p99 < 100 ms',
        met: ratio >= 0.4 && p99 < 0.1,
      });
    };
    await run('empty table');
    const client = new pg.Client(connection);
    await client.connect();
    const { rows: count } = await client.query<{ n: number }>('select count(*)::int as n from capture.inquiry');
    const missing = Math.max(0, full - count[0]!.n);
    // Copies of what was received, with their facts and chains, to reach the full size.
    await client.query(
      `create function pg_temp.fresh(i bigint) returns uuid language sql volatile as $$ select encode(substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint - i % 86400000) from 3) || decode('7' || lpad(to_hex((random() * 4095)::int), 3, '0') || '8' || substr(md5(random()::text), 1, 15), 'hex'), 'hex')::uuid $$`,
    );
    const columns = (
      await client.query<{ c: string }>(
        `select string_agg(case when attname = 'id' then 'pg_temp.fresh(i)' when attname in ('receipt') then 'left(md5(random()::text), 12)' when attname = 'idempotency_key' then 'null' else 'q.' || quote_ident(attname) end, ', ' order by attnum) as c from pg_attribute where attrelid = 'capture.inquiry'::regclass and attnum > 0 and not attisdropped`,
      )
    ).rows[0]!.c;
    await client.query(
      `insert into capture.inquiry select ${columns} from (select * from capture.inquiry limit 1) q, generate_series(1, ${missing}) i on conflict do nothing`,
    );
    await client.query(
      `insert into journal.fact (workspace_id, id, chain_id, seq, type, subject_id, at, actor, data, hash) select f.workspace_id, pg_temp.fresh(i), gen_random_uuid(), 1, f.type, f.subject_id, f.at, f.actor, f.data, f.hash from (select * from journal.fact where type = 'inquiry.received' limit 1) f, generate_series(1, ${missing}) i`,
    );
    await client.query('vacuum analyze capture.inquiry; ').catch(() => {});
    const { rows: now } = await client.query<{ n: number }>('select count(*)::int as n from capture.inquiry');
    await client.query('checkpoint');
    await client.end();
    await run(`${now[0]!.n.toLocaleString('en')} rows`);
  } finally {
    await server.kill('SIGTERM');
    server.remove();
  }
  return rows;
}
