import type { Role } from '../../platform/access/index.ts';
import { serve } from '../../platform/http/index.ts';
import type { Api } from '../../platform/http/index.ts';
import { changeHolidays, dropHolidays, readCalendar } from './change-holidays.ts';
import { holidaysApi } from './holidays.contract.ts';
import { listHolidays } from './holidays.queries.ts';

const managers: Role[] = ['marketing', 'sales_manager'];

export function holidayRoutes(api: Api): void {
  serve(api, holidaysApi, 'GET /v1/holidays', { may: [...managers, 'management', 'rep'] }, async ({ cx, scope }) => ({
    items: await cx.db.read(scope, listHolidays),
  }));
  serve(api, holidaysApi, 'POST /v1/holidays', { may: managers }, ({ cx, scope, body }) =>
    cx.db.write(scope, (tx) => changeHolidays(tx, cx, null, body)),
  );
  serve(api, holidaysApi, 'PUT /v1/holidays/:id', { may: managers }, ({ cx, scope, params, body }) =>
    cx.db.write(scope, (tx) => changeHolidays(tx, cx, params.id, body)),
  );
  serve(api, holidaysApi, 'DELETE /v1/holidays/:id', { may: managers }, ({ cx, scope, params }) =>
    cx.db.write(scope, async (tx) => {
      await dropHolidays(tx, cx, params.id);
      return { removed: true };
    }),
  );
  serve(api, holidaysApi, 'POST /v1/holidays/read', { may: managers }, async ({ cx, body }) => readCalendar(cx, body.text));
}
