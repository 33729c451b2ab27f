/** Where each value of a person came from: the latest arrival that said it, and what others said. */
import { valuesOf, type PersonValues } from '../person-draft.rules.ts';
import { countryName } from '../quality/levels.rules.ts';
import { sight, type SightedFields } from '../sight.rules.ts';
import { personGroups, type PersonGroup } from './groups.rules.ts';
import type { Verified } from './survive.rules.ts';

export interface SaidBefore {
  inquiryId: string | null;
  receipt: string | null;
  importId: string | null;
  list: string | null;
  seenAt: Date;
  method: string;
  organizationId: string | null;
  organization: string | null;
  fields: SightedFields | null;
  filled: Partial<PersonValues> | null;
}
export interface Origin {
  group: PersonGroup;
  value: string;
  verified: { at: string; by: string } | null;
  said: { at: Date; inquiryId: string | null; receipt: string | null; importId: string | null; list: string | null } | null;
  /** how often it was said, as far as is known */
  times: number;
  others: { value: string; at: Date; inquiryId: string | null; receipt: string | null; importId: string | null; list: string | null }[];
}

export const othersMax = 5;
const parts = (...of: (string | null | undefined)[]): string | null => of.filter(Boolean).join(', ') || null;
type Place = Partial<Record<'street' | 'postalCode' | 'city' | 'state' | 'country', string | null>>;
/** An address in one line, as people write it; null where nothing is known of it. */
export const placeText = ({ street, postalCode, city, state, country }: Place): string | null =>
  parts(street, parts(postalCode, city)?.replace(', ', ' '), state, country && countryName(country));
/** a group as people read it */
const shownOf = (values: Partial<PersonValues>, organization: string | null): Record<PersonGroup, string | null> => ({
  name: values.fullName ?? null,
  title: values.title ?? null,
  email: values.email ?? null,
  phone: values.phone ?? values.phoneE164 ?? null,
  mobile: values.mobileE164 ?? null,
  organization,
  address: placeText(values),
  language: values.language ?? null,
});
/** what two values for a group are compared by */
const sameBy = (group: PersonGroup, values: Partial<PersonValues>, organizationId: string | null, shown: string): string =>
  (group === 'email' ? values.emailKey : group === 'phone' ? values.phoneE164 : group === 'organization' ? organizationId : null) ?? shown.toLowerCase();

/** @param said the latest first. Groups of which nothing is known are left out. */
export function originsOf(shown: { values: PersonValues; organization: string | null; verified: Verified | null }, said: readonly SaidBefore[], home: string | null): Origin[] {
  const heard = said.map((one) => {
    const values: Partial<PersonValues> = one.fields ? valuesOf(sight(one.fields, home), one.organizationId) : (one.filled ?? {});
    return { ...one, values, texts: shownOf(values, one.fields || one.filled?.organizationId ? one.organization : null) };
  });
  const now = shownOf(shown.values, shown.organization);
  return personGroups.flatMap((group): Origin[] => {
    const value = now[group];
    if (value === null) return [];
    const is = sameBy(group, shown.values, shown.values.organizationId, value);
    const mine: typeof heard = [];
    const others = new Map<string, Origin['others'][number]>();
    for (const one of heard) {
      const text = one.texts[group];
      if (text === null) continue;
      const key = sameBy(group, one.values, one.organizationId, text);
      if (key === is) mine.push(one);
      else if (!others.has(key)) others.set(key, { value: text, ...whence(one) });
    }
    // A list says more than is kept of it: who was first heard of by one has their first values from it.
    const [latest] = mine.length > 0 ? mine : heard.filter(({ method, fields }) => method === 'new' && fields === null);
    return [{ group, value, verified: shown.verified?.[group] ?? null, said: latest ? whence(latest) : null, times: mine.length, others: [...others.values()].slice(0, othersMax) }];
  });
}

const whence = ({ seenAt, inquiryId, receipt, importId, list }: SaidBefore) => ({ at: seenAt, inquiryId, receipt, importId, list });
