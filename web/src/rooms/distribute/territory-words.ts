import type { Item } from '../../api/contract.ts';
import type { Format } from '../../ui/format.ts';

export type Territory = Item<'GET /v1/territories'>;

export const kmPerMile = 1.609344;
/** In countries that measure roads in miles. */
export const usesMiles = (country: string | null | undefined): boolean => country === 'US' || country === 'GB';

/** Both, for whoever reads it: what was typed is a whole number of one of them. */
function farInWords(km: number, format: Format): string {
  const miles = km / kmPerMile;
  return Math.abs(km - Math.round(km)) > 0.01 && Math.abs(miles - Math.round(miles)) < 0.01 ? `${format.number(Math.round(miles))} miles` : `${format.number(Math.round(km))} km`;
}

/** "48.78, 9.18" as a point; undefined where it is none. */
export function readPosition(text: string): { lat: number; lon: number; name: string } | undefined {
  const found = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(text);
  const [lat, lon] = [Number(found?.[1]), Number(found?.[2])];
  return found && text.includes('.') && Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon, name: `${lat}, ${lon}` } : undefined;
}

export interface TreeRow {
  one: Territory;
  /** the ids of those it lies under, the nearest first */
  above: string[];
  /** the ids of all that lie under the same one, in order, and its place there */
  siblings: string[];
  at: number;
  /** how many lie under it, at any depth */
  below: number;
}

/** Territories as a tree is read: each followed by what lies under it. */
export function treeOf(items: readonly Territory[]): TreeRow[] {
  const under = Map.groupBy(items, ({ parentId }) => parentId);
  const rows = (parentId: string | null, above: string[]): TreeRow[] => {
    const these = under.get(parentId) ?? [];
    const siblings = these.map(({ id }) => id);
    return these.flatMap((one, at) => {
      const below = rows(one.id, [one.id, ...above]);
      return [{ one, above, siblings, at, below: below.length }, ...below];
    });
  };
  return rows(null, []);
}

/** A longer list is for the form. */
const rangesSaid = 12;

/** What falls into a territory, as a sentence. */
export function rulesInWords(rules: Territory['rules'], accounts: Territory['accounts'], country: (code: string) => string | undefined, format: Format): string {
  const { employees, annualSales } = rules;
  const parts = [
    rules.countries?.length ? rules.countries.map((code) => country(code) ?? code).join(', ') : '',
    rules.states?.length ? `states ${rules.states.join(', ')}` : '',
    rules.postalRanges?.length
      ? `postal codes ${rules.postalRanges.slice(0, rangesSaid).map((range) => rangeInWords(range, '–')).join(', ')}${rules.postalRanges.length > rangesSaid ? ` and ${rules.postalRanges.length - rangesSaid} more` : ''}`
      : '',
    rules.counties?.length ? `counties ${rules.counties.join(', ')}` : '',
    rules.near?.length ? `within ${rules.near.map(({ km, name }) => `${farInWords(km, format)} of ${name}`).join(' or ')}` : '',
    rules.verticals?.length ? `in ${rules.verticals.join(', ')}` : '',
    rules.products?.length ? `about ${rules.products.join(' or ')}` : '',
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

type Range = NonNullable<Territory['rules']['postalRanges']>[number];

const rangeInWords = ({ from, to, country }: Range, dash: string): string => `${country ? `${country} ` : ''}${from === to ? from : `${from}${dash}${to}`}`;

/** "1000-3999", "CH 1000-3999" or "8004", one a line. */
export const rangesToText = (ranges: Territory['rules']['postalRanges']): string => (ranges ?? []).map((range) => rangeInWords(range, '-')).join('\n');

/** Ranges and codes as people write and paste them, one a line or many in one; codes that follow on each other become one range. */
export const textToRanges = (text: string): Range[] => joined(parts(text).flatMap((part) => readRange(part) ?? []));

/** What of it could not be read. */
export const codesLeftOut = (text: string): string[] => parts(text).filter((part) => !readRange(part));

/** Codes of four digits and more in one line are so many codes; shorter groups are one, as in "114 55" or "SW1A 1AA". */
function parts(text: string): string[] {
  return text.split(/[\n\t;,]+/).flatMap((line) => {
    const words = line.trim().split(/\s+/);
    const [country = '', ...codes] = /^[A-Za-z]{2}$/.test(words[0]!) ? words : ['', ...words];
    const many = codes.length > 1 && codes.every((code) => /^\d{4,12}$/.test(code));
    return (many ? codes.map((code) => `${country} ${code}`.trim()) : [line.trim()]).filter(Boolean);
  });
}

function readRange(part: string): Range | undefined {
  const found =
    /^(?:([A-Za-z]{2})\s+)?([\w ]{1,12}?)\s*(?:[-–…]|\bto\b)\s*([\w ]{1,12}?)$/.exec(part) ?? /^(?:([A-Za-z]{2})\s+)?([\w ]{1,12})$/.exec(part);
  if (!found?.[2]) return undefined;
  return { from: found[2], to: found[3] ?? found[2], ...(found[1] ? { country: found[1].toUpperCase() } : {}) };
}

/** In their order, each once, and numbers that follow on each other as one. */
function joined(ranges: readonly Range[]): Range[] {
  const all: Range[] = [];
  for (const range of new Map(ranges.map((one) => [rangeInWords(one, '-'), one])).values()) {
    const last = all.at(-1);
    if (last?.country === range.country && last && follows(range.from, last.to)) last.to = range.to;
    else all.push({ ...range });
  }
  return all;
}

const follows = (code: string, before: string): boolean => /^\d+$/.test(code + before) && code.length === before.length && Number(code) === Number(before) + 1;
