import { postal } from '../territory.rules.ts';

/**
 * Under which codes a list may know a postcode, the surest first: as it stands, then by its beginning, since many lists know only that ("1011" of "1011 AB").
 * Of British codes only the outcode, all but the last three: "E1" of "E1 6AN", never "E16".
 */
export function codesOf(country: string, postalCode: string): string[] {
  const code = postal(postalCode, country);
  if (country.toUpperCase() === 'GB') return code.length > 4 ? [code, code.slice(0, -3)] : [code];
  return [code, ...Array.from({ length: Math.max(0, code.length - 3) }, (_, at) => code.slice(0, code.length - 1 - at))];
}
