import { serve, type Api } from '../../platform/http/index.ts';
import { proposeTerritories } from './propose-territories.ts';
import { proposeApi } from './propose.contract.ts';

export function proposeRoutes(api: Api): void {
  // Two tables travel in it.
  serve(api, proposeApi, 'POST /v1/territories/proposals', { may: ['marketing', 'sales_manager'], bodyLimit: 8_388_608 }, async ({ cx, scope, body }) => ({
    id: await cx.db.write(scope, (tx) => proposeTerritories(tx, cx, body)),
  }));
}
