/** What is filed for the search box, and what the box's text asks for: words folded alike, telephone numbers as digits. */
import { isFreeMailDomain, parseEmail } from '../platform/values/email.rules.ts';
import { fold } from '../platform/values/fold.rules.ts';

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

/** the higher, the nearer the top: the whole name, its beginning, a word's beginning, anywhere */
export function searchRank(name: string, q: string): number {
  const text = fold(name);
  const wanted = fold(q);
  if (text === wanted) return 4;
  if (text.startsWith(wanted)) return 3;
  return text.split(' ').some((word) => word.startsWith(wanted)) ? 2 : text.includes(wanted) ? 1 : 0;
}
