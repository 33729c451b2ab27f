import { compileTerritory, covers, inForceOn, listTerritories } from '../../distribute/index.ts';
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

/** Each active territory's customers, worth, prospects, open leads, calls and potential: a place counts in the first, in order, that covers it. */
export async function makeProfile(tx: Tx, cx: Context, asked: { days: number; potential?: string | undefined }) {
  const potential = asked.potential ?? null;
  if (potential !== null) {
    const fields = await listCustomFields(tx, { subject: 'organization' });
    if (!fields.some(({ key, type, retiredAt }) => key === potential && !retiredAt && (type === 'number' || type === 'money')))
      refuse('invalid', 'report/no-potential', `Organizations have no own field “${potential}” that holds a number or money. Declare it under Settings, or choose another.`);
  }
  const { currency, timeZone } = await findWorkspace(tx);
  const dayOf = (at: Date): string => dateIn(at, timeZone);
  const todayOn = dayOf(cx.clock.now());
  const territories = (await listTerritories(tx))
    .filter((one) => inForceOn(one, todayOn))
    .map((one) => ({ ...one, isWorked: one.holders.some(({ active, weight }) => active && weight > 0) }));
  const norms = await readSetting<CallNorms>(tx, normsSetting, defaultNorms);
  const since = dayOf(new Date(cx.clock.now().getTime() - asked.days * 86_400_000));
  const rules = territories.map(compileTerritory);
  const places = await sumPlaces(tx, since, potential);
  const where = (place: PlaceRow): number => rules.findIndex((one) => covers(one, place));
  const { total, nowhere, territories: profiles } = profileOf(territories, places, where, norms, potential !== null);
  const unplaced = places.reduce((sum, { country, count }) => sum + (country === null ? count : 0), 0);
  return {
    currency,
    norms,
    total,
    nowhere,
    territories: profiles.map(({ territory: { id, name, holders }, classes, figures, index }) => ({
      territoryId: id,
      name,
      holders: holders.filter(({ active }) => active).map(({ holderId, name }) => ({ holderId, name })),
      classes,
      figures,
      index,
      distanceKm: null,
    })),
    notKnown: [
      'Where places lie is not known here, so there is no distance to drive.',
      ...(unplaced > 0 ? [`${unplaced.toLocaleString('en')} customers, prospects and leads have no country: they count only where a territory asks for none.`] : []),
    ],
  };
}
