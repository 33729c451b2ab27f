import parseWithLibrary from 'libphonenumber-js/max';
import { parsePhone } from '../../platform/values/phone.rules.ts';
import { countryName, type Finding, type Group } from './levels.rules.ts';

const remembered = new Map<string, { country: string | undefined; valid: boolean }>();

/** The numbering plan's word on a number: whose it is, and whether its block is assigned. Numbers repeat (switchboards), so the last are remembered. */
function ask(e164: string): { country: string | undefined; valid: boolean } {
  const before = remembered.get(e164);
  if (before) return before;
  const found = parseWithLibrary(e164);
  const answer = { country: found?.country, valid: found?.isValid() ?? false };
  if (remembered.size >= 50_000) remembered.clear();
  remembered.set(e164, answer);
  return answer;
}

/** Countries of one numbering plan, where a number cannot tell them apart or crossing is a matter of course. */
const shared = [
  new Set('US CA PR'.split(' ')),
  new Set('GB GG JE IM'.split(' ')),
  new Set('CH LI'.split(' ')),
  new Set('IT VA SM'.split(' ')),
  new Set('FR MC RE GP MQ GF YT'.split(' ')),
  new Set('RU KZ'.split(' ')),
];

/**
 * @param raw as it arrived, @param e164 as it was read (null where it could not be), @param country where the person lives
 */
export function judgePhone(group: Extract<Group, 'phone' | 'mobile'>, raw: string | null, e164: string | null, country: string | null): Finding[] {
  if (e164 === null) {
    if (raw === null) return [];
    const again = country === null ? undefined : parsePhone(raw, country);
    return [again ? { group, code: 'phoneUnread', level: 'doubtful', detail: again.e164 } : { group, code: 'phoneUnreadable', level: 'bad' }];
  }
  if (isMadeUp(e164)) return [{ group, code: 'phoneMadeUp', level: 'bad' }];
  const { country: of, valid } = ask(e164);
  const found: Finding[] = [];
  if (!valid) found.push({ group, code: 'unassigned', level: 'doubtful', detail: of ? countryName(of) : 'any country' });
  if (valid && of && country && of !== country && !shared.some((one) => one.has(of) && one.has(country)))
    found.push({ group, code: 'abroad', level: 'doubtful', detail: countryName(of) });
  return found;
}

/** One digit over and over, the digits in order, and the numbers that North America keeps for films (555-0100 to 555-0199). */
function isMadeUp(e164: string): boolean {
  const digits = e164.slice(1);
  return /(\d)\1{6}/.test(digits) || /(?:0?1234567|7654321|98765432)/.test(digits) || /^1\d{3}55501\d{2}$/.test(digits);
}
