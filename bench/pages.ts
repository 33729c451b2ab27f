import { openContext } from '../src/house.ts';
import { systemScope } from '../src/platform/access/index.ts';
import { systemClock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';
import { rebuildRows } from '../src/report/index.ts';
import { makeHistory } from '../tests/support/lead-history.ts';
import { newDataDir, startServer } from '../tests/support/process.ts';
import type { ServerProcess } from '../tests/support/process.ts';
import { median, ms, percentile, timed } from './support/results.ts';
import type { Row } from './support/results.ts';
import { ask, call, databaseOf } from './support/setup.ts';
import type pg from 'pg';

const turns = { warm: 30, count: 100 };
const target = 0.1;

/**
 * The pages people live in, with a million leads behind them: the board of now, a queue, a lead, and the lists their figures open. Everybody and every lead
 * is another one each time, so that no answer is a repeated one. Twenty months; the older half of what nobody closed was given up after two
 * months, so that a holder has some hundreds of open leads; the last ninety days were promised under an agreement.
 */
export async function pages(small: boolean): Promise<Row[]> {
  const [part, copies] = small ? [2000, 2] : [50_000, 20];
  const server = await startServer(newDataDir(), { args: ['serve'] });
  try {
    const connection = databaseOf(server);
    await fill(connection, part, copies);
    // Whoever asks first would pay for the sums.
    await call(server, 'GET', '/v1/scoreboard');
    const [counted] = await ask<{ leads: number; open: number; late: number; holders: number }>(
      connection,
      `select count(*)::int as leads, (count(*) filter (where closed_at is null))::int as open, count(distinct holder_id)::int as holders,
         (count(*) filter (where awaited_by < now() or contact_by < now() or tries_by < now() or verdict_by < now()))::int as late from report.lead_row`,
    );
    const { leads, open, late, holders } = counted!;
    const n = `${leads.toLocaleString('en')} leads`;
    const ids = (await ask<{ id: string }>(connection, `select lead_id as id from report.lead_row order by md5(lead_id::text) limit 500`)).map(({ id }) => id);
    const people = (await ask<{ id: string }>(connection, `select id from distribute.holder where kind in ('rep', 'partner') order by md5(id::text)`)).map(({ id }) => id);
    let turn = 0;
    const lead = (): string => ids[turn++ % ids.length]!;
    const holder = (): string => people[turn++ % people.length]!;
    const monday = new Date(Date.now() - 7 * 86_400_000).toISOString().slice(0, 10);
    const asked: [string, () => string, boolean, string?][] = [
      ['board of now', () => '/v1/board', true, `${open.toLocaleString('en')} of the leads are open with ${holders} holders, ${late.toLocaleString('en')} of them late: a company in which nobody is passed on in time.`],
      ['queue of a rep or partner', () => `/v1/queue?limit=50&holderId=${holder()}`, true],
      ['a lead', () => `/v1/leads/${lead()}`, true],
      ['leads of a holder that are late', () => `/v1/leads?limit=50&late=any&holderId=${holder()}`, true],
      ['all leads past the time to accept', () => '/v1/leads?limit=50&late=accept&sort=awaited', true],
      ['all leads past any clock, newest', () => '/v1/leads?limit=50&late=any', true],
      ['leads redirected this week', () => `/v1/leads?limit=50&dateBy=redirected&from=${monday}`, true],
      ['silence bill of one holder', () => `/v1/silence-bill?holderId=${holder()}`, true],
      ['silence bill of all', () => '/v1/silence-bill', false, 'Reckons every late lead anew; grows with what is late, not with what there is.'],
      ['loop', () => '/v1/loop', false],
      ['scoreboard, all time', () => '/v1/scoreboard', false],
      ['scorecard of one', () => `/v1/scorecards/${holder()}`, false],
      ['scorecards of all partners', () => '/v1/scorecards?kind=partner', false, 'Reads every hand-off of six months.'],
      ['agreement kept, 12 months', () => '/v1/agreement/kept?months=12', false],
    ];
    const rows: Row[] = [];
    for (const [what, path, hasTarget, note] of asked) rows.push(await measure(server, { what, n, path, hasTarget, ...(note ? { note } : {}) }));
    return rows;
  } finally {
    await server.kill('SIGTERM');
    server.remove();
  }
}

async function measure(server: ServerProcess, page: { what: string; n: string; path: () => string; hasTarget: boolean; note?: string }): Promise<Row> {
  const { what, n, path, hasTarget, note } = page;
  // What is slow anyhow is not asked a hundred times.
  const [first] = await timed(() => call(server, 'GET', path()), { warm: 1, count: 1 });
  const took = await timed(() => call(server, 'GET', path()), first! > 1000 ? { warm: 0, count: 5 } : turns);
  const p95 = percentile(took, 0.95) / 1000;
  return {
    what: `page: ${what}`,
    n,
    measured: `${ms(median(took) / 1000)}, p95 ${ms(p95)}`,
    yardstick: '–',
    ratio: '–',
    target: hasTarget ? 'p95 < 100 ms' : '–',
    met: hasTarget ? p95 < target : null,
    ...(note ? { note } : {}),
  };
}

/** One part is made by the builders of histories and rebuilt by the house itself; the others are copies of all its rows under other ids, with holders of their own. */
async function fill(connection: pg.ClientConfig, part: number, copies: number): Promise<void> {
  const cx = await openContext({ ...readConfig({}), logLevel: 'error' }, connection, systemClock);
  const [workspaceId] = await cx.db.workspaceIds();
  const scope = systemScope(workspaceId!);
  await makeHistory(cx, scope, { leads: part, from: new Date(Date.now() - 600 * 86_400_000).toISOString().slice(0, 10), days: 600 });
  await ask(
    connection,
    `with old as (
       update qualify.lead l set closed_at = l.qualified_at + interval '60 days', fate = 'lost' where l.closed_at is null and l.qualified_at < now() - interval '90 days'
         and not exists (select from distribute.assignment a join distribute.holder h on h.workspace_id = a.workspace_id and h.id = a.holder_id where a.lead_id = l.id and a.ended_at is null and h.kind in ('desk', 'nurture') and right(l.id::text, 1) < '2')
       returning l.id, l.closed_at)
     update distribute.assignment a set ended_at = greatest(old.closed_at, a.started_at), end_reason = 'closed' from old where a.lead_id = old.id and a.ended_at is null`,
  );
  await ask(
    connection,
    `update distribute.assignment a set respond_by = started_at + interval '4 hours', follow_by = accepted_at + interval '8 hours', tries_by = accepted_at + interval '10 days', tries_owed = 3, judge_by = accepted_at + interval '20 days'
     from distribute.holder h where h.workspace_id = a.workspace_id and h.id = a.holder_id and h.kind in ('rep', 'partner') and a.started_at > now() - interval '90 days'`,
  );
  await ask(connection, 'vacuum analyze');
  await rebuildRows(cx, scope, () => {});
  const house = await ask<{ id: string }>(connection, `select id from distribute.holder where kind in ('desk', 'nurture')`);
  for (let copy = 1; copy < copies; copy++) for (const [table, changed] of Object.entries(tables)) await ask(connection, await copying(connection, table, changed, copy, house.map(({ id }) => id)));
  // The sums are the house's own, over all of it.
  await ask(
    connection,
    `insert into report.dirty_day (workspace_id, cube, on_date)
     select distinct workspace_id, 'cohort', qualified_on from report.lead_row union select distinct workspace_id, 'arrival', occurred_on from report.inquiry_row
     union select distinct workspace_id, 'assigned', (started_at at time zone 'UTC')::date from distribute.assignment on conflict do nothing`,
  );
  // Rows of a company come in the order of time; those of a made history do not.
  for (const [table, index] of [['distribute.assignment', 'assignment_started'], ['report.lead_row', 'lead_row_qualified']]) await ask(connection, `cluster ${table} using ${index}`);
  await ask(connection, 'vacuum analyze');
  await cx.close();
}

/** Which ids of a table are another's in a copy; holders are unless they are the house's. */
const tables: Record<string, { made: string[]; holders?: string[]; where?: string }> = {
  'distribute.holder': { made: ['id'], where: "kind in ('rep', 'partner')" },
  'capture.inquiry': { made: ['id'] },
  'qualify.dismissal': { made: ['inquiry_id', 'person_id'] },
  'identity.person': { made: ['id'] },
  'qualify.lead': { made: ['id', 'person_id', 'inquiry_id'] },
  'qualify.lead_inquiry': { made: ['lead_id', 'inquiry_id'] },
  'distribute.assignment': { made: ['id', 'lead_id', 'redirected_from'], holders: ['holder_id', 'from_holder_id'] },
  'followup.activity': { made: ['id', 'lead_id'], holders: ['holder_id'] },
  'followup.disposition': { made: ['id', 'lead_id'], holders: ['by_holder_id'] },
  'followup.next_action': { made: ['lead_id'] },
  'report.inquiry_row': { made: ['inquiry_id', 'lead_id'] },
  'report.lead_row': { made: ['lead_id', 'inquiry_id', 'person_id', 'assignment_id'], holders: ['holder_id', 'sold_by'] },
  'report.lead_search': { made: ['lead_id'] },
};

async function copying(connection: pg.ClientConfig, table: string, { made, holders = [], where = 'true' }: (typeof tables)[string], copy: number, house: readonly string[]): Promise<string> {
  const [schema, name] = table.split('.');
  const columns = await ask<{ name: string }>(
    connection,
    `select column_name as name from information_schema.columns where table_schema = '${schema}' and table_name = '${name}' and is_generated = 'NEVER' order by ordinal_position`,
  );
  // Ids begin with the time, and all were made within minutes: another first byte is another id, and keeps their order.
  const other = (column: string): string => `overlay(${column}::text placing '${(0x10 + copy).toString(16)}' from 1 for 2)::uuid`;
  const value = (column: string): string =>
    made.includes(column)
      ? other(column)
      : holders.includes(column)
        ? `case when ${column} in (${house.map((id) => `'${id}'`).join(', ')}) then ${column} else ${other(column)} end`
        : column === 'receipt'
          ? `receipt || '-${copy}'`
          : column;
  return `insert into ${table} (${columns.map((one) => one.name).join(', ')}) select ${columns.map((one) => value(one.name)).join(', ')} from ${table} where ${where} and ${made[0]}::text like '01%'`;
}
