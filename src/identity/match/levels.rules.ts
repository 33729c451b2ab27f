/**
 * How far two values of one kind agree: a small whole number, 0 where one of them is missing, 1 where they are equal, the last where
 * they have nothing in common. What a level is worth is learned (learn.rules.ts); here stands only what it means.
 *
 *   levelOf('given name', robert, bob) → 2 'a short form' · levelOf('date', '19710624', '19710524') → 2 'one digit off'
 */
import { areNicknames } from '../../platform/values/nickname.rules.ts';
import { areNear, isOneSlip, jaroWinkler, likenessMost, prefixMost, startOf } from '../similarity.rules.ts';
import type { Kind, Value } from './value.rules.ts';

export interface LevelSet {
  /** by level; the first is 'missing' */
  readonly labels: readonly string[];
  /** the first level that is no agreement of any sort */
  readonly unlike: number;
  /** what is believed before anything was seen: the share of one person's sighting pairs at each level (m), and of strangers' (u) */
  readonly m: readonly number[];
  readonly u: readonly number[];
}

const set = (...rows: readonly (readonly [label: string, m: number, u: number])[]): LevelSet => ({
  labels: ['missing', ...rows.map(([label]) => label)],
  unlike: rows.findIndex(([label]) => label.startsWith('different')) + 1,
  m: [0, ...rows.map(([, m]) => m)],
  u: [0, ...rows.map(([, , u]) => u)],
});

export const swapped = 'swapped';
const name = (u: number): LevelSet =>
  set(
    ['equal', 0.785, u],
    ['a short form or part', 0.05, u],
    ['one letter off', 0.06, u / 2],
    [swapped, 0.015, u / 10],
    ['initial agrees', 0.03, u * 4],
    ['alike', 0.02, u * 2],
    ['different', 0.04, 1 - u * 8.6],
  );
const text = (u: number, different: number): LevelSet =>
  set(
    ['equal', 0.85 - different, u],
    ['alike', 0.06, u / 2],
    ['one within the other', 0.05, u],
    ['most words agree', 0.03, u * 2],
    ['some words agree', 0.01, u * 8],
    ['different', different, 1 - u * 12.5],
  );
const word = (u: number, different: number): LevelSet =>
  set(['equal', 0.88 - different, u], ['one letter off', 0.08, u / 2], ['alike', 0.04, u], ['different', different, 1 - u * 2.5]);
const code = (u: number, different: number): LevelSet =>
  set(['equal', 0.92 - different, u], ['one digit off', 0.08, u * 2], ['different', different, 1 - u * 3]);

export const levelSets: Readonly<Record<Kind, LevelSet>> = {
  'given name': name(0.008),
  'middle name': set(['equal', 0.6, 0.01], ['initial agrees', 0.25, 0.06], ['alike', 0.05, 0.01], ['different', 0.1, 0.92]),
  'family name': name(0.002),
  date: set(
    ['equal', 0.83, 0.00005],
    ['one digit off', 0.07, 0.0008],
    ['two of three parts agree', 0.04, 0.003],
    ['year agrees', 0.02, 0.02],
    ['different', 0.04, 0.97615],
  ),
  year: code(0.02, 0.04),
  mail: set(
    ['equal', 0.6, 0.00001],
    ['one letter off', 0.08, 0.00001],
    ['the same mailbox elsewhere', 0.06, 0.0003],
    ['alike', 0.05, 0.0005],
    ['the same desk', 0.03, 0.0005],
    ['the same domain', 0.06, 0.004],
    ['different', 0.08, 0.45],
    ['different, at another organization', 0.04, 0.54469],
  ),
  phone: set(
    ['equal', 0.6, 0.0001],
    ['last seven digits agree', 0.03, 0.00001],
    ['one digit off', 0.07, 0.0001],
    ['different', 0.3, 0.99979],
  ),
  organization: text(0.004, 0.12),
  website: set(['equal', 0.7, 0.004], ['the same name', 0.1, 0.0005], ['different', 0.2, 0.9955]),
  street: set(
    ['equal', 0.6, 0.0005],
    ['alike, the same number', 0.15, 0.0005],
    ['alike, another number', 0.1, 0.004],
    ['the same number', 0.05, 0.01],
    ['different', 0.1, 0.985],
  ),
  postcode: set(['equal', 0.8, 0.005], ['one digit off', 0.06, 0.005], ['the same area', 0.04, 0.02], ['different', 0.1, 0.97]),
  city: word(0.02, 0.12),
  country: set(['equal', 0.98, 0.3], ['different', 0.02, 0.7]),
  title: text(0.02, 0.4),
  code: code(0.0005, 0.05),
  number: set(['equal', 0.8, 0.05], ['close', 0.1, 0.1], ['different', 0.1, 0.85]),
  state: set(['equal', 0.95, 0.1], ['one letter off', 0.02, 0.05], ['different', 0.03, 0.85]),
  category: set(['equal', 0.9, 0.2], ['different', 0.1, 0.8]),
  word: word(0.01, 0.08),
  text: text(0.005, 0.1),
};

export function levelOf(kind: Kind, a: Value, b: Value): number {
  if (a.text === b.text) return a.shared ? 5 : 1;
  switch (kind) {
    case 'given name':
      return nameLevel(a, b, true);
    case 'family name':
      return nameLevel(a, b, false);
    case 'middle name':
      if (a.text[0] === b.text[0] && (a.text.length === 1 || b.text.length === 1 || a.head === b.head)) return 2;
      return isAlike(a, b, 0.88) || areNicknames(a.head, b.head) ? 3 : 4;
    case 'date':
      return dateLevel(a.text, b.text);
    case 'mail':
      return mailLevel(a, b);
    case 'phone':
      if (a.head === b.head && (a.text.endsWith(b.text) || b.text.endsWith(a.text))) return 2;
      return isNear(a, b) && isOneSlip(a.text, b.text) ? 3 : a.head !== b.head && isOneSlip(a.head, b.head) ? 3 : 4;
    case 'organization':
    case 'text':
    case 'title':
      return textLevel(a, b);
    case 'website':
      return a.head === b.head ? 2 : 3;
    case 'street':
      return streetLevel(a, b);
    case 'postcode':
      if (isOneSlip(a.text, b.text)) return 2;
      return Math.min(a.text.length, b.text.length) > 3 && a.text.slice(0, 3) === b.text.slice(0, 3) ? 3 : 4;
    case 'city':
    case 'word':
      if (isNear(a, b) && Math.min(a.text.length, b.text.length) > 3 && isOneSlip(a.text, b.text)) return 2;
      return isAlike(a, b, 0.87) || isShortened(a, b) ? 3 : 4;
    case 'code':
    case 'year':
      return a.text.length > 3 && isNear(a, b) && isOneSlip(a.text, b.text) ? 2 : 3;
    case 'number': {
      const [one, other] = [Number(a.text), Number(b.text)];
      return Math.abs(one - other) <= 0.05 * Math.max(Math.abs(one), Math.abs(other)) ? 2 : 3;
    }
    case 'state':
      return isNear(a, b) && isOneSlip(a.text, b.text) ? 2 : 3;
    default:
      return 2;
  }
}

const isNear = (a: Value, b: Value): boolean => areNear(a.mask, b.mask);

/** Jaro–Winkler at least so much, what bounds it from above looked at first */
function isAlike(a: Value, b: Value, least: number): boolean {
  const prefix = prefixMost(startOf(a.text), startOf(b.text));
  return likenessMost(a.text.length, a.mask, b.text.length, b.mask, prefix) >= least && jaroWinkler(a.text, b.text) >= least;
}

const isShortened = (a: Value, b: Value): boolean =>
  a.text.length > 2 && b.text.length > 2 && (a.text.startsWith(b.text) || b.text.startsWith(a.text));

/** the one's given name is the other's family name; one of the two may have a slip in it */
export function areSwapped(given: Value, family: Value, otherGiven: Value, otherFamily: Value): boolean {
  if (given.text.length < 2 || family.text.length < 2) return false;
  const one = given.text === otherFamily.text ? 1 : nameLevel(given, otherFamily, false);
  const two = family.text === otherGiven.text ? 1 : nameLevel(family, otherGiven, false);
  return Math.min(one, two) === 1 && Math.max(one, two) <= 3;
}

function nameLevel(a: Value, b: Value, given: boolean): number {
  const one = a.text;
  const other = b.text;
  if (one.length === 1 || other.length === 1) return one[0] === other[0] ? 5 : 7;
  const several = a.words.length > 0 || b.words.length > 0;
  if (several) {
    if (a.head === b.head && a.head.length > 1) return 2;
    const mine = a.words.length > 0 ? a.words : [one];
    const theirs = b.words.length > 0 ? b.words : [other];
    if (mine.some((word) => word.length > 2 && theirs.includes(word))) return 2;
    // hanspeter, hans peter
    if (one.replaceAll(' ', '') === other.replaceAll(' ', '')) return 2;
  }
  // whoever numbers names means others by other numbers
  if ((a.mask | b.mask) >>> 26 !== 0 && one.replace(/\D/g, '') !== other.replace(/\D/g, '')) return 7;
  if (given && areNicknames(a.head, b.head)) return 2;
  if (isNear(a, b) && Math.min(one.length, other.length) > 2 && isOneSlip(one, other)) return 3;
  if (several && (a.head.length === 1 || b.head.length === 1) && a.head[0] === b.head[0]) return 5;
  return isShortened(a, b) || isAlike(a, b, 0.87) ? 6 : 7;
}

function dateLevel(a: string, b: string): number {
  if (isOneSlip(a, b)) return 2;
  const year = a.slice(0, 4) === b.slice(0, 4);
  const month = a.slice(4, 6) === b.slice(4, 6);
  const day = a.slice(6) === b.slice(6);
  // day and month swapped
  if (year && a.slice(4, 6) === b.slice(6) && a.slice(6) === b.slice(4, 6)) return 2;
  if (Number(year) + Number(month) + Number(day) === 2) return 3;
  return year ? 4 : 5;
}

function mailLevel(a: Value, b: Value): number {
  const oneHouse =
    a.tail !== '' || b.tail !== ''
      ? a.tail === b.tail
      : a.text.length - a.head.length === b.text.length - b.head.length && a.text.endsWith(b.text.slice(b.head.length));
  if (isNear(a, b) && Math.min(a.head.length, b.head.length) > 3 && isOneSlip(a.text, b.text)) {
    // pumps1.example is not pumps2.example, nor ann17 ann18
    if (a.text.replace(/\D/g, '') === b.text.replace(/\D/g, '')) return 2;
  }
  if (a.head === b.head && a.head.length > 3 && !a.shared) return 3;
  // within one provider only the mailbox says anything
  if (oneHouse ? jaroWinkler(a.head, b.head) >= 0.9 : isAlike(a, b, 0.92)) return 4;
  if (a.tail === '' || b.tail === '') return 7;
  return a.tail === b.tail ? 6 : 8;
}

/**
 * What a level of two mails becomes once the row's names are looked at as well: a mailbox made of one's name repeats what the name said,
 * and jane.doe17 is not jane.doe85.
 */
export function mailBesideName(level: number, a: Value, b: Value, names: readonly Value[]): number {
  const of = (mail: Value): boolean =>
    names.some((name) => namesWords(name).some((word) => word.length > 2 && (mail.words[0] ?? '').includes(word)));
  if (!of(a) || !of(b)) return level;
  const elsewhere = a.tail === '' || b.tail === '' ? 0 : 8;
  if (level === 3) return elsewhere;
  const [one, other] = [a.head.replace(/\D/g, ''), b.head.replace(/\D/g, '')];
  if (one.length > 1 && other.length > 1) return isOneSlip(one, other) ? level : 7;
  return elsewhere === 8 && a.tail === b.tail ? 6 : elsewhere;
}

const namesWords = (name: Value): readonly string[] => (name.words.length > 0 ? name.words : [name.text]);

function streetLevel(a: Value, b: Value): number {
  const number = a.head === b.head;
  const named =
    a.tail === b.tail ||
    (a.tail.length > 3 &&
      b.tail.length > 3 &&
      (jaroWinkler(a.tail, b.tail) >= 0.88 || a.tail.startsWith(b.tail) || b.tail.startsWith(a.tail)));
  if (named) return number || a.head.startsWith(`${b.head} `) || b.head.startsWith(`${a.head} `) ? 2 : 3;
  if (number && a.head !== '') return 4;
  return 5;
}

function textLevel(a: Value, b: Value): number {
  const { union, within, telling } = wordsShared(a, b);
  if (union >= 0.82) return numbersDiffer(a.words, b.words) ? 5 : 2;
  if (union < 0.3) return a.text.length > 4 && a.text.replaceAll(' ', '') === b.text.replaceAll(' ', '') ? 2 : union < 0.22 ? 6 : 5;
  // site 1 and site 2 are two, however much else they share; so are two branches of a chain
  if (!telling || numbersDiffer(a.words, b.words)) return 5;
  return within >= 0.95 ? 3 : union >= 0.5 ? 4 : 5;
}

function numbersDiffer(a: readonly string[], b: readonly string[]): boolean {
  const mine = a.filter((word) => number.test(word));
  const theirs = b.filter((word) => number.test(word));
  return mine.length > 0 && theirs.length > 0 && !mine.some((word) => theirs.includes(word));
}
const number = /^(\d+|i{1,3}|iv)$/;

/**
 * Soft TF-IDF (Cohen, Ravikumar and Fienberg, 2003), made symmetric: the weight of the words both have, over that of all words
 * (`union`) and over that of the lighter text (`within`); words with one slip and abbreviations count in part. `telling` when one of the
 * words they share is not one that many have.
 */
export function wordsShared(a: Value, b: Value): { union: number; within: number; telling: boolean } {
  let common = 0;
  let ofA = 0;
  let ofB = 0;
  let taken = 0;
  let telling = false;
  for (let j = 0; j < b.words.length; j++) ofB += b.weights[j] ?? 1;
  for (let i = 0; i < a.words.length; i++) {
    const word = a.words[i]!;
    const own = a.weights[i] ?? 1;
    ofA += own;
    let best = 0;
    let at = -1;
    for (let j = 0; j < b.words.length; j++) {
      if ((taken >> j) & 1) continue;
      const other = b.words[j]!;
      const like = word === other ? 1 : likeness(word, other);
      if (like > best) {
        best = like;
        at = j;
        if (like === 1) break;
      }
    }
    if (at >= 0) {
      taken |= 1 << at;
      common += best * Math.min(own, b.weights[at] ?? 1);
      if (a.frequent[i] !== true && b.frequent[at] !== true) telling = true;
    }
  }
  const all = ofA + ofB - common;
  const less = Math.min(ofA, ofB);
  return all <= 0 || less <= 0 ? { union: 0, within: 0, telling } : { union: common / all, within: common / less, telling };
}

function likeness(a: string, b: string): number {
  if (a.length > 3 && b.length > 3 && isOneSlip(a, b)) return 0.9;
  if (a.length > 2 && b.length > 2 && (a.startsWith(b) || b.startsWith(a))) return 0.7;
  return 0;
}
