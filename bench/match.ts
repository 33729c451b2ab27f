import { DuckDBInstance } from '@duckdb/node-api';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dirtyColumns, dirtyRows } from '../src/demo/index.ts';
import { matchTables } from '../src/identity/match/match-tables.rules.ts';
import { ms } from './support/results.ts';
import type { Row } from './support/results.ts';

/** A dirty list matched in itself: who was found, against the generator, which knows who wrote; how long, against DuckDB on as many pairs. */
export async function matching(small: boolean): Promise<Row[]> {
  const rows: string[][] = [];
  const truth: string[] = [];
  for (const { row, truth: real } of dirtyRows({
    seed: 7,
    count: small ? 1500 : 100_000,
    from: new Date('2026-01-01'),
    to: new Date('2026-06-30'),
  })) {
    // keyboard junk is nobody
    if (real.person === null) continue;
    rows.push(row);
    truth.push(real.person);
  }
  const columns = dirtyColumns.slice(0, 11).map((header, at) => ({ header, cells: rows.map((row) => row[at]!) }));
  const began = performance.now();
  const matched = matchTables(columns);
  const seconds = (performance.now() - began) / 1000;
  const real = pairsOf(truth);
  const found = pairsOf(matched.clusters);
  const right = pairsOf(truth.map((key, row) => `${key}|${matched.clusters[row]}`));
  const f1 = (2 * right) / (real + found);
  if (f1 < 0.9) throw new Error(`F1 ${f1}: the matcher no longer finds who is who.`);
  const sure = matched.pairs.filter(({ zone }) => zone === 'sure');
  const precision = sure.filter(({ a, b }) => truth[a] === truth[b]).length / sure.length;
  const yardstick = await compareInDuckDb(rows, matched.compared);
  const n = `${rows.length.toLocaleString('en')} rows`;
  const row = (what: string, measured: string, target: string, met: boolean): Row => ({
    what,
    n,
    measured,
    yardstick: '–',
    ratio: '–',
    target,
    met,
  });
  return [
    row('pairwise F1 of a dirty list, no labels', f1.toFixed(4), '≥ .98', f1 >= 0.98),
    row('precision of pairs surely one', precision.toFixed(4), '≥ .99', precision >= 0.99),
    {
      what: `recognise, normalise, learn and compare ${matched.compared.toLocaleString('en')} pairs of 11 fields, one thread`,
      n,
      measured: ms(seconds),
      yardstick: `DuckDB, 2 threads, Jaro–Winkler of 4 fields on as many blocked pairs ${ms(yardstick)}`,
      ratio: `${(seconds / yardstick).toFixed(1)} ×`,
      target: '≤ 2 ×',
      met: seconds <= 2 * yardstick,
    },
  ];
}

function pairsOf(keys: ArrayLike<string | number>): number {
  const sizes = new Map<string | number, number>();
  for (const key of Array.from(keys)) sizes.set(key, (sizes.get(key) ?? 0) + 1);
  return [...sizes.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
}

/** Only the joins that find candidates, and four likenesses of each, for as many pairs: seconds. */
async function compareInDuckDb(rows: readonly string[][], pairs: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'baton-match-'));
  const file = join(folder, 'rows.json');
  writeFileSync(file, rows.map(([given, family, company, , mail], id) => JSON.stringify({ id, given, family, company, mail })).join('\n'));
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const duck = await instance.connect();
  try {
    await duck.run(
      `create table r as select * from read_json('${file}', format = 'newline_delimited', columns = {id: 'INT', given: 'VARCHAR', family: 'VARCHAR', company: 'VARCHAR', mail: 'VARCHAR'})`,
    );
    const began = performance.now();
    await duck.run(`select count(*) from (
      select jaro_winkler_similarity(a.given, b.given) + jaro_winkler_similarity(a.family, b.family) + jaro_winkler_similarity(a.company, b.company)
        + jaro_winkler_similarity(a.mail, b.mail) as likeness
      from (select a.id as x, b.id as y from r a join r b on lower(a.family) = lower(b.family) and a.id < b.id
        union select a.id, b.id from r a join r b on lower(a.company) = lower(b.company) and a.id < b.id
        union select a.id, b.id from r a join r b on lower(a.mail) = lower(b.mail) and a.id < b.id limit ${pairs}) p
      join r a on a.id = p.x join r b on b.id = p.y) where likeness > 3`);
    return (performance.now() - began) / 1000;
  } finally {
    duck.closeSync();
    rmSync(folder, { recursive: true, force: true });
  }
}
