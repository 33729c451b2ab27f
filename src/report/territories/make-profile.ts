import { compileTerritory, covering, inDealingOrder, inForceOn, knowCentres, listTerritories, tourKm, withWhere } from '../../distribute/index.ts';
import { readSetting } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { listCustomFields } from '../../platform/fields/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { dateIn } from '../../platform/values/period.rules.ts';
import { findWorkspace } from '../workspace.queries.ts';
import { sumPlaces } from './profile.queries.ts';
import type { PlaceRow } from './profile.queries.ts';
import { defaultNorms, profileOf } from './profile.rules.ts';
import type { CallNorms } from './profile.rules.ts';

export const normsSetting = 'call-norms';

export interface PlacesAsked {
  days: number;
  potential?: string | null | undefined;
}

/** Everybody by place and class, and by what norms calls are counted; of `workedWith` (ids) it is counted where they are. */
export async function loadPlaces(tx: Tx, cx: Context, asked: PlacesAsked, workedWith: readonly string[] = []): Promise<{ currency: string; todayOn: string; norms: CallNorms; places: PlaceRow[] }> {
  const potential = asked.potential ?? null;
  if (potential !== null) {
    const fields = await listCustomFields(tx, { subject: 'organization' });
    if (!fields.some(({ key, type, retiredAt }) => key === potential && !retiredAt && (type === 'number' || type === 'money')))
      refuse('invalid', 'report/no-potential', `Organizations have no own field “${potential}” that holds a number or money. Declare it under Settings, or choose another.`);
  }
  const { currency, timeZone } = await findWorkspace(tx);
  const dayOf = (at: Date): string => dateIn(at, timeZone);
  const now = cx.clock.now();
  const norms = await readSetting<CallNorms>(tx, normsSetting, defaultNorms);
  const since = dayOf(new Date(now.getTime() - asked.days * 86_400_000));
  const territories = await listTerritories(tx);
  return { currency, todayOn: dayOf(now), norms, places: await withWhere(tx, territories, await sumPlaces(tx, since, potential, workedWith, territories.map(({ rules }) => rules))) };
}

/** Each active territory's customers, worth, prospects, open leads, calls and potential: a place counts in the first, in order, that covers it. */
export async function makeProfile(tx: Tx, cx: Context, asked: PlacesAsked) {
  const { currency, todayOn, norms, places } = await loadPlaces(tx, cx, asked);
  const territories = inDealingOrder((await listTerritories(tx)).filter((one) => inForceOn(one, todayOn)))
    .map((one) => ({ ...one, isWorked: one.holders.some(({ active, weight }) => active && weight > 0) }));
  const rules = territories.map(compileTerritory);
  const territoryOf = new Map(places.map((place) => [place, rules.indexOf(covering(rules, place)[0]!)]));
  const where = (place: PlaceRow): number => territoryOf.get(place) ?? -1;
  const driven = await driveBy(tx, places, where);
  const { total, nowhere, territories: profiles } = profileOf(territories, places, where, norms, Boolean(asked.potential));
  const unplaced = places.reduce((sum, { country, count }) => sum + (country === null ? count : 0), 0);
  return {
    currency,
    norms,
    total,
    nowhere,
    territories: profiles.map(({ territory: { id, name, holders }, classes, figures, index }, at) => ({
      territoryId: id,
      name,
      holders: holders.filter(({ active }) => active).map(({ holderId, name }) => ({ holderId, name })),
      classes,
      figures,
      index,
      distanceKm: driven.km(at),
    })),
    notKnown: [
      ...driven.notKnown,
      ...(unplaced > 0 ? [`${unplaced.toLocaleString('en')} customers, prospects and leads have no country: they count only where a territory asks for none.`] : []),
    ],
  };
}

/** By territory, the round trip through the units where somebody is, as far as a proposal told where they lie. */
async function driveBy(tx: Tx, places: readonly PlaceRow[], where: (place: PlaceRow) => number): Promise<{ km(territory: number): number | null; notKnown: string[] }> {
  const find = await knowCentres(tx);
  const stops = new Map<number, Map<string, { lon: number; lat: number }>>();
  let unknown = 0;
  for (const place of places) {
    const at = where(place);
    if (at < 0) continue;
    const found = find(place);
    if (!found) {
      unknown += place.count;
      continue;
    }
    const own = stops.get(at) ?? new Map<string, { lon: number; lat: number }>();
    stops.set(at, own.set(found.unit, found.position));
  }
  return {
    km: (territory) => tourKm([...(stops.get(territory)?.values() ?? [])]),
    notKnown:
      stops.size === 0
        ? ['Where places lie is not known here, so there is no distance to drive. Give a table of centres with a proposal to balance.']
        : unknown > 0
          ? [`${unknown.toLocaleString('en')} customers, prospects and leads are where no proposal told the middle of their area: they are not on the way in the distance to drive.`]
          : [],
  };
}
