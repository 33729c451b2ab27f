/** The row of a person while a batch is decided: made from the first sighting, filled by the later ones, never overwritten. */
import { parseEmail } from '../platform/values/email.rules.ts';
import { parsePersonName } from '../platform/values/person-name.rules.ts';
import { cityKey, postcodeKey, streetKey } from '../platform/values/postal-address.rules.ts';
import type { Profile } from './compare.rules.ts';
import type { Candidate } from './resolve.rules.ts';
import type { Sighted } from './sight.rules.ts';

export interface KnownPerson {
  id: string;
  /** ids under which sightings know the person: its own and those merged into it */
  sightedAs: string[];
  externalId: string | null;
  givenName: string | null;
  familyName: string | null;
  fullName: string | null;
  title: string | null;
  email: string | null;
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

export interface PersonDraft extends Candidate {
  values: PersonValues;
  nameIsJunk: boolean;
  doNotContact: boolean;
  unsubscribed: boolean;
  sightings: number;
  firstSeenAt: Date;
  lastSeenAt: Date;
  importId: string | null;
  /** filled by this batch; only for people known before */
  filled: Partial<PersonValues>;
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
const together: PersonField[][] = [
  ['email', 'emailKey'],
  ['phone', 'phoneE164'],
  ['street', 'postalCode', 'city', 'state', 'country'],
];
const single: PersonField[] = ['externalId', 'title', 'mobileE164', 'organizationId', 'language'];

/** What of `seen` is new to `known`: only where nothing was known. An initial or a junk name gives way to a real one. */
export function fillsOf(known: PersonValues, knownJunk: boolean, seen: PersonValues, seenJunk: boolean): Partial<PersonValues> {
  const filled: Partial<PersonValues> = {};
  const take = (field: PersonField): void => {
    if (seen[field] !== null && known[field] === null) filled[field] = seen[field];
  };
  for (const field of single) take(field);
  for (const group of together) {
    const conflict = group.some((field) => known[field] !== null && seen[field] !== null && known[field] !== seen[field]);
    const isPlace = group.includes('city');
    if (!conflict || (isPlace && group.every((field) => field === 'country' || known[field] === null))) group.forEach(take);
  }
  if (knownJunk && !seenJunk && seen.fullName !== null) {
    filled.givenName = seen.givenName;
    filled.familyName = seen.familyName;
    filled.fullName = seen.fullName;
  } else if (!seenJunk) {
    const given =
      known.givenName === null || (known.givenName.replace('.', '').length === 1 && (seen.givenName?.replace('.', '').length ?? 0) > 1)
        ? seen.givenName
        : null;
    const family = known.familyName === null ? seen.familyName : null;
    if (given !== null && given !== known.givenName) filled.givenName = given;
    if (family !== null) filled.familyName = family;
    if (filled.givenName !== undefined || filled.familyName !== undefined) {
      filled.fullName = [filled.givenName ?? known.givenName, filled.familyName ?? known.familyName].filter(Boolean).join(' ');
    }
  }
  return filled;
}

/** A person whose batch is saved, as one known before to the next. */
export const asKnown = (of: PersonDraft): PersonDraft => ({ ...of, isNew: false, values: { ...of.values }, ...unseen(), filled: {} });
const unseen = (): Pick<PersonDraft, 'sightings' | 'firstSeenAt' | 'lastSeenAt' | 'importId'> => ({ sightings: 0, firstSeenAt: new Date(8.64e15), lastSeenAt: new Date(0), importId: null });

export function knownDraft(row: KnownPerson): PersonDraft {
  const name = row.nameIsJunk ? undefined : parsePersonName({ given: row.givenName, family: row.familyName, full: row.fullName });
  const mail = parseEmail(row.email);
  const profile: Profile = {
    externalId: row.externalId,
    mail: mail ? { key: mail.key, role: mail.role, free: mail.free } : null,
    phones: [...new Set([row.phoneE164, row.mobileE164].filter((phone) => phone !== null))],
    givenKey: name?.givenKey ?? '',
    familyKey: name?.familyKey ?? '',
    organizationId: row.organizationId,
    organizationKey: row.organizationKey ?? '',
    domain: row.organizationDomain,
    streetKey: streetKey(row.street),
    postcode: postcodeKey(row.postalCode, row.country) ?? null,
    cityKey: cityKey(row.city),
    country: row.country,
  };
  return {
    id: row.id,
    isNew: false,
    profile,
    values: {
      externalId: row.externalId,
      givenName: row.givenName,
      familyName: row.familyName,
      fullName: row.fullName,
      title: row.title,
      email: row.email,
      emailKey: mail?.key ?? null,
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
    },
    nameIsJunk: row.nameIsJunk,
    doNotContact: row.doNotContact,
    unsubscribed: row.unsubscribed,
    ...unseen(),
    filled: {},
  };
}
