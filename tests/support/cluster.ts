import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Connection } from '../../src/platform/db/index.ts';
import { startEmbedded } from '../../src/platform/db/embedded.ts';
import { migrate, readMigrations } from '../../src/platform/db/migrate.ts';

/** One server for a whole test run; BATON_TEST_DATABASE_URL takes another (then the tests run on that PostgreSQL). */
const home = join(
  tmpdir(),
  `baton-test-${createHash('sha256')
    .update(import.meta.dirname)
    .digest('hex')
    .slice(0, 10)}`,
);

/** A template is named by the migrations it holds, so a changed migration makes a new one. */
const templateName = (): string =>
  `baton_template_${createHash('sha256')
    .update(
      readMigrations()
        .map((m) => m.sha256)
        .join(),
    )
    .digest('hex')
    .slice(0, 16)}`;

async function onServer<T>(connection: Connection, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}

export const databaseOf = (connection: Connection, database: string): Connection => {
  if (!connection.connectionString) return { ...connection, database };
  const url = new URL(connection.connectionString);
  url.pathname = `/${database}`;
  return { connectionString: url.toString() };
};

/** Starts (or adopts) the test server and makes the migrated template database. */
export async function openCluster(): Promise<{ connection: Connection; close(): Promise<void> }> {
  const given = process.env['BATON_TEST_DATABASE_URL'];
  mkdirSync(home, { recursive: true });
  chmodSync(home, 0o755);
  // Durability is switched off: these databases live for seconds. The crash tests start a server of their own.
  const server = given
    ? undefined
    : await startEmbedded(home, { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' });
  const connection: Connection = given ? { connectionString: given } : server!.connection;
  const template = templateName();
  await onServer(connection, async (client) => {
    await client.query('select pg_advisory_lock(7700002)');
    for (const { datname } of (
      await client
        .query<{ datname: string }>(
          `select datname from pg_database where datname like 'baton\\_t\\_%' and now() - (pg_stat_file('base/' || oid || '/PG_VERSION')).modification > interval '3 hours'`,
        )
        .catch(() => ({ rows: [] }))
    ).rows) {
      await client.query(`drop database if exists ${datname} with (force)`).catch(() => {});
    }
    const there = await client.query('select 1 from pg_database where datname = $1', [template]);
    if (there.rowCount === 0) {
      const draft = `${template}_draft`;
      await client.query(`drop database if exists ${draft}`);
      await client.query(`create database ${draft}`);
      await migrate(databaseOf(connection, draft));
      await client.query(`alter database ${draft} rename to ${template}`);
    }
  });
  return { connection, close: async () => (server && !server.adopted ? server.stop() : undefined) };
}

/** A fresh copy of the template: tens of milliseconds. */
export async function cloneDatabase(connection: Connection): Promise<{ connection: Connection; drop(): Promise<void> }> {
  const name = `baton_t_${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
  await onServer(connection, (client) => client.query(`create database ${name} template ${templateName()}`));
  return {
    connection: databaseOf(connection, name),
    drop: () => onServer(connection, async (client) => void (await client.query(`drop database if exists ${name} with (force)`))),
  };
}
