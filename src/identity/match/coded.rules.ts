/** Fields of a table as numbers: every distinct value normalised and kept once, rows hold its place. Pairs compare at such speed. */
import type { Field } from './columns.rules.ts';
import { equalLevel, glances, glanceWidth, hasNoTail, keepGlance, wholeHash } from './glance.rules.ts';
import { areSwapped, levelOf, levelSets, mailBesideName, swapped } from './levels.rules.ts';
import { coarseKey, readValue, valueOf, type Kind, type Value } from './value.rules.ts';

export interface CodedField {
  readonly label: string;
  readonly kind: Kind;
  /** per row the place of its value, -1 where it is missing */
  readonly ids: Int32Array;
  /** per value, on how many rows it stands */
  readonly counts: Float64Array;
  /** the values' texts one after another, and where each begins: values are made of them anew where letters are looked at */
  readonly letters: Uint16Array;
  readonly starts: Int32Array;
  /** `glanceWidth` numbers a value */
  readonly looks: Int32Array;
  /** per value the coarse key it is filed under, -1 for none */
  readonly coarse: Int32Array;
  readonly coarseDistinct: number;
  /** where words are compared: which values hold each word */
  readonly words: Words | undefined;
  /** values made anew, and pairs of them looked at closely a moment ago: two places and a level each */
  readonly read: (Value | undefined)[];
  readonly seen: Int32Array;
}

interface Words {
  /** the values' words one after another by their numbers, and where each value's begin */
  readonly numbers: Int32Array;
  readonly starts: Int32Array;
  /** per word, how many distinct values hold it */
  readonly holders: Int32Array;
  /** per value its rarest word that another row has as well, the next and the next: their numbers, -1 for none */
  readonly rarest: readonly Int32Array[];
}

export interface CodedTable {
  readonly rows: number;
  readonly fields: readonly CodedField[];
  /** the fields' ids row by row: what a pair needs lies together */
  readonly cells: Int32Array;
  /** where given and family name stand, to notice them swapped */
  readonly given: number;
  readonly family: number;
  readonly mails: readonly number[];
}

export const codeTable = (fields: readonly Field[], rows: number): CodedTable => tableOf(fields.map(codeField), rows);

export function tableOf(all: readonly CodedField[], rows: number): CodedTable {
  const coded = all.filter((field) => field.counts.length > 1);
  const width = coded.length;
  const cells = sharedInts(rows * width);
  for (const [f, { ids }] of coded.entries()) for (let row = 0; row < rows; row++) cells[row * width + f] = ids[row]!;
  return {
    rows,
    fields: coded,
    cells,
    given: coded.findIndex((field) => field.kind === 'given name'),
    family: coded.findIndex((field) => field.kind === 'family name'),
    mails: [...coded.keys()].filter((f) => coded[f]!.kind === 'mail'),
  };
}

export function codeField({ label, kind, cells }: Field): CodedField {
  const byText = new Map<string, number>();
  const numbers = numbering();
  const coarseNumbers = numbering();
  const hasWords = kind === 'organization' || kind === 'text' || kind === 'street' || kind === 'title';
  const wordNumbers = numbering();
  const wordsOf: number[][] = [];
  const texts = cells.texts.length;
  let letters = new Uint16Array(16 * texts);
  const starts = sharedInts(texts + 1);
  const coarse = sharedInts(texts);
  const looks = sharedInts(texts * glanceWidth);
  const ofCell = new Int32Array(texts).fill(-1);
  for (const [at, text] of cells.texts.entries()) {
    const value = readValue(kind, text);
    if (value === undefined) continue;
    const known = byText.get(value.text);
    const id = known ?? byText.size;
    ofCell[at] = id;
    if (known !== undefined) continue;
    byText.set(value.text, id);
    const [from, size] = [starts[id]!, value.text.length];
    starts[id + 1] = from + size;
    if (from + size > letters.length) {
      const wider = new Uint16Array(2 * (from + size));
      wider.set(letters);
      letters = wider;
    }
    for (let letter = 0; letter < size; letter++) letters[from + letter] = value.text.charCodeAt(letter);
    keepGlance(kind, value, looks, id * glanceWidth, numbers.of);
    const key = coarseKey(kind, value);
    coarse[id] = key === '' ? -1 : coarseNumbers.of(key);
    if (hasWords) wordsOf.push(value.words.map(wordNumbers.of));
  }
  const n = byText.size;
  const ids = sharedInts(cells.ids.length);
  const counts = new Float64Array(new SharedArrayBuffer(8 * n));
  for (let row = 0; row < ids.length; row++) {
    const cell = cells.ids[row]!;
    const id = cell < 0 ? -1 : ofCell[cell]!;
    ids[row] = id;
    if (id >= 0) counts[id]!++;
  }
  const kept = new Uint16Array(new SharedArrayBuffer(2 * starts[n]!));
  kept.set(letters.subarray(0, starts[n]));
  return withMemory({
    label,
    kind,
    ids,
    counts,
    letters: kept,
    starts: starts.subarray(0, n + 1),
    looks: looks.subarray(0, n * glanceWidth),
    coarse: coarse.subarray(0, n),
    coarseDistinct: coarseNumbers.known.size,
    words: hasWords ? countWords(wordsOf, wordNumbers.known.size, counts) : undefined,
  });
}

/** numbers that threads share instead of copying them */
export const sharedInts = (count: number): Int32Array => new Int32Array(new SharedArrayBuffer(4 * count));

/** a field as one thread looks at it */
export const withMemory = (field: Omit<CodedField, 'read' | 'seen'>): CodedField => ({
  ...field,
  read: Array.from({ length: field.counts.length }),
  seen: new Int32Array(3 * seenMost).fill(-1),
});

/** as it goes to another thread */
export const withoutMemory = (field: CodedField): CodedField => ({ ...field, read: [], seen: new Int32Array(0) });

function numbering(): { known: Map<string, number>; of: (text: string) => number } {
  const known = new Map<string, number>();
  return {
    known,
    of: (text) => {
      let number = known.get(text);
      if (number === undefined) known.set(text, (number = known.size + 1));
      return number;
    },
  };
}

function countWords(wordsOf: readonly number[][], distinct: number, counts: Float64Array): Words {
  const holders = sharedInts(distinct + 1);
  const rows = new Float64Array(distinct + 1);
  const starts = sharedInts(wordsOf.length + 1);
  for (const [id, words] of wordsOf.entries()) {
    starts[id + 1] = starts[id]! + words.length;
    for (let at = 0; at < words.length; at++) {
      const word = words[at]!;
      if (words.indexOf(word) < at) continue;
      holders[word]!++;
      rows[word]! += counts[id]!;
    }
  }
  const numbers = sharedInts(starts[wordsOf.length]!);
  const rarest = [0, 1, 2].map(() => sharedInts(wordsOf.length).fill(-1));
  for (const [id, words] of wordsOf.entries()) {
    numbers.set(words, starts[id]);
    const telling = [...new Set(words)].filter((word) => rows[word]! > 1).toSorted((x, y) => rows[x]! - rows[y]!);
    for (const [turn, of] of rarest.entries()) of[id] = telling[turn] ?? -1;
  }
  return { numbers, starts, holders, rarest };
}

/** a value by its place */
export function valueAt(field: CodedField, id: number): Value {
  return (field.read[id] ??= madeAgain(field, id));
}

const utf16 = new TextDecoder('utf-16le', { ignoreBOM: true });

function madeAgain({ kind, letters, starts, looks, words }: CodedField, id: number): Value {
  const text = utf16.decode(letters.subarray(starts[id], starts[id + 1]));
  const value = valueOf(kind, text, equalLevel(looks, id * glanceWidth) !== 1, hasNoTail(looks, id * glanceWidth));
  if (words === undefined || value.words.length === 0) return value;
  // rare words weigh more: the logarithm of how few of the distinct values hold them
  const distinct = starts.length - 1;
  const most = Math.log(1 + distinct);
  const many = Math.max(8, 0.004 * distinct);
  const first = words.starts[id]!;
  const holders = value.words.map((_, at) => words.holders[words.numbers[first + at]!]!);
  value.weights = holders.map((count) => 0.1 + most - Math.log(count));
  value.frequent = holders.map((count) => count > many);
  return value;
}

const seenMost = 1 << 14;

/** the level of two values of a field, by their places; both known */
export function levelAt(field: CodedField, a: number, b: number): number {
  if (a === b) return equalLevel(field.looks, a * glanceWidth);
  const level = glances[field.kind]?.(field.looks, a * glanceWidth, b * glanceWidth) ?? 0;
  return level > 0 ? level : closeLevel(field, a, b);
}

/** letter by letter; what was asked a moment ago is remembered */
export function closeLevel(field: CodedField, a: number, b: number): number {
  const { seen } = field;
  const at = 3 * ((Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)) >>> 18);
  if (seen[at] === a && seen[at + 1] === b) return seen[at + 2]!;
  seen[at] = a;
  seen[at + 1] = b;
  return (seen[at + 2] = levelOf(field.kind, valueAt(field, a), valueAt(field, b)));
}

/** Writes the levels of pairs `from` to `to`; threads may share that. */
export type Levelling = (table: CodedTable, pairs: { a: Int32Array; b: Int32Array; levels: Uint8Array }, from: number, to: number) => void;

export const levelPairs: Levelling = (table, { a, b, levels }, from, to) => {
  for (let p = from; p < to; p++) compareRows(table, a[p]!, b[p]!, levels, p * table.fields.length);
};

/** Writes the levels of rows i and j into `out` from `at` on. Level 0 where either side is missing. */
export function compareRows(table: CodedTable, i: number, j: number, out: Uint8Array, at: number): void {
  const { fields, cells } = table;
  const width = fields.length;
  for (let f = 0; f < width; f++) {
    const a = cells[i * width + f]!;
    const b = cells[j * width + f]!;
    out[at + f] = a < 0 || b < 0 ? 0 : levelAt(fields[f]!, a, b);
  }
  compareTogether(table, i, j, out, at);
}

/** what only shows when fields are looked at together: names swapped, mailboxes made of names */
export function compareTogether(table: CodedTable, i: number, j: number, out: Uint8Array, at: number): void {
  const { fields, cells, given, family, mails } = table;
  const width = fields.length;
  if (given >= 0 && family >= 0 && out[at + given]! > 4 && out[at + family]! > 4 && mayBeSwapped(table, i, j)) {
    const value = (f: number, row: number): Value => valueAt(fields[f]!, cells[row * width + f]!);
    if (areSwapped(value(given, i), value(family, i), value(given, j), value(family, j))) {
      out[at + given] = swappedLevel;
      out[at + family] = swappedLevel;
    }
  }
  for (const f of mails) {
    const level = out[at + f]!;
    if (!mailLevelsBesideNames.includes(level)) continue;
    const of = (row: number): Value => valueAt(fields[f]!, cells[row * width + f]!);
    out[at + f] = mailBesideName(level, of(i), of(j), [...namesOf(table, i), ...namesOf(table, j)]);
  }
}

/** one's given name may be the other's family name; all four are known */
export function mayBeSwapped({ fields, cells, given, family }: CodedTable, i: number, j: number): boolean {
  const width = fields.length;
  const hash = (f: number, row: number): number => fields[f]!.looks[cells[row * width + f]! * glanceWidth + wholeHash]!;
  return hash(given, i) === hash(family, j) || hash(family, i) === hash(given, j);
}

const swappedLevel = levelSets['given name'].labels.indexOf(swapped);
/** levels of a mail that may become another one beside the names of the row */
export const mailLevelsBesideNames = ['alike', 'the same mailbox elsewhere'].map((label) => levelSets.mail.labels.indexOf(label));

function namesOf({ fields, cells, given, family }: CodedTable, row: number): Value[] {
  return [given, family].flatMap((f) => {
    const id = f < 0 ? -1 : cells[row * fields.length + f]!;
    return id < 0 ? [] : [valueAt(fields[f]!, id)];
  });
}
