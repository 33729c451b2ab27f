/** Where each value of an organization came from: who said it, the fullest word first and then the latest, and what others said. */
import { organizationShape } from '../merge.rules.ts';
import { countryName } from '../quality/levels.rules.ts';
import { sight, type SightedFields } from '../sight.rules.ts';
import { organizationGroups, type OrganizationGroup } from './groups.rules.ts';
import type { Verified } from './survive.rules.ts';

/** Columns by their names in the database. */
type Columns = Readonly<Record<string, unknown>>;

export interface OrganizationWhence {
  at: Date;
  inquiryId: string | null;
  receipt: string | null;
  importId: string | null;
  list: string | null;
  /** appended by this provider, in this run */
  runId: string | null;
  provider: string | null;
}
/** What an arrival said of an organization: an inquiry in its own words, a list or a provider by what it put into the columns. */
export interface OrganizationSaid extends OrganizationWhence {
  fields: SightedFields | null;
  values: Columns | null;
}
export interface OrganizationOrigin {
  group: OrganizationGroup;
  value: string;
  verified: { at: string; by: string } | null;
  said: OrganizationWhence | null;
  /** how often it was said, as far as is known */
  times: number;
  others: (OrganizationWhence & { value: string })[];
}

const columnsOf = new Map<string, readonly string[]>([['name', ['name']], ...organizationShape.groups.map(({ name, columns }) => [name, columns] as const)]);

const othersMax = 5;
const known = (value: unknown): value is string | number => value !== null && value !== undefined && value !== '';
const parts = (...of: unknown[]): string | null => of.filter(known).join(', ') || null;
/** a group as people read it; money in hundredths, as it is kept */
function shown(group: OrganizationGroup, values: Columns): string | null {
  if (group === 'address')
    return parts(values['street'], [values['postal_code'], values['city']].filter(known).join(' '), values['state'], known(values['country']) && countryName(String(values['country'])));
  const value = values[columnsOf.get(group)![0]!];
  return known(value) ? String(value) : null;
}
const folded = (value: unknown): string => String(value).trim().toLowerCase();

/** What an inquiry says of the organization, by the columns it would fill. */
function ofInquiry(fields: SightedFields, home: string | null): Columns {
  const { organization, street, postalCode, city, state, country, industry, vertical, employees, annualRevenueMinor } = sight(fields, home);
  return { name: organization?.name, domain: organization?.domain, street, postal_code: postalCode, city, state, country, industry, vertical, employees, annual_revenue_minor: annualRevenueMinor };
}

/**
 * @param row the organization as it is shown
 * @param said the latest first
 * @param madeBy the list that made it: what nobody else is known to have said in full, it said
 * @returns of every group of which something is known, in their order
 */
export function organizationOrigins(
  { row, verified, madeBy }: { row: Columns; verified: Verified | null; madeBy: OrganizationWhence | null },
  said: readonly OrganizationSaid[],
  home: string | null,
): OrganizationOrigin[] {
  const heard = said.map(({ fields, values, ...whence }) => ({ whence, values: values ?? ofInquiry(fields ?? {}, home) }));
  return organizationGroups.flatMap((group): OrganizationOrigin[] => {
    const value = shown(group, row);
    if (value === null) return [];
    const columns = columnsOf.get(group)!;
    const mine: { whence: OrganizationWhence; says: number }[] = [];
    const others = new Map<string, OrganizationOrigin['others'][number]>();
    for (const { whence, values } of heard) {
      const says = columns.filter((column) => known(values[column]));
      if (says.length === 0) continue;
      const text = shown(group, values) ?? '';
      // Half an address agrees with the whole one.
      if (says.every((column) => folded(values[column]) === folded(row[column]))) mine.push({ whence, says: says.length });
      else if (text !== '' && !others.has(folded(text))) others.set(folded(text), { value: text, ...whence });
    }
    const [fullest] = mine.toSorted((a, b) => b.says - a.says);
    const isWhole = fullest?.says === columns.filter((column) => known(row[column])).length;
    return [{ group, value, verified: verified?.[group] ?? null, said: (isWhole ? fullest?.whence : (madeBy ?? fullest?.whence)) ?? null, times: mine.length, others: [...others.values()].slice(0, othersMax) }];
  });
}
