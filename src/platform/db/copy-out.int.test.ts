import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse, type TestHouse } from '../../../tests/support/house.ts';
import { copyOut } from './copy-out.ts';

let house: TestHouse;
let client: pg.Client;
const folder = mkdtempSync(join(tmpdir(), 'baton-copy-'));
beforeAll(async () => {
  house = await openTestHouse();
  client = new pg.Client(house.connection);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});
const copy = (select: string, name: string): Promise<void> => copyOut(client, `copy (${select}) to stdout`, join(folder, name));

test('every row is in the file, in its order, however long, and the connection goes on', async () => {
  // Rows shorter than a block, of just a block, and longer than several.
  await copy(`select n || repeat('x', case n % 50000 when 7 then 262142 when 8 then 262144 when 9 then 1000000 else n % 90 end) from generate_series(1, 150000) n`, 'long');
  const lines = readFileSync(join(folder, 'long'), 'latin1').split('\n');
  expect(lines.pop()).toBe('');
  const width = (n: number): number => ({ 7: 262_142, 8: 262_144, 9: 1_000_000 })[n % 50_000] ?? n % 90;
  expect(lines.length).toBe(150_000);
  expect(lines.findIndex((line, i) => line !== `${i + 1}${'x'.repeat(width(i + 1))}`)).toBe(-1);
  await copy('select 1 where false', 'none');
  expect(readFileSync(join(folder, 'none'), 'latin1')).toBe('');
  expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
});

test('what the server or the file system refuses is said, and the connection goes on', async () => {
  await expect(copy('select 1 / (50000 - n) from generate_series(1, 100000) n', 'half')).rejects.toMatchObject({ code: '22012' });
  await expect(copy(`select repeat('x', 1000) from generate_series(1, 20000)`, 'nowhere/at-all')).rejects.toMatchObject({ code: 'ENOENT' });
  expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
});

test('what the server says among the rows is heard, and is not in the file', async () => {
  const heard: string[] = [];
  const hear = (notice: { message?: string | undefined }): void => void heard.push(notice.message!);
  client.on('notice', hear);
  await client.query(`create function pg_temp.telling(n int) returns int language plpgsql as $$ begin if n % 1000 = 0 then raise notice 'at %', n; end if; return n; end $$`);
  await copy('select pg_temp.telling(n) from generate_series(1, 20000) n', 'telling');
  client.off('notice', hear);
  expect(heard).toEqual(Array.from({ length: 20 }, (_, i) => `at ${(i + 1) * 1000}`));
  expect(readFileSync(join(folder, 'telling'), 'latin1')).toBe(Array.from({ length: 20_000 }, (_, i) => `${i + 1}\n`).join(''));
});
