import { cityKey, postcodeKey } from '../../platform/values/postal-address.rules.ts';
import { countryName, type Finding } from './levels.rules.ts';
import { hasShape, statesOf } from './place-tables.rules.ts';

export interface Place {
  street: string | null;
  postalCode: string | null;
  city: string | null;
  state: string | null;
  country: string | null;
}

/** Where the people with one postcode live, by what they say themselves. */
export interface PostcodePlace {
  city: string;
  people: number;
}

/** so many must agree, and so clearly, before one who differs is doubted */
const agreeing = { people: 5, share: 0.8 };

export const hasPlace = (place: Place): boolean => place.street !== null || place.postalCode !== null || place.city !== null;

export function judgePlace(place: Place, neighbours: readonly PostcodePlace[]): Finding[] {
  const { postalCode, country, state, city } = place;
  const note = (code: Finding['code'], level: Finding['level'], detail?: string): Finding => ({ group: 'address', code, level, ...(detail ? { detail } : {}) });
  if (country === null) return hasPlace(place) ? [note('noCountry', 'doubtful')] : [];
  const code = postcodeKey(postalCode, country);
  if (postalCode === null || code === undefined) return [];
  if (hasShape(code, country) === false) return [note('postcodeShape', 'bad', countryName(country))];
  const found: Finding[] = [];
  const states = statesOf(code, country);
  if (state !== null && /^[A-Z]{2,3}$/.test(state) && states.length > 0 && !states.includes(state)) found.push(note('postcodeState', 'doubtful', states.join(' or ')));
  const elsewhere = placeOfOthers(city, neighbours);
  if (elsewhere !== undefined) found.push(note('postcodePlace', 'doubtful', elsewhere));
  return found;
}

/** Where nearly all the others with the postcode live, if that is not where this one says, nor where anybody else does. */
function placeOfOthers(city: string | null, neighbours: readonly PostcodePlace[]): string | undefined {
  const mine = cityKey(city);
  if (mine === '' || neighbours.length === 0) return undefined;
  const by = new Map<string, PostcodePlace>();
  for (const one of neighbours) {
    const key = cityKey(one.city);
    const before = by.get(key);
    by.set(key, before ? { city: before.people >= one.people ? before.city : one.city, people: before.people + one.people } : one);
  }
  const all = [...by.values()].reduce((sum, one) => sum + one.people, 0);
  const most = [...by.entries()].reduce((best, one) => (one[1].people > best[1].people ? one : best));
  if ([...by.keys()].some((key) => key === mine && (by.get(key)?.people ?? 0) > 1)) return undefined;
  const close = [...by.keys()].some((key) => key !== '' && by.get(key)!.people > 1 && (key.includes(mine) || mine.includes(key)));
  return !close && most[0] !== mine && most[1].people >= agreeing.people && most[1].people / all >= agreeing.share ? most[1].city : undefined;
}
