/**
 * Reads and writes delimited text (CSV, TSV and their cousins).
 *
 * Written by hand, because an import of strangers' files needs what the usual readers do not give together: the line of
 * every record, a bound on the length and width of one record *while* reading, and a way back from a quotation mark that
 * is never closed, which otherwise swallows the rest of the file into one cell.
 */
export interface TableRecord {
  /** Position in the file, counting every record that is not blank, from 1. */
  row: number;
  /** The line of the file it begins on, from 1. */
  line: number;
  cells: string[];
  problem?: string;
}
export interface TableLimits {
  maxRecordChars?: number;
  maxCells?: number;
}
export class TableTooWild extends Error {}

const QUOTE = '"';

export class TableReader {
  private readonly delimiter: string;
  private readonly newline: string;
  private readonly maxRecordChars: number;
  private readonly maxCells: number;
  private rest = '';
  private row = 0;
  private line = 1;

  constructor(delimiter: string, newline: '\n' | '\r', limits: TableLimits = {}) {
    this.delimiter = delimiter;
    this.newline = newline;
    this.maxRecordChars = limits.maxRecordChars ?? 2_000_000;
    this.maxCells = limits.maxCells ?? 5000;
  }

  /** Takes the next piece of text; returns the records it completes. Call once more with `last` at the end. */
  push(chunk: string, last = false): TableRecord[] {
    const text = this.rest + chunk;
    const out: TableRecord[] = [];
    let at = 0;
    let quoteAt = text.indexOf(QUOTE);
    while (at < text.length) {
      let end = text.indexOf(this.newline, at);
      if (quoteAt !== -1 && quoteAt < at) quoteAt = text.indexOf(QUOTE, at);
      if (quoteAt !== -1 && (end === -1 || quoteAt < end)) {
        const taken = this.quoted(text, at, last);
        if (taken === null) break;
        if (taken.record) out.push(taken.record);
        at = taken.next;
        continue;
      }
      if (end === -1) {
        if (!last) break;
        end = text.length;
      }
      let stop = end;
      if (stop > at && text.charCodeAt(stop - 1) === 13) stop--;
      if (stop - at > this.maxRecordChars) throw this.tooLong();
      const record = this.record(stop === at ? [''] : text.slice(at, stop).split(this.delimiter, this.maxCells + 1));
      if (record) out.push(record);
      this.line++;
      at = end + 1;
    }
    this.rest = text.slice(at);
    if (this.rest.length > this.maxRecordChars) throw this.tooLong();
    return out;
  }

  private tooLong(): TableTooWild {
    return new TableTooWild(
      `Line ${this.line} is longer than ${this.maxRecordChars.toLocaleString('en-US')} characters. Is this really a table of text with one record a line?`,
    );
  }

  private record(cells: string[], problem?: string): TableRecord | undefined {
    if (cells[0] === '' && cells.every((cell) => cell.trim() === '')) return undefined;
    const record: TableRecord = { row: ++this.row, line: this.line, cells };
    if (cells.length > this.maxCells) {
      cells.length = this.maxCells;
      record.problem = `The row has more than ${this.maxCells.toLocaleString('en-US')} columns.`;
    }
    if (problem) record.problem = problem;
    return record;
  }

  /** One record with at least one quoted cell. null: not complete yet. */
  private quoted(text: string, start: number, last: boolean): { record?: TableRecord | undefined; next: number } | null {
    const cells: string[] = [];
    let at = start;
    let lines = 0;
    let lineEnd = text.indexOf(this.newline, start);
    for (;;) {
      if (cells.length > this.maxCells) {
        const end = text.indexOf(this.newline, at);
        if (end === -1 && !last) return null;
        const record = this.record(cells);
        this.line += lines + 1;
        return { record, next: end === -1 ? text.length : end + 1 };
      }
      if (text[at] === QUOTE) {
        let cell = '';
        let from = at + 1;
        let closed = false;
        for (;;) {
          const quote = text.indexOf(QUOTE, from);
          if (quote === -1) break;
          const next = text[quote + 1];
          if (next === QUOTE) {
            cell += text.slice(from, quote + 1);
            from = quote + 2;
            continue;
          }
          if (next === undefined && !last) return null;
          cell = cell === '' ? text.slice(from, quote) : cell + text.slice(from, quote);
          from = quote + 1;
          // The plain cell is by far the most frequent one.
          if (next === undefined || next === this.delimiter || next === '\n' || next === '\r') {
            closed = true;
            break;
          }
          // A quotation mark inside a quoted cell that nobody doubled: keep it as written.
          cell += QUOTE;
        }
        if (!closed) {
          const unfinished = text.length - start;
          if (!last && unfinished <= this.maxRecordChars) return null;
          return this.unclosed(text, start);
        }
        if (lineEnd !== -1 && lineEnd < from) for (let i = cell.indexOf('\n'); i !== -1; i = cell.indexOf('\n', i + 1)) lines++;
        cells.push(cell);
        at = from;
      } else {
        if (lineEnd !== -1 && lineEnd < at) lineEnd = text.indexOf(this.newline, at);
        let end = text.indexOf(this.delimiter, at);
        if (lineEnd !== -1 && (end === -1 || lineEnd < end)) end = lineEnd;
        if (end === -1) {
          if (!last) return null;
          end = text.length;
        }
        const closesLine = text[end] !== this.delimiter;
        cells.push(text.slice(at, closesLine && text[end - 1] === '\r' && end > at ? end - 1 : end));
        at = end;
      }
      if (text[at] === this.delimiter) {
        at++;
        if (at === text.length) {
          if (!last) return null;
          cells.push('');
        } else continue;
      }
      if (text[at] === '\r' && text[at + 1] === undefined && !last && this.newline === '\n') return null;
      if (text[at] === '\r' && this.newline === '\n') at++;
      const record = this.record(cells);
      this.line += lines + 1;
      return { record, next: Math.min(text.length, at + 1) };
    }
  }

  /** A quotation mark that never closes: the record ends with its line, the mark is text, and the row says so. */
  private unclosed(text: string, start: number): { record?: TableRecord | undefined; next: number } {
    const end = text.indexOf(this.newline, start);
    const stop = end === -1 ? text.length : end;
    const line = text.slice(start, stop).replace(/\r$/, '');
    if (line.length > this.maxRecordChars) throw this.tooLong();
    const record = this.record(line.split(this.delimiter, this.maxCells + 1), 'A quotation mark opens in this row and never closes.');
    this.line++;
    return { record, next: Math.min(text.length, stop + 1) };
  }
}

/** Reads a whole text at once. */
export function readTable(text: string, delimiter: string, limits?: TableLimits): TableRecord[] {
  return new TableReader(delimiter, newlineOf(text), limits).push(text, true);
}

/** Old Macintosh exports end lines with a bare carriage return. */
export const newlineOf = (sample: string): '\n' | '\r' => (!sample.includes('\n') && sample.includes('\r') ? '\r' : '\n');

const CANDIDATES = [',', ';', '\t', '|', '^', '~'];
/**
 * Finds the delimiter: the one that cuts the sample into the most regular table of at least two columns. A first line
 * `sep=;`, which spreadsheets write, decides at once. A text of one column has none and is read with commas.
 */
export function findDelimiter(sample: string): { delimiter: string; skipFirstLine: boolean } {
  const declared = /^\uFEFF?sep=(.)\r?\n/i.exec(sample);
  if (declared) return { delimiter: declared[1]!, skipFirstLine: true };
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of CANDIDATES) {
    let records: TableRecord[];
    try {
      const reader = new TableReader(delimiter, newlineOf(sample), { maxRecordChars: sample.length + 1, maxCells: 100_000 });
      records = reader.push(sample, true);
    } catch {
      continue;
    }
    if (records.length > 3) records.pop();
    const counts = new Map<number, number>();
    for (const { cells } of records) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
    const [width, rows] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [1, 0];
    if (width < 2) continue;
    const regular = rows / records.length;
    // Regularity first; among regular cuts the one with more columns.
    const score = regular ** 3 * (1 + Math.log2(width) / 4) * (delimiter === '^' || delimiter === '~' ? 0.8 : 1);
    if (score > best.score) best = { delimiter, score };
  }
  return { delimiter: best.delimiter, skipFirstLine: false };
}

/**
 * A cell that a spreadsheet would take for a formula is defused with an apostrophe, which `readCell` takes off again so that
 * a corrected file can come back.
 */
export function defuseCell(text: string): string {
  return /^[=+\-@\t\r]/.test(text) && !/^-?\d+([.,]\d+)*$/.test(text) ? `'${text}` : text;
}
export const undefuseCell = (text: string): string => (/^'[=+\-@\t\r]/.test(text) ? text.slice(1) : text);

/** One line of CSV, formulas defused, with the line end. */
export function writeTableRow(cells: readonly (string | number | boolean | null | undefined)[], delimiter = ','): string {
  return (
    cells
      .map((cell) => {
        if (cell === null || cell === undefined) return '';
        if (typeof cell !== 'string') return String(cell);
        const text = defuseCell(cell);
        return text.includes(QUOTE) || text.includes(delimiter) || /[\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll(QUOTE, '""')}"` : text;
      })
      .join(delimiter) + '\r\n'
  );
}
