/**
 * Who is who in a batch: sightings in the order they arrived, against the people known and against each other.
 * Pure: known people come in through the index, new ids are drawn from the function given.
 */
import { compare, mayBeNamedAlike, type Evidence, type Hits, type Profile } from './compare.rules.ts';
import type { Weights } from './person-weights.rules.ts';
import type { Blocks, Sighted } from './sight.rules.ts';

export interface Candidate {
  id: string;
  isNew: boolean;
  profile: Profile;
  /** Where several records were joined: what each said by itself. Who writes as they did before is still one of them. */
  others?: readonly { id: string; profile: Profile }[];
}

export type Method = 'external id' | 'mail' | 'phone' | 'comparison' | 'new' | 'unnamed';

export interface Decision<C extends Candidate = Candidate> {
  person: C;
  /** the record it was taken for, of those joined into the person */
  as?: string;
  isNew: boolean;
  method: Method;
  weight: number | null;
  evidence: Evidence[];
  /** other people this sighting might be, for somebody to decide */
  doubts: { person: C; weight: number; evidence: Evidence[] }[];
}

/** How many sightings filed under a key are looked at: a block that is larger tells nobody apart. */
export const mostUnder = (kind: string): number => (kind.startsWith('n') ? 10 : 40);
/**
 * A name that so many people bear is frequent: nobody is compared for it alone. It joins nobody unless it is rare, and who bears a frequent
 * one is met under the name in its place, the company, or what is theirs alone.
 */
export const frequentFrom = 7;
const isName = (key: string): boolean => key.startsWith('n');

/** people by exact key (mail, phone, external id) and by block; both kinds of key are plain strings here */
export class PersonIndex<C extends Candidate = Candidate> {
  private readonly byKey = new Map<string, C[]>();
  private readonly frequent = new Set<string>();

  file(key: string, person: C): void {
    if (this.frequent.has(key)) return;
    const filed = this.byKey.get(key);
    if (filed === undefined) this.byKey.set(key, [person]);
    else if (filed.length < mostUnder(key) && !filed.includes(person)) {
      filed.push(person);
      if (isName(key) && filed.length >= frequentFrom) this.markFrequent(key);
    }
  }

  /** The name of this key is borne by many. */
  markFrequent(key: string): void {
    this.frequent.add(key);
    this.byKey.delete(key);
  }

  at(key: string): readonly C[] {
    return this.byKey.get(key) ?? [];
  }
}

export interface Keys {
  externalId: string | null;
  mail: string | null;
  phones: string[];
  /** filed under these */
  blocks: string[];
  /** looked for under these */
  probes: string[];
}

export function keysOf(of: Sighted, blocks: Blocks): Keys {
  const filed: string[] = [];
  if (blocks.name !== null) filed.push(`n${blocks.name}`);
  if (blocks.company !== null) filed.push(`c${blocks.company}`);
  if (blocks.place !== null) filed.push(`p${blocks.place}`);
  if (blocks.local !== null) filed.push(`l${blocks.local}`);
  const probes = blocks.otherPlace === null ? filed : [...filed, `p${blocks.otherPlace}`];
  return {
    externalId: of.externalId === null ? null : `x${of.externalId}`,
    mail: of.mail ? `m${of.mail.key}` : null,
    phones: of.phones.map((phone) => `t${phone}`),
    blocks: filed,
    probes,
  };
}

export function profileOf(of: Sighted, organizationId: string | null): Profile {
  const junk = of.name?.junk === true;
  return {
    externalId: of.externalId,
    mail: of.mail ? { key: of.mail.key, role: of.mail.role, free: of.mail.free } : null,
    phones: of.phones,
    givenKey: junk ? '' : (of.name?.givenKey ?? ''),
    familyKey: junk ? '' : (of.name?.familyKey ?? ''),
    organizationId,
    organizationKey: of.organization?.key ?? '',
    domain: of.organization?.domain ?? null,
    streetKey: of.streetKey,
    postcode: of.postcode,
    cityKey: of.cityKey,
    country: of.country,
    title: of.title,
  };
}

export function resolve<C extends Candidate>(
  sighting: { of: Sighted; profile: Profile; keys: Keys },
  index: PersonIndex<C>,
  people: number,
  draw: (profile: Profile) => C,
  weights?: Weights,
): Decision<C> {
  const { profile, keys } = sighting;
  if (sighting.of.nameless) {
    return { person: draw(profile), isNew: true, method: 'unnamed', weight: null, evidence: [], doubts: [] };
  }
  const hits = new Map<C, Hits>();
  const hit = (key: string | null, what: keyof Hits): void => {
    if (key === null) return;
    for (const person of index.at(key)) {
      const known = hits.get(person);
      if (known) known[what] = true;
      else hits.set(person, { [what]: true });
    }
  };
  hit(keys.externalId, 'externalId');
  hit(keys.mail, 'mail');
  for (const phone of keys.phones) hit(phone, 'phone');
  for (const key of keys.probes)
    for (const person of index.at(key))
      if (!hits.has(person) && (mayBeNamedAlike(profile, person.profile) || person.others?.some((other) => mayBeNamedAlike(profile, other.profile)))) hits.set(person, {});

  let namesakes = 0;
  for (const person of hits.keys()) if (isNamesake(profile, person.profile)) namesakes++;

  let best: { person: C; as: string; weight: number; evidence: Evidence[]; hit: Hits } | undefined;
  const others: { person: C; weight: number; evidence: Evidence[] }[] = [];
  for (const [person, how] of hits) {
    let result = compare(profile, person.profile, how, { people, namesakes }, weights);
    let as = person.id;
    for (const other of person.others ?? []) {
      const found = compare(profile, other.profile, how, { people, namesakes }, weights);
      // Where the person as a whole is as likely, whose word it is decides.
      if (found.weight >= result.weight) [result, as] = [found, other.id];
    }
    if (result.zone === 'no') continue;
    others.push({ person, weight: result.weight, evidence: result.evidence });
    if (result.zone === 'sure' && (best === undefined || result.weight > best.weight))
      best = { person, as, weight: result.weight, evidence: result.evidence, hit: how };
  }
  others.sort((a, b) => b.weight - a.weight);
  if (best === undefined)
    return { person: draw(profile), isNew: true, method: 'new', weight: null, evidence: [], doubts: others.slice(0, 3) };
  const found = best;
  const method: Method = found.hit.externalId ? 'external id' : found.hit.mail ? 'mail' : found.hit.phone ? 'phone' : 'comparison';
  return {
    person: found.person,
    as: found.as,
    isNew: false,
    method,
    weight: found.weight,
    evidence: found.evidence,
    doubts: others.filter((one) => one.person !== found.person).slice(0, 3),
  };
}

function isNamesake(a: Profile, b: Profile): boolean {
  return a.familyKey !== '' && a.familyKey === b.familyKey && a.givenKey !== '' && a.givenKey === b.givenKey;
}

/** what a person is known by grows with every sighting of them; what is known already stays */
export function enrich(known: Profile, seen: Profile): Profile {
  return {
    externalId: known.externalId ?? seen.externalId,
    mail: known.mail ?? seen.mail,
    phones: seen.phones.every((phone) => known.phones.includes(phone)) ? known.phones : [...new Set([...known.phones, ...seen.phones])],
    givenKey: longer(known.givenKey, seen.givenKey),
    familyKey: known.familyKey || seen.familyKey,
    organizationId: known.organizationId ?? seen.organizationId,
    organizationKey: known.organizationKey || seen.organizationKey,
    domain: known.domain ?? seen.domain,
    streetKey: known.streetKey || seen.streetKey,
    postcode: known.postcode ?? seen.postcode,
    cityKey: known.cityKey || seen.cityKey,
    country: known.country ?? seen.country,
    title: known.title ?? seen.title,
  };
}

/** J. becomes John */
function longer(known: string, seen: string): string {
  return known === '' || (known.length === 1 && seen.startsWith(known)) ? seen : known;
}
