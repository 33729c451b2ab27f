/**
 * Are these two the same person? Every field adds the logarithm (base 2) of how much likelier its agreement or disagreement is
 * between two sightings of one person than between two people (Fellegi and Sunter, 1969). The weights add up to the total shown;
 * one bit doubles the odds.
 *
 *   same rare name (+9 +5.5) and the same company (+6.5)  → 21: sure, among a million
 *   same rare name and the same city (+2)                 → 16.5: sure among 10,000, else ask somebody
 *   same switchboard number (+10), other names (−6 −5)    → −1: no
 *
 * docs/how-it-decides/matching.md explains the numbers. They are fixed in this issue, not learned.
 */
import { areNicknames } from '../platform/values/nickname.rules.ts';
import { isCommonFamily, isCommonGiven } from './common-names.rules.ts';
import { isOneSlip, jaroWinkler } from './similarity.rules.ts';

export interface Profile {
  externalId: string | null;
  /** key → whether it is a desk's mailbox */
  mail: { key: string; role: boolean; free: boolean } | null;
  phones: readonly string[];
  givenKey: string;
  familyKey: string;
  organizationId: string | null;
  organizationKey: string;
  domain: string | null;
  streetKey: string;
  postcode: string | null;
  cityKey: string;
  country: string | null;
}

export interface Evidence {
  field:
    | 'external id'
    | 'mail'
    | 'phone'
    | 'family name'
    | 'given name'
    | 'company'
    | 'street'
    | 'postcode'
    | 'city'
    | 'country'
    | 'name frequency';
  outcome: string;
  weight: number;
}

export interface Comparison {
  weight: number;
  evidence: Evidence[];
  zone: 'sure' | 'ask' | 'no';
}

/**
 * How much it takes to be sure grows with the number of people one could be mistaken for: one bit each time they double.
 * `sureFrom(1_000)` → 13.5, `sureFrom(100_000)` → 17.1
 */
export function sureFrom(people: number): number {
  return Math.min(18.5, Math.max(13.5, Math.log2(Math.max(1, people)) + 0.5));
}
/** below being sure by this much, somebody is asked */
const doubt = 6;

/** agreements that were found by a key of an earlier sighting, which the person's current row need not show any more */
export interface Hits {
  mail?: boolean;
  phone?: boolean;
  externalId?: boolean;
}

export function compare(
  a: Profile,
  b: Profile,
  hits: Hits = {},
  among: { people: number; namesakes: number } = { people: 100_000, namesakes: 1 },
): Comparison {
  const { namesakes } = among;
  const sure = sureFrom(among.people);
  // most pairs are strangers: add up first, write the evidence down only for those somebody will read about
  let sum = 0;
  weigh(a, b, hits, namesakes, (_field, _outcome, weight) => void (sum += weight));
  const weight = round(sum);
  if (weight < sure - doubt) return { weight, evidence: [], zone: 'no' };
  const evidence: Evidence[] = [];
  weigh(a, b, hits, namesakes, (field, outcome, one) => void (one !== 0 && evidence.push({ field, outcome, weight: one })));
  return { weight, evidence, zone: weight >= sure ? 'sure' : 'ask' };
}

function weigh(a: Profile, b: Profile, hits: Hits, namesakes: number, add: Add): void {
  if (hits.externalId || (a.externalId !== null && a.externalId === b.externalId)) add('external id', 'equal', 20);
  const named = compareNames(a, b, add);
  if (named && namesakes > 1) add('name frequency', `${namesakes} people of that name`, -Math.min(6, round(Math.log2(namesakes))));
  compareMail(a, b, hits.mail === true, add);
  if (hits.phone || a.phones.some((phone) => b.phones.includes(phone))) add('phone', 'equal', 10);
  else if (a.phones.length > 0 && b.phones.length > 0) {
    if (a.phones.some((one) => b.phones.some((other) => isOneSlip(one.slice(-8), other.slice(-8))))) add('phone', 'one digit off', 5);
    else add('phone', 'different', -1);
  }
  comparePlace(a, b, compareCompany(a, b, add), add);
}

/** cheap enough to ask of everybody in a block: could these two be one person at all, going by their names? */
export function mayBeNamedAlike(a: Profile, b: Profile): boolean {
  if (a.familyKey === '' || b.familyKey === '' || a.familyKey === b.familyKey || a.familyKey === b.givenKey) return true;
  const short = a.familyKey.length < b.familyKey.length ? a.familyKey : b.familyKey;
  if (short.length <= 2 || a.familyKey.includes(' ') || b.familyKey.includes(' ')) return true;
  return a.familyKey.slice(0, 2) === b.familyKey.slice(0, 2) || a.familyKey.slice(-2) === b.familyKey.slice(-2);
}

type Add = (field: Evidence['field'], outcome: string, weight: number) => void;

/** true when the names agree */
function compareNames(a: Profile, b: Profile, add: Add): boolean {
  if (a.givenKey && b.givenKey && a.givenKey === b.familyKey && a.familyKey === b.givenKey && a.givenKey !== a.familyKey) {
    add('family name', 'swapped with the given name', Math.min(familyWeight(a.familyKey), familyWeight(b.familyKey)) - 0.5);
    add('given name', 'swapped with the family name', Math.min(givenWeight(a.givenKey), givenWeight(b.givenKey)) - 0.5);
    return true;
  }
  let family = 0;
  let given = 0;
  if (a.familyKey && b.familyKey) {
    const full = Math.min(familyWeight(a.familyKey), familyWeight(b.familyKey));
    if (a.familyKey === b.familyKey) family = full;
    else if (sharesPart(a.familyKey, b.familyKey)) family = full - 3;
    else if (/\d/.test(a.familyKey + b.familyKey)) family = -6;
    else {
      const like = jaroWinkler(a.familyKey, b.familyKey);
      if ((isOneSlip(a.familyKey, b.familyKey) && a.familyKey.length > 3) || like >= 0.93) family = full - 3;
      else if (like >= 0.86) family = 1.5;
      // Anna Schmidt, recorded by her given name only where a family name was asked
      else if (!a.givenKey || !b.givenKey) family = a.familyKey === b.givenKey || b.familyKey === a.givenKey ? 2 : -6;
      else family = -6;
      if (a.familyKey.length === 1 || b.familyKey.length === 1) family = a.familyKey[0] === b.familyKey[0] ? 1.5 : -6;
    }
    add('family name', family === full ? 'equal' : family > 0 ? 'alike' : 'different', family);
  }
  if (a.givenKey && b.givenKey) {
    const [outcome, weight] = givenNames(a.givenKey, b.givenKey);
    // two other names say little more than one: people share a mailbox, few share a name
    given = family < 0 && weight < 0 ? Math.max(weight, -10 - family) : weight;
    add('given name', outcome, given);
  }
  return family > 3 && given > 0;
}

function givenNames(a: string, b: string): [string, number] {
  if (a === b) return ['equal', givenWeight(a)];
  const first = a.split(' ')[0] ?? a;
  const other = b.split(' ')[0] ?? b;
  if (first === other && first.length > 1) return ['equal but for a second name', givenWeight(first) - 0.5];
  if (first.length === 1 || other.length === 1) return first[0] === other[0] ? ['initial agrees', 1.5] : ['initial differs', -8];
  if (areNicknames(first, other)) return ['a short form', 3];
  if (a.split(' ').includes(other) || b.split(' ').includes(first)) return ['one of the names', 2];
  const lettersOnly = !/\d/.test(first + other);
  if (lettersOnly && isOneSlip(first, other) && Math.min(first.length, other.length) > 3) return ['one letter off', 3];
  const like = jaroWinkler(first, other);
  if (lettersOnly && like >= 0.9) return ['alike', 2.5];
  if (first.length >= 3 && other.length >= 3 && (first.startsWith(other) || other.startsWith(first))) return ['abbreviated', 2];
  return lettersOnly && like >= 0.8 ? ['somewhat alike', -1] : ['different', -8];
}

function familyWeight(key: string): number {
  return isCommonFamily(key) ? 7 : 9;
}

function givenWeight(key: string): number {
  return isCommonGiven(key) ? 4 : 5.5;
}

/** garcia lopez – garcia: a second family name dropped, or a name joined at marriage */
function sharesPart(a: string, b: string): boolean {
  if (!a.includes(' ') && !b.includes(' ')) return false;
  const parts = b.split(' ');
  return a.split(' ').some((part) => part.length > 3 && parts.includes(part));
}

function compareMail(a: Profile, b: Profile, hit: boolean, add: Add): void {
  const one = a.mail;
  const other = b.mail;
  if (one && (hit || (other && one.key === other.key))) {
    const nameless = !a.familyKey && !a.givenKey && !b.familyKey && !b.givenKey;
    if (one.role && !nameless) add('mail', 'the same desk', 6);
    else add('mail', 'equal', 20);
    return;
  }
  if (!one || !other || one.role || other.role) return;
  const [local = '', domain = ''] = one.key.split('@');
  const [local2 = '', domain2 = ''] = other.key.split('@');
  const bare = local.replace(punctuation, '');
  const bare2 = local2.replace(punctuation, '');
  const spelled = spells(bare, a) || spells(bare, b);
  const spelled2 = spells(bare2, a) || spells(bare2, b);
  // a.meier and b.meier of one family or firm
  const rivals = a.givenKey !== '' && b.givenKey !== '' && a.givenKey[0] !== b.givenKey[0] && !areNicknames(a.givenKey, b.givenKey);
  if (domain === domain2) {
    if (bare === bare2) add('mail', 'equal but for punctuation', 12);
    else if (bare !== bare2 && bare.replace(/\d/g, '') === bare2.replace(/\d/g, '')) add('mail', 'another number', one.free ? -2 : -4);
    else if (spelled && spelled2 && !rivals) add('mail', 'the same name spelled another way', one.free ? 1 : 3);
    else if (bare.length >= 5 && isOneSlip(bare, bare2) && !(spelled && spelled2)) add('mail', 'one letter off', 8);
    else add('mail', one.free ? 'different' : 'a colleague’s', one.free ? -1.5 : -4);
  } else if (bare === bare2 && bare.length >= 4) {
    if (isOneSlip(domain, domain2)) add('mail', 'one letter off', 10);
    // made from the name, so it repeats what the name said already
    else if (spelled && !/\d/.test(bare)) add('mail', 'the same name at another provider', 1);
    else add('mail', 'the same at another provider', bare.length >= 7 ? 5 : 3);
  } else add('mail', 'different', -1);
}
const punctuation = /[._-]/g;

/** the part before the @ is made of the person's names: jsmith, john.smith, smithj, john for John Smith */
function spells(bare: string, of: Profile): boolean {
  const family = of.familyKey.includes(' ') ? of.familyKey.replaceAll(' ', '') : of.familyKey;
  if (family.length >= 3 && bare.includes(family)) return true;
  const given = of.givenKey.includes(' ') ? (of.givenKey.split(' ')[0] ?? '') : of.givenKey;
  return given.length >= 3 && bare.startsWith(given) && (bare.length === given.length || bare[given.length] === family[0]);
}

function compareCompany(a: Profile, b: Profile, add: Add): boolean {
  const sameDomain = a.domain !== null && a.domain === b.domain;
  const sameId = a.organizationId !== null && a.organizationId === b.organizationId;
  if (sameDomain || sameId) {
    add(
      'company',
      sameDomain ? 'the same domain' : 'equal',
      sameDomain && a.organizationKey !== '' && a.organizationKey === b.organizationKey ? 7 : 6.5,
    );
    return true;
  }
  if (a.organizationKey !== '' && b.organizationKey !== '') {
    if (a.organizationKey === b.organizationKey) add('company', 'equal', 6);
    else if (
      isOneSlip(a.organizationKey, b.organizationKey) ||
      jaroWinkler(a.organizationKey, b.organizationKey) >= 0.94 ||
      startsAlike(a.organizationKey, b.organizationKey)
    )
      add('company', 'alike', 4.5);
    else {
      add('company', 'different', a.domain !== null && b.domain !== null ? -4 : -2.5);
      return false;
    }
    return true;
  }
  if (a.domain !== null && b.domain !== null) add('company', 'another domain', -1.5);
  return false;
}

function startsAlike(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return short.length >= 5 && long.startsWith(`${short} `);
}

/** the place of a company says nothing more about its people, so it counts less once the company agrees */
function comparePlace(a: Profile, b: Profile, company: boolean, add: Add): void {
  if (a.country && b.country && a.country !== b.country) add('country', 'different', -4);
  let near = false;
  if (a.streetKey && b.streetKey) {
    const like = a.streetKey === b.streetKey ? 1 : jaroWinkler(a.streetKey, b.streetKey);
    const numbers = (text: string): string => text.match(/\d+/g)?.join(' ') ?? '';
    if (like === 1) add('street', 'equal', company ? 1 : 6);
    else if (like >= 0.9 && numbers(a.streetKey) === numbers(b.streetKey)) add('street', 'alike', company ? 0.5 : 4);
    else add('street', 'different', -1);
    near = like >= 0.9;
  }
  if (a.postcode && b.postcode) {
    const equal = a.postcode === b.postcode;
    if (equal) add('postcode', 'equal', company || near ? 1 : 4);
    else if (isOneSlip(a.postcode, b.postcode)) add('postcode', 'one digit off', company || near ? 0.5 : 1);
    else add('postcode', 'different', -1);
    near ||= equal;
  }
  if (a.cityKey && b.cityKey) {
    if (a.cityKey === b.cityKey) add('city', 'equal', company || near ? 0.5 : 2);
    else if (!isOneSlip(a.cityKey, b.cityKey) && jaroWinkler(a.cityKey, b.cityKey) < 0.9) add('city', 'different', -1);
  }
}

function round(weight: number): number {
  return Math.round(weight * 10) / 10;
}
