import { isUtf8 } from 'node:buffer';
import { gunzipSync } from 'node:zlib';
import { undefuseCell } from '../platform/values/table-text.rules.ts';
import { sightFile } from './sight-file.ts';
import { readRows } from './import-file.ts';

/** A whole table in memory, by columns. */
export interface ReadTable {
  headers: string[];
  /** cells of each column from its first row of data on; '' where nothing stands */
  columns: string[][];
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
  const columns: string[][] = sight.headers.map(() => []);
  let first = sight.hasHeader && !sight.form.keys;
  for await (const rows of readRows(pieces, sight.form)) {
    for (const { cells } of rows) {
      if (first || cells.every((cell) => cell === '')) {
        first = false;
        continue;
      }
      for (const [at, column] of columns.entries()) column.push(undefuseCell(cells[at] ?? ''));
    }
  }
  return { headers: sight.headers, columns, sentences: sight.sentences };
}
