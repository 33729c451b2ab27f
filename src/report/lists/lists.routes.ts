import { serve, type Api } from '../../platform/http/index.ts';
import { majorOf } from '../../platform/values/money.rules.ts';
import { csvOf } from '../sheet.rules.ts';
import { listSheet } from './list-sheet.rules.ts';
import { listsApi } from './lists.contract.ts';
import { askToCount, getList, makeLists } from './make-lists.ts';

const may = ['marketing', 'sales_manager', 'management', 'finance'] as const;

export function listRoutes(api: Api): void {
  serve(api, listsApi, 'GET /v1/lists', { may }, ({ cx, scope }) =>
    cx.db.read(scope, async (tx) => {
      const { countedAt, ...lists } = await makeLists(tx, cx);
      return { ...lists, countedAt: countedAt?.toISOString() ?? null };
    }),
  );
  serve(api, listsApi, 'GET /v1/lists/:id', { may }, ({ cx, scope, params }) =>
    cx.db.read(scope, async (tx) => {
      const { countedAt, ...list } = await getList(tx, cx, params.id);
      return { ...list, countedAt: countedAt?.toISOString() ?? null };
    }),
  );
  serve(api, listsApi, 'GET /v1/lists.csv', { may }, async ({ cx, scope, reply }) => {
    const { items, currency } = await cx.db.read(scope, (tx) => makeLists(tx, cx));
    void reply.header('content-type', 'text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="lists.csv"');
    return csvOf(listSheet(items, currency, (minor) => majorOf({ minor, currency })));
  });
  serve(api, listsApi, 'POST /v1/lists/count', { may: ['marketing', 'sales_manager'] }, ({ cx, scope }) => cx.db.write(scope, (tx) => askToCount(tx, cx)));
}
