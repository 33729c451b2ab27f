/** Units on the ground: what of it territories' rules take in, and what the rules of a territory are that holds certain units. */
import { isAccountsOnly, postal, shareSize } from '../territory.rules.ts';
import type { Place, TerritoryRules } from '../territory.rules.ts';

export type UnitKind = 'state' | 'postcode';
export interface Range {
  from: string;
  to: string;
}
export interface Area {
  country: string;
  /** a state, or the beginning of postcodes */
  part: string;
}
/** Of an area, these postcodes; null: all of it. */
export interface Piece extends Area {
  ranges: Range[] | null;
}

/** as many letters as rules of territories may name */
const stateMost = 60;

/** The state, or the beginning of the postcode, by which a place belongs to a unit; null where it has none. */
export function partOf(place: Pick<Place, 'country' | 'state' | 'postalCode'>, kind: UnitKind, digits: number): string | null {
  if (kind === 'state') {
    const state = place.state?.trim() ?? '';
    return state === '' || state.length > stateMost ? null : state.length <= 3 ? state.toUpperCase() : state;
  }
  if (!place.postalCode) return null;
  const code = postal(place.postalCode, place.country);
  const letters = /^[A-Z]+(?=\d)/.exec(code)?.[0];
  const found = letters ?? code.slice(0, digits);
  return letters !== undefined || (found.length === digits && isDigits(found)) ? found : null;
}

const isDigits = (text: string): boolean => /^\d+$/.test(text);
const key = (text: string): string => text.trim().toLowerCase();
const names = (list: readonly string[] | undefined, one: string): boolean => !list?.length || list.some((each) => key(each) === key(one));

// a bare letter would take in every code that begins with it: "S" is Sheffield, "SW" is not
const wholeOf = (part: string): Range => (isDigits(part) ? { from: part, to: part } : { from: `${part}0`, to: `${part}9` });
/** The lowest and the highest code that a bound of a range lets in, as far as bounds are compared with each other. */
const lowest = (bound: string): string => bound.padEnd(12, '0');
const highest = (bound: string): string => bound.padEnd(12, isDigits(bound) ? '9' : 'Z');

function shared(one: Range, other: Range): Range | null {
  const from = lowest(other.from) > lowest(one.from) ? other.from : one.from;
  const to = highest(other.to) < highest(one.to) ? other.to : one.to;
  return lowest(from) <= highest(to) ? { from, to } : null;
}

/** As people write it: both ends as long as each other. */
function evened({ from, to }: Range): Range {
  const length = Math.max(from.length, to.length);
  return isDigits(from + to) ? { from: from.padEnd(length, '0'), to: to.padEnd(length, '9') } : { from, to };
}

/** In order, those that overlap or follow on each other as one. */
function joined(ranges: readonly Range[]): Range[] {
  const next = (bound: string): string => (isDigits(bound) ? String(Number(bound) + 1).padStart(bound.length, '0') : bound);
  const all: Range[] = [];
  for (const { from, to } of ranges.toSorted((a, b) => (lowest(a.from) < lowest(b.from) ? -1 : 1))) {
    const last = all.at(-1);
    if (last && (lowest(from) <= highest(last.to) || lowest(from) === lowest(next(last.to)))) {
      if (highest(to) > highest(last.to)) last.to = to;
    } else all.push({ from, to });
  }
  return all.map(evened);
}

/** What of an area's postcodes rules take in, its country taken as theirs: null where it is all, empty where it is nothing. */
function taken({ postalRanges }: TerritoryRules, { country, part }: Area): Range[] | null {
  if (!postalRanges?.length) return null;
  const whole = wholeOf(part);
  const found = joined(postalRanges.flatMap((range) => (range.country && key(range.country) !== key(country) ? [] : (shared(whole, { from: postal(range.from), to: postal(range.to) }) ?? []))));
  return found.length === 1 && lowest(found[0]!.from) <= lowest(whole.from) && highest(found[0]!.to) >= highest(whole.to) ? null : found;
}

/** A unit as the territory has it that it counts for today. */
export const pieceOf = (rules: TerritoryRules, { country, part }: Area, kind: UnitKind): Piece => ({ country, part, ranges: kind === 'state' ? null : taken(rules, { country, part }) });

/** Whether somebody of a piece may fall under rules; what it does not tell is taken as the rules ask for it. `whom`: of which verticals and what size; none: all. */
export function mayTakeIn(rules: TerritoryRules, piece: Piece, kind: UnitKind, whom: TerritoryRules = {}): boolean {
  const { verticals = [] } = whom;
  if (isAccountsOnly(rules) || !shareSize(rules, whom) || !names(rules.countries, piece.country)) return false;
  if (verticals.length > 0 && !verticals.some((vertical) => names(rules.verticals, vertical))) return false;
  if (kind === 'state') return names(rules.states, piece.part);
  const own = taken(rules, piece);
  if (own === null || piece.ranges === null) return own === null || own.length > 0;
  return own.some((one) => piece.ranges!.some((other) => shared(one, other) !== null));
}

/** The areas that rules name word for word: states of the one country they name, or postcodes that are numbers. */
export function namedBy(rules: TerritoryRules, kind: UnitKind, digits: number): Area[] {
  const only = rules.countries?.length === 1 ? rules.countries[0]! : null;
  if (kind === 'state')
    return only === null || rules.postalRanges?.length
      ? []
      : (rules.states ?? []).map((state) => ({ country: only, part: partOf({ country: only, state, postalCode: null }, 'state', 1) ?? state }));
  if (rules.states?.length) return [];
  return (rules.postalRanges ?? []).flatMap(({ from, to, country = only ?? undefined }): Area[] => {
    const [low, high] = [postal(from), postal(to)];
    if (country === undefined || !isDigits(low + high)) return [];
    const [first, last] = [Number(low.padEnd(digits, '0').slice(0, digits)), Number(high.padEnd(digits, '9').slice(0, digits))];
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => ({ country, part: String(first + at).padStart(digits, '0') }));
  });
}

/** Whether rules take in nothing but areas that are known, so that writing them anew by units leaves nobody out. */
export function isOfUnits(rules: TerritoryRules, kind: UnitKind): boolean {
  const only = rules.countries?.length === 1;
  if (kind === 'state') return only && Boolean(rules.states?.length) && !rules.postalRanges?.length;
  return Boolean(rules.postalRanges?.length) && !rules.states?.length && rules.postalRanges!.every(({ from, to, country }) => (country !== undefined || only) && isDigits(postal(from) + postal(to)));
}

/** The rules of a territory that holds these pieces and nothing else; what it asks of verticals, products and size, and the accounts it names, stay. */
export function rulesOf(pieces: readonly Piece[], kind: UnitKind, was: TerritoryRules): TerritoryRules {
  const { verticals, products, accounts, employees, annualSales } = was;
  const kept = { ...(verticals?.length ? { verticals } : {}), ...(products?.length ? { products } : {}), ...(accounts?.length ? { accounts } : {}), ...(employees ? { employees } : {}), ...(annualSales ? { annualSales } : {}) };
  const countries = [...new Set(pieces.map(({ country }) => country))].toSorted();
  if (kind === 'state') return { countries, states: [...new Set(pieces.map(({ part }) => part))].toSorted(), ...kept };
  const postalRanges = countries.flatMap((country) =>
    joined(pieces.flatMap((piece) => (piece.country === country ? (piece.ranges ?? [wholeOf(piece.part)]) : []))).map((range) => ({ ...range, country })),
  );
  return { countries, postalRanges, ...kept };
}
