import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { openContext } from '../src/house.ts';
import { systemScope } from '../src/platform/access/index.ts';
import { systemClock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';
import { rebuildRows } from '../src/report/index.ts';
import { makeHistory } from '../tests/support/lead-history.ts';
import type { MadeHistory } from '../tests/support/lead-history.ts';
import { newDataDir, startServer } from '../tests/support/process.ts';
import { kept } from './kept.ts';
import { lists } from './lists.ts';
import { ask, call, databaseOf } from './support/setup.ts';
import { median, ms, timed } from './support/results.ts';
import type { Row } from './support/results.ts';

const from = '2025-01-20';
const to = '2026-01-10';
const turns = { warm: 3, count: 15 };

/** The same questions for DuckDB, over the same rows, in memory and warm. */
const questions: Record<string, string[]> = {
  source: [
    `select i.source_id, count(*), count(*) filter (i.is_origin and l.lead_id is not null), count(*) filter (i.is_origin and l.grade = 'hot'),
       count(*) filter (i.is_origin and l.state = 'sale'), sum(l.value_minor) filter (i.is_origin and l.state = 'sale')
     from inquiry i left join lead l on l.lead_id = i.lead_id where i.occurred_on between '${from}' and '${to}' and i.status <> 'withdrawn' group by 1`,
    `select count(*), avg(sale_seconds), median(sale_seconds), count(distinct sold_by) from lead where state = 'sale' and occurred_on between '${from}' and '${to}'`,
  ],
  'where-assigned': [
    `select holder_id, count(*), count(accepted_at), count(declined_at), count(wait), avg(wait), median(wait), count(*) filter (end_reason = 'redirected')
     from assignment where started_at >= '${from}' and started_at < date '${to}' + 1 group by grouping sets ((holder_id), ())`,
    `select f.holder_id, a.holder_id, count(*) from assignment a join assignment f on f.id = a.redirected_from
     where a.started_at >= '${from}' and a.started_at < date '${to}' + 1 group by 1, 2`,
  ],
  'status-update': [
    `select holder_id, count(*), count(*) filter (last_activity_at is not null), sum(calls), sum(mails), sum(visits), sum(meetings), sum(quotes), sum(literature), sum(notes),
       count(*) filter (status = 'hot'), count(*) filter (status = 'warm'), count(*) filter (status = 'bad'), count(*) filter (status = 'sale'), count(*) filter (status = 'dont_know'),
       count(*) filter (status = 'open'), sum(value_minor)
     from lead where qualified_on between '${from}' and '${to}' group by 1`,
  ],
  'status-tracking': [
    `select date_trunc('week', qualified_on), count(*), count(*) filter (status = 'hot'), count(*) filter (status = 'warm'), count(*) filter (status = 'bad'),
       count(*) filter (status = 'sale'), count(*) filter (status = 'dont_know'), count(*) filter (status = 'open'), sum(value_minor)
     from lead where qualified_on between '${from}' and '${to}' group by 1`,
  ],
  'what-works': [
    `select source_id, first_activity, grade, wait_band, last_next_action, count(*), count(*) filter (state = 'sale') from lead where qualified_on between '${from}' and '${to}'
     group by grouping sets ((source_id), (first_activity), (grade), (wait_band), (last_next_action))`,
    `select count(*) filter (calls > 0), count(*) filter (calls > 0 and state = 'sale'), count(*) filter (mails > 0), count(*) filter (mails > 0 and state = 'sale'),
       count(*) filter (visits > 0), count(*) filter (visits > 0 and state = 'sale'), count(*) filter (meetings > 0), count(*) filter (quotes > 0), count(*) filter (literature > 0), count(*) filter (notes > 0)
     from lead where qualified_on between '${from}' and '${to}'`,
  ],
};

/** The five reports, and pages of the list of leads, at half a million leads. */
export async function reports(small: boolean): Promise<Row[]> {
  const leads = small ? 2000 : 500_000;
  const server = await startServer(newDataDir(), { args: ['serve'] });
  const folder = mkdtempSync(join(tmpdir(), 'baton-reports-'));
  try {
    const connection = databaseOf(server);
    const { made, seconds } = await fill(connection, leads);
    const duck = await openDuck(connection, folder);
    const rows: Row[] = [];
    for (const [name, asked] of Object.entries(questions)) {
      const house = await timed(() => call(server, 'GET', `/v1/reports/${name}?from=${from}&to=${to}`), turns);
      const yardstick = await timed(async () => {
        for (const question of asked) await (await duck.run(question)).getRows();
      }, turns);
      const ratio = median(house) / median(yardstick);
      rows.push({
        what: `report ${name}, a ragged year`,
        n: `${leads.toLocaleString('en')} leads`,
        measured: ms(median(house) / 1000),
        yardstick: `DuckDB ${ms(median(yardstick) / 1000)}`,
        ratio: `${ratio.toFixed(2)} ×`,
        target: '≤ 2 ×',
        met: ratio <= 2,
      });
    }
    rows.push(...(await lists(server, connection, made, leads)));
    rows.push(...(await kept(server, connection, leads)));
    rows.push({
      what: 'making every report row again',
      n: `${leads.toLocaleString('en')} leads`,
      measured: `${ms(seconds)}, ${Math.round(leads / seconds).toLocaleString('en')} leads/s`,
      yardstick: '–',
      ratio: '–',
      target: '–',
      met: null,
    });
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await server.kill('SIGTERM');
    server.remove();
  }
}

async function fill(connection: pg.ClientConfig, leads: number): Promise<{ made: MadeHistory; seconds: number }> {
  const cx = await openContext({ ...readConfig({}), logLevel: 'error' }, connection, systemClock);
  const [workspaceId] = await cx.db.workspaceIds();
  const scope = systemScope(workspaceId!);
  const part = Math.min(leads, 50_000);
  let made: MadeHistory | undefined;
  for (let done = 0; done < leads; done += part)
    made = await makeHistory(cx, scope, { leads: part, from: '2024-10-01', days: 550, seed: done + 1, ...(made ? { like: made } : {}) });
  await ask(connection, 'vacuum analyze');
  const began = performance.now();
  await rebuildRows(cx, scope, () => {});
  const seconds = (performance.now() - began) / 1000;
  await ask(connection, 'vacuum analyze');
  await cx.close();
  return { made: made!, seconds };
}

async function openDuck(connection: pg.ClientConfig, folder: string): Promise<Awaited<ReturnType<DuckDBInstance['connect']>>> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const duck = await instance.connect();
  const tables: Record<string, string> = {
    lead: 'select *, report.wait_band(wait_seconds) as wait_band from report.lead_row',
    inquiry: 'select * from report.inquiry_row',
    assignment: `select id, holder_id, redirected_from, started_at at time zone 'UTC' as started_at, accepted_at, declined_at, end_reason, extract(epoch from first_followup_at - started_at) as wait from distribute.assignment`,
  };
  const client = new pg.Client(connection);
  await client.connect();
  for (const [table, query] of Object.entries(tables)) {
    const file = join(folder, `${table}.csv`);
    await pipeline(client.query(copyTo(`copy (${query}) to stdout with (format csv, header)`)), createWriteStream(file));
    await duck.run(`create table ${table} as select * from read_csv('${file}', sample_size = -1)`);
  }
  await client.end();
  return duck;
}
