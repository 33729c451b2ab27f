import { nicknames } from './names.rules.ts';
import { asciiOf } from './organizations.rules.ts';
import type { Random } from './random.rules.ts';

/** How real data goes wrong. Every function here takes a clean value and spoils it in one believable way. */

const neighbours: Record<string, string> = {
  a: 's',
  b: 'v',
  c: 'x',
  d: 'f',
  e: 'r',
  f: 'g',
  g: 'h',
  h: 'j',
  i: 'o',
  j: 'k',
  k: 'l',
  l: 'k',
  m: 'n',
  n: 'm',
  o: 'p',
  p: 'o',
  q: 'w',
  r: 't',
  s: 'd',
  t: 'r',
  u: 'i',
  v: 'b',
  w: 'e',
  x: 'c',
  y: 't',
  z: 'x',
};

export function withTypo(text: string, random: Random): string {
  if (text.length < 4) return text;
  const at = random.between(1, text.length - 2);
  switch (random.int(4)) {
    case 0:
      return text.slice(0, at) + text[at + 1]! + text[at]! + text.slice(at + 2);
    case 1:
      return text.slice(0, at) + text.slice(at + 1);
    case 2:
      return text.slice(0, at) + text[at]! + text.slice(at);
    default:
      return text.slice(0, at) + (neighbours[text[at]!.toLowerCase()] ?? text[at]!) + text.slice(at + 1);
  }
}

export const withoutAccents = (text: string, random: Random): string =>
  random.chance(0.5)
    ? text.normalize('NFD').replace(/\p{M}/gu, '')
    : text
        .replaceAll('ä', 'ae')
        .replaceAll('ö', 'oe')
        .replaceAll('ü', 'ue')
        .replaceAll('Ö', 'Oe')
        .replaceAll('Ü', 'Ue')
        .replaceAll('ß', 'ss');

export function dirtyCase(text: string, random: Random, carelessness: number): string {
  if (random.chance(0.05 * carelessness)) return text.toUpperCase();
  if (random.chance(0.06 * carelessness)) return text.toLowerCase();
  return text;
}

export function dirtyEmail(email: string, random: Random, carelessness: number): string {
  const [local, domain] = email.split('@') as [string, string];
  let result = email;
  if (random.chance(0.02)) result = `${local}+${random.pick(['pumps', 'hartwell', 'web', 'rfq', 'info'])}@${domain}`;
  else if (domain === 'gmail.com' && random.chance(0.08)) result = `${local.slice(0, 2)}.${local.slice(2)}@googlemail.com`;
  else if (random.chance(0.012 * carelessness)) result = `${withTypo(local, random)}@${domain}`;
  else if (random.chance(0.006 * carelessness))
    result = `${local}@${domain.replace('.example', random.pick(['.exmaple', '.exampel', ',example', 'example']))}`;
  if (random.chance(0.05)) result = result.toUpperCase();
  else if (random.chance(0.06)) result = result.replace(/^\w/, (letter) => letter.toUpperCase());
  if (random.chance(0.02 * carelessness)) result = ` ${result} `;
  if (random.chance(0.003 * carelessness)) result = result.replace('@', random.pick([' at ', '(at)', '']));
  return result;
}

const abbreviations: readonly (readonly [RegExp, string])[] = [
  [/\bGmbH & Co\. KG\b/, 'GmbH&Co.KG'],
  [/\bGmbH\b/, 'Gmbh'],
  [/\bInc\.?$/, 'Incorporated'],
  [/\bCorp\.?$/, 'Corporation'],
  [/\bCo\.?$/, 'Company'],
  [/\bS\.L\.$/, 'SL'],
  [/\bS\.A\.$/, 'SA'],
  [/\bChemicals\b/, 'Chem.'],
  [/\bServices\b/, 'Svcs'],
  [/\bGroup\b/, 'Grp'],
];

export function dirtyOrganization(name: string, random: Random, carelessness: number): string {
  let result = name;
  if (random.chance(0.14))
    result = result.replace(/,? (Inc\.|LLC|Corp\.|Co\.|GmbH & Co\. KG|GmbH|AG|KG|S\.L\.U\.|S\.L\.|S\.A\.|Ltd\.?|plc|B\.V\.|SAS|SARL)$/, '');
  else if (random.chance(0.1))
    for (const [pattern, short] of abbreviations)
      if (pattern.test(result)) {
        result = result.replace(pattern, short);
        break;
      }
  if (random.chance(0.025 * carelessness)) result = withTypo(result, random);
  if (random.chance(0.05)) result = withoutAccents(result, random);
  if (random.chance(0.02)) result = `${result} - ${random.pick(['Purchasing', 'Plant 2', 'Maintenance Dept.', 'Werk Nord', 'Compras'])}`;
  return dirtyCase(result, random, carelessness);
}

export function dirtyGivenName(name: string, random: Random, carelessness: number): string {
  const first = name.split(' ')[0]!;
  let result = name;
  if (random.chance(0.07) && nicknames[first]) result = nicknames[first];
  else if (random.chance(0.04)) result = `${first[0]}.`;
  else if (random.chance(0.012 * carelessness)) result = withTypo(result, random);
  if (random.chance(0.04)) result = withoutAccents(result, random);
  return result;
}

export function dirtyFamilyName(name: string, random: Random, carelessness: number): string {
  let result = name;
  // The second Spanish family name is often left out.
  if (name.includes(' ') && random.chance(0.4) && /^\p{Lu}/u.test(name)) result = name.split(' ')[0]!;
  if (random.chance(0.015 * carelessness)) result = withTypo(result, random);
  if (random.chance(0.06)) result = withoutAccents(result, random);
  return result;
}

/** Text that was UTF-8 and was read as Latin-1, as it comes out of old shop software. */
export const mojibake = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

export interface JunkFields {
  fullName: string;
  email: string;
  organization: string;
  message: string;
  phone: string;
}

export function junkOf(kind: 'keyboard' | 'test' | 'spam', random: Random): JunkFields {
  const mash = (): string =>
    random.pick(['asdf', 'qwer', 'asdfasdf', 'hjkl', 'xxx', 'aaa', 'sdfg', 'jkjkjk', 'dfgdfg', 'yxcv']) +
    (random.chance(0.4) ? random.pick(['df', 'j', 'as', '1']) : '');
  if (kind === 'keyboard')
    return {
      fullName: `${mash()} ${mash()}`,
      email: `${mash()}@${mash()}.example`,
      organization: mash(),
      message: mash(),
      phone: random.pick(['123456', '0000000', '1111111', '555']),
    };
  if (kind === 'test')
    return {
      fullName: random.pick(['Test Test', 'test', 'Max Mustermann', 'John Doe', 'Mickey Mouse', 'Prueba Prueba']),
      email: random.pick(['test@test.example', 'test@example.com', 'a@b.example', 'nobody@example.org']),
      organization: random.pick(['Test', 'test company', 'ACME', '-', 'n/a']),
      message: random.pick(['test', 'please ignore', 'Testing the form', 'bitte ignorieren', 'prueba']),
      phone: random.pick(['123', '0', '555-0100', '']),
    };
  const name = random.pick(['Kevin', 'Amelia', 'Sophie', 'Dmitry', 'Oscar']);
  return {
    fullName: `${name} ${random.pick(['Marketing', 'Seo', 'Rank', 'Leads'])}`,
    email: `${asciiOf(name)}${random.int(9999)}@${random.pick(['rank-first.example', 'seo-boost.example', 'cheap-lists.example'])}`,
    organization: random.pick(['Rank First', 'SEO Boost', 'List Bazaar']),
    message: random.pick([
      'We can put your website on page 1 of search within 30 days. Reply YES.',
      'Do you want 50,000 verified buyers of pumps? Special price today.',
      'I noticed some errors on your website. May I send a free report?',
      'Get instant business credit up to $250k',
    ]),
    phone: '',
  };
}
