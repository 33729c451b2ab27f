/**
 * Which territory a lead falls in: the first, in order, whose conditions all hold. Within one kind of condition any value will do;
 * a kind that is not given does not restrict. A lead whose country is unknown falls only where countries are not asked for.
 *
 * Size is that of the organization as it is known when the lead is dealt: where a territory asks for one, unknown falls not in it. Employees are counted with both
 * ends; annual sales from one amount to less than another, so that territories one above the other leave no gap.
 *
 * Products are those the lead asks about, told as partners' product lines are: "pump" takes "Dosing pump P3". A lead that names none falls only where none are asked for.
 *
 * Counties, and what lies near a point, go by where the lead's postcode lies (places/): one that is in none of the company's lists falls not in it.
 *
 * A territory may lie under another: then all that those above it ask for must hold as well, and it is asked before them (tree.rules.ts). An account that one above names
 * needs nothing else of it.
 *
 * Named accounts belong to their territory whatever else it asks, before any other that covers them; one that asks for nothing else covers only them.
 *
 * Postcode ranges compare the beginning of the code at the length the range was written with, so "SW1"–"SW9" takes "SW1A 1AA" and
 * "10000"–"19999" takes "12345-6789"; all-digit codes that lost their leading zeros in a spreadsheet get them back.
 */
import { distanceKm } from './balance/map.rules.ts';
import { countyKey } from './places/county.rules.ts';

export interface TerritoryRules {
  countries?: string[];
  states?: string[];
  postalRanges?: { from: string; to: string; country?: string }[];
  verticals?: string[];
  /** words that stand in the product a lead asks about */
  products?: string[];
  /** names of counties, as they are compared by countyKey */
  counties?: string[];
  /** within so many kilometres of one of these points, as the crow flies */
  near?: { lat: number; lon: number; km: number; name: string }[];
  /** ids of organizations */
  accounts?: string[];
  /** both ends belong to it */
  employees?: { from?: number; to?: number };
  /** minor units of the company's currency; what it ends before does not belong to it */
  annualSales?: { fromMinor?: number; belowMinor?: number };
}
export interface Where {
  county: string | null;
  lat: number;
  lon: number;
}
export interface Place {
  country: string | null;
  state: string | null;
  postalCode: string | null;
  vertical: string | null;
  /** what the lead asks about; null: not known, or nobody's lead */
  product: string | null;
  /** of the organization; null: not known */
  employees: number | null;
  annualRevenueMinor: number | null;
  /** where its postcode lies; null: not known; needed only where territories ask for it */
  where?: Where | null;
  /** needed only where accounts are named */
  organizationId?: string | null;
}
/** rules, and those of the territories it lies under, the nearest first */
export interface Ruled {
  rules: TerritoryRules;
  under?: readonly { rules: TerritoryRules }[];
}
export interface CompiledTerritory<T> {
  territory: T;
  countries: Set<string> | null;
  states: Set<string> | null;
  ranges: { from: string; to: string; country: string | null }[] | null;
  verticals: Set<string> | null;
  products: readonly string[] | null;
  counties: Set<string> | null;
  near: NonNullable<TerritoryRules['near']> | null;
  accounts: Set<string> | null;
  employees: Band | null;
  annualSales: Band | null;
  /** the one it lies under */
  within: CompiledTerritory<unknown> | null;
}
/** from the one to before the other */
interface Band {
  from: number;
  below: number;
}

/** @param territory with those it lies under, the nearest first, where there are any */
export function compileTerritory<T extends Ruled>(territory: T): CompiledTerritory<T> {
  const [parent, ...above] = territory.under ?? [];
  const { countries, states, postalRanges, verticals, products, counties, near, accounts, employees, annualSales } = territory.rules;
  const set = (values: string[] | undefined): Set<string> | null => (values?.length ? new Set(values.map(key)) : null);
  return {
    territory,
    countries: set(countries),
    states: set(states),
    ranges: postalRanges?.length
      ? postalRanges.map((r) => ({ from: postal(r.from), to: postal(r.to), country: r.country ? key(r.country) : null }))
      : null,
    verticals: set(verticals),
    products: products?.length ? products : null,
    counties: counties?.length ? new Set(counties.map(countyKey)) : null,
    near: near?.length ? near : null,
    accounts: set(accounts),
    employees: band(employees?.from, employees?.to === undefined ? undefined : employees.to + 1),
    annualSales: band(annualSales?.fromMinor, annualSales?.belowMinor),
    within: parent ? compileTerritory({ rules: parent.rules, under: above }) : null,
  };
}

/** Whether the place is one of the accounts that the territory names. */
export const namesAccount = ({ accounts }: CompiledTerritory<unknown>, { organizationId }: Place): boolean => Boolean(organizationId && accounts?.has(organizationId));

/** The territory and those it lies under, the nearest first. */
export const upFrom = (territory: CompiledTerritory<unknown>): CompiledTerritory<unknown>[] => [territory, ...(territory.within ? upFrom(territory.within) : [])];

/** Of territories in order those that cover the place: first those that name it, then the others. */
export function covering<T>(territories: readonly CompiledTerritory<T>[], place: Place): CompiledTerritory<T>[] {
  const found = territories.filter((one) => covers(one, place));
  return found.some((one) => namesAccount(one, place)) ? found.toSorted((a, b) => Number(namesAccount(b, place)) - Number(namesAccount(a, place))) : found;
}

/** Whether rules ask for nothing at all, and so take everything. */
export const asksNothing = (rules: TerritoryRules): boolean => Object.values(rules).every((asked) => asked === undefined || Object.keys(asked).length === 0);
/** Whether rules ask where exactly a postcode lies. */
export const goesByPlace = ({ counties, near }: TerritoryRules): boolean => Boolean(counties?.length) || Boolean(near?.length);
export const isAccountsOnly = ({ accounts, ...others }: TerritoryRules): boolean => Boolean(accounts?.length) && asksNothing(others);

export function covers(territory: CompiledTerritory<unknown>, place: Place): boolean {
  if (namesAccount(territory, place)) return true;
  return liesIn(territory, place) && asks(territory, place).every(([, , holds]) => holds) && (territory.within === null || covers(territory.within, place));
}

/** What a territory goes by that is not known of the lead, in words, though everything else would hold; null where that is not so. */
export function whatIsMissing(territory: CompiledTerritory<unknown>, place: Place): string | null {
  const asking: CompiledTerritory<unknown>[] = [];
  for (let one: CompiledTerritory<unknown> | null = territory; one && !namesAccount(one, place); one = one.within) asking.push(one);
  if (!asking.every((one) => liesIn(one, place))) return null;
  const asked = asking.flatMap((one) => asks(one, place));
  const missing = asked.filter(([, known]) => !known);
  if (missing.length === 0 || asked.some(([, known, holds]) => known && !holds)) return null;
  const names = [...new Set(missing.map(([what]) => what))];
  const noWhere = names.some((name) => name === 'county' || name === 'distance') && place.postalCode ? ': its postcode is not in the company’s lists of places' : '';
  return `goes by ${names.join(' and ')}, not known of it${noWhere}`;
}

/** What a territory asks that is said when it is not known: of each its name, whether it is known, and whether it holds. */
function asks({ products, counties, near, employees, annualSales }: CompiledTerritory<unknown>, place: Place): [what: string, known: boolean, holds: boolean][] {
  const { where } = place;
  return [
    ...(counties ? [['county', Boolean(where?.county), Boolean(where?.county) && counties.has(countyKey(where!.county!))] as [string, boolean, boolean]] : []),
    ...(near ? [['distance', Boolean(where), Boolean(where) && near.some((one) => distanceKm(where!, one) <= one.km)] as [string, boolean, boolean]] : []),
    ...(products ? [['product', place.product !== null, isAbout(place.product, products)] as [string, boolean, boolean]] : []),
    ...(employees ? [['number of employees', place.employees !== null, lies(place.employees, employees)] as [string, boolean, boolean]] : []),
    ...(annualSales ? [['annual sales', place.annualRevenueMinor !== null, lies(place.annualRevenueMinor, annualSales)] as [string, boolean, boolean]] : []),
  ];
}

/** Whether one of these words stands in the product. */
export const isAbout = (product: string | null | undefined, words: readonly string[]): boolean => Boolean(product) && words.some((word) => key(product!).includes(key(word)));

/** Where the sizes that territories ask for begin and end, so that many organizations are counted as one of each kind; empty where nobody asks. */
export function sizeBounds(rules: readonly TerritoryRules[]): { employees: number[]; annualRevenueMinor: number[] } {
  const bounds = (bands: (Band | null)[]): number[] => {
    const asked = bands.filter((one) => one !== null);
    return asked.length === 0 ? [] : [...new Set([0, ...asked.flatMap(({ from, below }) => [from, below])])].filter(Number.isFinite);
  };
  const all = rules.map((one) => compileTerritory({ rules: one }));
  return { employees: bounds(all.map((one) => one.employees)), annualRevenueMinor: bounds(all.map((one) => one.annualSales)) };
}

/** All but what is said when it is not known. */
function liesIn({ countries, states, ranges, verticals, products, counties, near, accounts, employees, annualSales }: CompiledTerritory<unknown>, place: Place): boolean {
  if (accounts && !countries && !states && !ranges && !verticals && !products && !counties && !near && !employees && !annualSales) return false;
  if (countries && !(place.country && countries.has(key(place.country)))) return false;
  if (states && !(place.state && states.has(key(place.state)))) return false;
  if (verticals && !(place.vertical && verticals.has(key(place.vertical)))) return false;
  if (ranges) {
    if (!place.postalCode) return false;
    const code = postal(place.postalCode, place.country);
    if (!ranges.some((r) => (!r.country || r.country === key(place.country ?? '')) && within(code, r.from, r.to))) return false;
  }
  return true;
}

/** In words, for "no territory covers …"; what it is about and how large, where a territory asks for it. */
export function describePlace(place: Place, territories: readonly CompiledTerritory<unknown>[] = []): string {
  const parts = [place.postalCode, place.state, place.country].filter(Boolean).join(' ');
  const { employees } = place;
  const about = !territories.flatMap(upFrom).some((one) => one.products) ? '' : `about ${place.product ?? 'an unknown product'}`;
  const size = !territories.flatMap(upFrom).some((one) => one.employees) ? '' : employees === null ? 'with an unknown number of employees' : `with ${employees} ${employees === 1 ? 'employee' : 'employees'}`;
  return [parts || 'a lead without a country', place.vertical ? `in ${place.vertical}` : '', about, size].filter(Boolean).join(' ');
}

/** Whether somebody may be of the size that both ask for. */
export function shareSize(one: TerritoryRules, other: TerritoryRules): boolean {
  const [a, b] = [compileTerritory({ rules: one }), compileTerritory({ rules: other })];
  const meet = (x: Band | null, y: Band | null): boolean => !x || !y || (x.from < y.below && y.from < x.below);
  return meet(a.employees, b.employees) && meet(a.annualSales, b.annualSales);
}

const band = (from: number | undefined, below: number | undefined): Band | null => (from === undefined && below === undefined ? null : { from: from ?? 0, below: below ?? Infinity });
const lies = (size: number | null, asked: Band | null): boolean => asked === null || (size !== null && asked.from <= size && size < asked.below);
function within(code: string, from: string, to: string): boolean {
  return code.slice(0, from.length) >= from && code.slice(0, to.length) <= to;
}
const fiveDigits = new Set(['us', 'de', 'fr', 'es', 'it', 'mx', 'fi', 'se', 'tr', 'ua']);
/** As codes are compared: capitals and digits only, with the leading zeros a spreadsheet lost. */
export function postal(code: string, country?: string | null): string {
  const bare = code.toUpperCase().replace(/[^A-Z0-9]/g, '');
  return country && fiveDigits.has(key(country)) && /^\d{3,4}$/.test(bare) ? bare.padStart(5, '0') : bare;
}
function key(text: string): string {
  return text.trim().toLowerCase();
}
