/** A record of a file whose values carry their own names: a line of JSON, a vCard. */
export interface KeyedRecord {
  /** Counting every record that is not blank, from 1. */
  row: number;
  values: Record<string, string>;
  /** Why it could not be read; its beginning stands in {@link text} then. */
  problem?: string;
  text?: string;
}
/** Takes a file's text piece by piece and gives the records each piece completes; memory holds one record. */
export interface KeyedReader {
  push(text: string, last: boolean): KeyedRecord[];
}
export class RecordTooLong extends Error {}

const charsMax = 2_000_000;
const tooLong = (row: number): RecordTooLong =>
  new RecordTooLong(`Record ${row} is longer than ${charsMax.toLocaleString('en-US')} characters. Is this really a file of records, one after the other?`);

/** Whether a text begins like records in JSON: an object a line, objects one after the other, or a list of objects. */
export function looksLikeJson(head: string): boolean {
  const text = head.slice(0, 500_000).replace(/^[\uFEFF\s]+/, '');
  if (!/^(\{\s*"|\{\s*\}|\[\s*\{)/.test(text)) return false;
  const [first] = new JsonReader().push(text, false);
  // One that is longer than what was read of it is taken at its first word; a broken one at its line, like any line.
  return first === undefined || first.problem === undefined || text.includes('\n{');
}

/**
 * Records in JSON. With an object at the beginning of every line, a line that is broken costs only itself; otherwise (a list, or objects set
 * over several lines) the end of an object is found by its braces.
 */
export class JsonReader implements KeyedReader {
  private rest = '';
  private row = 0;
  private lines: boolean | undefined;
  // Where the search for the end of the object in `rest` stands.
  private at = 0;
  private depth = 0;
  private quoted = false;
  private start = -1;

  push(chunk: string, last: boolean): KeyedRecord[] {
    this.rest += this.row === 0 && this.rest === '' ? chunk.replace(/^[\uFEFF\s]+/, '') : chunk;
    this.lines ??= decideLines(this.rest, last);
    if (this.lines === undefined) {
      if (this.rest.length > charsMax) throw tooLong(1);
      return [];
    }
    const records = this.lines ? this.takeLines(last) : this.takeObjects(last);
    if (this.rest.length > charsMax) throw tooLong(this.row + 1);
    return records;
  }

  private takeLines(last: boolean): KeyedRecord[] {
    const lines = this.rest.split('\n');
    this.rest = last ? '' : lines.pop()!;
    return lines.flatMap((line) => (line.trim() === '' ? [] : [this.read(line)]));
  }

  private takeObjects(last: boolean): KeyedRecord[] {
    const out: KeyedRecord[] = [];
    const text = this.rest;
    let done = 0;
    for (; this.at < text.length; this.at++) {
      const sign = text[this.at];
      if (this.quoted) {
        if (sign === '\\') this.at++;
        else if (sign === '"') this.quoted = false;
      } else if (sign === '"') this.quoted = true;
      else if (sign === '{' && this.depth++ === 0) this.start = this.at;
      else if (sign === '}' && this.depth > 0 && --this.depth === 0) {
        out.push(this.read(text.slice(this.start, this.at + 1)));
        done = this.at + 1;
        this.start = -1;
      }
    }
    if (this.start === -1) done = text.length;
    this.rest = text.slice(done);
    this.at -= done;
    if (this.start !== -1) this.start -= done;
    if (last && this.start !== -1) {
      out.push({ row: ++this.row, values: {}, problem: 'The file ends in the middle of this record.', text: this.rest.slice(0, 2000) });
      this.rest = '';
    }
    return out;
  }

  private read(text: string): KeyedRecord {
    const row = ++this.row;
    try {
      const value: unknown = JSON.parse(text);
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { row, values: flatten(value as Record<string, unknown>) };
      return { row, values: {}, problem: 'This record is not a JSON object with named values.', text: text.slice(0, 2000) };
    } catch {
      return { row, values: {}, problem: 'This record is not readable JSON.', text: text.slice(0, 2000) };
    }
  }
}

function decideLines(text: string, last: boolean): boolean | undefined {
  if (text.startsWith('[')) return false;
  const end = text.indexOf('\n');
  if (end === -1) return last ? true : undefined;
  const first = text.slice(0, end).trim();
  // Set over several lines, the first of them is only an opening.
  return first.endsWith('}') || /\n\s*\{.*\}\s*(\n|$)/.test(text.slice(end, end + 100_000));
}

/** {address: {city: 'Bern', at: {x: 1}}} → {'address.city': 'Bern', 'address.at': '{"x":1}'}: one level, what lies deeper stays JSON. */
export function flatten(record: Record<string, unknown>): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [key, value] of Object.entries(record)) {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [inner, one] of Object.entries(value)) out[`${key}.${inner}`] = cellOf(one);
    } else out[key] = cellOf(value);
  }
  return out;
}
function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return value.join('; ');
  return JSON.stringify(value);
}
