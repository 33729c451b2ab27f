/**
 * What becomes of two organizations of the base whom the engine took for one. The engine says how likely it is among all of them; here
 * stands what it cannot know: that a firm and its holding, two branches of one name and a firm and its tenant are two, however much of
 * name, address and switchboard they share.
 */
import { fold } from '../platform/values/fold.rules.ts';
import { legalFormKey, organizationKey, parseOrganizationName } from '../platform/values/organization-name.rules.ts';
import { domainOf } from './domain.rules.ts';
import { levelOf, levelSets } from './match/levels.rules.ts';
import { readValue, type Kind } from './match/value.rules.ts';
import { isOneSlip } from './similarity.rules.ts';

/** what one field of two organizations shows, in bits */
export interface OrganizationEvidence {
  field: string;
  outcome: string;
  weight: number;
  /** weighs nothing, but keeps the two from being joined without asking */
  asks?: true;
}

export interface JudgedOrganization {
  id: string;
  externalId: string | null;
  name: string;
  /** empty where only the domain is known */
  nameKey: string;
  domain: string | null;
  phone: string | null;
  street: string | null;
  postalCode: string | null;
  city: string | null;
  country: string | null;
  /** what it belongs to, as it was said: a name or a domain */
  parent: string | null;
}

/** one in three, as for people; in bits */
const askFrom = -1;
/** more bearers of one name than this are a chain, and those in other towns its branches */
const namesakesMost = 5;

/**
 * join: they are one. ask: somebody must say, because of the doubts (nothing but the weight where there are none). leave: they are two, or
 * were spoken about before. The evidence is the engine's, which adds up to the weight, and after it the doubts, which weigh nothing.
 */
export function judgeOrganizations(
  a: JudgedOrganization,
  b: JudgedOrganization,
  found: { zone: 'sure' | 'ask'; weight: number; evidence: readonly OrganizationEvidence[] },
  spoken: { asked: boolean; apart: boolean },
  /** how many organizations bear the name of the more frequent one, the two included */
  bearers: number,
): { what: 'join' | 'ask' | 'leave'; evidence: OrganizationEvidence[] } {
  const doubts = doubtsOf(a, b, bearers);
  const evidence = [...found.evidence, ...doubts];
  if (spoken.apart || isPartOf(a, b) || isPartOf(b, a)) return { what: 'leave', evidence };
  if (found.zone === 'sure' && doubts.length === 0) return { what: 'join', evidence };
  // in lists of companies a few words in common make many pairs that nobody would call one
  if (found.weight < askFrom) return { what: 'leave', evidence };
  // of a chain with a branch in every town nobody wants to be asked pair by pair; nor about two that another system numbers in two towns
  const numbered = a.externalId !== null && b.externalId !== null && a.externalId !== b.externalId;
  const branches = standsElsewhere(a, b) && (bearers > namesakesMost || numbered);
  return { what: spoken.asked || branches ? 'leave' : 'ask', evidence };
}

/** What keeps two from being joined without asking: what contradicts, and that nothing but the name agrees. */
export function doubtsOf(a: JudgedOrganization, b: JudgedOrganization, bearers = 2): OrganizationEvidence[] {
  const doubts = contradictions(a, b);
  const isChain = bearers > namesakesMost;
  if (levelWord('website', a.domain, b.domain) !== 'equal' && levelWord('phone', a.phone, b.phone) !== 'equal' && !atOneAddress(a, b, isChain))
    doubts.push({ field: 'beside the name', outcome: 'no domain, telephone or address that both have', weight: 0, asks: true });
  return doubts;
}

/** What speaks against being one; that nothing speaks for it does not. */
export function contradictions(a: JudgedOrganization, b: JudgedOrganization): OrganizationEvidence[] {
  const doubts: OrganizationEvidence[] = [];
  const doubt = (field: string, outcome: string): void => void doubts.push({ field, outcome, weight: 0, asks: true });
  if (a.externalId !== null && b.externalId !== null && a.externalId !== b.externalId) doubt('external id', 'two numbers of their own');
  if (!isNamedAlike(a, b)) doubt('name', 'another name, or one that says more: a site, a holding');
  const forms = [a, b].map(({ name }) => legalFormKey(parseOrganizationName(bareName(name))?.legalForm ?? null));
  if (forms[0] !== null && forms[1] !== null && forms[0] !== forms[1]) doubt('legal form', 'two legal forms');
  if (isPartOf(a, b) || isPartOf(b, a)) doubt('parent', 'one belongs to the other');
  else if (a.parent !== null && b.parent !== null && !leadTo(a.parent, b.parent)) doubt('parent', 'they belong to two');
  if (standsElsewhere(a, b)) doubt('site', 'they stand in two places');
  const domain = levelWord('website', a.domain, b.domain);
  if (domain === 'different' || (domain === 'the same name' && !atOneAddress(a, b, false))) doubt('web', 'two domains');
  return doubts;
}

/** a name without the department that wrote it: a purchasing office is no organization of its own, as a plant may be */
const bareName = (name: string): string => name.replace(department, '');
const department =
  /\s+[-–,/]\s+(purchasing|procurement|buying|sales|service|maintenance|engineering|accounting|accounts payable|einkauf|vertrieb|verkauf|instandhaltung|buchhaltung|technik|achats|ventes|compras|ventas|mantenimiento|acquisti|vendite|inkoop|verkoop|manutencao)\b[^-–,/]*$/i;
const keyOf = ({ name, nameKey }: Pick<JudgedOrganization, 'name' | 'nameKey'>): string => (nameKey === '' ? '' : organizationKey(bareName(name)));

/** The same name but for spelling: word by word equal, with one slip or one abbreviation among them all. Where one is known by its domain alone, its domain. */
export function isNamedAlike(a: JudgedOrganization, b: JudgedOrganization): boolean {
  const [one, other] = [keyOf(a), keyOf(b)];
  if (one === '' || other === '') return a.domain !== null && a.domain === b.domain;
  if (asideOf(a.name) !== asideOf(b.name)) return false;
  if (one.replaceAll(' ', '') === other.replaceAll(' ', '')) return true;
  const [mine, theirs] = [one.split(' '), other.split(' ')];
  if (mine.length !== theirs.length) return false;
  const off = mine.flatMap((word, at) => (word === theirs[at] ? [] : at));
  return off.length === 1 && isSpelled(mine[off[0]!]!, theirs[off[0]!]!);
}

/** what a name says in brackets, which its key leaves out: Acme (China) Ltd is not Acme Ltd */
const asideOf = (name: string): string => fold((name.match(/\([^)]*\)/g) ?? []).join(' '));

/** a word of a number is another number, and of three letters another word */
function isSpelled(one: string, other: string): boolean {
  if (/\d/.test(one + other)) return false;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  return (short.length > 3 && isOneSlip(one, other)) || (short.length > 2 && long.length > short.length + 2 && long.startsWith(short));
}

/** the one said that it belongs to the other: two by their own word, unless it says that of itself as well */
function isPartOf(one: JudgedOrganization, other: JudgedOrganization): boolean {
  return one.parent !== null && names(one.parent, other) && !names(one.parent, one);
}
const names = (said: string, { nameKey, domain }: JudgedOrganization): boolean =>
  (nameKey !== '' && organizationKey(said) === nameKey) || (domain !== null && domainOf(said) === domain);
const leadTo = (one: string, other: string): boolean => organizationKey(one) === organizationKey(other) || (domainOf(one) !== undefined && domainOf(one) === domainOf(other));

/** another country, street, postcode or town than the other's; a town has many names (Munich, München), one house in one postcode is in one */
function standsElsewhere(a: JudgedOrganization, b: JudgedOrganization): boolean {
  if (a.country !== null && b.country !== null && a.country !== b.country) return true;
  const street = levelWord('street', a.street, b.street);
  if (street !== undefined && !sameHouse.has(street)) return true;
  const postcode = levelWord('postcode', a.postalCode, b.postalCode);
  return postcode === 'different' || (levelWord('city', a.city, b.city) === 'different' && !(street !== undefined && postcode === 'equal'));
}

/** The same house in the same place. Where no street is known of one, and they are no chain: the same postcode, or of the very same name the same town. */
function atOneAddress(a: JudgedOrganization, b: JudgedOrganization, isChain: boolean): boolean {
  const street = levelWord('street', a.street, b.street);
  if (street === undefined && isChain) return false;
  if (street === undefined) return levelWord('postcode', a.postalCode, b.postalCode) === 'equal' || (keyOf(a) === keyOf(b) && levelWord('city', a.city, b.city) === 'equal');
  return sameHouse.has(street) && (agrees('postcode', a.postalCode, b.postalCode) || agrees('city', a.city, b.city));
}
const sameHouse: ReadonlySet<string> = new Set(['equal', 'alike, the same number']);
function agrees(kind: 'postcode' | 'city', a: string | null, b: string | null): boolean {
  const word = levelWord(kind, a, b);
  return word !== undefined && word !== 'different';
}

function levelWord(kind: Kind, a: string | null, b: string | null): string | undefined {
  const [one, other] = [readValue(kind, a ?? ''), readValue(kind, b ?? '')];
  return one === undefined || other === undefined ? undefined : levelSets[kind].labels[levelOf(kind, one, other)];
}

/**
 * As what they are compared in a table. Not by external id, parent or customer number: these differ for everybody, and are judged above.
 */
export const organizationFields: readonly { label: string; kind: Kind; of(row: JudgedOrganization): string | null }[] = [
  { label: 'name', kind: 'organization', of: ({ name, nameKey }) => (nameKey === '' ? null : name) },
  { label: 'domain', kind: 'website', of: ({ domain }) => domain },
  { label: 'phone', kind: 'phone', of: ({ phone }) => phone },
  { label: 'street', kind: 'street', of: ({ street }) => street },
  { label: 'postcode', kind: 'postcode', of: ({ postalCode }) => postalCode },
  { label: 'city', kind: 'city', of: ({ city }) => city },
  { label: 'country', kind: 'country', of: ({ country }) => country },
];
