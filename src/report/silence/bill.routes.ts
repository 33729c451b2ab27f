import { serve, type Api } from '../../platform/http/index.ts';
import { billApi } from './bill.contract.ts';
import { makeBill } from './make-bill.ts';

export function billRoutes(api: Api): void {
  serve(api, billApi, 'GET /v1/silence-bill', { may: ['marketing', 'sales_manager', 'management', 'rep', 'partner'] }, ({ cx, scope, query }) => makeBill(cx, scope, query));
}
