import type { Item } from '../../api/contract.ts';
import type { Format } from '../../ui/format.ts';

export type Territory = Item<'GET /v1/territories'>;

/** What falls into a territory, as a sentence. */
export function rulesInWords(rules: Territory['rules'], accounts: Territory['accounts'], country: (code: string) => string | undefined, format: Format): string {
  const { employees, annualSales } = rules;
  const parts = [
    rules.countries?.length ? rules.countries.map((code) => country(code) ?? code).join(', ') : '',
    rules.states?.length ? `states ${rules.states.join(', ')}` : '',
    rules.postalRanges?.length
      ? `postal codes ${rules.postalRanges.map((range) => `${range.country ? `${range.country} ` : ''}${range.from}–${range.to}`).join(', ')}`
      : '',
    rules.verticals?.length ? `in ${rules.verticals.join(', ')}` : '',
    inWords(employees?.from, employees?.to, format.number, { and: 'to', only: 'up to', what: 'employees' }),
    inWords(annualSales?.fromMinor, annualSales?.belowMinor, (minor) => format.price(minor), { and: 'to less than', only: 'less than', what: 'annual sales' }),
  ].filter(Boolean);
  const named = accounts.map(({ name }) => name).join(', ');
  if (!named) return parts.join('; ') || 'everything';
  return parts.length > 0 ? `${parts.join('; ')}; and before all others ${named}` : `only ${named}`;
}

function inWords(from: number | undefined, to: number | undefined, say: (value: number) => string, words: { and: string; only: string; what: string }): string {
  if (from === undefined) return to === undefined ? '' : `${words.only} ${say(to)} ${words.what}`;
  return `${to === undefined ? `${say(from)} or more` : `${say(from)} ${words.and} ${say(to)}`} ${words.what}`;
}

/** "1000-3999" or "CH 1000-3999", one a line. */
export const rangesToText = (ranges: Territory['rules']['postalRanges']): string =>
  (ranges ?? []).map((range) => `${range.country ? `${range.country} ` : ''}${range.from}-${range.to}`).join('\n');

export function textToRanges(text: string): NonNullable<Territory['rules']['postalRanges']> {
  return text.split(/[\n;]+/).flatMap((line) => {
    const found =
      /^\s*(?:([A-Za-z]{2})\s+)?([\w ]{1,12}?)\s*(?:[-–…]|to)\s*([\w ]{1,12}?)\s*$/.exec(line) ??
      /^\s*(?:([A-Za-z]{2})\s+)?(\w{1,12})\s*$/.exec(line);
    if (!found?.[2]) return [];
    return [{ from: found[2], to: found[3] ?? found[2], ...(found[1] ? { country: found[1].toUpperCase() } : {}) }];
  });
}
