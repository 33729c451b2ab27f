import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { fieldOfHeader, readTableFile, type ReadTable } from '../capture/index.ts';
import { refuse } from '../platform/refusal.ts';
import { cellAt } from '../platform/values/cells.rules.ts';
import { writeTableRow } from '../platform/values/table-text.rules.ts';
import type { LeftOut, RawColumn } from './match/columns.rules.ts';
import { matchInThreads } from './match-in-threads.ts';
import { sureFrom, understand, type Matched } from './match/match-tables.rules.ts';

interface MatchFlags {
  clusters?: string;
  pairs?: string;
  ignore: string[];
  join?: string;
  many?: boolean;
}

/** `baton match`: for analysts; opens no house and needs no workspace. */
export function matchCommand(program: Command): void {
  program
    .command('match <file> [other]')
    .description('find who is the same within a table, or between two; needs no workspace')
    .option('--clusters <file>', 'write every row with the number of its cluster')
    .option('--pairs <file>', 'write the pairs that may be one, with the evidence field by field')
    .option('--ignore <column>', 'a column to leave out, by its name; may be given again, or with several names separated by commas', (name: string, before: string[]) => [...before, name], [])
    .option('--join <probability>', 'how likely two rows must be one to share a cluster', '0.5')
    .option('--many', 'two tables: a row of one may be several of the other')
    .action(async (file: string, other: string | undefined, flags: MatchFlags, command: Command) => {
      const tables = await Promise.all([file, ...(other === undefined ? [] : [other])].map(readNamed));
      const { json } = command.optsWithGlobals<{ json: boolean }>();
      await match(tables, flags, json);
    });
}

interface NamedTable extends ReadTable {
  name: string;
}

async function readNamed(path: string): Promise<NamedTable> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return refuse('not-found', 'identity/no-file', `There is no file “${path}” to read.`);
  }
  const table = await readTableFile(bytes);
  return { ...table, name: basename(path) };
}

async function match(tables: readonly NamedTable[], flags: MatchFlags, json: boolean): Promise<void> {
  const [first, second] = tables as [NamedTable, NamedTable | undefined];
  const ignored = new Set(flags.ignore.flatMap((given) => named(given, tables)));
  const join = Number(flags.join);
  if (!(join > 0 && join < 1)) refuse('invalid', 'identity/join', '--join takes a probability between 0 and 1, such as 0.5 or 0.99.');
  const columnsOf = ({ headers, columns }: NamedTable): RawColumn[] =>
    headers
      .map((header, at) => ({ header, cells: columns[at]! }))
      .filter(({ header }) => !isIgnored(header, ignored));
  if (columnsOf(first).length === 0 || (second && columnsOf(second).length === 0)) refuse('invalid', 'identity/no-column', 'No column is left to compare.');
  const began = performance.now();
  const options = { fieldOf: fieldOfHeader, joinFrom: join, ...(second && { other: columnsOf(second) }), ...(flags.many && { many: true }) };
  const matched = await matchInThreads(understand(columnsOf(first), options), options);
  const seconds = (performance.now() - began) / 1000;
  if (flags.clusters !== undefined) writeFileSync(flags.clusters, clusterRows(tables, matched));
  if (flags.pairs !== undefined) writeFileSync(flags.pairs, pairRows(tables, matched));
  const summary = summarise(tables, matched, seconds, ignored);
  process.stdout.write(json ? `${JSON.stringify(summary, null, 2)}\n` : `${told(summary)}\n`);
}

/** The columns that `given` names, small: one whose name has commas in it, or several. Refused where no table has such a column. */
function named(given: string, tables: readonly NamedTable[]): string[] {
  const known = new Set(tables.flatMap(({ headers }) => headers.map((header) => header.trim().toLowerCase())));
  const whole = given.trim().toLowerCase();
  if (known.has(whole) && whole !== '') return [whole];
  const names = given.split(',').map((name) => name.trim()).filter((name) => name !== '');
  for (const name of names)
    if (!known.has(name.toLowerCase()))
      refuse('invalid', 'identity/no-column', `No column is called “${name}”. ${tables.map(({ name: file, headers }) => `${file} has: ${headers.filter((header) => header.trim() !== '').join(', ')}.`).join(' ')}`);
  return names.map((name) => name.toLowerCase());
}
const isIgnored = (header: string, ignored: ReadonlySet<string>): boolean => ignored.has(header.trim().toLowerCase());

const rowOf = (tables: readonly NamedTable[], row: number): { table: NamedTable; at: number } =>
  row < tables[0]!.rows ? { table: tables[0]!, at: row } : { table: tables[1]!, at: row - tables[0]!.rows };

function sizesOf(clusters: Int32Array): Map<number, number> {
  const sizes = new Map<number, number>();
  for (const cluster of clusters) sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1);
  return sizes;
}

function clusterRows(tables: readonly NamedTable[], { clusters }: Matched): string {
  const sizes = sizesOf(clusters);
  const headers = [...new Set(tables.flatMap((table) => table.headers))];
  const at = tables.map((table) => headers.map((header) => table.headers.indexOf(header)));
  const lines = [writeTableRow(['cluster', 'cluster_size', 'file', 'row', ...headers])];
  for (const [row, cluster] of clusters.entries()) {
    const { table, at: own } = rowOf(tables, row);
    const places = at[tables.indexOf(table)]!;
    lines.push(
      writeTableRow([cluster + 1, sizes.get(cluster)!, table.name, own + 1, ...places.map((place) => (table.columns[place] ? cellAt(table.columns[place], own) : ''))]),
    );
  }
  return lines.join('');
}

function pairRows(tables: readonly NamedTable[], matched: Matched): string {
  const fields = ['before looking', ...matched.model.fields.map((field) => field.label)];
  const lines = [
    writeTableRow([
      'file_a',
      'row_a',
      'file_b',
      'row_b',
      'zone',
      'probability',
      'bits',
      'same_cluster',
      ...fields.map((field) => `bits: ${field}`),
      'why',
    ]),
  ];
  for (const pair of matched.pairs) {
    const [a, b] = [rowOf(tables, pair.a), rowOf(tables, pair.b)];
    const evidence = matched.evidenceOf(pair);
    const bitsOf = (field: string): string => {
      const own = evidence.filter((one) => one.field === field);
      return own.length === 0 ? '' : own.reduce((sum, one) => sum + one.bits, 0).toFixed(3);
    };
    lines.push(
      writeTableRow([
        a.table.name,
        a.at + 1,
        b.table.name,
        b.at + 1,
        pair.zone,
        pair.probability.toFixed(6),
        pair.bits.toFixed(3),
        matched.clusters[pair.a] === matched.clusters[pair.b] ? 'yes' : 'no',
        ...fields.map(bitsOf),
        evidence.map((one) => `${one.field}: ${one.outcome} ${one.bits >= 0 ? '+' : '−'}${Math.abs(one.bits).toFixed(1)}`).join('; '),
      ]),
    );
  }
  return lines.join('');
}

/** Why a column takes no part, as people read it. */
const whyLeftOut: Record<LeftOut | 'ignored' | 'unread', string> = {
  ignored: 'you said so (--ignore)',
  empty: 'it is empty',
  same: 'it says the same in every row',
  'row number': 'it numbers the rows',
  'no counterpart': 'the other file has nothing like it',
  unread: 'what stands in it cannot be read, or says the same everywhere',
};

/** Of every column of the files what it is compared as, or why it is not. */
function columnsOfFiles(tables: readonly NamedTable[], { recognised, model }: Matched, ignored: ReadonlySet<string>) {
  const learned = new Map(model.fields.map(({ label, kind }) => [label, kind]));
  const files = tables.map(({ name }) => name);
  // Two files whose columns are called the same are understood as one.
  const isOne = tables.length > 1 && recognised.columns.every(({ table }) => table === 0);
  const used = recognised.columns.map(({ header, meaning, table, fields, leftOut }) => {
    const compared = fields.filter((label) => learned.has(label));
    const why = leftOut ?? (compared.length === 0 ? 'unread' : null);
    return { file: isOne ? files.join(', ') : files[table]!, header, meaning, usedAs: compared.map((label) => ({ field: label, kind: learned.get(label)! })), leftOut: why && whyLeftOut[why] };
  });
  const left = tables.flatMap(({ name, headers }) =>
    headers.filter((header) => isIgnored(header, ignored)).map((header) => ({ file: name, header, meaning: null, usedAs: [], leftOut: whyLeftOut.ignored })),
  );
  return [...used, ...left];
}

function summarise(tables: readonly NamedTable[], matched: Matched, seconds: number, ignored: ReadonlySet<string>) {
  const { model, pairs, clusters, compared } = matched;
  const sizes = [...sizesOf(clusters).values()];
  const sure = pairs.filter((pair) => pair.zone === 'sure');
  const mean = (of: typeof pairs): number | null =>
    of.length === 0 ? null : of.reduce((sum, pair) => sum + pair.probability, 0) / of.length;
  return {
    files: tables.map(({ name, rows, sentences }) => ({ name, rows, sentences })),
    columns: columnsOfFiles(tables, matched, ignored),
    compared,
    seconds: Math.round(seconds * 1000) / 1000,
    pairs: { sure: sure.length, ask: pairs.length - sure.length, sureFrom, expectedPrecisionOfSure: mean(sure) },
    clusters: { all: sizes.length, ofSeveral: sizes.filter((size) => size > 1).length, largest: Math.max(0, ...sizes) },
    weights: {
      beforeLooking: model.priorBits,
      fields: model.fields.map(({ label, kind, labels, parents, m, u, bits }) => ({
        field: label,
        kind,
        followsFrom: parents.map((parent) => model.fields[parent.field]!.label),
        levels: labels.slice(1).map((outcome, at) => ({ outcome, m: m[0]![at + 1]!, u: u[0]![at + 1]!, bits: bits[0]![at + 1]! })),
      })),
    },
  };
}

function told(summary: ReturnType<typeof summarise>): string {
  const count = (n: number): string => n.toLocaleString('en');
  const called = ({ header, file }: { header: string; file: string }): string => `${header || '(no name)'}${summary.files.length > 1 ? ` (${file})` : ''}`;
  return [
    ...summary.files.map(({ name, rows }) => `${name}: ${count(rows)} rows`),
    ...(summary.columns.some(({ leftOut }) => leftOut === null) ? ['Columns compared:'] : []),
    ...summary.columns.filter(({ leftOut }) => leftOut === null).map((one) => `  ${called(one)} as ${[...new Set(one.usedAs.map(({ kind }) => kind))].join(' and ')}${one.usedAs.every(({ field }) => field === one.header || field.startsWith(`${one.header}: `)) ? '' : ` in “${one.usedAs.map(({ field }) => field).join('”, “')}”`}`),
    ...(summary.columns.some(({ leftOut }) => leftOut !== null) ? ['Columns left out:'] : []),
    ...summary.columns.flatMap((one) => (one.leftOut === null ? [] : [`  ${called(one)}: ${one.leftOut}`])),
    `Compared ${count(summary.compared)} pairs in ${summary.seconds.toFixed(1)} s: ${count(summary.pairs.sure)} surely one, ${count(summary.pairs.ask)} to ask about.`,
    `${count(summary.clusters.all)} clusters, ${count(summary.clusters.ofSeveral)} of several rows, the largest of ${count(summary.clusters.largest)}.`,
    ...(summary.weights.fields.length === 0 ? ['There was nothing to compare.'] : [`Two rows at random: ${summary.weights.beforeLooking.toFixed(1)} bits. Then, by field:`]),
    ...summary.weights.fields.map(
      ({ field, followsFrom, levels }) =>
        `  ${field}${followsFrom.length === 0 ? '' : ` (follows from ${followsFrom.join(', ')})`}: ${levels.map(({ outcome, bits }) => `${outcome} ${bits >= 0 ? '+' : ''}${bits.toFixed(1)}`).join(', ')}`,
    ),
  ].join('\n');
}
