import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { countCodesOfLeads, countPostcodes } from './places.queries.ts';
import { whereIs } from './where-is.ts';

const yearMs = 365 * 86_400_000;

/** By country, what is known of its postcodes, and of the leads of the last year how many there are and how many lie in one that is known; most leads first. */
export async function tellPlaces(tx: Tx, cx: Context) {
  const known = await countPostcodes(tx);
  const leads = await countCodesOfLeads(tx, new Date(cx.clock.now().getTime() - yearMs));
  const where = await whereIs(tx, leads);
  const rows = new Map(known.map((one) => [one.country, { ...one, leads: 0, placed: 0 }]));
  for (const [at, one] of leads.entries()) {
    const row = rows.get(one.country) ?? { country: one.country, codes: 0, withCounty: 0, leads: 0, placed: 0 };
    rows.set(one.country, row);
    row.leads += one.leads;
    if (where[at]) row.placed += one.leads;
  }
  return [...rows.values()].toSorted((a, b) => b.leads - a.leads || (a.country < b.country ? -1 : 1));
}
