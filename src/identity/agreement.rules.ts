/** What is kept of what a sighting said, beside what it put into its person: enough to tell the person anew where others are taken back. */
import { groupOf, personFields, type KnownValues, type PersonField, type PersonValues } from './person-draft.rules.ts';

/** Texts of which a bit says that the row stands as it was said; what its keys say is known by them. The order is that of the bits. */
export const keptTexts = ['givenName', 'familyName', 'fullName', 'title', 'email', 'phone', 'street', 'postalCode', 'city', 'state', 'country', 'language'] as const satisfies readonly PersonField[];
export const keyFields = ['externalId', 'emailKey', 'phoneE164', 'mobileE164', 'organizationId'] as const satisfies readonly PersonField[];
export type KeyValues = Pick<PersonValues, (typeof keyFields)[number]>;

const bitOf = new Map<PersonField, number>(keptTexts.map((field, at) => [field, 1 << at]));
const latestBit = 1 << keptTexts.length;
const junkBit = latestBit << 1;
const ownerBit = junkBit << 1;
export const saysIn = (agrees: number, field: (typeof keptTexts)[number]): boolean => (agrees & bitOf.get(field)!) !== 0;
/** It was the latest word, and may take the place of what was known. */
export const wasLatest = (agrees: number): boolean => (agrees & latestBit) !== 0;
/** Its name is none. */
export const wasJunk = (agrees: number): boolean => (agrees & junkBit) !== 0;
/** A row of a list that named its person by external id: its owner's word. */
export const wasOwner = (agrees: number): boolean => (agrees & ownerBit) !== 0;

export interface Agreement {
  /** fifteen bits */
  agrees: number;
  /** what it said that is not what stands; none of an owner's word, which takes its place in a moment */
  otherwise: Partial<PersonValues> | null;
}

/** What an arrival said, against the row as it is after it. */
export function agreement(values: PersonValues, row: KnownValues, how: { isLatest: boolean; junk: boolean; isOwner: boolean }): Agreement {
  let agrees = (how.isLatest ? latestBit : 0) | (how.junk ? junkBit : 0) | (how.isOwner ? ownerBit : 0);
  let otherwise: Agreement['otherwise'] = null;
  for (let at = 0; at < keptTexts.length; at++) {
    const field = keptTexts[at]!;
    const value = values[field];
    if (value === null) continue;
    if (value === row[field]) agrees |= 1 << at;
    else if (!how.isOwner) (otherwise ??= {})[field] = value;
  }
  return { agrees, otherwise };
}

/** What it said of these groups of fields, against what stands now; of the others as it was. Nothing is known of a sighting from before it was kept. */
export function agreedAnew({ agrees, otherwise }: { agrees: number | null; otherwise: Agreement['otherwise'] }, said: Partial<PersonValues>, row: KnownValues, groups: ReadonlySet<string>): { agrees: number | null; otherwise: Agreement['otherwise'] } {
  if (agrees === null) return { agrees, otherwise };
  const values = Object.fromEntries(personFields.map((field) => [field, groups.has(groupOf(field)) ? (said[field] ?? null) : null])) as PersonValues;
  const anew = agreement(values, row, { isLatest: false, junk: false, isOwner: wasOwner(agrees) });
  const bits = keptTexts.reduce((sum, field) => (groups.has(groupOf(field)) ? sum | bitOf.get(field)! : sum), 0);
  const merged = { ...Object.fromEntries(Object.entries(otherwise ?? {}).filter(([field]) => !groups.has(groupOf(field)))), ...anew.otherwise };
  return { agrees: (agrees & ~bits) | anew.agrees, otherwise: Object.keys(merged).length > 0 ? merged : null };
}
