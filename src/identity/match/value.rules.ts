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
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 97 && code <= 122) mask |= 1 << (code - 97);
    // five bits for ten digits and the rest: enough to tell most apart
    else if (code !== 32) mask |= 1 << (26 + (code % 5));
  }
  return mask;
}

function made(text: string, head = '', tail = '', words: readonly string[] = none, shared = false): Value {
  return { text, mask: letterMask(text), head, tail, words, shared, weights: even, frequent: rare };
}

/** The value of a raw cell; undefined when nothing stands there ('', 'n/a', '-'), or nothing of this kind. */
export function readValue(kind: Kind, raw: string): Value | undefined {
  const cell = raw.trim();
  if (cell === '' || isFiller(cell)) return undefined;
  switch (kind) {
    case 'given name':
    case 'middle name':
    case 'family name':
    case 'word':
      return nameValue(foldDigraphs(fold(cell)));
    case 'date': {
      const digits = dateDigits(cell);
      return digits === undefined ? undefined : made(digits);
    }
    case 'mail':
      return mailValue(cell);
    case 'phone': {
      const digits = cell
        .replace(/\s*(ext|x|dw)\.?\s*\d+$/i, '')
        .replace(/\D/g, '')
        .replace(/^0+/, '');
      // nine digits are the same with and without country and trunk
      return digits.length < 5 ? undefined : made(digits.slice(-9), digits.slice(-7));
    }
    case 'organization':
    case 'text':
    case 'title': {
      const key = kind === 'organization' ? organizationKey(cell) : foldDigraphs(fold(cell));
      return key === '' ? undefined : made(key, '', '', key.split(' ', 30));
    }
    case 'website': {
      const domain = domainOf(cell) ?? fold(cell);
      return domain === '' ? undefined : made(domain, domain.split('.')[0]);
    }
    case 'street':
      return streetValue(cell);
    case 'postcode': {
      const code = postcodeKey(/^\d+\.0$/.test(cell) ? cell.slice(0, -2) : cell);
      return code === undefined ? undefined : made(code.toLowerCase());
    }
    case 'city':
      return nameValue(foldDigraphs(cityKey(cell)));
    case 'country': {
      const code = countryCode(cell)?.toLowerCase() ?? fold(cell);
      return code === '' ? undefined : made(code);
    }
    case 'number': {
      const { value } = readNumber(cell);
      return value === undefined ? nameValue(fold(cell)) : made(String(value));
    }
    case 'year':
    case 'code': {
      const code = fold(/^\d+\.0$/.test(cell) ? cell.slice(0, -2) : cell).replaceAll(' ', '');
      return code === '' ? undefined : made(code);
    }
    case 'state':
    case 'category':
      return nameValue(fold(cell));
  }
}

export function nameValue(key: string): Value | undefined {
  if (key === '') return undefined;
  const words = key.includes(' ') ? key.split(' ') : none;
  return made(key, words[0] ?? key, '', words);
}

function mailValue(cell: string): Value | undefined {
  const mail = parseEmail(cell);
  if (mail && mail.local.length < 9 && parsePersonName({ full: mail.local })?.junk) return undefined;
  // a mail with a slip in it still is evidence
  const key = mail?.key ?? cell.toLowerCase().replace(/\s/g, '');
  const at = key.lastIndexOf('@');
  if (at < 1) return /[\p{L}\p{N}]/u.test(key) ? made(key, key) : undefined;
  const domain = key.slice(at + 1);
  const local = key.slice(0, at);
  // as names are folded, to see them in the mailbox
  return made(key, local, isFreeMailDomain(domain) ? '' : domain, [foldDigraphs(local)], mail?.role === true);
}

function streetValue(cell: string): Value | undefined {
  const key = foldDigraphs(streetKey(cell));
  if (key === '') return undefined;
  const words = key.split(' ');
  const numbers = words.filter((word) => /^\d+[a-z]?$/.test(word));
  const named = words.filter((word) => !/^\d+[a-z]?$/.test(word));
  return made(key, numbers.join(' '), named.join(' '), named.slice(0, 30));
}

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
