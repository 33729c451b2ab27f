/**
 * Which of several values for one field counts. What a person at a screen vouched for stands over everything; then, by the rule the company
 * chose for the field, the most recent valid value, the fullest, or the one known first.
 *
 *   phone   “044 555” (unreadable, 2026)  ·  +41 44 668 18 00 (2024)  ·  +41 44 668 18 01 (2025)   → +41 44 668 18 01, the most recent valid
 */
import { parseEmail } from '../../platform/values/email.rules.ts';
import { cityKey, postcodeKey, streetKey } from '../../platform/values/postal-address.rules.ts';
import type { PersonGroup, SurvivalRule, Survivorship } from './groups.rules.ts';

export const standardSurvivorship: Survivorship = {
  // A name changes seldom, and is mistyped often.
  name: 'fullest',
  title: 'latest',
  email: 'latest',
  phone: 'latest',
  mobile: 'latest',
  // Who writes for several companies, or mistypes one, has not moved: their leads and their hands go by it.
  organization: 'first',
  address: 'latest',
  language: 'latest',
};
export const survivorshipSetting = 'identity.survivorship';

/** Who vouched for a group of fields, and when. */
export type Verified = Record<string, { at: string; by: string }>;

/** Who vouches for what, after somebody does for this group or (null) nobody does any more; null where nobody does for any. */
export function vouch(before: Verified | null | undefined, group: string, by: Verified[string] | null): Verified | null {
  const { [group]: _, ...others } = before ?? {};
  const after = by === null ? others : { ...others, [group]: by };
  return Object.keys(after).length > 0 ? after : null;
}

type Row = Record<string, unknown>;
export interface Group {
  name: string;
  columns: readonly string[];
  /** when it was said, where later than the row was first seen */
  at?: string;
  /** the rule where the company has no say */
  rule?: SurvivalRule;
}

/** The row whose word counts for a group; undefined where none says anything. `rows` in the order of precedence where all else is equal. */
export function giverOf<R extends Row>(rows: readonly R[], group: Group, rule: SurvivalRule): R | undefined {
  let best: R | undefined;
  let bestRank: readonly (number | string)[] = [];
  for (const row of rows) {
    const vouched = (row['verified'] as Verified | null | undefined)?.[group.name];
    if (!says(row, group)) continue;
    const said = text(group.at && row[group.at]) || text(row['first_seen_at']);
    const rank = [vouched ? 1 : 0, vouched?.at ?? '', isValid(row, group) ? 1 : 0, rule === 'latest' ? instant(said) : rule === 'fullest' ? fullness(row, group) : 0];
    if (best === undefined || isAbove(rank, bestRank)) [best, bestRank] = [row, rank];
  }
  return best;
}

function isAbove(a: readonly (number | string)[], b: readonly (number | string)[]): boolean {
  const at = a.findIndex((value, n) => value !== b[n]);
  return at >= 0 && a[at]! > b[at]!;
}

export function says(row: Row, group: Group): boolean {
  if (group.name === 'name' && row['name_is_junk'] === true) return false;
  return group.columns.some((column) => column !== 'name_is_junk' && row[column] !== null && row[column] !== undefined);
}

/** A number that cannot be dialled gives way to one that can. */
const isValid = (row: Row, { name }: Group): boolean => name !== 'phone' || (row['phone_e164'] ?? null) !== null;
const fullness = (row: Row, { columns }: Group): number =>
  columns.reduce((sum, column) => sum + (typeof row[column] === 'string' ? (isInitial(row[column]) ? 0.5 : 1) : (row[column] ?? null) !== null && typeof row[column] !== 'boolean' ? 1 : 0), 0);
const isInitial = (value: string): boolean => value.replace('.', '').trim().length === 1;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const instant = (value: string): number => Date.parse(value) || 0;

type Values = Record<string, string | null>;

/** Whether an arrival's word for a group is another than what is known, and good enough to take its place. */
export function replaces(group: PersonGroup, known: Values, seen: Values): boolean {
  switch (group) {
    case 'name':
      return Boolean(seen['givenName'] && seen['familyName'] && !isInitial(seen['givenName'])) && (seen['givenName'] !== known['givenName'] || seen['familyName'] !== known['familyName']);
    case 'email': {
      if (seen['email'] === null || seen['emailKey'] === known['emailKey']) return false;
      const [now, before] = [parseEmail(seen['email']), parseEmail(known['email'])];
      // A private or shared address does not take the place of somebody's own at work.
      return now !== undefined && (before === undefined || (!(now.role && !before.role) && !(now.free && !before.free) && !(now.disposable && !before.disposable)));
    }
    case 'phone':
      return seen['phoneE164'] !== null && seen['phoneE164'] !== known['phoneE164'];
    case 'mobile':
      return seen['mobileE164'] !== null && seen['mobileE164'] !== known['mobileE164'];
    case 'address': {
      const parts = ['street', 'postalCode', 'city', 'state', 'country'];
      const count = (of: Values): number => parts.filter((part) => of[part] !== null).length;
      if ((seen['city'] === null && seen['postalCode'] === null) || count(seen) < count(known)) return false;
      const same = streetKey(seen['street']) === streetKey(known['street']) && cityKey(seen['city']) === cityKey(known['city'])
        && postcodeKey(seen['postalCode'], seen['country']) === postcodeKey(known['postalCode'], known['country']) && seen['country'] === known['country'];
      return !same;
    }
    case 'title':
    case 'language':
      return seen[group] !== null && seen[group]!.trim().toLowerCase() !== known[group]?.trim().toLowerCase();
    case 'organization':
      return seen['organizationId'] !== null && seen['organizationId'] !== known['organizationId'];
  }
}

/** An instant as PostgreSQL writes it into JSON in UTC, so that what was written and what stands can be compared. */
export const jsonInstant = (at: Date): string => `${at.toISOString().slice(0, 23).replace(/\.?0+$/, '')}+00:00`;
