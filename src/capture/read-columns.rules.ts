/**
 * Delimited text as columns, each distinct cell made a text once: a table of a million rows repeats itself, and most of the time and
 * memory it takes to read one is for texts that were there before.
 */
import type { Cells } from '../platform/values/cells.rules.ts';
import { TableReader, undefuseCell } from '../platform/values/table-text.rules.ts';

const [newline, carriageReturn, quote] = [10, 13, 34];

/** Columns of a table in UTF-8 with lines ended by a newline, from its first row that holds anything, `skip` rows left out. */
export function readColumns(bytes: Buffer, delimiter: string, width: number, skip: number): Cells[] {
  const apart = delimiter.charCodeAt(0);
  const columns = Array.from({ length: width }, () => new Column(bytes));
  let [rows, left] = [0, skip];
  const end = bytes.length;
  for (let at = bytes.subarray(0, 3).equals(byteOrderMark) ? 3 : 0; at < end;) {
    let stop = bytes.indexOf(newline, at);
    if (stop < 0) stop = end;
    const firstQuote = quoteFrom(bytes, at);
    if (firstQuote < stop) {
      // a record with quotation marks ends with the line on which they are balanced
      stop = balanced(bytes, at, stop);
      for (const { cells } of new TableReader(delimiter, '\n').push(bytes.toString('utf8', at, stop), true)) {
        if (left > 0) left--;
        else {
          for (let c = 0; c < width; c++) columns[c]!.addText(rows, undefuseCell(cells[c] ?? ''));
          rows++;
        }
      }
      at = stop + 1;
      continue;
    }
    const last = stop > at && bytes[stop - 1] === carriageReturn ? stop - 1 : stop;
    if (isBlank(bytes, at, last, apart)) {
      at = stop + 1;
      continue;
    }
    if (left > 0) {
      left--;
      at = stop + 1;
      continue;
    }
    let from = at;
    for (let c = 0; c < width; c++) {
      let to = from;
      let hash = 0x811c9dc5;
      for (; to < last; to++) {
        const byte = bytes[to]!;
        if (byte === apart) break;
        hash = Math.imul(hash ^ byte, 0x01000193);
      }
      columns[c]!.add(rows, from, to, hash);
      from = Math.min(last, to + 1);
      if (to >= last) {
        for (let rest = c + 1; rest < width; rest++) columns[rest]!.add(rows, last, last, 0);
        break;
      }
    }
    rows++;
    at = stop + 1;
  }
  return columns.map((column) => column.done(rows));
}

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

let known: { bytes: Buffer; at: number } | undefined;
/** where the next quotation mark stands; a file without is searched once */
function quoteFrom(bytes: Buffer, from: number): number {
  if (known?.bytes !== bytes || known.at < from) {
    const at = bytes.indexOf(quote, from);
    known = { bytes, at: at < 0 ? bytes.length : at };
  }
  return known.at;
}

function balanced(bytes: Buffer, from: number, firstStop: number): number {
  let marks = 0;
  let stop = firstStop;
  for (let at = from; ;) {
    for (; at < stop; at++) if (bytes[at] === quote) marks++;
    if (marks % 2 === 0 || stop >= bytes.length) return stop;
    // a mark that never closes is the table reader's to mend: it gets no more than it can hold
    if (stop - from > 2_000_000) return firstStop;
    const next = bytes.indexOf(newline, stop + 1);
    stop = next < 0 ? bytes.length : next;
  }
}

function isBlank(bytes: Buffer, from: number, to: number, apart: number): boolean {
  if (from < to && bytes[from] !== apart) return false;
  for (let at = from; at < to; at++) if (bytes[at] !== apart && bytes[at]! > 32) return false;
  return true;
}

/** One column, its distinct cells found by their bytes. */
class Column {
  private readonly bytes: Buffer;
  private ids = new Int32Array(1 << 12);
  private readonly texts: string[] = [];
  /** of each distinct text, where its bytes stand; -1 for what came from between quotation marks */
  private places = new Int32Array(1 << 10);
  private lengths = new Int32Array(1 << 10);
  private hashes = new Int32Array(1 << 10);
  private slots = new Int32Array(1 << 11).fill(-1);

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  add(row: number, from: number, to: number, hash: number): void {
    this.put(row, from === to ? -1 : this.find(from, to, hash));
  }

  addText(row: number, text: string): void {
    if (text === '') return this.put(row, -1);
    const written = Buffer.from(text);
    let hash = 0x811c9dc5;
    for (const byte of written) hash = Math.imul(hash ^ byte, 0x01000193);
    const id = this.search(hash, (known) => this.texts[known] === text);
    this.put(row, id >= 0 ? id : this.addDistinct(text, -1, 0, hash));
  }

  done(rows: number): Cells {
    return { ids: this.ids.slice(0, rows), texts: this.texts };
  }

  private put(row: number, id: number): void {
    if (row >= this.ids.length) this.ids = wider(this.ids);
    this.ids[row] = id;
  }

  private find(from: number, to: number, hash: number): number {
    const id = this.search(hash, (known) => this.isSame(known, from, to));
    return id >= 0 ? id : this.addDistinct(undefuseCell(this.bytes.toString('utf8', from, to)), from, to - from, hash);
  }

  private search(hash: number, isIt: (id: number) => boolean): number {
    const most = this.slots.length - 1;
    for (let slot = mix(hash) & most; ; slot = (slot + 1) & most) {
      const id = this.slots[slot]!;
      if (id < 0 || (this.hashes[id] === hash && isIt(id))) return id;
    }
  }

  private addDistinct(text: string, place: number, length: number, hash: number): number {
    const id = this.texts.push(text) - 1;
    if (id >= this.places.length) [this.places, this.lengths, this.hashes] = [wider(this.places), wider(this.lengths), wider(this.hashes)];
    this.places[id] = place;
    this.lengths[id] = length;
    this.hashes[id] = hash;
    if (2 * this.texts.length > this.slots.length) {
      this.slots = new Int32Array(this.slots.length * 4).fill(-1);
      for (let each = 0; each <= id; each++) this.settle(each);
    } else this.settle(id);
    return id;
  }

  private isSame(id: number, from: number, to: number): boolean {
    const n = this.lengths[id]!;
    const place = this.places[id]!;
    if (place < 0) return this.texts[id] === this.bytes.toString('utf8', from, to);
    if (n !== to - from) return false;
    for (let at = 0; at < n; at++) if (this.bytes[place + at] !== this.bytes[from + at]) return false;
    return true;
  }

  private settle(id: number): void {
    const most = this.slots.length - 1;
    let slot = mix(this.hashes[id]!) & most;
    while (this.slots[slot]! >= 0) slot = (slot + 1) & most;
    this.slots[slot] = id;
  }
}

const mix = (hash: number): number => hash ^ (hash >>> 15);

function wider(numbers: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const out = new Int32Array(numbers.length * 2);
  out.set(numbers);
  return out;
}
