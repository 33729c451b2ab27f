import { refuse } from '../platform/refusal.ts';
import { newlineOf, TableReader } from '../platform/values/table-text.rules.ts';
import { sampleRows, sightTable } from './analyse-table.rules.ts';
import type { TableSight } from './analyse-table.rules.ts';
import { looksLikeCards } from './card.rules.ts';
import { findEncoding } from './file-encoding.rules.ts';
import { columnsMax, readKeyed, tooManyColumns, wholeFile } from './import-file.ts';
import type { FileForm, Pieces } from './import-file.ts';
import { importKinds } from './import-kinds.ts';
import type { ImportAnalysis, ImportSettings } from './import.contract.ts';
import { looksLikeJson } from './keyed-records.rules.ts';
import { checkWorkbook, sheetRows, sheetsOf } from './workbook.ts';
import { isZip } from './zip-check.rules.ts';

/** What was found in a file, with enough of its rows to decide by. */
export interface FileSight extends TableSight {
  form: FileForm;
  sheets: string[];
  rowsEstimate: number;
}
const sampledRows = 20_000;

/**
 * Looks into a file: its form, encoding, delimiter, header and columns; settings made by hand win over what it finds.
 * `before` is what was found when it came, which a file of records with names of their own need not be read through for again.
 */
export async function sightFile(pieces: Pieces, fileBytes: number, settings: ImportSettings, utf8: { valid: boolean } | { label: string }, before?: ImportAnalysis): Promise<FileSight> {
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
  const format = settings.format ?? (looksLikeCards(head) ? 'vcard' : looksLikeJson(head) ? 'json' : 'csv');
  if (format !== 'csv') return sightKeyed(pieces, { format, encoding: encoding.label, delimiter: ',', sheet: undefined }, encoding.sentence, before);
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

const kept = 2000;
/** Records that name their values: the columns are all the names that occur in the file, in the order they first do. */
async function sightKeyed(pieces: Pieces, form: FileForm & { format: 'json' | 'vcard' }, encoding: string | null, before: ImportAnalysis | undefined): Promise<FileSight> {
  const known = before?.format === form.format && before.encoding === form.encoding ? before : undefined;
  const keys = new Map<string, number>();
  for (const { header } of known?.columns ?? []) keys.set(header, keys.size);
  const rows: Record<string, string>[] = [];
  let count = 0;
  reading: for await (const records of readKeyed(pieces, form)) {
    for (const { values, problem } of records) {
      if (known && rows.length === sampledRows) break reading;
      count++;
      if (problem) continue;
      // A few from all over a long file, as later records look different.
      if (rows.length < sampledRows) rows.push(values);
      else if (count % 97 === 0) rows[kept + ((count / 97) % (sampledRows - kept))] = values;
      for (const key of Object.keys(values)) if (!keys.has(key)) keys.set(key, keys.size);
    }
    if (keys.size > columnsMax) refuse('limit', 'capture/too-many-columns', tooManyColumns(keys.size));
  }
  const noun = form.format === 'json' ? 'JSON records' : 'vCards';
  if (rows.length === 0) refuse('invalid', 'capture/empty-file', `The file holds no ${noun} that can be read.`);
  const headers = [...keys.keys()];
  const sight = sightTable([headers, ...rows.map((values) => headers.map((key) => values[key] ?? ''))], importKinds(), true);
  const said = form.format === 'json' ? 'The file holds records in JSON; what lies one level deeper has a column of its own.' : 'The file holds vCards; pictures and sounds in them are left out.';
  return { ...sight, headers, form: { ...form, keys: headers }, sheets: [], rowsEstimate: known?.rowsEstimate ?? count, sentences: [...(encoding ? [encoding] : []), said, ...sight.sentences.slice(1)] };
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
