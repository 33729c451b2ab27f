import { cellOf } from './lists.rules.ts';
import { personOf, writePhone, type TruePerson } from './people.rules.ts';
import { randomOf } from './random.rules.ts';

// Two lists of names that marketing bought: one of a trade journal's readers, a third of whom write later, and a bargain that is junk and what was known.

export interface BoughtList {
  name: string;
  owner: string;
  costMinor: number;
  text: string;
}

/** People from here on never write. */
const silent = 2_000_000;
const head = 'First name,Last name,Company,Job title,E-mail,Phone,Street,ZIP,City,Country';

export const boughtLists = [
  { daysAgo: 290, make: readersList },
  { daysAgo: 235, make: bargainList },
] as const;

const mashed = ['asdf', 'qwer', 'asdfasdf', 'test', 'xxx', 'aaa'];

interface Given {
  seed: number;
  inquiries: number;
  sharedOrganizations: number;
  /** People of the world numbered up to here have written by now; the next ones will. */
  written: number;
}

function rowOf(given: Given, person: TruePerson, gaps: number): string[] {
  const random = randomOf(given.seed, 'bought', person.number);
  const { street, postalCode, place } = person.organization;
  const or = (text: string): string => (random.chance(gaps) ? '' : text);
  return [person.givenName, person.familyName, person.organization.name, or(person.title), or(person.email), or(writePhone(person.phone, random)), or(street), postalCode, place.city, place.country];
}
const textOf = (rows: readonly string[][]): string => `${[head, ...rows.map((row) => row.map((cell) => cellOf(cell)).join(','))].join('\n')}\n`;
const sizeOf = ({ inquiries }: Given): number => Math.max(80, Math.round(inquiries / 15));
const person = (given: Given, n: number): TruePerson => personOf(given.seed, n, given.sharedOrganizations);

function readersList(given: Given): BoughtList {
  const random = randomOf(given.seed, 'readers');
  const rows = Array.from({ length: sizeOf(given) }, (_, at) => {
    const n = random.chance(0.3) ? given.written + 1 + at : random.chance(0.06) ? random.int(given.written + 1) : silent + at;
    return rowOf(given, person(given, n), 0.05);
  });
  return { name: 'Process Engineering Weekly, readers.csv', owner: 'Process Engineering Weekly', costMinor: rows.length * 240, text: textOf(rows) };
}

function bargainList(given: Given): BoughtList {
  const random = randomOf(given.seed, 'bargain');
  const rows = Array.from({ length: sizeOf(given) }, (_, at) => {
    if (random.chance(0.38)) return [random.pick(mashed), random.pick(mashed), random.pick(['-', 'n/a', 'Company']), '', `info${at}@mailinator.com`, random.pick(['123456', '0000000', '']), '', '', '', ''];
    if (random.chance(0.6)) return rowOf(given, person(given, random.int(given.written + 1)), 0.2);
    return rowOf(given, person(given, silent + 500_000 + at), 0.7);
  });
  return { name: 'Industry decision makers, all countries.csv', owner: 'List Bazaar', costMinor: rows.length * 110, text: textOf(rows) };
}
