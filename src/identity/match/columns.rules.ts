/**
 * What the columns of a stranger's table hold: by their names where those say something, else by what stands in them. One configuration
 * for every file; what is not recognised is compared as a code, a number, a category, a word or a text, whichever it looks like.
 */
import { appendCells, cellAt, combineCells, mapCells, type Cells } from '../../platform/values/cells.rules.ts';
import { fold } from '../../platform/values/fold.rules.ts';
import { areNicknames } from '../../platform/values/nickname.rules.ts';
import { isPlainName, parsePersonName } from '../../platform/values/person-name.rules.ts';
import { isCommonFamily, isCommonGiven } from '../common-names.rules.ts';
import { dateDigits, type Kind } from './value.rules.ts';

/** Columns of one table in the order of the file; cells are raw text. */
export interface RawColumn {
  readonly header: string;
  readonly cells: Cells;
}

/** What a column is, beside the kinds that are compared as they stand. */
type Meaning = Kind | 'full name' | 'house number' | 'month' | 'day' | 'row number' | 'empty';

/** One thing to compare: a kind, and for every row its text (several cells of one thing joined). */
export interface Field {
  readonly label: string;
  readonly kind: Kind;
  readonly cells: Cells;
}

/** A thing to compare, with the columns it is made of by their place. */
interface Compared extends Field {
  readonly from: readonly number[];
}

/** Why a column takes no part. */
export type LeftOut = 'empty' | 'same' | 'row number' | 'no counterpart';

/** How a column was understood, for people to check. */
export interface UnderstoodColumn {
  header: string;
  meaning: string;
  /** 0, or 1 for the second table's; both tables have the column where their columns are called the same */
  table: number;
  /** what is compared with it, by the labels of the fields */
  fields: string[];
  leftOut: LeftOut | null;
}

export interface Recognised {
  fields: Field[];
  columns: UnderstoodColumn[];
}

/** header words → meaning; what a caller's own vocabulary knows comes first */
const vocabulary: readonly (readonly [Meaning, RegExp])[] = [
  ['middle name', /^(second given|zweiter vor|mid|m) ?(name|initial|nm)$|^middle/],
  ['given name', /^(f|first|given|fore|vor|christian) ?n(a|o)?me?\b|^(first|given|forename|vorname|prenom|nombre|voornaam|nome)$/],
  [
    'family name',
    /^(l|last|family|sur|nach|familien) ?n(a|o)?me?\b|^(surname|sname|last|apellidos?|cognome|achternaam|nachname|sobrenome)$/,
  ],
  ['date', /\b(dob|birth ?(date|day)|date of birth|born on|geburts(datum|tag)|geboren|naissance|nacimiento|nascita|nascimento)\b/],
  ['year', /\b(birth ?year|year of birth|yob|geburtsjahr|jahrgang)\b/],
  ['house number', /^(street|house|haus|building) ?(no|nr|num|number|nummer)\b|^hausn(umme)?r$|^(housenum|streetnum)/],
  [
    'code',
    /\b(ssn|social security|soc ?sec|tax (id|number)|vat|passport|national id|nino|duns|licen[cs]e|customer (no|number|id)|account (no|number))\b/,
  ],
  ['postcode', /^(post|postal|zip|plz|cap|cep)( ?code)?\b/],
  ['city', /\b(suburb|city|town|locality|ort|stadt)\b/],
  ['street', /^(street|str|addr(ess)?|strasse)( ?(name|line))?( ?1)?$/],
  ['mail', /\be ?mail\b/],
  ['phone', /\b(phone|tel|telephone|mobile|cell|fax)\b/],
];
const fields: Readonly<Record<string, Meaning>> = {
  givenName: 'given name',
  familyName: 'family name',
  fullName: 'full name',
  title: 'title',
  email: 'mail',
  phone: 'phone',
  mobile: 'phone',
  fax: 'phone',
  website: 'website',
  organization: 'organization',
  street: 'street',
  postalCode: 'postcode',
  city: 'city',
  state: 'state',
  country: 'country',
  externalId: 'code',
};

/** `fieldOf` says which field of an inquiry a header names, where the caller has a vocabulary for that. */
export function recogniseColumns(
  columns: readonly RawColumn[],
  fieldOf: (header: string) => string | undefined = () => undefined,
): Omit<Recognised, 'fields'> & { fields: Compared[] } {
  const meanings = columns.map((column) => meaningOf(column, fieldOf));
  splitDates(columns, meanings);
  const fields = fieldsOf(columns, meanings);
  const understood = columns.map(({ header, cells }, at): UnderstoodColumn => {
    const meaning = meanings[at]!;
    const leftOut = meaning === 'row number' ? meaning : meaning === 'empty' ? (cells.texts.some((text) => text.trim() !== '') ? 'same' : 'empty') : null;
    return { header, meaning, table: 0, fields: labelsAt(fields, at), leftOut };
  });
  return { fields, columns: understood };
}

const labelsAt = (fields: readonly Compared[], at: number): string[] => fields.filter(({ from }) => from.includes(at)).map(({ label }) => label);

/**
 * Two tables as one, the second's rows below the first's: columns of the same name together, else what holds the same kind of thing in
 * the same order. What only one of them has is left out.
 */
export function recogniseTwo(
  first: readonly RawColumn[],
  second: readonly RawColumn[],
  fieldOf: (header: string) => string | undefined = () => undefined,
): Recognised {
  const named = (column: RawColumn): string => fold(column.header);
  if (first.length === second.length && first.every((column, at) => named(column) === named(second[at]!))) {
    return recogniseColumns(
      first.map(({ header, cells }, at) => ({ header, cells: appendCells(cells, second[at]!.cells) })),
      fieldOf,
    );
  }
  const mine = recogniseColumns(first, fieldOf);
  const theirs = recogniseColumns(second, fieldOf);
  const left = [...theirs.fields];
  const both: (readonly [Compared, Compared, string])[] = [];
  const fields = mine.fields.flatMap((field): Field[] => {
    let at = left.findIndex((other) => other.kind === field.kind && fold(other.label) === fold(field.label));
    if (at < 0) at = left.findIndex((other) => other.kind === field.kind);
    const [other] = at < 0 ? [] : left.splice(at, 1);
    if (!other) return [];
    const label = other.label === field.label ? field.label : `${field.label} / ${other.label}`;
    both.push([field, other, label]);
    return [{ label, kind: field.kind, cells: appendCells(field.cells, other.cells) }];
  });
  const paired = (table: 0 | 1) => (column: UnderstoodColumn, at: number): UnderstoodColumn => {
    const labels = both.flatMap((pair) => (pair[table].from.includes(at) ? [pair[2]] : []));
    return { ...column, table, fields: labels, leftOut: column.leftOut ?? (labels.length === 0 ? 'no counterpart' : null) };
  };
  return { fields, columns: [...mine.columns.map(paired(0)), ...theirs.columns.map(paired(1))] };
}

function meaningOf(column: RawColumn, fieldOf: (header: string) => string | undefined): Meaning {
  const { ids, texts } = column.cells;
  const blank = texts.map((text) => text.trim() === '');
  let filled = 0;
  for (const id of ids) if (id >= 0 && !blank[id]) filled++;
  if (filled === 0) return 'empty';
  const distinct = blank.filter((is) => !is).length;
  if (distinct === 1 && ids.length > 1) return 'empty';
  const sample: string[] = [];
  const every = Math.ceil(filled / 2000);
  let met = 0;
  for (const id of ids) if (id >= 0 && !blank[id] && met++ % every === 0) sample.push(texts[id]!);
  const words = fold(column.header.replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2').replace(/[_\-.]+/g, ' '));
  const seen = contentOf(sample, filled, distinct);
  // every row another: it numbers the rows, it does not tell who is in them
  if (distinct === filled && distinct === ids.length && distinct > 20 && isRowNumber(sample, words)) return 'row number';
  let named = vocabulary.find(([, known]) => known.test(words))?.[0] ?? fields[fieldOf(column.header) ?? ''];
  if (named === 'full name' || named === 'given name' || named === 'family name') {
    const business = share(sample, (cell) => legal.test(cell));
    // a 'name' is a company's where companies stand
    if (business > 0.05) named = 'organization';
    else if (named === 'full name' && share(sample, (cell) => /^[\p{L}'.-]+$/u.test(cell.trim())) > 0.9) named = undefined;
    else if (named === 'full name' && !looksPersonal(sample)) named = 'organization';
  }
  if (named !== undefined && fits(named, seen)) return named;
  return seen;
}

/** a header may err: what stands in the column must not contradict it */
function fits(named: Meaning, seen: Meaning): boolean {
  if (named === 'date') return seen === 'date' || seen === 'text' || seen === 'code';
  if (named === 'mail') return seen === 'mail' || seen === 'text' || seen === 'word';
  if (named === 'phone') return seen === 'phone' || seen === 'code' || seen === 'number';
  if (seen === 'mail' || seen === 'website') return named === seen || (named === 'website' && seen === 'mail');
  if (named === 'given name' || named === 'family name' || named === 'middle name' || named === 'full name')
    return !['number', 'date', 'phone', 'year'].includes(seen);
  return true;
}

function isRowNumber(sample: readonly string[], words: string): boolean {
  if (/^(id|nr|no|row|rec|record|index|key|lfd nr|unique)\b|\bid$|^rec id|^unique/.test(words)) return true;
  const numbers = sample.map(Number);
  if (!numbers.every(Number.isInteger)) return false;
  let rising = 0;
  for (let at = 1; at < numbers.length; at++) if (numbers[at]! > numbers[at - 1]!) rising++;
  return rising > 0.99 * (numbers.length - 1);
}

const share = (cells: readonly string[], look: (cell: string) => boolean): number =>
  cells.reduce((n, cell) => n + (look(cell) ? 1 : 0), 0) / Math.max(1, cells.length);

const legal =
  /(^|[\s,.(])(gmbh|ag|inc|incorporated|llc|ltd|limited|corp|corporation|co|company|plc|kg|s\.?a|s\.?r\.?l|s\.?p\.?a|b\.?v|n\.?v|a\/s|aps|ab|oy|sarl|school|center|centre|church|academy|university|bank|hotel|systems|services|group|industries)\.?($|[\s,.)])/i;

/** what the cells look like, whatever the header says */
function contentOf(sample: readonly string[], filled: number, distinct: number): Meaning {
  const looks = (look: RegExp): number => share(sample, (cell) => look.test(cell.trim()));
  if (looks(/^\S+@\S+\.\S+$/) > 0.7) return 'mail';
  if (looks(/^(https?:\/\/|www\.)\S+$|^[\w-]+(\.[\w-]+)*\.[a-z]{2,4}(\/\S*)?$/i) > 0.7) return 'website';
  const integers = looks(/^\d+(\.0)?$/);
  if (
    integers < 0.95 &&
    share(sample, (cell) => /\d/.test(cell) && cell.length < 30 && /[-/.\s]/.test(cell) && dateDigits(cell.trim()) !== undefined) > 0.8
  )
    return 'date';
  if (looks(/^(18|19|20)\d{2}[01]\d[0-3]\d$/) > 0.85) return 'date';
  if (looks(/^(18[5-9]|19\d|20[0-4])\d(\.0)?$/) > 0.95 && distinct > 5) return 'year';
  if (
    looks(/^[+\d(][\d\s().\-/+]*((ext|x)\.?\s*\d+)?$/) > 0.8 &&
    share(sample, (cell) => /[\s().\-/+]|^\d{10,}$/.test(cell.trim()) && cell.replace(/\D/g, '').length >= 7) > 0.7
  )
    return 'phone';
  if (looks(/^-?\d+([.,]\d+)?\s*%?$/) > 0.9) {
    const lengths = new Set(sample.map((cell) => cell.trim().length));
    if (distinct <= 12) return 'category';
    return integers > 0.9 && (lengths.size <= 2 || distinct > 0.5 * filled) ? 'code' : integers > 0.9 ? 'code' : 'number';
  }
  if (distinct <= 12 && filled > 5 * distinct) return 'category';
  if (looks(/\d/) > 0.8 && looks(/^\S+$/) > 0.9) return 'code';
  if (share(sample, (cell) => legal.test(cell)) > 0.15) return 'organization';
  if (looks(/^\d+[a-z]?\s+\p{L}|\p{L}{3,}\.?\s+\d+[a-z]?$/iu) > 0.6) return 'street';
  // one word, mostly: a name, a place or a choice
  if (looks(/^[\p{L}'’.-]+$/u) > 0.85) {
    const given = share(sample, (cell) => isGiven(fold(cell)));
    const family = share(sample, (cell) => isCommonFamily(fold(cell)));
    if (given > 0.25 && given > family) return 'given name';
    if (family > 0.1 && family > given) return 'family name';
    return 'word';
  }
  if (looks(/^[\p{L}'’.-]+,? [\p{L}'’.-]+( [\p{L}'’.-]+)?$/u) > 0.8 && looksPersonal(sample)) return 'full name';
  return share(sample, (cell) => cell.trim().split(/\s+/).length <= 2) > 0.85 ? 'word' : 'text';
}

const isGiven = (word: string): boolean => isCommonGiven(word) || areNicknames(word, word);

function looksPersonal(sample: readonly string[]): boolean {
  return share(sample, (cell) => cell.split(/[\s,]+/).some((word) => isGiven(fold(word)))) > 0.3;
}

/** year, month and day in columns of their own are one date */
function splitDates(columns: readonly RawColumn[], meanings: Meaning[]): void {
  const within = (at: number, most: number): boolean => {
    const texts = columns[at]?.cells.texts.filter((cell) => cell.trim() !== '') ?? [];
    if (texts.length < 2 || !texts.every((cell) => /^\d{1,2}(\.0)?$/.test(cell.trim()))) return false;
    const numbers = texts.map(Number);
    const rows = columns[at]!.cells.ids.reduce((n, id) => n + (id < 0 ? 0 : 1), 0);
    return Math.min(...numbers) >= 1 && Math.max(...numbers) <= most && (rows < 100 || new Set(numbers).size > most * 0.6);
  };
  const free = (at: number): boolean => ['category', 'code', 'number'].includes(meanings[at] ?? '');
  for (const [year, meaning] of meanings.entries()) {
    if (meaning !== 'year') continue;
    for (const [month, day] of [
      [year + 1, year + 2],
      [year - 1, year - 2],
      [year - 2, year - 1],
      [year + 2, year + 1],
    ] as const) {
      if (free(month) && free(day) && within(month, 12) && within(day, 31)) {
        meanings[month] = 'month';
        meanings[day] = 'day';
        break;
      }
    }
  }
}

function fieldsOf(columns: readonly RawColumn[], meanings: readonly Meaning[]): Compared[] {
  const out: Compared[] = [];
  const taken = new Set<number>();
  const join = (label: string, kind: Kind, parts: readonly number[], glue: string): void => {
    for (const part of parts) taken.add(part);
    const cells = combineCells(
      parts.map((part) => columns[part]!.cells),
      (texts) => texts.filter((text) => text.trim() !== '').join(glue),
    );
    out.push({ label, kind, cells, from: parts });
  };
  for (const [at, meaning] of meanings.entries()) {
    if (taken.has(at) || meaning === 'empty' || meaning === 'row number') continue;
    const { header, cells } = columns[at]!;
    const label = header.trim() || `column ${at + 1}`;
    if (
      meaning === 'year' &&
      (meanings[at + 1] === 'month' || meanings[at - 1] === 'month' || meanings[at - 2] === 'month' || meanings[at + 2] === 'month')
    ) {
      const near = [at - 2, at - 1, at + 1, at + 2];
      const month = near.find((one) => meanings[one] === 'month' && !taken.has(one));
      const day = near.find((one) => meanings[one] === 'day' && !taken.has(one));
      if (month !== undefined && day !== undefined) {
        taken.add(month).add(day);
        const two = (cell: string): string => String(Math.trunc(Number(cell))).padStart(2, '0');
        out.push({
          label: [at, month, day].map((one) => columns[one]!.header).join(' '),
          kind: 'date',
          from: [at, month, day],
          cells: combineCells([cells, columns[month]!.cells, columns[day]!.cells], ([year = '', ofMonth = '', ofDay = '']) =>
            year.trim() === '' ? '' : `${Math.trunc(Number(year))}${two(ofMonth)}${two(ofDay)}`,
          ),
        });
        continue;
      }
    }
    if (meaning === 'month' || meaning === 'day') continue;
    if (meaning === 'house number') {
      const street = meanings.findIndex((one, other) => one === 'street' && !taken.has(other));
      if (street >= 0) join(`${columns[at]!.header} ${columns[street]!.header}`, 'street', [at, street], ' ');
      else out.push({ label, kind: 'code', cells, from: [at] });
      continue;
    }
    if (meaning === 'street') {
      const number = meanings.findIndex((one, other) => one === 'house number' && !taken.has(other));
      if (number >= 0) {
        join(`${columns[number]!.header} ${header}`, 'street', [number, at], ' ');
        continue;
      }
    }
    if (meaning === 'full name') {
      const part = (of: 'given' | 'family'): Cells => mapCells(cells, (text) => parsePersonName({ full: text })?.[of] ?? '');
      out.push({ label: `${label}: given`, kind: 'given name', cells: part('given'), from: [at] });
      out.push({ label: `${label}: family`, kind: 'family name', cells: part('family'), from: [at] });
      continue;
    }
    // a second column of the same meaning is something beside the first, and compared by itself
    const kind: Kind = meaning;
    const second = ['given name', 'family name', 'organization', 'street'].includes(kind) && out.some((one) => one.kind === kind);
    out.push({ label, kind: second ? (kind === 'given name' ? 'middle name' : kind === 'family name' ? 'word' : 'text') : kind, cells, from: [at] });
  }
  tidyNames(out);
  return out;
}

interface NewCells {
  ids: Int32Array;
  texts: string[];
}

/** given and family name read together: order, titles, junk such as 'Test Test' (which is nobody's name) */
function tidyNames(fields: Compared[]): void {
  const given = fields.findIndex((field) => field.kind === 'given name');
  const family = fields.findIndex((field) => field.kind === 'family name');
  if (given < 0 || family < 0) return;
  const [ofGiven, ofFamily] = [fields[given]!.cells, fields[family]!.cells];
  const rows = ofGiven.ids.length;
  // names without a catch are read once each, the others with what stands beside them
  const plain = [ofGiven, ofFamily].map(({ texts }) => texts.map(isPlainName));
  const alone: [string[], string[]] = [
    ofGiven.texts.map((text, at) => (plain[0]![at] ? (parsePersonName({ given: text })?.given ?? '') : '')),
    ofFamily.texts.map((text, at) => (plain[1]![at] ? (parsePersonName({ family: text })?.family ?? '') : '')),
  ];
  const out = alone.map((texts) => ({ ids: new Int32Array(rows), texts })) as [NewCells, NewCells];
  const read = new Map<number, readonly [number, number]>();
  for (let row = 0; row < rows; row++) {
    const [one, other] = [ofGiven.ids[row]!, ofFamily.ids[row]!];
    if ((one < 0 || plain[0]![one]) && (other < 0 || plain[1]![other])) {
      out[0].ids[row] = one;
      out[1].ids[row] = other;
      continue;
    }
    const key = (one + 1) * 67108864 + other + 1;
    let places = read.get(key);
    if (places === undefined) {
      const name = parsePersonName({ given: cellAt(ofGiven, row), family: cellAt(ofFamily, row) });
      const put = (into: string[], text: string | null | undefined): number =>
        name === undefined || name.junk || !text ? -1 : into.push(text) - 1;
      places = [put(out[0].texts, name?.given), put(out[1].texts, name?.family)];
      read.set(key, places);
    }
    [out[0].ids[row], out[1].ids[row]] = places;
  }
  fields[given] = { ...fields[given]!, cells: out[0] };
  fields[family] = { ...fields[family]!, cells: out[1] };
}
