/** One cell made comparable: normalised once, compared often. Every kind fills the same shape, so that comparing stays fast. */
import { readDate } from '../../platform/values/date-text.rules.ts';
import { isFreeMailDomain, parseEmail } from '../../platform/values/email.rules.ts';
import { fold, foldDigraphs, isFiller } from '../../platform/values/fold.rules.ts';
import { readNumber } from '../../platform/values/money-text.rules.ts';
import { organizationKey } from '../../platform/values/organization-name.rules.ts';
import { parsePersonName } from '../../platform/values/person-name.rules.ts';
import { cityKey, countryCode, postcodeKey, streetKey } from '../../platform/values/postal-address.rules.ts';
import { domainOf } from '../domain.rules.ts';
import { skeleton } from '../similarity.rules.ts';

/** What a field holds, and with it how two of its values are compared (levels.rules.ts). */
export type Kind =
  | 'given name'
  | 'middle name'
  | 'family name'
  | 'date'
  | 'year'
  | 'mail'
  | 'phone'
  | 'organization'
  | 'website'
  | 'street'
  | 'postcode'
  | 'city'
  | 'state'
  | 'country'
  | 'title'
  | 'code'
  | 'number'
  | 'category'
  | 'word'
  | 'text';

export interface Value {
  /** the normalised whole: equal texts are equal values */
  readonly text: string;
  /** which letters and digits occur, a bit each: tells most strangers apart without looking at the letters in turn */
  readonly mask: number;
  /** first word of a name · mailbox of a mail · last seven digits of a phone · house numbers of a street */
  readonly head: string;
  /** domain of a mail (empty where the public shares it) · street without its numbers */
  readonly tail: string;
  /** words, where there are several or words are what is compared */
  readonly words: readonly string[];
  /** a desk's mailbox, info@ or sales@, that tells nobody apart */
  readonly shared: boolean;
  /** per word, how much it tells: more the fewer values hold it. Empty, and all alike, until the table is known (coded.rules.ts). */
  weights: readonly number[];
  /** per word, whether so many values hold it that sharing it alone says little: the name of a chain, 'services' */
  frequent: readonly boolean[];
}

const none: readonly string[] = [];
const even: readonly number[] = [];
const rare: readonly boolean[] = [];

export function letterMask(text: string): number {
  let mask = 0;
  for (let at = 0; at < text.length; at++) mask |= letterBit(text.charCodeAt(at));
  return mask;
}

/** the letters that occur at least twice */
export function twiceMask(text: string): number {
  let [once, twice] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const bit = letterBit(text.charCodeAt(at));
    twice |= once & bit;
    once |= bit;
  }
  return twice;
}

// five bits for ten digits and the rest: enough to tell most apart
const letterBit = (code: number): number => (code >= 97 && code <= 122 ? 1 << (code - 97) : code === 32 ? 0 : 1 << (26 + (code % 5)));

function made(text: string, head = '', tail = '', words: readonly string[] = none, shared = false): Value {
  return { text, mask: letterMask(text), head, tail, words, shared, weights: even, frequent: rare };
}

/** The value of a raw cell; undefined when nothing stands there ('', 'n/a', '-'), or nothing of this kind. */
export function readValue(kind: Kind, raw: string): Value | undefined {
  const cell = raw.trim();
  if (cell === '' || isFiller(cell)) return undefined;
  if (kind === 'mail') {
    const mail = parseEmail(cell);
    if (mail && mail.local.length < 9 && parsePersonName({ full: mail.local })?.junk) return undefined;
    // a mail with a slip in it still is evidence
    const key = mail?.key ?? cell.toLowerCase().replace(/\s/g, '');
    return key.lastIndexOf('@') > 0 || /[\p{L}\p{N}]/u.test(key) ? valueOf(kind, key, mail?.role === true) : undefined;
  }
  const text = textOf(kind, cell);
  return text === '' ? undefined : valueOf(kind, text);
}

/** a cell's normalised text, '' for nothing */
function textOf(kind: Exclude<Kind, 'mail'>, cell: string): string {
  switch (kind) {
    case 'given name':
    case 'middle name':
    case 'family name':
    case 'word':
    case 'text':
    case 'title':
      return foldDigraphs(fold(cell));
    case 'date':
      return dateDigits(cell) ?? '';
    case 'phone': {
      const digits = cell
        .replace(/\s*(ext|x|dw)\.?\s*\d+$/i, '')
        .replace(/\D/g, '')
        .replace(/^0+/, '');
      // nine digits are the same with and without country and trunk
      return digits.length < 5 ? '' : digits.slice(-9);
    }
    case 'organization':
      return organizationKey(cell);
    case 'website':
      return domainOf(cell) ?? fold(cell);
    case 'street':
      return foldDigraphs(streetKey(cell));
    case 'postcode':
      return postcodeKey(/^\d+\.0$/.test(cell) ? cell.slice(0, -2) : cell)?.toLowerCase() ?? '';
    case 'city':
      return foldDigraphs(cityKey(cell));
    case 'country':
      return countryCode(cell)?.toLowerCase() ?? fold(cell);
    case 'number': {
      const { value } = readNumber(cell);
      return value === undefined ? fold(cell) : String(value);
    }
    case 'year':
    case 'code':
      return fold(/^\d+\.0$/.test(cell) ? cell.slice(0, -2) : cell).replaceAll(' ', '');
    case 'state':
    case 'category':
      return fold(cell);
  }
}

/** The value whose normalised text is known; `shared` for a desk's mailbox, `free` for one at a provider for the public. */
export function valueOf(kind: Kind, text: string, shared = false, free = kind === 'mail' && isFreeMailDomain(text.slice(text.lastIndexOf('@') + 1))): Value {
  switch (kind) {
    case 'mail': {
      const at = text.lastIndexOf('@');
      if (at < 1) return made(text, text);
      const [local, domain] = [text.slice(0, at), text.slice(at + 1)];
      // as names are folded, to see them in the mailbox
      return made(text, local, free ? '' : domain, [foldDigraphs(local)], shared);
    }
    case 'phone':
      return made(text, text.slice(-7));
    case 'organization':
    case 'text':
    case 'title':
      return made(text, '', '', text.split(' ', 30));
    case 'website':
      return made(text, text.split('.')[0]);
    case 'street': {
      const words = text.split(' ');
      const numbers = words.filter((word) => houseNumber.test(word));
      const named = words.filter((word) => !houseNumber.test(word));
      return made(text, numbers.join(' '), named.join(' '), named.slice(0, 30));
    }
    case 'date':
    case 'year':
    case 'postcode':
    case 'country':
    case 'number':
    case 'code':
      return made(text);
    default: {
      const words = text.includes(' ') ? text.split(' ') : none;
      return made(text, words[0] ?? text, '', words);
    }
  }
}
const houseNumber = /^\d+[a-z]?$/;

/** 'YYYYMMDD' of a date in any usual form */
export function dateDigits(cell: string): string | undefined {
  const digits = /^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[T ].*)?$/.exec(cell);
  if (digits) return `${digits[1]}${digits[2]}${digits[3]}`;
  const read = readDate(cell).value ?? readDate(cell, { order: 'mdy' }).value;
  return read === undefined
    ? undefined
    : `${read.year}`.padStart(4, '0') + `${read.month}`.padStart(2, '0') + `${read.day}`.padStart(2, '0');
}

/** The coarse keys under which a value is filed for finding candidates: the sound of a name, the words of a text, whole values else. */
export function coarseKey(kind: Kind, value: Value): string {
  switch (kind) {
    case 'given name':
    case 'family name':
    case 'middle name':
    case 'word':
    case 'city':
      return skeleton(value.words[0] ?? value.text);
    case 'date':
      return value.text.slice(0, 6);
    case 'mail':
      return value.head;
    case 'phone':
      return value.head;
    case 'street':
      return `${value.head.split(' ')[0] ?? ''}${skeleton(longest(value.words))}`;
    case 'organization':
    case 'text':
    case 'title':
      return skeleton(longest(value.words));
    default:
      return value.text;
  }
}

const longest = (words: readonly string[]): string => words.reduce((one, other) => (other.length > one.length ? other : one), '');
