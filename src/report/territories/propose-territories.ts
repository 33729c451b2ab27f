import type { z } from 'zod';
import { loadRelationships, propose } from '../../distribute/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { loadPlaces } from './make-profile.ts';
import { listActiveHolders, listKnownToHolders } from './profile.queries.ts';
import { addPlace } from './profile.rules.ts';
import type { Figures } from './profile.rules.ts';
import type { proposeApi } from './propose.contract.ts';

/** Organizations and people somebody works with, as routing tells it: their next lead goes there before territories are asked. */
async function listWorkedWith(tx: Tx): Promise<string[]> {
  const known = await listKnownToHolders(tx);
  const ids = (organizations: boolean): string[] => known.flatMap(({ id, isOrganization }) => (isOrganization === organizations ? [id] : []));
  const [active, relationships] = [new Set(await listActiveHolders(tx)), await loadRelationships(tx, ids(true), ids(false))];
  return [...relationships].flatMap(([id, holderId]) => (active.has(holderId) ? [id] : []));
}

/** Everybody counted by place as the profile counts them, and handed to distribute, which may not see invoices. */
export async function proposeTerritories(tx: Tx, cx: Context, asked: z.infer<(typeof proposeApi)['POST /v1/territories/proposals']['body']>): Promise<string> {
  const { places, norms } = await loadPlaces(tx, cx, asked, await listWorkedWith(tx));
  const counted = places.map((place) => {
    const figures: Figures = { customers: 0, worthMinor: 0, prospects: 0, openLeads: 0, calls: 0, potential: 0 };
    addPlace(figures, place, norms);
    const { country, state, postalCode, vertical, employees, annualRevenueMinor, product, where = null, organizationId, count, worked } = place;
    return { country, state, postalCode, vertical, employees, annualRevenueMinor, product, where, organizationId, records: count, hasBest: place.class === 'A', worked, figures: { ...figures, potential: figures.potential ?? 0 } };
  });
  const { territories = null, kind = null, digits = null, effectiveOn = null, potential = null, centres = null, borders = null, ...wish } = asked;
  return propose(tx, cx, { ...wish, territories, kind, digits, effectiveOn, potential, centres, borders }, counted);
}
