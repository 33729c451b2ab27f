import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

export interface Row {
  what: string;
  n: string;
  measured: string;
  yardstick: string;
  ratio: string;
  target: string;
  met: boolean | null;
  note?: string;
}

const file = join(import.meta.dirname, '../RESULTS.json');
const page = join(import.meta.dirname, '../RESULTS.md');

export const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
export const percentile = (values: number[], p: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * p))] ?? Number.NaN;
export const ms = (seconds: number): string =>
  seconds < 1 ? `${(seconds * 1000).toFixed(seconds < 0.1 ? 1 : 0)} ms` : `${seconds.toFixed(2)} s`;

/** Milliseconds of each of `count` runs, after `warm` that are not counted. */
export async function timed(run: () => Promise<unknown>, { warm, count }: { warm: number; count: number }): Promise<number[]> {
  for (let turn = 0; turn < warm; turn++) await run();
  const times: number[] = [];
  for (let turn = 0; turn < count; turn++) {
    const began = performance.now();
    await run();
    times.push(performance.now() - began);
  }
  return times;
}

/** Keeps the newest rows of each bench and writes the page people read. */
export function record(bench: string, rows: Row[]): void {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: import.meta.dirname, encoding: 'utf8' }).trim();
  const all = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, { commit: string; on: string; rows: Row[] }>)
    : {};
  all[bench] = { commit, on: new Date().toISOString().slice(0, 10), rows };
  writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`);
  const lines = [
    '# Benchmarks',
    '',
    `Ratios to a yardstick measured in the same run; times are noisy, ratios hold. Machine: ${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}, embedded PostgreSQL 18 with durable commits.`,
    'Written by `npm run bench [name …]`; `npm run bench -- --small` checks correctness only and records nothing.',
    '',
    '| bench | what | n | measured | yardstick | ratio | target | met | commit |',
    '|---|---|---|---|---|---|---|---|---|',
  ];
  const notes: string[] = [];
  for (const [name, { commit: at, rows: list }] of Object.entries(all).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    for (const row of list) {
      lines.push(
        `| ${name} | ${row.what} | ${row.n} | ${row.measured} | ${row.yardstick} | ${row.ratio} | ${row.target} | ${row.met === null ? '–' : row.met ? 'yes' : '**no**'} | ${at} |`,
      );
      if (row.note) notes.push(`- **${name}, ${row.what}**: ${row.note}`);
    }
  }
  if (notes.length > 0) lines.push('', '## Notes', '', ...notes);
  writeFileSync(page, `${lines.join('\n')}\n`);
}
