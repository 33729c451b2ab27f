import type { Role } from '../../platform/access/index.ts';
import { serve } from '../../platform/http/index.ts';
import type { Api } from '../../platform/http/index.ts';
import { placesApi } from './places.contract.ts';
import { listCounties } from './places.queries.ts';
import { tellPlaces } from './tell-places.ts';
import { whereIs } from './where-is.ts';

const readers: Role[] = ['marketing', 'sales_manager', 'management'];

export function placeRoutes(api: Api): void {
  serve(api, placesApi, 'GET /v1/places', { may: readers }, async ({ cx, scope }) => ({ items: await cx.db.read(scope, (tx) => tellPlaces(tx, cx)) }));
  serve(api, placesApi, 'GET /v1/places/counties', { may: readers }, async ({ cx, scope, query }) => ({ items: await cx.db.read(scope, (tx) => listCounties(tx, query.q, 50)) }));
  serve(api, placesApi, 'GET /v1/places/find', { may: readers }, ({ cx, scope, query }) =>
    cx.db.read(scope, async (tx) => ({ found: (await whereIs(tx, [{ country: query.country, postalCode: query.code }]))[0]! })),
  );
}
