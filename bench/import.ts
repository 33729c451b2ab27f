import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { dirtyCsv } from '../src/demo/index.ts';
import { databasePid, memoryMegabytes, newDataDir, startServer } from '../tests/support/process.ts';
import { addHolders, ask, call, databaseOf, until } from './support/setup.ts';
import { ms } from './support/results.ts';
import type { Row } from './support/results.ts';

async function copyAsText(connection: pg.ClientConfig, file: string, columns: number): Promise<number> {
  const client = new pg.Client(connection);
  await client.connect();
  await client.query(
    `create schema if not exists bare; drop table if exists bare.list; create table bare.list (${Array.from({ length: columns }, (_, i) => `c${i} text`).join(', ')})`,
  );
  const began = performance.now();
  await pipeline(Readable.from([readFileSync(file)]), client.query(copyFrom('copy bare.list from stdin with (format csv, header)')));
  const seconds = (performance.now() - began) / 1000;
  await client.query('drop schema bare cascade');
  await client.end();
  return seconds;
}

/** A dirty file uploaded, mapped as proposed, imported, every row identified, decided and every lead in somebody's hands. */
export async function importing(small: boolean): Promise<Row[]> {
  const count = small ? 2000 : 100_000;
  const folder = mkdtempSync(join(tmpdir(), 'baton-list-'));
  const file = join(folder, 'list.csv');
  writeFileSync(file, [...dirtyCsv({ seed: 7, count, from: new Date('2026-01-01'), to: new Date('2026-06-30') })].join(''));
  const server = await startServer(newDataDir());
  const peaks: number[] = [];
  // Adding up pages takes some 60 ms of a processor: five times a second, and the watcher took a sixth of the machine.
  const watch = setInterval(() => peaks.push(memoryMegabytes([server.child.pid!, databasePid(server.dataDir)])), 1000);
  try {
    const connection = databaseOf(server);
    await addHolders(server, 16);
    await new Promise((go) => setTimeout(go, 1500));
    const idle = memoryMegabytes([server.child.pid!, databasePid(server.dataDir)]);
    const yardsticks = [
      await copyAsText(connection, file, 13),
      await copyAsText(connection, file, 13),
      await copyAsText(connection, file, 13),
    ];
    const bare = yardsticks.toSorted((a, b) => a - b)[1]!;
    const form = new FormData();
    form.set('kind', 'inquiries');
    form.set('file', new Blob([readFileSync(file)]), 'list.csv');
    peaks.length = 0;
    const began = performance.now();
    const uploaded = await fetch(`${server.url}/v1/imports`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.token}` },
      body: form,
    });
    if (!uploaded.ok) throw new Error(`upload: ${uploaded.status} ${await uploaded.text()}`);
    const made = (await uploaded.json()) as { id: string };
    await call(server, 'POST', `/v1/imports/${made.id}/start`, {});
    await until(
      connection,
      `select exists (select 1 from platform.job where name like '%import%' and state in ('done', 'failed')) and not exists (select 1 from platform.job where state in ('running', 'waiting'))`,
      300,
    );
    const rowsIn = (performance.now() - began) / 1000;
    // Every inquiry decided, and every open lead with a holder.
    await until(
      connection,
      `select (select count(*) from capture.inquiry where status = 'parsed') = (select count(*) from qualify.lead_inquiry) + (select count(*) from qualify.dismissal)
        and (select count(*) from qualify.lead where closed_at is null) = (select count(*) from distribute.assignment where ended_at is null)`,
      300,
    );
    const seconds = (performance.now() - began) / 1000;
    const [counts] = await ask<{ inquiries: number; people: number; leads: number; held: number }>(
      connection,
      `select (select count(*)::int from capture.inquiry) as inquiries, (select count(*)::int from identity.person where survivor_id is null) as people, (select count(*)::int from qualify.lead) as leads,
        (select count(*)::int from distribute.assignment a join distribute.holder h on h.workspace_id = a.workspace_id and h.id = a.holder_id where a.ended_at is null and h.kind in ('rep', 'partner')) as held`,
    );
    if (counts!.inquiries < count * 0.97) throw new Error(`Only ${counts!.inquiries} of ${count} rows came in.`);
    if (counts!.held === 0) throw new Error('No lead reached a holder.');
    const peak = Math.max(...peaks);
    return [
      {
        what: 'import of dirty rows, all the way to assigned leads',
        n: `${count.toLocaleString('en')} rows → ${counts!.people.toLocaleString('en')} people, ${counts!.leads.toLocaleString('en')} leads, ${counts!.held.toLocaleString('en')} with a rep or partner`,
        measured: `${ms(seconds)} (rows in after ${ms(rowsIn)}), ${Math.round(count / seconds).toLocaleString('en')} rows/s`,
        yardstick: `COPY into a text table ${ms(bare)}`,
        ratio: `${(seconds / bare).toFixed(1)} ×`,
        target: '≤ 25 ×',
        met: seconds / bare <= 25,
      },
      {
        what: 'memory of the idle server, database included',
        n: '1',
        measured: `${idle.toFixed(0)} MB`,
        yardstick: '–',
        ratio: '–',
        target: '< 350 MB',
        met: idle < 350,
      },
      {
        what: 'memory during that import, database included',
        n: `${peaks.length} samples`,
        measured: `peak ${peak.toFixed(0)} MB`,
        yardstick: '–',
        ratio: '–',
        target: '< 700 MB',
        met: peak < 700,
      },
    ];
  } finally {
    clearInterval(watch);
    await server.kill('SIGTERM');
    server.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}
