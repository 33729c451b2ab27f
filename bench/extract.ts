import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { newDataDir, startServer } from '../tests/support/process.ts';
import type { ServerProcess } from '../tests/support/process.ts';
import { ms } from './support/results.ts';
import type { Row } from './support/results.ts';
import { ask, call, databaseOf } from './support/setup.ts';

interface Made {
  id: string;
  number: number;
  state: string;
  problem: string | null;
  files: { rows: number; deleted: number }[];
}

/** People as an import leaves them, with ids in the order of their coming and all fields filled; by the owner, since what is measured is reading. */
const fill = (workspaceId: string, count: number): string => `
  insert into identity.person (workspace_id, id, external_id, full_name, given_name, family_name, title, email, phone, phone_e164, street, postal_code, city, country, language, first_seen_at, last_seen_at, custom)
  select '${workspaceId}', (lpad(to_hex(1760000000000 + n * 7), 12, '0') || '7' || substr(md5('p' || n), 1, 3) || '8' || substr(md5('p' || n), 4, 15))::uuid, 'X' || n, 'Marta Keller' || n, 'Marta', 'Keller' || n,
    (array['Head of Procurement', 'Engineer', 'Owner'])[1 + n % 3], 'marta' || n || '@firm' || n % 5000 || '.example', '+41 44 ' || n, '+4144' || n, 'Pumpenweg ' || n % 200, (1000 + n % 8000)::text,
    (array['Bern', 'Köln', 'Wien', 'Lyon'])[1 + n % 4], (array['DE', 'CH', 'AT', 'FR'])[1 + n % 4], 'de', now() - n % 700 * interval '1 day', now() - n % 400 * interval '1 day',
    case when n % 2 = 0 then jsonb_build_object('fuel', 'Gas') end
  from generate_series(1, ${count}) n`;

/** An extract of people from asking to a finished file, beside DuckDB writing the very same rows to Parquet. */
export async function extracting(small: boolean): Promise<Row[]> {
  const count = small ? 5000 : 1_000_000;
  const server = await startServer(newDataDir());
  try {
    const connection = databaseOf(server);
    const [{ id: workspaceId }] = (await ask<{ id: string }>(connection, 'select id from platform.workspace limit 1')) as [{ id: string }];
    for (const text of [fill(workspaceId, count), 'vacuum analyze identity.person']) await ask(connection, text);
    const whole = await extract(server, {});
    const file = join(server.dataDir, 'extracts', workspaceId, String(whole.made.number), 'people.parquet');
    const yardstick = await writeAgain(file, join(server.dataDir, 'again.parquet'), count);
    await ask(connection, `update identity.person set city = 'Basel' where external_id like '%99'`);
    const changes = await extract(server, { since: whole.made.number });
    const [told] = changes.made.files;
    if (whole.made.files[0]!.rows !== count || told!.rows !== count / 100 || told!.deleted !== 0) throw new Error(`The extracts told ${whole.made.files[0]!.rows} and ${told!.rows} rows.`);
    const rows = (what: string, seconds: number, size: string, note?: string): Row => {
      const ratio = seconds / yardstick;
      return { what, n: size, measured: ms(seconds), yardstick: `DuckDB writing all of the rows ${ms(yardstick)}`, ratio: `${ratio.toFixed(1)} ×`, target: '≤ 4 ×', met: ratio <= 4, ...(note ? { note } : {}) };
    };
    return [
      rows('Parquet extract of people, from asking to the file', whole.seconds, `${count.toLocaleString('en')} people, ${(statSync(file).size / 1e6).toFixed(0)} MB`, 'With the book of what was told, a checksum, and a look ten times a second whether it is done. The yardstick writes 27 columns from its memory, unsorted.'),
      rows('the changes since, one in a hundred', changes.seconds, `${told!.rows.toLocaleString('en')} of ${count.toLocaleString('en')}`, 'Every row is read and compared with the book.'),
    ];
  } finally {
    await server.kill('SIGTERM');
    server.remove();
  }
}

async function extract(server: ServerProcess, asked: { since?: number }): Promise<{ made: Made; seconds: number }> {
  const began = performance.now();
  let made = await call<Made>(server, 'POST', '/v1/extracts', { datasets: ['people'], ...asked });
  while (made.state === 'waiting' || made.state === 'running') {
    await new Promise((go) => setTimeout(go, 100));
    made = await call<Made>(server, 'GET', `/v1/extracts/${made.id}`);
  }
  if (made.state !== 'finished') throw new Error(`The extract ended ${made.state}: ${made.problem}`);
  return { made, seconds: (performance.now() - began) / 1000 };
}

async function writeAgain(file: string, out: string, count: number): Promise<number> {
  const engine = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await engine.connect();
  await connection.run(`create table people as select * from read_parquet('${file}')`);
  const began = performance.now();
  await connection.run(`copy people to '${out}' (format parquet, compression zstd)`);
  const seconds = (performance.now() - began) / 1000;
  const [row] = (await connection.runAndReadAll(`select count(*) as n from read_parquet('${out}')`)).getRowObjects();
  if (Number(row!['n']) !== count) throw new Error('The yardstick wrote other rows.');
  connection.closeSync();
  engine.closeSync();
  return seconds;
}
