/**
 * A telephone number as E.164, from whatever was typed and the country it was typed in.
 *
 *   parsePhone('(030) 901820', 'DE') → { e164: '+4930901820', country: 'DE' }
 *
 * The library's parser takes 12–18 µs a number, which a file of 100,000 rows would feel. Its metadata is simple enough to apply
 * directly for nearly every country (0.5 µs); numbering plans that rewrite numbers (Brazil, Argentina …) still go through it.
 */
import parseWithLibrary from 'libphonenumber-js/max';
import type { CountryCode } from 'libphonenumber-js/max';
import plans from 'libphonenumber-js/metadata.max.json';

export interface Phone {
  e164: string;
  /** ISO country where the number's plan is used; undefined when several share it and we cannot tell */
  country?: string;
  extension?: string;
}

interface Plan {
  callingCode: string;
  international: string;
  pattern: RegExp;
  lengths: number[];
  trunk: string;
  rewrites: boolean;
}

const raw = plans.countries as unknown as Record<
  string,
  [string, string, string, number[], unknown, string?, unknown?, unknown?, unknown?, unknown?, ...unknown[]]
>;
const byCallingCode = plans.country_calling_codes as unknown as Record<string, string[]>;
const planOf = new Map<string, Plan | undefined>();

function plan(country: string): Plan | undefined {
  if (planOf.has(country)) return planOf.get(country);
  const found = raw[country];
  const made = found && {
    callingCode: found[0],
    international: found[1],
    pattern: new RegExp(`^(?:${found[2]})$`),
    lengths: found[3],
    trunk: typeof found[5] === 'string' ? found[5] : '',
    rewrites: Boolean(found[8]),
  };
  planOf.set(country, made);
  return made;
}

const remembered = new Map<string, Phone | undefined>();

export function parsePhone(input: unknown, country?: string): Phone | undefined {
  if (typeof input === 'number') input = String(input);
  if (typeof input !== 'string' || input.length > 60 || input.length < 5) return undefined;
  const key = country ? `${country}${input}` : input;
  const before = remembered.get(key);
  if (before !== undefined || remembered.has(key)) return before;
  const phone = parse(input, country);
  // numbers repeat (switchboards, the same list twice); forget everything rather than keep an order of use
  if (remembered.size >= 50_000) remembered.clear();
  remembered.set(key, phone);
  return phone;
}

const plainText = /^[ -~]*$/;
const extensionMark = /\s*(?:[,;#]|\b(?:extension|extn|ext|dw|durchwahl|poste|ramal|interno|int)\b\.?|x)[\s:.=]*(\d{1,6})\s*$/i;

function parse(input: string, country: string | undefined): Phone | undefined {
  let text = plainText.test(input) ? input : input.normalize('NFKC');
  const marked = extensionMark.exec(text);
  const extension = marked?.[1];
  if (marked) text = text.slice(0, marked.index);
  if ((text.match(/[a-z]/gi)?.length ?? 0) > 12) return undefined;
  const international = /^[^\d+]*\+/.test(text);
  let digits = (international ? text.replace(/\(0\)/, '') : text).replace(/\D/g, '');
  if (digits.length < 5) return undefined;
  let known = country === undefined ? undefined : plan(country);
  let national: string;

  if (international || digits.startsWith('00') || (known && startsAbroad(digits, known))) {
    if (!international) digits = digits.replace(known && digits.startsWith(known.international) ? known.international : /^00/, '');
    const code = callingCodeOf(digits);
    // no country's code: satellite and world-wide numbers (+870, +800)
    if (code === undefined) return viaLibrary(`+${digits}`, country, extension);
    if (known?.callingCode !== code) {
      country = byCallingCode[code]?.[0];
      known = country === undefined ? undefined : plan(country);
    }
    national = digits.slice(code.length);
    if (known === undefined) return national.length >= 5 && digits.length <= 15 ? { e164: `+${digits}`, extension } : undefined;
  } else {
    if (known === undefined || country === undefined) return undefined;
    national = digits;
  }
  if (known.rewrites) return viaLibrary(international ? `+${digits}` : digits, country, extension);

  const { callingCode, trunk, lengths, pattern } = known;
  const withoutTrunk = (said: string): string => (trunk && said.startsWith(trunk) ? said.slice(trunk.length) : said);
  const bare = withoutTrunk(national);
  // typed with the country's code but without a plus: 49 30 901820, 46 (0) 33 000 000
  const rest = !international && national.startsWith(callingCode) ? national.slice(callingCode.length) : '';
  for (const attempt of [bare, national, withoutTrunk(rest), rest]) {
    if (lengths.includes(attempt.length) && pattern.test(attempt)) return made(callingCode, attempt, country, extension);
  }
  // right length for the plan, unassigned block: kept, because two spellings of a fictitious or new number still mean the same line
  if (known.lengths.includes(bare.length) && bare.length >= 6) return made(known.callingCode, bare, country, extension);
  return undefined;
}

function startsAbroad(digits: string, known: Plan): boolean {
  return /^\d+$/.test(known.international) && digits.startsWith(known.international) && !known.lengths.includes(digits.length);
}

function callingCodeOf(digits: string): string | undefined {
  for (const size of [1, 2, 3]) if (byCallingCode[digits.slice(0, size)]) return digits.slice(0, size);
  return undefined;
}

function made(callingCode: string, national: string, country: string | undefined, extension: string | undefined): Phone {
  return { e164: `+${callingCode}${national}`, country, extension };
}

function viaLibrary(text: string, country: string | undefined, extension: string | undefined): Phone | undefined {
  const found = parseWithLibrary(text, { ...(country ? { defaultCountry: country as CountryCode } : {}), extract: false });
  if (!found?.isPossible()) return undefined;
  return { e164: found.number, country: found.country ?? country, extension };
}
