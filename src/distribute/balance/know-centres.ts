import type { Tx } from '../../platform/db/index.ts';
import type { Place } from '../territory.rules.ts';
import type { Position } from './map.rules.ts';
import { listCentres } from './proposal.queries.ts';
import type { CentreRow } from './proposal.queries.ts';
import { partOf } from './unit-areas.rules.ts';
import { unitName } from './units.rules.ts';

/** In which unit a place is whose middle somebody told with a proposal, and where that is; null where nobody did. */
export async function knowCentres(tx: Tx): Promise<(place: Place) => { unit: string; position: Position } | null> {
  const layers = [...Map.groupBy(await listCentres(tx), ({ kind, digits }) => `${kind} ${digits}`).values()].map((rows) => ({
    kind: rows[0]!.kind,
    digits: rows[0]!.digits ?? 1,
    centres: new Map(rows.map((row): [string, CentreRow] => [row.unit.toLowerCase(), row])),
  }));
  return (place) => {
    if (place.country === null) return null;
    for (const { kind, digits, centres } of layers) {
      const part = partOf(place, kind, digits);
      const found = part === null ? undefined : centres.get(unitName(place.country, part).toLowerCase());
      if (found) return { unit: found.unit, position: { lon: found.lon, lat: found.lat } };
    }
    return null;
  };
}
