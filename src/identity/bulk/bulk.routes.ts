import type { Role } from '../../platform/access/index.ts';
import { serve, type Api } from '../../platform/http/index.ts';
import { bulkApi } from './bulk.contract.ts';
import { listRuns, peopleWork, previewBulk, startBulk } from './edit-many.ts';

const keeping: Role[] = ['marketing', 'sales_manager'];

export function bulkRoutes(api: Api): void {
  serve(api, bulkApi, 'GET /v1/bulk', { may: keeping }, ({ cx, scope }) => cx.db.read(scope, async (tx) => ({ items: await listRuns(tx) })));
  serve(api, bulkApi, 'POST /v1/bulk/preview', { may: keeping }, ({ cx, scope, body }) => cx.db.read(scope, (tx) => previewBulk(tx, cx, body)));
  serve(api, bulkApi, 'POST /v1/bulk', { may: keeping }, ({ cx, scope, body }) => cx.db.write(scope, (tx) => startBulk(tx, cx, body)));
  serve(api, bulkApi, 'GET /v1/bulk/:id', { may: keeping }, ({ cx, scope, params }) => cx.db.read(scope, (tx) => peopleWork.read(tx, params.id)));
  serve(api, bulkApi, 'POST /v1/bulk/:id/cancel', { may: keeping }, ({ cx, scope, params }) =>
    cx.db.write(scope, async (tx) => {
      await peopleWork.cancel(tx, cx, params.id);
      return { id: params.id };
    }),
  );
  serve(api, bulkApi, 'POST /v1/bulk/:id/undo', { may: keeping }, ({ cx, scope, params, body }) => cx.db.write(scope, (tx) => peopleWork.undo(tx, cx, params.id, body?.changedSince)));
}
