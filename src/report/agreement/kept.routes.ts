import { serve, type Api } from '../../platform/http/index.ts';
import { keptApi } from './kept.contract.ts';
import { makeKept } from './make-kept.ts';

/** Both sides, and who is measured by it, see the same. */
export function keptRoutes(api: Api): void {
  serve(api, keptApi, 'GET /v1/agreement/kept', { may: ['marketing', 'sales_manager', 'rep', 'management'] }, ({ cx, scope, query }) => makeKept(cx, scope, query.months));
}
