/** What is filed for the search box, and what the box's text asks for: words folded alike, telephone numbers as digits. */
import { isFreeMailDomain, parseEmail } from '../platform/values/email.rules.ts';
import { fold } from '../platform/values/fold.rules.ts';
import { isOneSlip, jaroWinkler } from './similarity.rules.ts';

/** begins with a blank, so that `% ab%` finds words that begin with ab */
export function searchText(
  parts: readonly (string | null | undefined)[],
  email: string | null,
  phones: readonly (string | null)[],
): string {
  const mail = parseEmail(email);
  const words = parts.filter((part) => typeof part === 'string').map((part) => fold(part));
  // the provider of half the world finds nobody and would fill the index
  if (mail) words.push(fold(mail.local), isFreeMailDomain(mail.domain) ? '' : fold(mail.domain));
  for (const phone of new Set(phones)) if (phone) words.push(phone.replace(/\D/g, ''));
  return ` ${words.filter(Boolean).join(' ')}`.slice(0, 1000);
}

/** patterns for LIKE, all of which must match; empty when there is nothing to look for */
export function searchPatterns(q: string): string[] {
  const digits = q.replace(/[\s()+./-]/g, '');
  if (/^\d{5,}$/.test(digits)) return [`%${digits.replace(/^0+/, '')}%`];
  const mail = parseEmail(q);
  const words = fold(mail && isFreeMailDomain(mail.domain) ? mail.local : q)
    .split(' ')
    .filter(Boolean);
  return [...new Set(words)].slice(0, 8).map((word) => (word.length < 3 ? `% ${word}%` : `%${word}%`));
}

/** The words of a filed text that can be mistyped: names and companies, not numbers. */
export const wordsOf = (text: string): string[] => text.split(' ').filter((word) => isWord.test(word));
const isWord = /^\p{L}{3,24}$/u;
const nearMost = 6;

/** The words asked for; those that may be mistyped can be looked up by likeness. */
export const askedWords = (q: string): string[] => [...new Set(fold(q).split(' ').filter(Boolean))].slice(0, 8);
export const mayBeMistyped = (word: string): boolean => word.length >= 4 && isWord.test(word);

/** What each word asked for may have been meant to be, by the words that look like it; undefined where none is another than was asked for. */
export function nearPatterns(q: string, near: ReadonlyMap<string, readonly string[]>): { patterns: string[][]; words: string[] } | undefined {
  const words = new Set<string>();
  const patterns = askedWords(q).map((word) => {
    const meant = meantBy(word, near.get(word) ?? []);
    if (!meant.includes(word)) for (const one of meant) words.add(one);
    return (meant.length > 0 ? meant : [word]).map((one) => `% ${one}%`);
  });
  return words.size === 0 ? undefined : { patterns, words: [...words] };
}

/** Words that differ by one slip of the finger, in whole or as far as was typed; in long ones two. The word itself where it is one. */
export function meantBy(word: string, near: readonly string[]): string[] {
  if (near.includes(word)) return [word];
  const howFar = (one: string): number => {
    if (isOneSlip(word, one)) return 0;
    if (one.length > word.length + 1 && isOneSlip(word, one.slice(0, word.length))) return 1;
    return word.length >= 7 && jaroWinkler(word, one) >= 0.93 ? 2 : 3;
  };
  return near
    .map((one) => ({ one, far: howFar(one) }))
    .filter(({ far }) => far < 3)
    .toSorted((a, b) => a.far - b.far)
    .slice(0, nearMost)
    .map(({ one }) => one);
}

/** the higher, the nearer the top: the whole name, its beginning, a word's beginning, anywhere */
export function searchRank(name: string, q: string): number {
  const text = fold(name);
  const wanted = fold(q);
  if (text === wanted) return 4;
  if (text.startsWith(wanted)) return 3;
  return text.split(' ').some((word) => word.startsWith(wanted)) ? 2 : text.includes(wanted) ? 1 : 0;
}
