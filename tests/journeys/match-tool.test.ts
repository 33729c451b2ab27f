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
    [main, 'match', 'list.csv.gz', '--clusters', 'clusters.csv', '--pairs', 'pairs.csv', '--ignore', 'Comments,Date', '--json'],
    { cwd: folder, env, encoding: 'utf8' },
  );
  const summary = JSON.parse(told) as { files: { rows: number }[]; pairs: { sure: number; ask: number }; clusters: { all: number } };
  const [head, ...rows] = readTable(readFileSync(join(folder, 'clusters.csv'), 'utf8'), ',').map(({ cells }) => cells);
  expect(head!.slice(0, 5)).toEqual(['cluster', 'cluster_size', 'file', 'row', 'First Name']);
  expect(rows).toHaveLength(300);
  expect(summary.files[0]!.rows).toBe(300);
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
  expect(run('small.csv', '--ignore', 'town').stderr).toContain('No column is called “town”');
  expect(run('small.csv', '--join', '2').stderr).toContain('--join takes a probability');
});
