import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readTable } from '../../src/platform/values/table-text.rules.ts';
import { madeMap } from '../support/made-map.ts';

const folder = mkdtempSync(join(tmpdir(), 'baton-balance-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const main = join(import.meta.dirname, '../../src/main.ts');
// nothing listens there: a command that opened a house would fail
const env = { ...process.env, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', BATON_DATA_DIR: join(folder, 'none') };
const run = (...args: string[]) => spawnSync(process.execPath, [main, 'balance', ...args], { cwd: folder, env, encoding: 'utf8' });
const write = (name: string, rows: readonly (readonly (string | number)[])[]): void => writeFileSync(join(folder, name), rows.map((row) => `${row.join(',')}\n`).join(''));

const map = madeMap(11, 60);
write('areas.csv', [
  ['empty', 'people', 'calls', 'x', 'y', 'rep', 'key account', 'area no'],
  ...map.units.map(({ id, lon, lat, people, calls }, u) => ['', people, calls, lon, lat, u % 2 === 0 ? 'North' : 'South', u === 3 ? 'yes' : '', id]),
]);
write('borders.csv', [['border', 'u', 'v'], ...map.borders.map(([a, b], n) => [n + 1, map.units[a]!.id, map.units[b]!.id])]);

interface Summary {
  columns: { header: string; meaning: string }[];
  deviation: { weight: string; max: number; within: boolean }[];
  contiguous: boolean;
  compactness: { bordersCut: number; shareCut: number; radiusKm: number };
  moves: { units: number } | null;
  sentences: string[];
  assignment: Record<string, string>;
}

it('an analyst divides a map with no workspace and no database, and finds the columns understood', () => {
  const told = execFileSync(
    process.execPath,
    [main, 'balance', 'areas.csv', 'borders.csv', '--territories', '3', '--weight', 'people', '--tolerance', '2%', '--out', 'out.csv', '--json'],
    { cwd: folder, env, encoding: 'utf8' },
  );
  const summary = JSON.parse(told) as Summary;
  expect(summary.columns.map(({ header, meaning }) => `${header}: ${meaning}`)).toEqual(['area no: unit', 'x: longitude', 'y: latitude', 'people: weight', 'u: neighbour', 'v: neighbour']);
  expect(summary.deviation[0]).toMatchObject({ weight: 'people', within: true });
  expect(summary.contiguous).toBe(true);
  expect(summary.compactness.bordersCut).toBe(map.borders.filter(([a, b]) => summary.assignment[map.units[a]!.id] !== summary.assignment[map.units[b]!.id]).length);
  const [head, ...rows] = readTable(readFileSync(join(folder, 'out.csv'), 'utf8'), ',').map(({ cells }) => cells);
  expect(head!.slice(-2)).toEqual(['area no', 'territory']);
  expect(Object.fromEntries(rows.map((cells) => cells.slice(-2)))).toEqual(summary.assignment);
  expect(Object.keys(summary.assignment)).toHaveLength(map.units.length);
});

it('keeps to today, leaves a key account where it is, and balances two weights', () => {
  const both = ['--weight', 'people', '--weight', 'calls', '--tolerance', '20%', '--tolerance', '30%'];
  const { stdout } = run('areas.csv', 'borders.csv', '--territories', '2', ...both, '--keep', 'rep', '--fix', 'key account', '--json');
  const summary = JSON.parse(stdout) as Summary;
  expect(new Set(Object.values(summary.assignment))).toEqual(new Set(['North', 'South']));
  expect(summary.assignment[map.units[3]!.id]).toBe('South');
  expect(summary.deviation.map(({ within }) => within)).toEqual([true, true]);
  expect(summary.moves!.units).toBe(map.units.filter(({ id }, u) => summary.assignment[id] !== (u % 2 === 0 ? 'North' : 'South')).length);
});

it('takes neighbours from centres where no borders are given, and says so', () => {
  const told = run('areas.csv', '--territories', '2', '--weight', 'people', '--tolerance', '5%');
  expect(told.stdout).toContain('units are taken as neighbours whose centres have no other between them');
  expect(told.stdout).toContain('Every territory is in one piece.');
});

it('says what is wrong with what it was given', () => {
  const two = ['--territories', '2', '--weight', 'people'];
  expect(run('nowhere.csv', 'borders.csv', ...two)).toMatchObject({ status: 4, stderr: 'There is no file “nowhere.csv” to read.\n' });
  expect(run('areas.csv', 'borders.csv', '--territories', '2', '--weight', 'pepole')).toMatchObject({
    status: 2,
    stderr: '“areas.csv” has no column “pepole”. There are: empty, people, calls, x, y, rep, key account, area no.\n',
  });
});
