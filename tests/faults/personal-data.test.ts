import { afterAll, beforeAll, expect, test } from 'vitest';
import { personalData } from '../../src/identity/index.ts';
import { sql } from '../../src/platform/db/index.ts';
import { openTestHouse } from '../support/house.ts';
import type { TestHouse } from '../support/house.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const columnsThatSay = () =>
  house.rows<{ tableName: string; columnName: string }>(sql`
    select n.nspname || '.' || c.relname as table_name, a.attname as column_name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped join pg_type t on t.oid = a.atttypid
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema', 'public', 'pg_toast') and n.nspname !~ '^pg_'
      and t.typname in ('text', 'jsonb', 'json', 'bytea', 'tsvector', '_text', 'varchar', 'citext') order by 1, 2`);

/** A table nobody speaks for, or a column of one, is a person's data that an erasure would leave behind. */
test('every column that can hold words is erased, or it is said why it stays', async () => {
  const rooms = personalData();
  const holds = Object.assign({}, ...rooms.map((room) => room.holds)) as (typeof rooms)[number]['holds'];
  const spared = new Set(rooms.flatMap((room) => Object.values(room.spared).flat()));
  const columns = await columnsThatSay();
  expect(columns.length).toBeGreaterThan(200);
  const forgotten = columns.filter(({ tableName, columnName }) => {
    const own = holds[tableName];
    return !spared.has(tableName) && !(own && (own.erased.includes(columnName) || Object.values(own.kept ?? {}).flat().includes(columnName)));
  });
  expect(forgotten.map(({ tableName, columnName }) => `${tableName}.${columnName}`)).toEqual([]);
  // And what is said of tables and columns is said of such as there are.
  const tables = await house.rows<{ name: string; columns: string[] }>(sql`
    select n.nspname || '.' || c.relname as name, array_agg(a.attname::text) as columns from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped where c.relkind in ('r', 'p') group by 1`);
  const known = new Map(tables.map(({ name, columns: own }) => [name, own]));
  for (const name of spared) expect.soft(known.has(name), name).toBe(true);
  for (const [name, { erased, kept = {} }] of Object.entries(holds))
    for (const column of [...erased, ...Object.values(kept).flat()]) expect.soft(known.get(name) ?? [], `${name}.${column}`).toContain(column);
  const twice = [...spared].filter((name) => name in holds);
  expect(twice).toEqual([]);
});
