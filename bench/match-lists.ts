import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fieldOfHeader, readTableFile, type ReadTable } from '../src/capture/index.ts';
import { matchInThreads } from '../src/identity/match-in-threads.ts';
import { understand } from '../src/identity/match/match-tables.rules.ts';
import { cellAt } from '../src/platform/values/cells.rules.ts';
import { pairsOf } from './support/pairs.ts';
import type { Row } from './support/results.ts';

/**
 * Lists that nobody here wrote, in a folder given by BATON_MATCH_LISTS. None of them belongs to the project: the folder says itself, in
 * `lists.json`, what each is, where its truth stands, and how good we want to be.
 */
interface KnownList {
  what: string;
  file: string;
  /** a second table: the first's rows have partners there */
  other?: string;
  /** the column that says who is who, and the part of it that does; without it `links` says how many there are */
  truth?: { column: string; part?: string };
  links?: number;
  ignore?: string[];
  target: number;
}

export async function knownLists(): Promise<Row[]> {
  const folder = process.env['BATON_MATCH_LISTS'];
  if (folder === undefined) return [];
  const index = join(folder, 'lists.json');
  if (!existsSync(index)) throw new Error(`There is no ${index}: it says what lists there are.`);
  const out: Row[] = [];
  for (const list of JSON.parse(readFileSync(index, 'utf8')) as KnownList[]) out.push(await judged(folder, list));
  return out;
}

async function judged(folder: string, list: KnownList): Promise<Row> {
  const read = (file: string): Promise<ReadTable> => readTableFile(readFileSync(join(folder, file)));
  const table = await read(list.file);
  const other = list.other === undefined ? undefined : await read(list.other);
  const dropped = new Set([list.truth?.column, ...(list.ignore ?? [])]);
  const columnsOf = ({ headers, columns }: ReadTable) =>
    headers.map((header, at) => ({ header, cells: columns[at]! })).filter(({ header }) => !dropped.has(header));
  const options = { fieldOf: fieldOfHeader, ...(other && { other: columnsOf(other) }) };
  const { clusters } = await matchInThreads(understand(columnsOf(table), options), options);
  const found = pairsOf(clusters);
  const n = `${table.rows.toLocaleString('en')}${other ? ` × ${other.rows.toLocaleString('en')}` : ''} rows`;
  const row = { what: `${list.what}, defaults, no labels`, n, yardstick: '–', ratio: '–' };
  if (!list.truth) {
    const right = list.links === undefined || found === list.links;
    return { ...row, measured: `${found} pairs`, target: list.links === undefined ? '–' : `${list.links}`, met: list.links === undefined ? null : right };
  }
  const place = table.headers.indexOf(list.truth.column);
  const part = new RegExp(list.truth.part ?? '.*');
  const truth = Array.from({ length: table.rows }, (_, at) => part.exec(cellAt(table.columns[place]!, at))?.[0] ?? `row ${at}`);
  const real = pairsOf(truth);
  const right = pairsOf(truth.map((key, at) => `${key}|${clusters[at]}`));
  const f1 = (2 * right) / (real + found);
  return {
    ...row,
    measured: `F1 ${f1.toFixed(4)} (precision ${(right / found).toFixed(4)}, recall ${(right / real).toFixed(4)} of ${real} pairs)`,
    target: `≥ ${list.target}`,
    met: f1 >= list.target,
  };
}
