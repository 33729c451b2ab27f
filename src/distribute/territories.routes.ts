import { serve } from '../platform/http/index.ts';
import type { Api } from '../platform/http/index.ts';
import type { Role } from '../platform/access/index.ts';
import { dateIn } from '../platform/values/period.rules.ts';
import { changeTerritory, dropTerritory, reorderTerritories } from './change-territory.ts';
import { coverageOf } from './coverage.rules.ts';
import { withWhere } from './places/where-is.ts';
import { territoriesApi } from './territories.contract.ts';
import { countPlaces, findTimeZone, listTerritories } from './territories.queries.ts';

const managers: Role[] = ['marketing', 'sales_manager'];
const readers: Role[] = [...managers, 'rep', 'management', 'finance'];

export function territoryRoutes(api: Api): void {
  serve(api, territoriesApi, 'GET /v1/territories', { may: readers }, async ({ cx, scope }) => ({
    items: await cx.db.read(scope, listTerritories),
  }));
  serve(api, territoriesApi, 'POST /v1/territories', { may: managers }, ({ cx, scope, body }) =>
    cx.db.write(scope, (tx) => changeTerritory(tx, cx, null, body)),
  );
  serve(api, territoriesApi, 'PATCH /v1/territories/:id', { may: managers }, ({ cx, scope, params, body }) =>
    cx.db.write(scope, (tx) => changeTerritory(tx, cx, params.id, body)),
  );
  serve(api, territoriesApi, 'DELETE /v1/territories/:id', { may: managers }, async ({ cx, scope, params }) => {
    await cx.db.write(scope, (tx) => dropTerritory(tx, cx, params.id));
    return { removed: true };
  });
  serve(api, territoriesApi, 'PUT /v1/territories/order', { may: managers }, async ({ cx, scope, body }) => ({
    items: await cx.db.write(scope, (tx) => reorderTerritories(tx, cx, body.ids)),
  }));
  serve(api, territoriesApi, 'GET /v1/territories/coverage', { may: readers }, ({ cx, scope, query }) =>
    cx.db.read(scope, async (tx) => {
      const now = cx.clock.now();
      const since = new Date(now.getTime() - query.days * 86_400_000);
      const territories = await listTerritories(tx);
      const places = await withWhere(tx, territories, await countPlaces(tx, since, territories.map(({ rules }) => rules)));
      return coverageOf(territories, places, dateIn(now, await findTimeZone(tx)));
    }),
  );
}
