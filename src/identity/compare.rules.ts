/**
 * Are these two the same person? Fellegi and Sunter (1969): every field adds the logarithm (base 2) of how much likelier its agreement or
 * disagreement is between two sightings of one person than between two people. Before looking, the odds are one against as many people as
 * one could be mistaken for. The weights add up to the total shown; one bit doubles the odds, 6.6 bits are 99 in 100.
 *
 *   before looking, one of 100,000 people (−18)  ·  a rare name (+11 +9)  ·  the same firm (+11)    → 13: sure
 *   before looking, one of 100,000 people (−18)  ·  a rare name (+11 +9)  ·  the same city (+5.5)   → 7.5: sure; of a million, ask
 *   the same switchboard (+3) and firm (+11), other names (−5 −5)                                   → −14: no
 *
 * What levels of agreement there are is told in match/levels.rules.ts, where their worth comes from in match/learn.rules.ts and
 * docs/how-it-decides/matching.md.
 */
import { levelOf, mailBesideName, areSwapped } from './match/levels.rules.ts';
import { stateOf } from './match/model.rules.ts';
import { letterMask, readValue, type Value } from './match/value.rules.ts';
import { defaultWeights, nameRarity, personKinds, type PersonKind, type Weights } from './person-weights.rules.ts';
import { remembering } from '../platform/values/remember.rules.ts';

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
  title: string | null;
  /** made once, when it is first compared; a changed profile is a new object */
  called?: Called;
  /** the same, field by field; most who share a key are strangers by their names, and nobody looks further */
  further?: Further;
}

interface Called {
  given: Value | undefined;
  family: Value | undefined;
  names: readonly Value[];
  phones: readonly Value[];
}
type Further = { [kind in Exclude<PersonKind, 'given name' | 'family name' | 'phone'>]?: Value | undefined };

export interface Evidence {
  field:
    | 'before looking'
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
    | 'title'
    | 'name frequency';
  outcome: string;
  weight: number;
}

/** An id of another system, given to one person only. */
const numberOfOne = 30;
/**
 * What an equal id says beside the bits of all else. Systems count alike: lead 2593 and contact 2593 of one company are two people. The more
 * speaks against one person, the likelier these are two lists' numbers: from four bits against on, each takes four off the id's.
 */
const numberBits = (others: number): number => Math.max(0, numberOfOne - 4 * Math.max(0, -others - 4));

export interface Comparison {
  weight: number;
  evidence: Evidence[];
  zone: 'sure' | 'ask' | 'no';
}

/** 99 in 100 */
export const sureFrom = 6.6;
/** one in three */
const askFrom = -1;

/** agreements that were found by a key of an earlier sighting, which the person's current row need not show any more */
export interface Hits {
  mail?: boolean;
  phone?: boolean;
  externalId?: boolean;
}

const [given, family, mail, phone, organization, street, postcode, city, country, title] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
/** one pair is compared at a time: strangers, which most are, leave nothing behind */
const levels = new Uint8Array(personKinds.length);

/** `among`: how many people there are, and how many of those found bear this very name */
export function compare(
  a: Profile,
  b: Profile,
  hits: Hits = {},
  among: { people: number; namesakes: number } = { people: 100_000, namesakes: 1 },
  weights: Weights = defaultWeights,
): Comparison {
  if (!areNearEnough(a, b, hits)) return strangers;
  const sameId = hits.externalId === true || (a.externalId !== null && a.externalId === b.externalId);
  const before = Math.log2(weights.returning / Math.max(20, among.people));
  const namesakes = among.namesakes > 1 && levels[given] === 1 && levels[family] === 1 ? -Math.min(6, Math.log2(among.namesakes)) : 0;
  let others = namesakes;
  for (let f = 0; f < levels.length; f++) others += bitsOf(f, a, weights);
  const number = sameId ? numberBits(others) : 0;
  const weight = round(before + number + others);
  if (weight < askFrom) return { weight, evidence: [], zone: 'no' };
  const evidence: Evidence[] = [];
  const add = (field: Evidence['field'], outcome: string, bits: number): void =>
    void (bits !== 0 && evidence.push({ field, outcome, weight: round(bits) }));
  add(
    'before looking',
    `one of ${Math.max(20, among.people).toLocaleString('en')} people${weights.version > 0 ? `; weights ${weights.version}` : ''}`,
    before,
  );
  if (sameId) add('external id', number < numberOfOne ? 'equal, as numbers of two lists may be' : 'equal', number);
  for (let f = 0; f < levels.length; f++) {
    const found = levels[f]!;
    if (found === 0) continue;
    const bits = bitsOf(f, a, weights);
    const rarity = found === 1 && f <= family ? rarityOf(f, a, weights) : 0;
    const told =
      found === 1 && f === organization && a.domain !== null && a.domain === b.domain
        ? 'the same domain'
        : weights.fields[f]!.labels[found]!;
    add(
      personKinds[f] === 'organization' ? 'company' : (personKinds[f] as Exclude<PersonKind, 'organization'>),
      rarity > 1 ? `${told}, and rare` : rarity < -1 ? `${told}, and common` : told,
      bits,
    );
  }
  if (namesakes !== 0) add('name frequency', `${among.namesakes} people of that name`, namesakes);
  // what is shown is rounded, and adds up: the last tenth goes where it shows least
  const rest = round(weight - evidence.reduce((sum, one) => sum + one.weight, 0));
  if (rest !== 0) evidence[0]!.weight = round(evidence[0]!.weight + rest);
  return { weight, evidence, zone: weight >= sureFrom && (sameId || isBorneOut()) ? 'sure' : 'ask' };
}

/**
 * A name by itself joins nobody, however rare, nor does a telephone: something else has to agree, and where firm and mail both say
 * otherwise, more than the place; nor does anything but mail where given names differ. Such pairs are asked about.
 */
function isBorneOut(): boolean {
  const agrees = (f: number, unlike: number): boolean => levels[f]! > 0 && levels[f]! < unlike;
  const personal = agrees(mail, 4) || levels[mail] === 5;
  // a family shares name, telephone and house
  if (!personal && levels[given]! > 5) return false;
  if (!personal && levels[given] === 0 && levels[family] === 0) return false;
  if (personal || agrees(phone, 4)) return true;
  if (agrees(organization, 5)) return true;
  return !(levels[organization]! >= 5 && levels[mail]! >= 7) && (agrees(street, 4) || agrees(postcode, 3) || agrees(city, 4));
}

function bitsOf(f: number, a: Profile, weights: Weights): number {
  const found = levels[f]!;
  if (found === 0) return 0;
  const field = weights.fields[f]!;
  const bits = field.bits[stateOf(levels, 0, field, weights.fields)]![found]!;
  return found === 1 && f <= family ? bits + rarityOf(f, a, weights) : bits;
}

const rarityOf = (f: number, a: Profile, weights: Weights): number =>
  f === given ? nameRarity(weights, 'given name', called(a).given!.text) : nameRarity(weights, 'family name', called(a).family!.text);

/** cheap enough to ask of everybody in a block: could these two be one person at all, going by their names? */
export function mayBeNamedAlike(a: Profile, b: Profile): boolean {
  if (a.familyKey === '' || b.familyKey === '' || a.familyKey === b.familyKey || a.familyKey === b.givenKey) return true;
  const short = a.familyKey.length < b.familyKey.length ? a.familyKey : b.familyKey;
  if (short.length <= 2 || a.familyKey.includes(' ') || b.familyKey.includes(' ')) return true;
  return a.familyKey.slice(0, 2) === b.familyKey.slice(0, 2) || a.familyKey.slice(-2) === b.familyKey.slice(-2);
}

const strangers: Comparison = { weight: -100, evidence: [], zone: 'no' };

/** Fills `levels`; gives up, and answers no, when both names differ and neither mailbox, telephone nor number is the same. */
function areNearEnough(a: Profile, b: Profile, hits: Hits): boolean {
  const [one, other] = [called(a), called(b)];
  levels[given] = between('given name', one.given, other.given);
  levels[family] = between('family name', one.family, other.family);
  if (levels[given] > 4 && levels[family] > 4 && areSwapped(one.given!, one.family!, other.given!, other.family!)) {
    levels[given] = 4;
    levels[family] = 4;
  }
  levels[phone] = hits.phone === true ? 1 : phoneLevel(one.phones, other.phones);
  if (levels[given] === 7 && levels[family] === 7 && levels[phone] !== 1 && !hits.mail && !hits.externalId) {
    if (a.mail?.key !== b.mail?.key && (a.externalId === null || a.externalId !== b.externalId)) return false;
  }
  levels[mail] = mailLevel(a, b, hits.mail === true, one, other);
  levels[organization] = organizationLevel(a, b);
  levels[street] = furtherLevel('street', a, b);
  levels[postcode] = furtherLevel('postcode', a, b);
  levels[city] = furtherLevel('city', a, b);
  levels[country] = furtherLevel('country', a, b);
  levels[title] = furtherLevel('title', a, b);
  return true;
}

const between = (kind: PersonKind, a: Value | undefined, b: Value | undefined): number =>
  a === undefined || b === undefined ? 0 : levelOf(kind, a, b);
/** What one side says nothing of is not read on the other. */
function furtherLevel(kind: keyof Further, a: Profile, b: Profile): number {
  const one = further(a, kind);
  return one === undefined ? 0 : between(kind, one, further(b, kind));
}

function mailLevel(a: Profile, b: Profile, hit: boolean, ...named: readonly Called[]): number {
  const one = further(a, 'mail');
  if (one === undefined) return 0;
  if (hit) return one.shared ? 5 : 1;
  const other = further(b, 'mail');
  if (other === undefined) return 0;
  const found = levelOf('mail', one, other);
  return found === 3 || found === 4 ? mailBesideName(found, one, other, named.flatMap(({ names }) => names)) : found;
}

function phoneLevel(a: readonly Value[], b: readonly Value[]): number {
  let best = 0;
  for (const one of a)
    for (const other of b) {
      const found = levelOf('phone', one, other);
      if (best === 0 || found < best) best = found;
    }
  return best;
}

function organizationLevel(a: Profile, b: Profile): number {
  if ((a.organizationId !== null && a.organizationId === b.organizationId) || (a.domain !== null && a.domain === b.domain)) return 1;
  const named = furtherLevel('organization', a, b);
  const elsewhere = a.domain !== null && b.domain !== null;
  return named === 0 ? (elsewhere ? 6 : 0) : named;
}

/** Names, towns, companies and positions are met again and again; nothing here changes a value once it is read. */
const readers = new Map((['given name', 'family name', 'organization', 'city', 'title'] as const).map((kind): [PersonKind, (text: string) => Value | undefined] => [kind, remembering(20_000, (text) => readValue(kind, text))]));
const read = (kind: PersonKind, text: string | null): Value | undefined =>
  text === null || text === '' ? undefined : readers.has(kind) ? readers.get(kind)!(text) : readValue(kind, text);

function called(of: Profile): Called {
  if (of.called) return of.called;
  const [givenName, familyName] = [read('given name', of.givenKey), read('family name', of.familyKey)];
  return (of.called = {
    given: givenName,
    family: familyName,
    names: [givenName, familyName].filter((name) => name !== undefined),
    phones: of.phones.flatMap((number) => readValue('phone', number) ?? []),
  });
}

const readFurther: { [kind in keyof Further]-?: (of: Profile) => Value | undefined } = {
  mail: ({ mail }) => (mail ? keyedMail(mail) : undefined),
  organization: (of) => read('organization', of.organizationKey),
  street: (of) => read('street', of.streetKey),
  postcode: (of) => read('postcode', of.postcode),
  city: (of) => read('city', of.cityKey),
  country: ({ country }) => (country === null ? undefined : { ...blank, text: country }),
  title: (of) => read('title', of.title),
};
function further(of: Profile, kind: keyof Further): Value | undefined {
  const known = (of.further ??= {});
  return kind in known ? known[kind] : (known[kind] = readFurther[kind](of));
}
const blank: Value = { text: '', mask: 0, head: '', tail: '', words: [], shared: false, weights: [], frequent: [] };

function keyedMail({ key, role, free }: NonNullable<Profile['mail']>): Value {
  const at = key.lastIndexOf('@');
  const local = key.slice(0, at);
  return { ...blank, text: key, mask: letterMask(key), head: local, tail: free ? '' : key.slice(at + 1), words: [local], shared: role };
}

function round(weight: number): number {
  return Math.round(weight * 10) / 10;
}
