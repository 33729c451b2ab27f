import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer } from '../support/process.ts';
import type { ServerProcess } from '../support/process.ts';

/** The machine's own PostgreSQL, where there is one of 15 or newer: Debian keeps them side by side by version. */
function findServer(): string | undefined {
  const home = '/usr/lib/postgresql';
  const versions = existsSync(home)
    ? readdirSync(home)
        .map(Number)
        .filter((v) => v >= 15)
        .toSorted((a, b) => a - b)
    : [];
  return versions.map((v) => join(home, String(v), 'bin')).find((bin) => existsSync(join(bin, 'initdb')));
}
const bin = findServer();

describe.skipIf(!bin)('on a PostgreSQL of the machine, as an owner that is no superuser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'baton-own-pg-'));
  let database: ReturnType<typeof spawn> | undefined;
  let server: ServerProcess | undefined;

  beforeAll(async () => {
    const root = process.getuid?.() === 0;
    const id = (flag: string): number => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
    const ids = root ? { uid: id('-u'), gid: id('-g') } : {};
    if (ids.uid) chownSync(folder, ids.uid, ids.gid);
    const data = join(folder, 'data');
    const made = spawnSync(join(bin!, 'initdb'), ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8'], {
      ...ids,
      encoding: 'utf8',
    });
    expect(made.status, made.stderr).toBe(0);
    database = spawn(
      join(bin!, 'postgres'),
      ['-D', data, '-c', 'listen_addresses=', '-c', `unix_socket_directories=${folder}`, '-c', 'fsync=off'],
      { ...ids, stdio: 'ignore' },
    );
    for (let i = 0; ; i++) {
      const client = new pg.Client({ host: folder, user: 'postgres', database: 'postgres' });
      try {
        await client.connect();
        await client.query('create role keeper login createrole');
        await client.query('create database baton owner keeper');
        await client.end();
        break;
      } catch (error) {
        if (i > 100) throw error;
        await new Promise((go) => setTimeout(go, 100));
      }
    }
  });
  afterAll(async () => {
    await server?.kill('SIGTERM');
    database?.kill('SIGINT');
    await new Promise((go) => setTimeout(go, 500));
    rmSync(folder, { recursive: true, force: true });
  });

  test('DATABASE_URL starts the same house: set up, take an inquiry in, show it, keep it from the neighbours', async () => {
    const url = `postgres://keeper@localhost/baton?host=${encodeURIComponent(folder)}`;
    server = await startServer(join(folder, 'unused'), { env: { DATABASE_URL: url } });
    const headers = { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' };
    const sent = await fetch(`${server.url}/v1/inquiries`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ email: 'marta@brunner.example', familyName: 'Keller', message: 'A quote, please' }),
    });
    expect(sent.status).toBe(202);
    const { id } = (await sent.json()) as { id: string };
    for (let i = 0; ; i++) {
      const facts = (await (await fetch(`${server.url}/v1/facts?chainId=${id}`, { headers })).json()) as { items: { type: string }[] };
      if (facts.items.some((fact) => fact.type === 'inquiry.identified')) break;
      expect(i, JSON.stringify(facts)).toBeLessThan(100);
      await new Promise((go) => setTimeout(go, 100));
    }
    const client = new pg.Client({ connectionString: url, options: '-c role=baton_app' });
    await client.connect();
    expect((await client.query('select count(*)::int as n from identity.person')).rows[0]).toEqual({ n: 0 }); // no workspace set: nothing
    await client.end();
  });
});
