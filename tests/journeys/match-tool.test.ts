import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { dirtyCsv } from '../../src/demo/index.ts';
import { readTable } from '../../src/platform/values/table-text.rules.ts';

const folder = mkdtempSync(join(tmpdir(), 'baton-match-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const main = join(import.meta.dirname, '../../src/main.ts');
// nothing listens there: a command that opened a house would fail
const env = { ...process.env, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', BATON_DATA_DIR: join(folder, 'none') };

it('an analyst matches a file with no workspace and no database', () => {
  const csv = [...dirtyCsv({ seed: 3, count: 300, from: new Date('2026-01-01'), to: new Date('2026-06-30') })].join('');
  writeFileSync(join(folder, 'list.csv.gz'), gzipSync(csv));
  const told = execFileSync(
    process.execPath,
    [main, 'match', 'list.csv.gz', '--clusters', 'clusters.csv', '--pairs', 'pairs.csv', '--ignore', 'Comments', '--ignore', 'Date', '--json'],
    { cwd: folder, env, encoding: 'utf8' },
  );
  const summary = JSON.parse(told) as { files: { rows: number }[]; columns: { file: string; header: string; usedAs: { kind: string }[]; leftOut: string | null }[]; pairs: { sure: number; ask: number }; clusters: { all: number } };
  const [head, ...rows] = readTable(readFileSync(join(folder, 'clusters.csv'), 'utf8'), ',').map(({ cells }) => cells);
  expect(head!.slice(0, 5)).toEqual(['cluster', 'cluster_size', 'file', 'row', 'First Name']);
  expect(rows).toHaveLength(300);
  expect(summary.files[0]!.rows).toBe(300);
  const columns = new Map(summary.columns.map((one) => [one.header, one]));
  expect(columns.get('First Name')).toMatchObject({ file: 'list.csv.gz', usedAs: [{ kind: 'given name' }], leftOut: null });
  for (const header of ['Comments', 'Date']) expect(columns.get(header)).toMatchObject({ usedAs: [], leftOut: 'you said so (--ignore)' });
  expect(columns.size).toBe(head!.length - 4);
  expect(new Set(rows.map(([cluster]) => cluster)).size).toBe(summary.clusters.all);
  const pairs = readTable(readFileSync(join(folder, 'pairs.csv'), 'utf8'), ',').map(({ cells }) => cells);
  expect(pairs).toHaveLength(1 + summary.pairs.sure + summary.pairs.ask);
  const bits = pairs[0]!.flatMap((name, at) => (name.startsWith('bits: ') ? [at] : []));
  for (const pair of pairs.slice(1)) {
    const sum = bits.reduce((total, at) => total + Number(pair[at]), 0);
    expect(Math.abs(sum - Number(pair[pairs[0]!.indexOf('bits')]))).toBeLessThan(0.02);
  }
});

it('says what is wrong with what it was given', () => {
  const run = (...args: string[]) => spawnSync(process.execPath, [main, 'match', ...args], { cwd: folder, env, encoding: 'utf8' });
  expect(run('nowhere.csv')).toMatchObject({ status: 4, stderr: 'There is no file “nowhere.csv” to read.\n' });
  writeFileSync(join(folder, 'small.csv'), 'name,city\nAnn Lee,Bern\nBob Ray,Basel\n');
  expect(run('small.csv', '--ignore', 'town')).toMatchObject({ status: 2, stderr: 'No column is called “town”. small.csv has: name, city.\n' });
  expect(run('small.csv', '--ignore', 'name,city').stderr).toBe('No column is left to compare.\n');
  expect(run('small.csv', '--join', '2').stderr).toContain('--join takes a probability');
});

it('says what each column was compared as, and why the others were left out', () => {
  const run = (...args: string[]) => execFileSync(process.execPath, [main, 'match', ...args], { cwd: folder, env, encoding: 'utf8' });
  writeFileSync(join(folder, 'a.csv'), 'First Name,Last Name,"City, town",Birth year,Month,Day,Note,Land\nAnn,Lee,Bern,1970,1,2,,CH\nBob,Ray,Basel,1971,2,3,,CH\nAnne,Lee,Bern,1970,1,2,,CH\n');
  writeFileSync(join(folder, 'b.csv'), 'Vorname,Nachname,Ort,Telefon\nAnn,Lee,Bern,+41 31 311 00 00\nRob,Ray,Basel,+41 31 311 00 01\n');
  expect(run('a.csv', '--ignore', 'city, TOWN').split('\n').slice(0, 11)).toEqual([
    'a.csv: 3 rows',
    'Columns compared:',
    '  First Name as given name',
    '  Last Name as family name',
    '  Birth year as date in “Birth year Month Day”',
    '  Month as date in “Birth year Month Day”',
    '  Day as date in “Birth year Month Day”',
    'Columns left out:',
    '  Note: it is empty',
    '  Land: it says the same in every row',
    '  City, town: you said so (--ignore)',
  ]);
  const two = run('a.csv', 'b.csv', '--ignore', 'Birth year,Month', '--ignore', 'Day');
  expect(two).toContain('  Vorname (b.csv) as given name in “First Name / Vorname”\n');
  expect(two).toContain('  Telefon (b.csv): the other file has nothing like it\n');
  expect(two).toContain('  Day (a.csv): you said so (--ignore)\n');
});
