/**
 * Where each value of an organization came from: who entered it, the list or provider that is known to have written it, else the first inquiry that
 * said it, else the list that brought the organization. Of what nothing is known nothing is told.
 *
 *   employees 120   appended by Register, 90% sure   ·   inquiry 000-042 said 100
 */
import { parseOrganizationName } from '../../platform/values/organization-name.rules.ts';
import { saysTheSame } from '../append/append-fields.rules.ts';
import { giversOf, organizationShape, type Row } from '../merge.rules.ts';
import type { Sighted } from '../sight.rules.ts';
import { organizationGroups, type OrganizationGroup } from './groups.rules.ts';
import { othersMax, placeText } from './origins.rules.ts';
import type { Verified } from './survive.rules.ts';

/** An arrival, or a list. */
export interface Whence {
  at: Date;
  inquiryId: string | null;
  receipt: string | null;
  importId: string | null;
  list: string | null;
}
export interface Receipt {
  runId: string;
  provider: string;
  at: Date;
  confidence: number;
  priceMinor: number;
  currency: string;
  asOf: string | null;
}
/** What was said of an organization, by columns. */
export interface Said {
  from: Whence | null;
  appended: Receipt | null;
  /** it is known to have written this */
  isWritten: boolean;
  cells: Readonly<Record<string, unknown>>;
}
export interface OrganizationOrigin {
  group: OrganizationGroup;
  /** employees as digits, annual sales as digits of minor units */
  value: string;
  verified: Verified[string] | null;
  said: Whence | null;
  appended: Receipt | null;
  /** the name of the joined record whose word it is */
  joined: string | null;
  others: ({ value: string } & Whence)[];
}

const columnsOf = new Map<string, readonly string[]>([['name', ['name']], ...organizationShape.groups.map(({ name, columns }) => [name, columns] as const)]);
const known = (value: unknown): boolean => value !== null && value !== undefined && value !== '';
const stated = (group: OrganizationGroup, cells: Said['cells']): string[] => columnsOf.get(group)!.filter((column) => known(cells[column]));
const text = (value: unknown): string | null => (known(value) ? String(value) : null);

function shownOf(group: OrganizationGroup, cells: Said['cells']): string | null {
  if (group !== 'address') return text(cells[columnsOf.get(group)![0]!]);
  const of = (column: string): string | null => text(cells[column]);
  return placeText({ street: of('street'), postalCode: of('postal_code'), city: of('city'), state: of('state'), country: of('country') });
}

/** Of what both say nothing is another; half of an address agrees with the whole. */
function agrees(group: OrganizationGroup, cells: Said['cells'], value: Said['cells']): boolean {
  if (group === 'name') return nameKey(cells['name']) === nameKey(value['name']);
  const both = stated(group, cells).filter((column) => known(value[column]));
  return both.length > 0 && both.every((column) => saysTheSame(cells[column], value[column]));
}
const nameKey = (name: unknown): string => parseOrganizationName(text(name))?.key || (text(name) ?? '').toLowerCase();

/** What an arrival says of the organization it is from. */
export const cellsOf = (of: Sighted): Said['cells'] =>
  of.organization === null
    ? {}
    : {
        name: of.organization.name,
        domain: of.organization.domain,
        street: of.street,
        postal_code: of.postalCode,
        city: of.city,
        state: of.state,
        country: of.country,
        industry: of.industry,
        vertical: of.vertical,
        employees: of.employees,
        annual_revenue_minor: of.annualRevenueMinor,
      };

/**
 * @param of the rows' own words; `broughtBy`: by id of a row, the list that made it; `named`: who entered the name
 * @param said in the order of time
 */
export function organizationOrigins(of: { own: Row; others: readonly Row[]; broughtBy: ReadonlyMap<string, Whence>; named: Verified[string] | null }, said: readonly Said[]): OrganizationOrigin[] {
  const givers = giversOf(of.own, of.others, organizationShape, {});
  return organizationGroups.flatMap((group): OrganizationOrigin[] => {
    const giver = group === 'name' ? of.own : givers.get(group);
    const value = giver && shownOf(group, giver);
    if (!giver || !value) return [];
    const heard = said.filter(({ cells }) => stated(group, cells).length > 0);
    const brought = of.broughtBy.get(giver.id) ?? null;
    const agreeing = heard.filter(({ cells }) => agrees(group, cells, giver));
    // Who says only part of what a list may have brought whole does not take its place.
    const best = firstOf(group, giver, brought === null ? agreeing : agreeing.filter((one) => one.isWritten || saysAll(group, giver, one)));
    const verified = group === 'name' ? of.named : ((giver['verified'] as Verified | null | undefined)?.[group] ?? null);
    const from = best ? best.from : brought;
    if (!verified && !from && !best) return [];
    const others = new Map<string, OrganizationOrigin['others'][number]>();
    for (const one of heard.toReversed()) {
      const other = shownOf(group, one.cells);
      if (one.from && other && !agrees(group, one.cells, giver) && !others.has(other.toLowerCase())) others.set(other.toLowerCase(), { value: other, ...one.from });
    }
    return [{ group, value, verified, said: from, appended: best?.appended ?? null, joined: giver.id === of.own.id ? null : text(giver['name']), others: [...others.values()].slice(0, othersMax) }];
  });
}

/** how many columns of the value this one says, too */
const sharedBy = (group: OrganizationGroup, giver: Row, { cells }: Said): number => stated(group, cells).filter((column) => known(giver[column])).length;
const saysAll = (group: OrganizationGroup, giver: Row, one: Said): boolean => sharedBy(group, giver, one) === stated(group, giver).length;

/** Whoever says most of it; of those whoever is known to have written it last, else whoever said it first. */
function firstOf(group: OrganizationGroup, giver: Row, agreeing: readonly Said[]): Said | undefined {
  const most = Math.max(0, ...agreeing.map((one) => sharedBy(group, giver, one)));
  const full = agreeing.filter((one) => sharedBy(group, giver, one) === most);
  return full.findLast(({ isWritten }) => isWritten) ?? full[0];
}
