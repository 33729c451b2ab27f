import { DuckDBInstance } from '@duckdb/node-api';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fieldOfHeader, readTableFile } from '../src/capture/index.ts';
import { dirtyColumns, dirtyRows } from '../src/demo/index.ts';
import { layBlocks, type Blocks } from '../src/identity/match/block.rules.ts';
import { codeTable } from '../src/identity/match/coded.rules.ts';
import { matchInThreads } from '../src/identity/match-in-threads.ts';
import { understand, type Matched } from '../src/identity/match/match-tables.rules.ts';
import { writeTableRow } from '../src/platform/values/table-text.rules.ts';
import { knownLists } from './match-lists.ts';
import { pairsOf } from './support/pairs.ts';
import { ms } from './support/results.ts';
import type { Row } from './support/results.ts';

/**
 * Dirty lists matched in themselves: who was found, against the generator, which knows who wrote; how long, from the file on, against
 * DuckDB doing only the joins that find the same pairs and four likenesses of each.
 */
export async function matching(small: boolean): Promise<Row[]> {
  const out: Row[] = [];
  for (const count of small ? [1500] : [10_000, 100_000, 1_000_000]) out.push(...(await matchList(count, small)));
  return [...out, ...(await knownLists())];
}

async function matchList(count: number, small: boolean): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'baton-match-'));
  try {
    const { bytes, truth } = dirtyFile(count);
    const began = performance.now();
    const read = await readTableFile(bytes);
    const columns = read.headers.map((header, at) => ({ header, cells: read.columns[at]! }));
    const options = { fieldOf: fieldOfHeader, ...(small && { allPairsMost: 0 }) };
    const matched = await matchInThreads(understand(columns, options), options);
    const seconds = (performance.now() - began) / 1000;
    const memory = process.resourceUsage().maxRSS / 1024 ** 2;
    const { f1, sure } = judge(matched, truth);
    if (f1 < 0.95) throw new Error(`F1 ${f1}: the matcher no longer finds who is who.`);
    const blocks = layBlocks(codeTable(matched.recognised.fields, truth.length), undefined);
    const yardstick = await compareInDuckDb(bytes, blocks, folder);
    if (Math.abs(yardstick.pairs / matched.compared - 1) > 0.001)
      throw new Error(`DuckDB compared ${yardstick.pairs} pairs, the matcher ${matched.compared}.`);
    const n = `${truth.length.toLocaleString('en')} rows`;
    const row = (what: string, measured: string, target: string, met: boolean): Row =>
      ({ what, n, measured, yardstick: '–', ratio: '–', target, met }); // prettier-ignore
    return [
      row('pairwise F1 of a dirty list in itself, no labels', f1.toFixed(4), '≥ .98', f1 >= 0.98),
      row('precision of its pairs surely one', sure.toFixed(4), '≥ .99', sure >= 0.99),
      {
        what: `read the file, recognise, normalise, learn, compare ${matched.compared.toLocaleString('en')} pairs of 11 fields, gather`,
        n,
        measured: `${ms(seconds)}, ${memory.toFixed(1)} GB`,
        yardstick: `DuckDB, the same pairs joined and Jaro–Winkler of 4 fields ${ms(yardstick.seconds)}`,
        ratio: `${(seconds / yardstick.seconds).toFixed(1)} ×`,
        target: '≤ 2 ×, < 4 GB',
        met: seconds <= 2 * yardstick.seconds && memory < 4,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function dirtyFile(count: number): { bytes: Buffer; truth: string[] } {
  const lines = [writeTableRow(dirtyColumns.slice(0, 11))];
  const truth: string[] = [];
  for (const { row, truth: real } of dirtyRows({ seed: 7, count, from: new Date('2026-01-01'), to: new Date('2026-06-30') })) {
    // keyboard junk is nobody
    if (real.person === null) continue;
    lines.push(writeTableRow(row.slice(0, 11)));
    truth.push(real.person);
  }
  return { bytes: Buffer.from(lines.join('')), truth };
}

function judge(matched: Matched, truth: readonly string[]): { f1: number; sure: number } {
  const right = pairsOf(truth.map((key, row) => `${key}|${matched.clusters[row]}`));
  const sure = matched.pairs.filter(({ zone }) => zone === 'sure');
  return {
    f1: (2 * right) / (pairsOf(truth) + pairsOf(matched.clusters)),
    sure: sure.filter(({ a, b }) => truth[a] === truth[b]).length / sure.length,
  };
}

/** Only the joins that find the candidates by keys laid ready, and four likenesses of each. */
async function compareInDuckDb(bytes: Buffer, blocks: Blocks, folder: string): Promise<{ seconds: number; pairs: number }> {
  writeFileSync(join(folder, 'rows.csv'), bytes);
  const keys: string[] = ['id,k\n'];
  let first = 0;
  for (const { order, starts } of blocks.members) {
    for (let group = 0; group + 1 < starts.length; group++)
      for (let at = starts[group]!; at < starts[group + 1]!; at++) keys.push(`${order[at]},${first + group}\n`);
    first += starts.length;
  }
  writeFileSync(join(folder, 'keys.csv'), keys.join(''));
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const duck = await instance.connect();
  try {
    await duck.run('set preserve_insertion_order = true');
    const [given, family, company, , mail] = dirtyColumns;
    await duck.run(`create table r as select row_number() over () - 1 as id, "${given}" as given, "${family}" as family, "${company}" as company, "${mail}" as mail
      from read_csv('${join(folder, 'rows.csv')}', all_varchar = true, parallel = false)`);
    await duck.run(`create table k as select id::int as id, k::int as k from read_csv('${join(folder, 'keys.csv')}', all_varchar = true)`);
    const began = performance.now();
    const answer = await duck.runAndReadAll(`select count(*)::int as pairs, avg(likeness) from (
      select jaro_winkler_similarity(a.given, b.given) + jaro_winkler_similarity(a.family, b.family) + jaro_winkler_similarity(a.company, b.company)
        + jaro_winkler_similarity(a.mail, b.mail) as likeness
      from (select distinct one.id as x, other.id as y from k one join k other on one.k = other.k and one.id < other.id) p
      join r a on a.id = p.x join r b on b.id = p.y)`);
    return { seconds: (performance.now() - began) / 1000, pairs: Number(answer.getRows()[0]![0]) };
  } finally {
    duck.closeSync();
    instance.closeSync();
  }
}
