import { isUtf8 } from 'node:buffer';
import { gunzipSync } from 'node:zlib';
import { cellsOf, type Cells } from '../platform/values/cells.rules.ts';
import { newlineOf, undefuseCell } from '../platform/values/table-text.rules.ts';
import { sightFile } from './sight-file.ts';
import { readRows } from './import-file.ts';
import { readColumns } from './read-columns.rules.ts';

/** A whole table in memory, by columns. */
export interface ReadTable {
  headers: string[];
  /** cells of each column from its first row of data on */
  columns: Cells[];
  rows: number;
  /** how the file was read, for people */
  sentences: string[];
}

const pieceBytes = 1 << 20;

/** Reads a CSV, TSV or Excel file, gzipped or not, with the same eyes as an import. Refuses what is no table. */
export async function readTableFile(packed: Buffer): Promise<ReadTable> {
  const bytes = packed[0] === 0x1f && packed[1] === 0x8b ? gunzipSync(packed) : packed;
  const pieces = async (n: number): Promise<Buffer | undefined> =>
    n * pieceBytes < bytes.length ? bytes.subarray(n * pieceBytes, (n + 1) * pieceBytes) : undefined;
  const sight = await sightFile(pieces, bytes.length, {}, { valid: isUtf8(bytes) });
  const { headers, form, sentences } = sight;
  if (form.format === 'csv' && form.delimiter.length === 1) {
    const plain = form.encoding === 'utf-8' ? bytes : Buffer.from(new TextDecoder(form.encoding).decode(bytes));
    const head = plain.toString('utf8', 0, 200_000);
    if (newlineOf(head) === '\n') {
      const skip = (sight.hasHeader ? 1 : 0) + (/^\uFEFF?sep=.\r?\n/i.test(head) ? 1 : 0);
      const columns = readColumns(plain, form.delimiter, headers.length, skip);
      return { headers, columns, rows: columns[0]?.ids.length ?? 0, sentences };
    }
  }
  const columns: string[][] = headers.map(() => []);
  let first = sight.hasHeader && !form.keys;
  for await (const rows of readRows(pieces, form)) {
    for (const { cells } of rows) {
      if (first || cells.every((cell) => cell === '')) {
        first = false;
        continue;
      }
      for (const [at, column] of columns.entries()) column.push(undefuseCell(cells[at] ?? ''));
    }
  }
  return { headers, columns: columns.map(cellsOf), rows: columns[0]?.length ?? 0, sentences };
}
