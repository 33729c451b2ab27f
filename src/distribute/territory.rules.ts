/**
 * Which territory a lead falls in: the first, in order, whose conditions all hold. Within one kind of condition any value will do;
 * a kind that is not given does not restrict. A lead whose country is unknown falls only where countries are not asked for.
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
}
export interface Place {
  country: string | null;
  state: string | null;
  postalCode: string | null;
  vertical: string | null;
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
}

export function compileTerritory<T extends { rules: TerritoryRules }>(territory: T): CompiledTerritory<T> {
  const { countries, states, postalRanges, verticals, accounts } = territory.rules;
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
  };
}

/** Whether the place is one of the accounts that the territory names. */
export const namesAccount = ({ accounts }: CompiledTerritory<unknown>, { organizationId }: Place): boolean => Boolean(organizationId && accounts?.has(organizationId));

/** Of territories in order those that cover the place: first those that name it, then the others. */
export function covering<T>(territories: readonly CompiledTerritory<T>[], place: Place): CompiledTerritory<T>[] {
  const found = territories.filter((one) => covers(one, place));
  return found.some((one) => namesAccount(one, place)) ? found.toSorted((a, b) => Number(namesAccount(b, place)) - Number(namesAccount(a, place))) : found;
}

export const isAccountsOnly = ({ accounts, ...others }: TerritoryRules): boolean => Boolean(accounts?.length) && Object.values(others).every((values) => !values?.length);

export function covers(territory: CompiledTerritory<unknown>, place: Place): boolean {
  if (namesAccount(territory, place)) return true;
  const { countries, states, ranges, verticals } = territory;
  if (territory.accounts && !countries && !states && !ranges && !verticals) return false;
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

/** In words, for "no territory covers …". */
export function describePlace(place: Place): string {
  const parts = [place.postalCode, place.state, place.country].filter(Boolean).join(' ');
  return [parts || 'a lead without a country', place.vertical ? `in ${place.vertical}` : ''].filter(Boolean).join(' ');
}

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
