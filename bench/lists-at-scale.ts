import { createReadStream, createWriteStream, existsSync, mkdirSync, mkdtempSync, openAsBlob, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { dirtyCsv } from '../src/demo/index.ts';
import { openContext } from '../src/house.ts';
import { systemScope } from '../src/platform/access/index.ts';
import { readConfig } from '../src/platform/config.ts';
import { databasePid, memoryMegabytes, newDataDir, startServer, type ServerProcess } from '../tests/support/process.ts';
import { measurePages, type Page } from './lists.ts';
import { measureRecognition, tellSeen } from './recognise.ts';
import { median, ms } from './support/results.ts';
import type { Row } from './support/results.ts';
import { ask, call, databaseOf, until } from './support/setup.ts';

/** The file's rows in thirteen columns of text: what the database by itself takes. */
async function copyAsText(connection: pg.ClientConfig, file: string): Promise<number> {
  const client = new pg.Client(connection);
  await client.connect();
  await client.query(`create schema bare; create table bare.list (${Array.from({ length: 13 }, (_, i) => `c${i} text`).join(', ')})`);
  const began = performance.now();
  await pipeline(createReadStream(file), client.query(copyFrom('copy bare.list from stdin with (format csv, header)')));
  const seconds = (performance.now() - began) / 1000;
  await client.query('drop schema bare cascade');
  await client.end();
  return seconds;
}

/** Uploads a list of people, imports it as proposed and waits until it is in. */
async function bringIn(server: ServerProcess, file: string): Promise<{ id: string; seconds: number }> {
  const form = new FormData();
  form.set('kind', 'people');
  form.set('file', await openAsBlob(file), 'list.csv');
  const began = performance.now();
  const answer = await fetch(`${server.url}/v1/imports`, { method: 'POST', headers: { authorization: `Bearer ${server.token}` }, body: form });
  if (!answer.ok) throw new Error(`upload: ${answer.status} ${await answer.text()}`);
  const { id } = (await answer.json()) as { id: string };
  await call(server, 'POST', `/v1/imports/${id}/start`, {});
  await until(databaseOf(server), `select exists (select 1 from capture.import where id = '${id}' and status in ('finished', 'failed'))`, 7200, 250);
  const seconds = (performance.now() - began) / 1000;
  const { status, counts } = await call<{ status: string; counts: Record<string, number> }>(server, 'GET', `/v1/imports/${id}`);
  if (status !== 'finished') throw new Error(`The import ended as ${status}.`);
  console.log(`${JSON.stringify(counts)} in ${seconds.toFixed(1)} s`);
  return { id, seconds };
}

/** What can be told of the base by counting: the same before an import and after it was undone. */
const state = (server: ServerProcess): Promise<unknown[]> =>
  ask(
    databaseOf(server),
    `select (select count(*)::int from identity.person where retired_at is null and survivor_id is null) as people, (select count(*)::int from identity.organization where retired_at is null) as organizations,
      (select md5(string_agg(md5((p.id, p.full_name, p.email, p.phone, p.mobile_e164, p.title, p.street, p.city, p.postal_code, p.state, p.country, p.organization_id, p.sightings, p.last_seen_at)::text), '' order by p.id)) from identity.person p where retired_at is null) as people_say,
      (select md5(string_agg(md5((o.id, o.name, o.domain, o.street, o.city)::text), '' order by o.id)) from identity.organization o where retired_at is null) as organizations_say`,
  );

/** What people look for at a base of that size, in names as they are: pages, one person, and the search box, in full, begun and mistyped. */
async function lookUp(server: ServerProcess, n: number): Promise<Row[]> {
  const connection = databaseOf(server);
  const client = new pg.Client(connection);
  await client.connect();
  const one = async <T>(text: string): Promise<T> => (await client.query(text)).rows[0] as T;
  const { workspace } = await one<{ workspace: string }>('select id as workspace from platform.workspace');
  const { id, name, email, phone, company } = await one<{ id: string; name: string; email: string; phone: string; company: string }>(`select p.id, p.full_name as name, p.email, p.phone, o.name as company
    from identity.person p join identity.organization o on o.id = p.organization_id where p.retired_at is null and p.email is not null and p.phone is not null and length(p.family_name) > 7 order by md5(p.id::text) limit 1`);
  const { often } = await one<{ often: string }>('select family_name as often from identity.person where retired_at is null and family_name is not null group by 1 order by count(*) desc limit 1');
  const { company: large } = await one<{ company: string }>('select organization_id as company from identity.person where retired_at is null and organization_id is not null group by 1 order by count(*) desc limit 1');
  const word = name.split(' ').toSorted((a, b) => b.length - a.length)[0]!;
  const slip = `${word.slice(0, 3)}${word[4]}${word[3]}${word.slice(5)}`;
  const person = (where: string): string[] => [`select p.*, o.name, o.domain from identity.person p left join identity.organization o on o.workspace_id = $1 and o.id = p.organization_id
    where p.workspace_id = $1 and p.survivor_id is null and p.retired_at is null ${where} order by p.last_seen_at desc, p.id desc limit 50`];
  // What the page of one person shows: the row and its company, arrivals, merges, what the title and the industry mean, and how many may be the same.
  const onePerson = (id: string): string[] => [
    `select p.*, o.name, o.domain from identity.person p left join identity.organization o on o.workspace_id = $1 and o.id = p.organization_id where p.workspace_id = $1 and p.id = '${id}'`,
    `select s.*, i.receipt, i.fields, i.channel, o.name from identity.sighting s left join capture.inquiry i on i.workspace_id = $1 and i.id = s.inquiry_id
      left join identity.organization o on o.workspace_id = $1 and o.id = s.organization_id
      where s.workspace_id = $1 and s.person_id in (select id from identity.person where workspace_id = $1 and (id = '${id}' or survivor_id = '${id}')) order by s.seen_at desc, s.id desc limit 100`,
    `select m.*, p.full_name from identity.merge m left join identity.person p on p.workspace_id = $1 and p.id = m.merged_id
      where m.workspace_id = $1 and (m.survivor_id = '${id}' or m.merged_id = '${id}') order by m.merged_at desc limit 100`,
    `select r.* from identity.person p join identity.reading r on r.workspace_id = $1 and r.kind = 'title' and r.key = identity.said_key(p.title) where p.workspace_id = $1 and p.id = '${id}'`,
    `select o.*, r.sector from identity.person p join identity.organization o on o.workspace_id = $1 and o.id = p.organization_id
      left join identity.reading r on r.workspace_id = $1 and r.kind = 'industry' and r.key = identity.said_key(o.industry) where p.workspace_id = $1 and p.id = '${id}'`,
    `select count(*) from identity.possible_duplicate where workspace_id = $1 and status = 'open' and (person_id = '${id}' or other_id = '${id}')`,
  ];
  const search = (what: string, q: string): Page => ({ what: `what the search box finds by ${what}`, url: `/v1/search?q=${encodeURIComponent(q)}` });
  const pages: Page[] = [
    { what: 'people, latest, of a real base', url: '/v1/people?limit=50', bare: person('') },
    { what: 'people of a country, of a real base', url: '/v1/people?limit=50&country=DE', bare: person("and p.country = 'DE'") },
    { what: 'people of the organization with the most', url: `/v1/people?limit=50&organizationId=${large}`, bare: person(`and p.organization_id = '${large}'`) },
    { what: 'one person', url: `/v1/people/${id}`, bare: onePerson(id) },
    search('a whole name', name),
    search('the most frequent family name', often),
    search('its beginning', often.slice(0, 3)),
    search('a mail address', email),
    search('a telephone number', phone),
    search('a company', company),
    search('a mistyped name', name.replace(word, slip)),
  ];
  const rows = await measurePages(server, client, workspace, n, pages);
  await client.end();
  return rows;
}

/** A house that was just started does what is due every night; what is measured waits until ten looks in five seconds find nothing done. */
async function comeToRest(connection: pg.ClientConfig): Promise<void> {
  for (let quiet = 0; quiet < 10; ) {
    const [{ busy } = { busy: true }] = await ask<{ busy: boolean }>(connection, `select exists (select 1 from platform.job where state in ('running', 'waiting'))
      or exists (select 1 from pg_stat_activity where state <> 'idle' and pid <> pg_backend_pid() and backend_type = 'client backend') as busy`);
    quiet = busy ? 0 : quiet + 1;
    await setTimeout(500);
  }
}

/** Of a base that is kept from run to run: how to enter it, and how long it took to fill by import, where nothing else ran beside. */
interface Kept {
  token: string;
  seconds?: number;
}

/**
 * A dirty list of a million into a base of a million, matched; what is asked of two millions; the list taken out again.
 *
 * BENCH_ROWS and BENCH_LIST make it smaller. BENCH_BASE names a folder in which the base is kept: filled where it is not there yet, used as it
 * is otherwise (the undo leaves it as it was).
 */
export async function listsAtScale(small: boolean): Promise<Row[]> {
  const count = small ? 2000 : Number(process.env['BENCH_ROWS'] ?? 1_000_000);
  const listed = small ? 2000 : Number(process.env['BENCH_LIST'] ?? count);
  const folder = mkdtempSync(join(tmpdir(), 'baton-lists-'));
  const write = async (name: string, seed: number, count: number): Promise<string> => {
    const file = join(folder, name);
    await pipeline(Readable.from(dirtyCsv({ seed, count, from: new Date('2026-01-01'), to: new Date('2026-06-30') })), createWriteStream(file));
    return file;
  };
  let last = performance.now();
  const stage = (what: string): void => {
    console.log(`${what}: ${((performance.now() - last) / 1000).toFixed(0)} s since the last`);
    last = performance.now();
  };
  const keptIn = small ? undefined : process.env['BENCH_BASE'];
  const note = join(keptIn ?? folder, 'base.json');
  let kept = existsSync(note) ? (JSON.parse(readFileSync(note, 'utf8')) as Kept) : undefined;
  if (keptIn) mkdirSync(keptIn, { recursive: true, mode: 0o755 });
  const server = await startServer(keptIn ?? newDataDir(), { token: kept?.token });
  const peaks: number[] = [];
  const watch = setInterval(() => peaks.push(memoryMegabytes([server.child.pid!, databasePid(server.dataDir)])), 2000);
  try {
    const connection = databaseOf(server);
    if (!kept) {
      const base = await bringIn(server, await write('first.csv', 7, count));
      await until(connection, `select not exists (select 1 from platform.job where state in ('running', 'waiting'))`, 7200, 1000);
      await ask(connection, 'vacuum analyze');
      stage('what the base left to be done');
      kept = { token: server.token, seconds: base.seconds };
      writeFileSync(note, JSON.stringify(kept));
    }
    const second = await write('second.csv', 8, listed);
    await comeToRest(connection);
    const bare = median([await copyAsText(connection, second), await copyAsText(connection, second), await copyAsText(connection, second)]);
    const before = await state(server);
    peaks.length = 0;
    const list = await bringIn(server, second);
    const peak = Math.max(...peaks);
    const [{ people } = { people: 0 }] = (await state(server)) as { people: number }[];
    await until(connection, `select not exists (select 1 from platform.job where state in ('running', 'waiting'))`, 7200, 1000);
    await ask(connection, 'vacuum analyze');
    stage('what the list left to be done');
    const looked = await lookUp(server, people);
    const [{ workspace } = { workspace: '' }] = await ask<{ workspace: string }>(connection, 'select id as workspace from platform.workspace');
    const cx = await openContext(readConfig({ BATON_LOG_LEVEL: 'error' }), { ...connection, port: 5432 });
    const recognised = await measureRecognition(cx, systemScope(workspace), tellSeen(9, small ? 400 : 12_000), people, small).finally(() => cx.close());
    for (const row of [...looked, ...recognised]) console.log(`${row.what}: ${row.measured}; ${row.yardstick}; ${row.ratio}`);
    const began = performance.now();
    await call(server, 'POST', `/v1/imports/${list.id}/undo`, {});
    await until(connection, `select exists (select 1 from capture.import where id = '${list.id}' and status = 'undone')`, 3600, 250);
    const undone = (performance.now() - began) / 1000;
    stage('undone');
    const same = JSON.stringify(await state(server)) === JSON.stringify(before);
    if (!same) throw new Error(`Undone, the base is not what it was: ${JSON.stringify([before, await state(server)])}`);
    const n = `${listed.toLocaleString('en')} rows into ${count.toLocaleString('en')}`;
    return [
      {
        what: 'import of dirty rows into a base, matched, undoable',
        n: `${n} (then ${people.toLocaleString('en')} people)`,
        measured: `${ms(list.seconds)}, ${Math.round(listed / list.seconds).toLocaleString('en')} rows/s; ${kept.seconds ? `the base itself ${ms(kept.seconds)}, ${Math.round(count / kept.seconds).toLocaleString('en')} rows/s; ` : ''}peak ${peak.toFixed(0)} MB`,
        yardstick: `COPY into a text table ${ms(bare)}`,
        ratio: `${(list.seconds / bare).toFixed(1)} ×`,
        target: '≤ 50 ×, < 1.5 GB',
        met: list.seconds / bare <= 50 && peak < 1500,
      },
      { what: 'undo of that import, the base as it was', n, measured: ms(undone), yardstick: '–', ratio: '–', target: '< 90 s for a million', met: undone < (90 * listed) / 1_000_000 },
      ...recognised,
      ...looked,
    ];
  } finally {
    clearInterval(watch);
    await server.kill('SIGTERM');
    if (!keptIn) server.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}
