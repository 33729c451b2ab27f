import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { refuse } from '../platform/refusal.ts';
import { newlineOf, TableReader, TableTooWild } from '../platform/values/table-text.rules.ts';
import { CardReader } from './card.rules.ts';
import { findChunk } from './import.queries.ts';
import { JsonReader, RecordTooLong } from './keyed-records.rules.ts';
import type { KeyedRecord } from './keyed-records.rules.ts';
import { sheetRows } from './workbook.ts';

/** How the bytes of a file become rows; decided when it is analysed, changed by hand where that was wrong. */
export interface FileForm {
  format: 'csv' | 'xlsx' | 'json' | 'vcard';
  encoding: string;
  delimiter: string;
  sheet: string | undefined;
  /** The names that make the columns, where every record names its own values. */
  keys?: string[];
}
export interface FileRow {
  row: number;
  cells: string[];
  problem?: string;
}
/** The stored pieces of a file, by number. */
export type Pieces = (n: number) => Promise<Buffer | undefined>;
export const columnsMax = 2000;

export const piecesOf =
  (cx: Context, scope: Scope, importId: string): Pieces =>
  (n) =>
    cx.db.read(scope, (tx) => findChunk(tx, importId, n));

export async function wholeFile(pieces: Pieces): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (let n = 0; ; n++) {
    const part = await pieces(n);
    if (!part) return Buffer.concat(parts);
    parts.push(part);
  }
}

/** All rows of a file from its first, in handfuls; memory holds one piece at a time (a workbook is held packed). */
export async function* readRows(pieces: Pieces, form: FileForm): AsyncGenerator<FileRow[]> {
  if (form.format === 'xlsx') {
    let handful: FileRow[] = [];
    for await (const row of sheetRows(await wholeFile(pieces), form.sheet)) {
      if (row.cells.length > columnsMax) refuse('limit', 'capture/too-many-columns', tooManyColumns(row.cells.length));
      handful.push(row);
      if (handful.length === 1000) {
        yield handful;
        handful = [];
      }
    }
    if (handful.length > 0) yield handful;
    return;
  }
  if (form.format !== 'csv') {
    const keys = form.keys ?? [];
    for await (const records of readKeyed(pieces, form)) {
      yield records.map(({ row, values, problem, text }) => (problem ? { row, cells: text === undefined ? keys.map((key) => values[key] ?? '') : [text], problem } : { row, cells: keys.map((key) => values[key] ?? '') }));
    }
    return;
  }
  const decoder = new TextDecoder(form.encoding);
  let reader: TableReader | undefined;
  let skip = 0;
  try {
    for (let n = 0; ; n++) {
      const piece = await pieces(n);
      const text = piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
      if (!reader) {
        reader = new TableReader(form.delimiter, newlineOf(text.slice(0, 200_000)), { maxCells: columnsMax, maxRecordChars: 2_000_000 });
        skip = /^sep=.\r?\n/i.test(text) ? 1 : 0;
      }
      const records = reader.push(text, !piece);
      // A row of the table is numbered as a person counts: the first line that holds anything is row 1.
      const rows = skip ? records.filter(({ row }) => row > skip) : records;
      if (rows.length > 0) yield rows;
      if (!piece) return;
    }
  } catch (error) {
    if (error instanceof TableTooWild) refuse('limit', 'capture/table-too-wild', error.message);
    throw error;
  }
}
/** The records of a file whose values carry their own names, piece by piece. */
export async function* readKeyed(pieces: Pieces, form: Pick<FileForm, 'format' | 'encoding'>): AsyncGenerator<KeyedRecord[]> {
  const decoder = new TextDecoder(form.encoding);
  const reader = form.format === 'vcard' ? new CardReader() : new JsonReader();
  try {
    for (let n = 0; ; n++) {
      const piece = await pieces(n);
      const records = reader.push(piece ? decoder.decode(piece, { stream: true }) : decoder.decode(), !piece);
      if (records.length > 0) yield records;
      if (!piece) return;
    }
  } catch (error) {
    if (error instanceof RecordTooLong) refuse('limit', 'capture/record-too-long', error.message);
    throw error;
  }
}
export const tooManyColumns = (count: number): string =>
  `The file has ${count.toLocaleString('en-US')} columns; at most ${columnsMax.toLocaleString('en-US')} are taken. Is the delimiter right, or are rows and columns swapped?`;
