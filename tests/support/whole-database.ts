import pg from 'pg';
import type { Connection } from '../../src/platform/db/index.ts';

/** Every row of every table, as the owner of the database sees it, that holds one of these words, also inside bytes. */
export async function rowsThatSay(connection: Connection, words: readonly string[]): Promise<string[]> {
  const owner = new pg.Client(connection);
  await owner.connect();
  try {
    const { rows: tables } = await owner.query<{ name: string }>(`select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname in ('platform', 'journal', 'capture', 'identity', 'qualify', 'distribute', 'followup', 'nurture', 'revenue', 'report', 'demo') order by 1`);
    const patterns = words.flatMap((word) => [word, Buffer.from(word).toString('hex')]).map((word) => `%${word.toLowerCase()}%`);
    const found: string[] = [];
    for (const { name } of tables) {
      const { rows } = await owner.query<{ row: string }>(`select t::text as row from ${name} t where lower(t::text) like any($1::text[])`, [patterns]);
      for (const { row } of rows) found.push(`${name}: ${row.slice(0, 400)}`);
    }
    return found;
  } finally {
    await owner.end();
  }
}
