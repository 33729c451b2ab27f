/**
 * What can be said of two different values at a glance, from a few numbers kept of each: nearly all pairs of strangers are settled here
 * without looking at a letter. A glance answers as levels.rules.ts would, or 0: look closely.
 */
import { nicknameMask } from '../../platform/values/nickname.rules.ts';
import { areNear, bitCount, likenessMost, prefixMost, startOf } from '../similarity.rules.ts';
import { letterMask, twiceMask, type Kind, type Value } from './value.rules.ts';

/** how many numbers are kept of a value */
export const glanceWidth = 8;
const [mask, lengths, flags, head, tail, partMask, start] = [0, 1, 2, 3, 4, 5, 6] as const;
/** of wordy kinds, how their words end, where others keep how they start */
const ends = start;
/** where the hash of the whole stands: equal texts have equal ones, whatever the field */
export const wholeHash = 7;
/** of mails, which are never compared with another field, the letters that occur twice */
const twice = wholeHash;

const sharedFlag = 1;
const severalFlag = 2;
const partStartShift = 8;
const partLengthShift = 16;
/** lengths are kept up to here: nothing that is compared letter by letter is longer */
const longest = 32767;

/** Writes what is kept of a value; `idOf` numbers the heads and tails of a field, 0 for none. */
export function keepGlance(kind: Kind, value: Value, out: Int32Array, at: number, idOf: (text: string) => number): void {
  const { text } = value;
  // of a street the part that is compared by likeness is its name, of a mail its mailbox
  const part = kind === 'street' ? value.tail : value.head;
  out[at + mask] = digital.has(kind) ? digitMask(text) : value.mask;
  out[at + lengths] = Math.min(text.length, longest) | (Math.min(part.length, longest) << partLengthShift);
  out[at + flags] =
    (value.shared ? sharedFlag : 0) |
    (value.words.length > 0 ? severalFlag : 0) |
    (startOf(part) << partStartShift);
  out[at + head] = kind === 'postcode' ? (text.length > 3 ? idOf(text.slice(0, 3)) : 0) : value.head === '' ? 0 : idOf(value.head);
  out[at + tail] = kind === 'given name' ? nicknameMask(value.head) : value.tail === '' ? 0 : idOf(value.tail);
  out[at + partMask] = kind === 'phone' ? digitMask(value.head) : letterMask(part);
  out[at + start] = startOf(text);
  if (kind === 'mail') out[at + twice] = twiceMask(text);
  else out[at + wholeHash] = hash(text);
  if (wordy.has(kind)) [out[at + partMask], out[at + ends]] = wordEnds(value.words);
}

const wordy: ReadonlySet<Kind> = new Set<Kind>(['organization', 'text', 'title']);

/** how the words begin and how they end, two letters each, a bit each: two words that a slip or a cut tells apart share one or the other */
function wordEnds(words: readonly string[]): [number, number] {
  let [begin, end] = [0, 0];
  for (const word of words) {
    begin |= 1 << (hash(word.slice(0, 2)) & 31);
    end |= 1 << (hash(word.slice(-2)) & 31);
  }
  return [begin, end];
}

const digital: ReadonlySet<Kind> = new Set<Kind>(['phone', 'postcode', 'code', 'year', 'date']);

/** how often each digit occurs, up to three times, a bit each: one slip changes two bits at most; letters beside them count little */
function digitMask(text: string): number {
  let out = 0;
  for (let at = 0; at < text.length; at++) {
    const shift = 3 * (text.charCodeAt(at) % 10);
    // one more of it: 0, 1, 3, 7
    out |= ((((out >>> shift) & 7) * 2 + 1) & 7) << shift;
  }
  return out;
}

function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) h = Math.imul(h ^ text.charCodeAt(at), 0x01000193);
  return h;
}

export type Glance = (of: Int32Array, a: number, b: number) => number;

/** desks share a mailbox, and it tells nobody apart */
export const equalLevel = (of: Int32Array, a: number): number => ((of[a + flags]! & sharedFlag) !== 0 ? 5 : 1);

/** of a mail: the public shares its domain, or it has none */
export const hasNoTail = (of: Int32Array, a: number): boolean => of[a + tail] === 0;

const closely = 0;
const lengthAt = (of: Int32Array, a: number): number => of[a + lengths]! & longest;
const near = (of: Int32Array, a: number, b: number): boolean => areNear(of[a + mask]!, of[b + mask]!);
const nearDigits = (x: number, y: number): boolean => bitCount(x ^ y) <= 2;

function nameGlance(given: boolean): Glance {
  return (of, a, b) => {
    const [one, other] = [of[a + flags]!, of[b + flags]!];
    const [n, m] = [lengthAt(of, a), lengthAt(of, b)];
    if (n === 1 || m === 1) return closely;
    const [x, y] = [of[a + mask]!, of[b + mask]!];
    if (((one | other) & severalFlag) !== 0 || (x | y) >>> 26 !== 0 || near(of, a, b)) return closely;
    if (given && (of[a + tail]! & of[b + tail]!) !== 0) return closely;
    const prefix = prefixMost(of[a + start]!, of[b + start]!);
    if (prefix >= Math.min(4, n, m) && ((x & ~y) === 0 || (y & ~x) === 0)) return closely;
    return likenessMost(n, x, m, y, prefix) >= 0.87 ? closely : 7;
  };
}

function wordGlance(of: Int32Array, a: number, b: number): number {
  if (near(of, a, b)) return closely;
  const [x, y] = [of[a + mask]!, of[b + mask]!];
  const [n, m] = [lengthAt(of, a), lengthAt(of, b)];
  const prefix = prefixMost(of[a + start]!, of[b + start]!);
  if (prefix >= Math.min(4, n, m) && ((x & ~y) === 0 || (y & ~x) === 0)) return closely;
  return likenessMost(n, x, m, y, prefix) >= 0.87 ? closely : 4;
}

const partLikeness = (of: Int32Array, a: number, b: number): number =>
  likenessMost(
    of[a + lengths]! >>> partLengthShift,
    of[a + partMask]!,
    of[b + lengths]! >>> partLengthShift,
    of[b + partMask]!,
    prefixMost(of[a + flags]! >>> partStartShift, of[b + flags]! >>> partStartShift),
  );

function mailGlance(of: Int32Array, a: number, b: number): number {
  if (of[a + head] === of[b + head] || near(of, a, b)) return closely;
  const [one, other] = [of[a + tail]!, of[b + tail]!];
  const oneHouse = one === other;
  if (oneHouse && partLikeness(of, a, b) >= 0.9) return closely;
  if (!oneHouse || one === 0) {
    const prefix = prefixMost(of[a + start]!, of[b + start]!);
    const most = likenessMost(lengthAt(of, a), of[a + mask]!, lengthAt(of, b), of[b + mask]!, prefix, of[a + twice], of[b + twice]);
    if (most >= 0.92) return closely;
  }
  return one === 0 || other === 0 ? 7 : oneHouse ? 6 : 8;
}

function streetGlance(of: Int32Array, a: number, b: number): number {
  const [one, other] = [of[a + tail]!, of[b + tail]!];
  const number = of[a + head] === of[b + head];
  if (one === other) return number ? 2 : closely;
  if (one !== 0 && other !== 0) {
    const [x, y] = [of[a + partMask]!, of[b + partMask]!];
    if ((x & ~y) === 0 || (y & ~x) === 0 || partLikeness(of, a, b) >= 0.88) return closely;
  }
  return number && of[a + head] !== 0 ? 4 : 5;
}

/** no word of one is like a word of the other, and they are not one text with blanks elsewhere */
const textGlance: Glance = (of, a, b) =>
  (of[a + partMask]! & of[b + partMask]!) === 0 && (of[a + ends]! & of[b + ends]!) === 0 && of[a + mask] !== of[b + mask]
    ? 6
    : closely;

const codeGlance: Glance = (of, a, b) => (nearDigits(of[a + mask]!, of[b + mask]!) ? closely : 3);

export const glances: Partial<Record<Kind, Glance>> = {
  'given name': nameGlance(true),
  'family name': nameGlance(false),
  city: wordGlance,
  word: wordGlance,
  mail: mailGlance,
  street: streetGlance,
  organization: textGlance,
  text: textGlance,
  title: textGlance,
  code: codeGlance,
  year: codeGlance,
  phone: (of, a, b) =>
    of[a + head] === of[b + head] || nearDigits(of[a + mask]!, of[b + mask]!) || nearDigits(of[a + partMask]!, of[b + partMask]!)
      ? closely
      : 4,
  postcode: (of, a, b) => (nearDigits(of[a + mask]!, of[b + mask]!) ? closely : of[a + head] !== 0 && of[a + head] === of[b + head] ? 3 : 4),
  website: (of, a, b) => (of[a + head] === of[b + head] ? 2 : 3),
  state: (of, a, b) => (near(of, a, b) ? closely : 3),
  country: () => 2,
  category: () => 2,
};
