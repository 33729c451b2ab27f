import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { refuse } from '../platform/refusal.ts';
import { newlineOf, TableReader } from '../platform/values/table-text.rules.ts';
import { rankKinds, sampleRows, sightTable } from './analyse-table.rules.ts';
import type { TableSight } from './analyse-table.rules.ts';
import { findEncoding } from './file-encoding.rules.ts';
import { columnsMax, piecesOf, tooManyColumns, wholeFile } from './import-file.ts';
import type { FileForm, Pieces } from './import-file.ts';
import { getKind, importKinds } from './import-kinds.ts';
import type { ImportAnalysis, ImportSettings } from './import.contract.ts';
import { findImport, findSavedMappings } from './import.queries.ts';
import { deleteImport, saveImport } from './import.store.ts';
import { proposeMapping } from './propose-mapping.rules.ts';
import type { SeenColumn } from './propose-mapping.rules.ts';
import { PROBLEM_HEADER } from './read-row.rules.ts';
import { checkWorkbook, sheetRows, sheetsOf } from './workbook.ts';
import { isZip } from './zip-check.rules.ts';

/** What was found in a file, with enough of its rows to decide by. */
export interface FileSight extends TableSight {
  form: FileForm;
  sheets: string[];
  rowsEstimate: number;
}
const sampledRows = 20_000;

/** Looks into a file: its encoding, delimiter, header and columns; settings made by hand win over what it finds. */
export async function sightFile(pieces: Pieces, fileBytes: number, settings: ImportSettings, utf8: { valid: boolean } | { label: string }): Promise<FileSight> {
  const first = (await pieces(0)) ?? refuse('invalid', 'capture/empty-file', 'The file is empty.');
  const kinds = importKinds();
  if (isZip(first)) return sightWorkbook(await wholeFile(pieces), settings);
  if (first.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))) refuse('invalid', 'capture/old-workbook', 'This is an Excel file of the old kind (.xls), or one with a password. Save it as .xlsx or CSV and bring that in.');
  const encoding = settings.encoding
    ? { label: settings.encoding, sentence: `The file was read as ${settings.encoding}, as you said.` }
    : 'label' in utf8
      ? { label: utf8.label, sentence: null }
      : findEncoding(first.subarray(0, 524_288), utf8.valid);
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder(encoding.label);
  } catch {
    refuse('invalid', 'capture/unknown-encoding', `There is no encoding called “${encoding.label}”. Try utf-8, windows-1252 or utf-16le.`);
  }
  const whole = fileBytes <= first.length;
  const head = decoder.decode(first, { stream: !whole });
  if (/^%PDF|^\{\\rtf|^\x89PNG/.test(head) || zeros(head) > 0.01) refuse('invalid', 'capture/not-a-table', 'This is not a table of text. Bring in a CSV, TSV or Excel (.xlsx) file.');
  const newline = newlineOf(head);
  if (!whole && !head.includes(newline)) {
    const cells = head.split(/[,;\t|]/).length;
    refuse('limit', 'capture/table-too-wild', cells > columnsMax ? tooManyColumns(cells) : `The first line of the file is longer than ${head.length.toLocaleString('en-US')} characters. Is this a table with one record a line?`);
  }
  const sample = sampleRows(head, settings.delimiter, whole);
  const widest = sample.rows.slice(0, 50).reduce((width, row) => Math.max(width, row.length), 0);
  if (widest > columnsMax) refuse('limit', 'capture/too-many-columns', tooManyColumns(widest));
  // Sorted files show their later dates only further down: look into the middle and the end as well.
  const last = Math.ceil(fileBytes / Math.max(1, first.length)) - 1;
  const more: string[][] = [];
  for (const n of new Set([Math.floor(last / 3), Math.floor((last * 2) / 3), last])) {
    if (n <= 0) continue;
    const piece = await pieces(n);
    if (piece) more.push(...middleRows(new TextDecoder(encoding.label).decode(piece), sample.delimiter, newline, sample.rows[0]?.length ?? 0));
  }
  const sight = sightTable(sample.rows, kinds, settings.hasHeader);
  sight.body = [...sight.body.slice(0, sampledRows), ...more.slice(0, sampledRows)];
  const names: Record<string, string> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' };
  const cut = sight.columns.length > 1 ? [`Columns are separated by ${names[sample.delimiter] ?? `“${sample.delimiter}”`}.`] : ['The file has one column.'];
  const perRow = head.length / Math.max(1, sample.rows.length);
  return {
    ...sight,
    form: { format: 'csv', encoding: encoding.label, delimiter: sample.delimiter, sheet: undefined },
    sheets: [],
    rowsEstimate: whole ? sample.rows.length - (sight.hasHeader ? 1 : 0) : Math.round((fileBytes / first.length) * (head.length / perRow)),
    sentences: [...(encoding.sentence ? [encoding.sentence] : []), ...cut, ...sight.sentences],
  };
}

const zeros = (text: string): number => (text.length === 0 ? 0 : (text.slice(0, 20_000).split('\0').length - 1) / Math.min(text.length, 20_000));

/** Whole rows out of a piece from the middle of a file: what the cut damaged does not have the usual width. */
function middleRows(text: string, delimiter: string, newline: '\n' | '\r', width: number): string[][] {
  try {
    const reader = new TableReader(delimiter, newline, { maxRecordChars: 2_000_000, maxCells: columnsMax });
    return reader.push(text.slice(text.indexOf(newline) + 1)).filter(({ cells }) => cells.length === width).map(({ cells }) => cells);
  } catch {
    return [];
  }
}

async function sightWorkbook(bytes: Buffer, settings: ImportSettings): Promise<FileSight> {
  await checkWorkbook(bytes);
  const sheets = sheetsOf(bytes);
  if (settings.sheet && !sheets.includes(settings.sheet)) refuse('invalid', 'capture/no-sheet', `The workbook has no sheet “${settings.sheet}”. It has: ${sheets.join(', ')}.`);
  let best: { sheet: string | undefined; rows: string[][]; count: number } = { sheet: settings.sheet ?? sheets[0], rows: [], count: 0 };
  // Without a word about the sheet: the first that holds a table.
  for (const sheet of settings.sheet ? [settings.sheet] : sheets.length ? sheets.slice(0, 20) : [undefined]) {
    const rows: string[][] = [];
    let count = 0;
    for await (const { cells } of sheetRows(bytes, sheet)) {
      if (cells.length > columnsMax) refuse('limit', 'capture/too-many-columns', tooManyColumns(cells.length));
      if (rows.length < sampledRows) rows.push(cells);
      count++;
    }
    if (count > best.count) best = { sheet, rows, count };
    if (count > 1) break;
  }
  if (best.count === 0) refuse('invalid', 'capture/empty-file', 'The workbook holds no rows.');
  const sight = sightTable(best.rows, importKinds(), settings.hasHeader);
  const named = sheets.length > 1 ? [`The sheet “${best.sheet}” was read; the workbook also has ${sheets.filter((name) => name !== best.sheet).map((name) => `“${name}”`).join(', ')}.`] : [];
  return {
    ...sight,
    form: { format: 'xlsx', encoding: 'utf-8', delimiter: ',', sheet: best.sheet },
    sheets,
    rowsEstimate: best.count - (sight.hasHeader ? 1 : 0),
    sentences: ['The file is an Excel workbook.', ...named, ...sight.sentences],
  };
}

/** Asks the database which columns hold ids it knows: a column that does refers to what it knows, whatever its header says. */
async function knownShares(tx: Tx, columns: readonly SeenColumn[], body: readonly string[][], kindNames: readonly string[]): Promise<Map<string, SeenColumn[]>> {
  const out = new Map<string, SeenColumn[]>();
  const texts = columns.map((column) => {
    if (!['code', 'integer', 'text'].includes(column.content) || column.distinct < 2) return [];
    return [...new Set(body.slice(0, 2000).map((row) => (row[column.index] ?? '').trim()).filter((cell) => cell !== '' && cell.length <= 200))].slice(0, 200);
  });
  for (const name of kindNames) {
    const fields = getKind(name).fields.filter((field) => field.known);
    const seen = columns.map((column): SeenColumn => ({ ...column, known: {} }));
    for (const field of fields) {
      for (const [index, column] of seen.entries()) {
        const sample = texts[index]!;
        if (sample.length > 0) column.known![field.name] = (await field.known!(tx, sample)) / sample.length;
      }
    }
    out.set(name, seen);
  }
  return out;
}

/** First look at a fresh upload: what it is, what kind it seems to hold, the mapping proposed for it. */
export async function analyseImport(cx: Context, scope: Scope, id: string, validUtf8: boolean, kind: string | undefined): Promise<void> {
  try {
    if (kind) getKind(kind);
    const record = await cx.db.read(scope, async (tx) => (await findImport(tx, id))!);
    const sight = await sightFile(piecesOf(cx, scope, id), record.fileBytes, {}, { valid: validUtf8 });
    await cx.db.write(scope, (tx) => settle(tx, id, record.fileName, sight, {}, kind));
  } catch (error) {
    await cx.db.write(scope, (tx) => deleteImport(tx, id));
    throw error;
  }
}

/** Saves what was seen, with the mapping remembered for such files, else the one proposed. */
export async function settle(tx: Tx, id: string, fileName: string, sight: FileSight, settings: ImportSettings, wantedKind: string | undefined): Promise<void> {
  const all = importKinds();
  const shares = await knownShares(tx, sight.columns, sight.body, all.map(({ kind }) => kind));
  const ranked = all.flatMap((kind) => rankKinds([kind], shares.get(kind.kind)!, fileName)).toSorted((a, b) => b.fit - a.fit);
  const saved = await findSavedMappings(tx, sight.shape);
  const kind = wantedKind ?? saved[0]?.kind ?? ranked[0]!.kind;
  const remembered = saved.find((mapping) => mapping.kind === kind);
  const mapping = settings.mapping ?? remembered?.settings.mapping ?? proposeMapping(getKind(kind).fields, shares.get(kind)!.filter(({ header }) => header !== PROBLEM_HEADER)).mapping;
  const sentences = [...sight.sentences];
  if (remembered && !settings.mapping) sentences.push(`The mapping “${remembered.name}” was made for files of this shape and is proposed again.`);
  const analysis: ImportAnalysis = {
    format: sight.form.format,
    encoding: sight.form.encoding,
    delimiter: sight.form.format === 'csv' ? sight.form.delimiter : null,
    sheets: sight.sheets,
    hasHeader: sight.hasHeader,
    columns: sight.columns.map(({ index, header, samples, filled, distinct, content }) => ({ index, header, samples, filled, distinct, content })),
    rowsEstimate: sight.rowsEstimate,
    sentences,
    kinds: ranked.map(({ kind: name, fit }) => ({ kind: name, fit })),
  };
  await saveImport(tx, id, {
    status: 'analysed',
    kind,
    shape: sight.shape,
    analysis,
    savedMapping: remembered?.name ?? null,
    settings: { createMissing: true, ...remembered?.settings, ...settings, mapping, ...(sight.form.sheet ? { sheet: sight.form.sheet } : {}) },
  });
}
