import type { Role } from '../../platform/access/index.ts';
import { serve, type Api } from '../../platform/http/index.ts';
import { evenOutApi } from './even-out.contract.ts';
import { seeEven, startEven } from './even-out.ts';

const managers: Role[] = ['marketing', 'sales_manager'];

export function evenOutRoutes(api: Api): void {
  serve(api, evenOutApi, 'GET /v1/even-out', { may: managers }, ({ cx, scope, query }) => cx.db.read(scope, (tx) => seeEven(tx, cx, query)));
  serve(api, evenOutApi, 'POST /v1/even-out', { may: managers }, ({ cx, scope, body }) => cx.db.write(scope, (tx) => startEven(tx, cx, body)));
}
