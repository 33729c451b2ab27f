/** Fields of a table as numbers: every distinct value normalised and kept once, rows hold its place. Pairs compare at such speed. */
import { areSwapped, levelOf, levelSets, mailBesideName, swapped } from './levels.rules.ts';
import type { Field } from './columns.rules.ts';
import { readValue, type Kind, type Value } from './value.rules.ts';

export interface CodedField {
  readonly label: string;
  readonly kind: Kind;
  /** per row the place of its value, -1 where it is missing */
  readonly ids: Int32Array;
  readonly values: readonly Value[];
  /** per value, on how many rows it stands */
  readonly counts: Float64Array;
}

export interface CodedTable {
  readonly rows: number;
  readonly fields: readonly CodedField[];
  /** where given and family name stand, to notice them swapped */
  readonly given: number;
  readonly family: number;
  readonly mails: readonly number[];
}

export function codeTable(fields: readonly Field[], rows: number): CodedTable {
  const coded = fields.map((field) => codeField(field, rows)).filter((field) => field.values.length > 1);
  return {
    rows,
    fields: coded,
    given: coded.findIndex((field) => field.kind === 'given name'),
    family: coded.findIndex((field) => field.kind === 'family name'),
    mails: [...coded.keys()].filter((f) => coded[f]!.kind === 'mail'),
  };
}

function codeField(field: Field, rows: number): CodedField {
  const ids = new Int32Array(rows).fill(-1);
  const values: Value[] = [];
  const counts: number[] = [];
  const byCell = new Map<string, number>();
  const byText = new Map<string, number>();
  for (let row = 0; row < rows; row++) {
    const cell = field.cells[row] ?? '';
    if (cell === '') continue;
    let id = byCell.get(cell);
    if (id === undefined) {
      const value = readValue(field.kind, cell);
      if (value === undefined) id = -1;
      else {
        id = byText.get(value.text) ?? -1;
        if (id < 0) {
          id = values.length;
          byText.set(value.text, id);
          values.push(value);
          counts.push(0);
        }
      }
      byCell.set(cell, id);
    }
    ids[row] = id;
    if (id >= 0) counts[id]!++;
  }
  weighWords(values);
  return { label: field.label, kind: field.kind, ids, values, counts: Float64Array.from(counts) };
}

/** rare words weigh more: the logarithm of how few of the distinct values hold them */
function weighWords(values: readonly Value[]): void {
  const holders = new Map<string, number>();
  for (const value of values) for (const word of new Set(value.words)) holders.set(word, (holders.get(word) ?? 0) + 1);
  const most = Math.log(1 + values.length);
  const many = Math.max(8, 0.004 * values.length);
  for (const value of values) {
    if (value.words.length === 0) continue;
    value.weights = value.words.map((word) => 0.1 + most - Math.log(holders.get(word)!));
    value.frequent = value.words.map((word) => holders.get(word)! > many);
  }
}

/** Writes the levels of rows i and j into `out` from `at` on. Level 0 where either side is missing. */
export function compareRows(table: CodedTable, i: number, j: number, out: Uint8Array, at: number): void {
  const { fields } = table;
  for (let f = 0; f < fields.length; f++) {
    const field = fields[f]!;
    const a = field.ids[i]!;
    const b = field.ids[j]!;
    out[at + f] = a < 0 || b < 0 ? 0 : a === b && field.kind !== 'mail' ? 1 : levelOf(field.kind, field.values[a]!, field.values[b]!);
  }
  const { given, family, mails } = table;
  if (given >= 0 && family >= 0 && out[at + given]! > 4 && out[at + family]! > 4) {
    const value = (f: number, row: number): Value => fields[f]!.values[fields[f]!.ids[row]!]!;
    if (areSwapped(value(given, i), value(family, i), value(given, j), value(family, j))) {
      out[at + given] = swappedLevel;
      out[at + family] = swappedLevel;
    }
  }
  for (const f of mails) {
    const level = out[at + f]!;
    if (level !== mailElsewhere && level !== mailAlike) continue;
    const { ids, values } = fields[f]!;
    out[at + f] = mailBesideName(level, values[ids[i]!]!, values[ids[j]!]!, [...namesOf(table, i), ...namesOf(table, j)]);
  }
}

const swappedLevel = levelSets['given name'].labels.indexOf(swapped);
const mailAlike = levelSets.mail.labels.indexOf('alike');
const mailElsewhere = levelSets.mail.labels.indexOf('the same mailbox elsewhere');

function namesOf({ fields, given, family }: CodedTable, row: number): Value[] {
  return [given, family].flatMap((f) => fields[f]?.values[fields[f].ids[row]!] ?? []);
}
