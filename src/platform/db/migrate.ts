import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { Refusal } from '../refusal.ts';
import type { Connection } from './database.ts';

const folder = join(import.meta.dirname, '../../../db/migrations');
const lockKey = 7_700_001;

export interface Migration {
  name: string;
  text: string;
  sha256: string;
}

export function readMigrations(): Migration[] {
  return readdirSync(folder)
    .filter((file) => /^\d{4}_[a-z]+_[a-z0-9_]+\.sql$/.test(file))
    .toSorted()
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      return { name, text, sha256: createHash('sha256').update(text).digest('hex') };
    });
}

/**
 * Brings the database up to date, forward only: one transaction a file under an advisory lock, so that several processes may
 * start at once. A file that changed after it was applied is refused.
 * @returns names of the files applied now.
 */
export async function migrate(connection: Connection): Promise<string[]> {
  const client = new pg.Client({ ...connection, application_name: 'baton migrate' });
  await client.connect();
  const applied: string[] = [];
  try {
    const version = await client.query<{ v: string }>(`select current_setting('server_version_num') as v`);
    if (Number(version.rows[0]!.v) < 150_000) {
      throw new Refusal(
        'unavailable',
        'platform/postgres-too-old',
        'Baton needs PostgreSQL 15 or newer; this server is older. Upgrade it or unset DATABASE_URL.',
      );
    }
    await client.query('select pg_advisory_lock($1)', [lockKey]);
    await client.query(
      'create table if not exists public.baton_migration (name text primary key, sha256 text not null, applied_at timestamptz not null default now())',
    );
    const done = new Map(
      (await client.query<{ name: string; sha256: string }>('select name, sha256 from public.baton_migration')).rows.map((r) => [
        r.name,
        r.sha256,
      ]),
    );
    for (const { name, text, sha256 } of readMigrations()) {
      const known = done.get(name);
      if (known !== undefined && known !== sha256) {
        throw new Refusal(
          'conflict',
          'platform/migration-changed',
          `Migration ${name} was changed after this database applied it. Restore the released file; new changes go into a new file.`,
        );
      }
      if (known !== undefined) continue;
      const alone = text.startsWith('-- no-transaction');
      if (!alone) await client.query('begin');
      try {
        await client.query(text);
        await client.query('insert into public.baton_migration (name, sha256) values ($1, $2)', [name, sha256]);
        if (!alone) await client.query('commit');
      } catch (error) {
        if (!alone) await client.query('rollback').catch(() => {});
        throw new Error(`Migration ${name} failed: ${(error as Error).message}`, { cause: error });
      }
      applied.push(name);
    }
    return applied;
  } finally {
    await client.end();
  }
}
