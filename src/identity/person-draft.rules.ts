/** The row of a person while a batch is decided: made from the first sighting, filled by the later ones, never overwritten. */
import { parseEmail } from '../platform/values/email.rules.ts';
import { parsePersonName } from '../platform/values/person-name.rules.ts';
import { cityKey, postcodeKey, streetKey } from '../platform/values/postal-address.rules.ts';
import type { Profile } from './compare.rules.ts';
import type { Candidate } from './resolve.rules.ts';
import type { PersonGroup, Survivorship } from './survive/groups.rules.ts';
import { jsonInstant, replaces, type Verified } from './survive/survive.rules.ts';
import type { Sighted } from './sight.rules.ts';

export interface KnownPerson {
  id: string;
  /** those joined into it by whose keys it was found */
  members: Omit<KnownPerson, 'sightedAs' | 'members'>[];
  /** ids under which sightings know the person: its own and those merged into it */
  sightedAs: string[];
  externalId: string | null;
  givenName: string | null;
  familyName: string | null;
  fullName: string | null;
  title: string | null;
  email: string | null;
  emailKey: string | null;
  phone: string | null;
  phoneE164: string | null;
  mobileE164: string | null;
  organizationId: string | null;
  street: string | null;
  postalCode: string | null;
  city: string | null;
  state: string | null;
  country: string | null;
  language: string | null;
  doNotContact: boolean;
  unsubscribed: boolean;
  nameIsJunk: boolean;
  lastSeenAt: Date;
  /** when groups were said, where later than first seen */
  said: Partial<Record<SaidField, string>> | null;
  verified: Verified | null;
  /** its own word, by column, where others are merged into it */
  own: Record<string, unknown> | null;
  organizationKey: string | null;
  organizationDomain: string | null;
}

export const personFields = [
  'externalId',
  'givenName',
  'familyName',
  'fullName',
  'title',
  'email',
  'emailKey',
  'phone',
  'phoneE164',
  'mobileE164',
  'organizationId',
  'street',
  'postalCode',
  'city',
  'state',
  'country',
  'language',
] as const;
export type PersonField = (typeof personFields)[number];
export type PersonValues = Record<PersonField, string | null>;

/** When what a group says was said. */
export const saidFields = ['nameAt', 'titleAt', 'emailAt', 'phoneAt', 'mobileAt', 'organizationAt', 'addressAt', 'languageAt'] as const;
type SaidField = (typeof saidFields)[number];
export type Fills = Partial<PersonValues> & Partial<Record<SaidField, string>>;

/** What the row says; what was said later than it was first seen has its moment. */
export type KnownValues = PersonValues & Partial<Record<SaidField, string | null>>;

export interface PersonDraft extends Candidate {
  values: KnownValues;
  /** what the row says by itself, where it shows what others merged into it say */
  own: KnownValues | null;
  verified: Verified | null;
  /** the last sign of life, those of this batch included */
  knownUntil: Date;
  nameIsJunk: boolean;
  doNotContact: boolean;
  unsubscribed: boolean;
  sightings: number;
  firstSeenAt: Date;
  lastSeenAt: Date;
  importId: string | null;
  /** filled by this batch; only for people known before */
  filled: Fills;
}

export function valuesOf(of: Sighted, organizationId: string | null): PersonValues {
  return {
    externalId: of.externalId,
    givenName: of.name?.given ?? null,
    familyName: of.name?.family ?? null,
    fullName: of.name?.full ?? null,
    title: of.title ?? of.name?.title ?? null,
    email: of.mail?.address ?? null,
    emailKey: of.mail?.key ?? null,
    phone: of.phoneText,
    phoneE164: of.phone,
    mobileE164: of.mobile,
    organizationId,
    street: of.street,
    postalCode: of.postalCode,
    city: of.city,
    state: of.state,
    country: of.country,
    language: of.language,
  };
}

/** These stand or fall together: half of one address and half of another is neither. */
export const fieldsByGroup: readonly (readonly [PersonGroup, readonly PersonField[]])[] = [
  ['title', ['title']],
  ['email', ['email', 'emailKey']],
  ['phone', ['phone', 'phoneE164']],
  ['mobile', ['mobileE164']],
  ['organization', ['organizationId']],
  ['address', ['street', 'postalCode', 'city', 'state', 'country']],
  ['language', ['language']],
];
const nameFields = ['givenName', 'familyName', 'fullName'] as const;
const groupByField = new Map<string, PersonGroup>([...fieldsByGroup.flatMap(([group, fields]) => fields.map((field) => [field, group] as const)), ...nameFields.map((field) => [field, 'name'] as const)]);

/** The group a field of a person belongs to; an external id is one by itself. */
export const groupOf = (field: string): string => groupByField.get(field) ?? field;

/**
 * What an arrival puts into a known person's row: what was not known is filled, an initial or a junk name gives way to a real one; and where
 * the company's rule for a group is the latest word, an arrival that is the latest `isLatest`, and says it for itself, takes its place.
 * What somebody vouched for stays.
 */
export function fillsOf(
  known: Pick<PersonDraft, 'values' | 'nameIsJunk' | 'verified'>,
  seen: PersonValues,
  seenJunk: boolean,
  how: { isLatest: boolean; at: Date; rules: Survivorship },
): Fills {
  const { values } = known;
  const filled: Fills = {};
  const takesPlace = (group: PersonGroup): boolean => how.isLatest && how.rules[group] === 'latest' && replaces(group, values, seen);
  if (seen.externalId !== null && values.externalId === null) filled.externalId = seen.externalId;
  for (const [group, fields] of fieldsByGroup) {
    if (known.verified?.[group]) continue;
    let anew = false;
    if (takesPlace(group)) {
      for (const field of fields) filled[field] = seen[field];
      anew = true;
    } else {
      const conflict = fields.length > 1 && fields.some((field) => values[field] !== null && seen[field] !== null && values[field] !== seen[field]);
      if (conflict && !(group === 'address' && fields.every((field) => field === 'country' || values[field] === null))) continue;
      for (const field of fields)
        if (seen[field] !== null && values[field] === null) {
          filled[field] = seen[field];
          anew = true;
        }
    }
    if (anew) filled[`${group}At`] = jsonInstant(how.at);
  }
  if (!seenJunk && !known.verified?.['name']) Object.assign(filled, nameOf(known, seen, takesPlace('name'), how.at));
  return filled;
}

function nameOf({ values: known, nameIsJunk }: Pick<PersonDraft, 'values' | 'nameIsJunk'>, seen: PersonValues, takesPlace: boolean, at: Date): Fills {
  const nameAt = jsonInstant(at);
  if ((nameIsJunk && seen.fullName !== null) || takesPlace) return { ...Object.fromEntries(nameFields.map((field) => [field, seen[field]])), nameAt };
  const isInitial = known.givenName?.replace('.', '').length === 1 && (seen.givenName?.replace('.', '').length ?? 0) > 1;
  const given = known.givenName === null || isInitial ? seen.givenName : null;
  const family = known.familyName === null ? seen.familyName : null;
  if ((given === null || given === known.givenName) && family === null) return {};
  return {
    ...(given !== null && given !== known.givenName ? { givenName: given } : {}),
    ...(family !== null ? { familyName: family } : {}),
    fullName: [given ?? known.givenName, family ?? known.familyName].filter(Boolean).join(' '),
    nameAt,
  };
}

/** A person whose batch is saved, as one known before to the next. */
export const asKnown = (of: PersonDraft): PersonDraft => ({ ...of, isNew: false, values: { ...of.values }, own: of.own && { ...of.own }, ...unseen(), filled: {} });
/** These fields of a row as the database has it. */
export const fromColumns = <T>(row: Record<string, unknown>, fields: readonly string[]): T => Object.fromEntries(fields.map((field) => [field, row[columnOf(field)] ?? null])) as T;
/** The column of a field: 'givenName' → 'given_name'. */
export const columnOf = (field: string): string => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const unseen = (): Pick<PersonDraft, 'sightings' | 'firstSeenAt' | 'lastSeenAt' | 'importId'> => ({ sightings: 0, firstSeenAt: new Date(8.64e15), lastSeenAt: new Date(0), importId: null });

type Row = Omit<KnownPerson, 'sightedAs' | 'members'>;
/** What a row says of whom it is, for comparing: names at once, the rest when it is asked for. Most who share a key are strangers by their names. */
class RowProfile implements Profile {
  readonly externalId: string | null;
  readonly phones: readonly string[];
  readonly givenKey: string;
  readonly familyKey: string;
  readonly organizationId: string | null;
  readonly organizationKey: string;
  readonly domain: string | null;
  readonly country: string | null;
  readonly title: string | null;
  called?: Profile['called'];
  further?: Profile['further'];
  readonly #row: Row;
  #mail: Profile['mail'] | undefined;

  constructor(row: Row) {
    const name = row.nameIsJunk ? undefined : parsePersonName({ given: row.givenName, family: row.familyName, full: row.fullName });
    this.externalId = row.externalId;
    this.phones = [...new Set([row.phoneE164, row.mobileE164].filter((phone) => phone !== null))];
    this.givenKey = name?.givenKey ?? '';
    this.familyKey = name?.familyKey ?? '';
    this.organizationId = row.organizationId;
    this.organizationKey = row.organizationKey ?? '';
    this.domain = row.organizationDomain;
    this.country = row.country;
    this.title = row.title;
    this.#row = row;
  }
  get mail(): Profile['mail'] {
    if (this.#mail !== undefined) return this.#mail;
    const mail = parseEmail(this.#row.email);
    return (this.#mail = mail ? { key: mail.key, role: mail.role, free: mail.free } : null);
  }
  get streetKey(): string {
    return streetKey(this.#row.street);
  }
  get postcode(): string | null {
    return postcodeKey(this.#row.postalCode, this.#row.country) ?? null;
  }
  get cityKey(): string {
    return cityKey(this.#row.city);
  }
}

/** The row's own word, where it shows those of others as well. */
const ownRow = (row: KnownPerson): Row => {
  const own = fromColumns<PersonValues & { nameIsJunk: boolean }>(row.own!, [...personFields, 'nameIsJunk']);
  return { ...row, ...own, ...(own.organizationId === row.organizationId ? {} : { organizationKey: null, organizationDomain: null }) };
};

/** What each of those joined into a person says by itself; none where nobody is. */
export const othersOf = (row: KnownPerson): { id: string; profile: Profile }[] =>
  [...row.members, ...(row.own ? [ownRow(row)] : [])].map((one) => ({ id: one.id, profile: new RowProfile(one) }));

export function knownDraft(row: KnownPerson): PersonDraft {
  const others = othersOf(row);
  const profile = new RowProfile(row);
  return {
    id: row.id,
    isNew: false,
    profile,
    ...(others.length > 0 ? { others } : {}),
    values: {
      externalId: row.externalId,
      givenName: row.givenName,
      familyName: row.familyName,
      fullName: row.fullName,
      title: row.title,
      email: row.email,
      emailKey: row.emailKey,
      phone: row.phone,
      phoneE164: row.phoneE164,
      mobileE164: row.mobileE164,
      organizationId: row.organizationId,
      street: row.street,
      postalCode: row.postalCode,
      city: row.city,
      state: row.state,
      country: row.country,
      language: row.language,
      ...row.said,
    },
    own: row.own && fromColumns<KnownValues>(row.own, [...personFields, ...saidFields]),
    verified: row.verified,
    knownUntil: row.lastSeenAt,
    nameIsJunk: row.nameIsJunk,
    doNotContact: row.doNotContact,
    unsubscribed: row.unsubscribed,
    ...unseen(),
    filled: {},
  };
}
