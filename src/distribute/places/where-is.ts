import type { Tx } from '../../platform/db/index.ts';
import { goesByPlace, type Ruled, type Where } from '../territory.rules.ts';
import { findWhere } from './postcode.store.ts';
import { codesOf } from './where.rules.ts';

interface Addressed {
  country: string | null;
  postalCode: string | null;
}
type Found = Where & { name: string | null; state: string | null };

/** Where each of these lies, as far as the company's lists of postcodes tell: one query for all. */
export async function whereIs(tx: Tx, addresses: readonly Addressed[]): Promise<(Found | null)[]> {
  const places = new Map<string, { n: number; country: string; codes: string[] }>();
  const keyOf = ({ country, postalCode }: Addressed): string => `${country} ${postalCode}`;
  for (const one of addresses)
    if (one.country && one.postalCode && !places.has(keyOf(one))) places.set(keyOf(one), { n: places.size, country: one.country.toUpperCase(), codes: codesOf(one.country, one.postalCode) });
  const found = await findWhere(tx, [...places.values()]);
  return addresses.map((one) => found.get(places.get(keyOf(one))?.n ?? -1) ?? null);
}

/** The same leads, or holders, with where they are where one of the territories asks for it, or a rule for the nearest (`nearest`); nothing is read where none does. */
export async function withWhere<T extends Addressed>(tx: Tx, territories: readonly Ruled[], leads: readonly T[], nearest = false): Promise<(T & { where?: Where | null })[]> {
  const asks = nearest || territories.flatMap((one) => [one, ...(one.under ?? [])]).some(({ rules }) => goesByPlace(rules));
  if (!asks) return [...leads];
  const found = await whereIs(tx, leads);
  return leads.map((lead, at) => ({ ...lead, where: found[at]! }));
}
