/**
 * Which territory a lead falls in: the first, in order, whose conditions all hold. Within one kind of condition any value will do;
 * a kind that is not given does not restrict. A lead whose country is unknown falls only where countries are not asked for.
 *
 * Size is that of the organization as it is known when the lead is dealt: where a territory asks for one, unknown falls not in it. Employees are counted with both
 * ends; annual sales from one amount to less than another, so that territories one above the other leave no gap.
 *
 * Named accounts belong to their territory whatever else it asks, before any other that covers them; one that asks for nothing else covers only them.
 *
 * Postcode ranges compare the beginning of the code at the length the range was written with, so "SW1"–"SW9" takes "SW1A 1AA" and
 * "10000"–"19999" takes "12345-6789"; all-digit codes that lost their leading zeros in a spreadsheet get them back.
 */
export interface TerritoryRules {
  countries?: string[];
  states?: string[];
  postalRanges?: { from: string; to: string; country?: string }[];
  verticals?: string[];
  /** ids of organizations */
  accounts?: string[];
  /** both ends belong to it */
  employees?: { from?: number; to?: number };
  /** minor units of the company's currency; what it ends before does not belong to it */
  annualSales?: { fromMinor?: number; belowMinor?: number };
}
export interface Place {
  country: string | null;
  state: string | null;
  postalCode: string | null;
  vertical: string | null;
  /** of the organization; null: not known */
  employees: number | null;
  annualRevenueMinor: number | null;
  /** needed only where accounts are named */
  organizationId?: string | null;
}
export interface CompiledTerritory<T> {
  territory: T;
  countries: Set<string> | null;
  states: Set<string> | null;
  ranges: { from: string; to: string; country: string | null }[] | null;
  verticals: Set<string> | null;
  accounts: Set<string> | null;
  employees: Band | null;
  annualSales: Band | null;
}
/** from the one to before the other */
interface Band {
  from: number;
  below: number;
}

export function compileTerritory<T extends { rules: TerritoryRules }>(territory: T): CompiledTerritory<T> {
  const { countries, states, postalRanges, verticals, accounts, employees, annualSales } = territory.rules;
  const set = (values: string[] | undefined): Set<string> | null => (values?.length ? new Set(values.map(key)) : null);
  return {
    territory,
    countries: set(countries),
    states: set(states),
    ranges: postalRanges?.length
      ? postalRanges.map((r) => ({ from: postal(r.from), to: postal(r.to), country: r.country ? key(r.country) : null }))
      : null,
    verticals: set(verticals),
    accounts: set(accounts),
    employees: band(employees?.from, employees?.to === undefined ? undefined : employees.to + 1),
    annualSales: band(annualSales?.fromMinor, annualSales?.belowMinor),
  };
}

/** Whether the place is one of the accounts that the territory names. */
export const namesAccount = ({ accounts }: CompiledTerritory<unknown>, { organizationId }: Place): boolean => Boolean(organizationId && accounts?.has(organizationId));

/** Of territories in order those that cover the place: first those that name it, then the others. */
export function covering<T>(territories: readonly CompiledTerritory<T>[], place: Place): CompiledTerritory<T>[] {
  const found = territories.filter((one) => covers(one, place));
  return found.some((one) => namesAccount(one, place)) ? found.toSorted((a, b) => Number(namesAccount(b, place)) - Number(namesAccount(a, place))) : found;
}

/** Whether rules ask for nothing at all, and so take everything. */
export const asksNothing = (rules: TerritoryRules): boolean => Object.values(rules).every((asked) => asked === undefined || Object.keys(asked).length === 0);
export const isAccountsOnly = ({ accounts, ...others }: TerritoryRules): boolean => Boolean(accounts?.length) && asksNothing(others);

export function covers(territory: CompiledTerritory<unknown>, place: Place): boolean {
  if (namesAccount(territory, place)) return true;
  return liesIn(territory, place) && lies(place.employees, territory.employees) && lies(place.annualRevenueMinor, territory.annualSales);
}

/** What a territory asks of the organization's size that is not known of it, though everything else would hold; null where that is not so. */
export function sizeMissing(territory: CompiledTerritory<unknown>, place: Place): string | null {
  const { employees, annualSales } = territory;
  const [noEmployees, noSales] = [employees !== null && place.employees === null, annualSales !== null && place.annualRevenueMinor === null];
  const known = (noEmployees || lies(place.employees, employees)) && (noSales || lies(place.annualRevenueMinor, annualSales));
  if (!(noEmployees || noSales) || !known || namesAccount(territory, place) || !liesIn(territory, place)) return null;
  return [noEmployees ? 'number of employees' : '', noSales ? 'annual sales' : ''].filter(Boolean).join(' and ');
}

/** Where the sizes that territories ask for begin and end, so that many organizations are counted as one of each kind; empty where nobody asks. */
export function sizeBounds(rules: readonly TerritoryRules[]): { employees: number[]; annualRevenueMinor: number[] } {
  const bounds = (bands: (Band | null)[]): number[] => {
    const asked = bands.filter((one) => one !== null);
    return asked.length === 0 ? [] : [...new Set([0, ...asked.flatMap(({ from, below }) => [from, below])])].filter(Number.isFinite);
  };
  const all = rules.map((one) => compileTerritory({ rules: one }));
  return { employees: bounds(all.map((one) => one.employees)), annualRevenueMinor: bounds(all.map((one) => one.annualSales)) };
}

/** All but size. */
function liesIn({ countries, states, ranges, verticals, accounts, employees, annualSales }: CompiledTerritory<unknown>, place: Place): boolean {
  if (accounts && !countries && !states && !ranges && !verticals && !employees && !annualSales) return false;
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

/** In words, for "no territory covers …"; how large it is where a territory asks for it. */
export function describePlace(place: Place, territories: readonly CompiledTerritory<unknown>[] = []): string {
  const parts = [place.postalCode, place.state, place.country].filter(Boolean).join(' ');
  const { employees } = place;
  const size = !territories.some((one) => one.employees) ? '' : employees === null ? 'with an unknown number of employees' : `with ${employees} ${employees === 1 ? 'employee' : 'employees'}`;
  return [parts || 'a lead without a country', place.vertical ? `in ${place.vertical}` : '', size].filter(Boolean).join(' ');
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
