import { writeSetting } from '../../platform/access/index.ts';
import type { Role } from '../../platform/access/index.ts';
import { decodeCursor, paged, serve } from '../../platform/http/index.ts';
import type { Api } from '../../platform/http/index.ts';
import { isUuid } from '../../platform/values/uuid.rules.ts';
import { onceOf } from '../followup.routes.ts';
import { registrationApi } from './registration.contract.ts';
import { countUndecided, listRegistrations } from './registration.queries.ts';
import { decideRegistration, readRegistrations, registerLead, registrationsKey } from './register-leads.ts';

const managers: Role[] = ['marketing', 'sales_manager'];

export function registrationRoutes(api: Api): void {
  const { cx } = api;
  // The database shows a partner its own only.
  serve(api, registrationApi, 'GET /v1/registrations', { may: [...managers, 'management', 'partner'] }, ({ scope, query }) =>
    cx.db.read(scope, async (tx) => {
      const [beforeId] = decodeCursor(query.cursor) ?? [];
      const found = await listRegistrations(tx, { ...query, beforeId: isUuid(beforeId) ? beforeId : undefined }, query.limit + 1);
      return {
        ...paged(
          found,
          query.limit,
          (row) => [row.id],
          (row) => row,
        ),
        undecided: await countUndecided(tx),
        days: (await readRegistrations(tx)).days,
      };
    }),
  );
  serve(api, registrationApi, 'POST /v1/registrations', { may: ['partner'] }, ({ scope, body, request }) =>
    registerLead(cx, scope, body, onceOf(scope, request)),
  );
  serve(api, registrationApi, 'PUT /v1/registrations/:id', { may: ['partner'] }, ({ scope, params, body, request }) =>
    registerLead(cx, scope, body, onceOf(scope, request), params.id),
  );
  serve(api, registrationApi, 'POST /v1/registrations/:id/decide', { may: managers }, ({ scope, params, body }) =>
    decideRegistration(cx, scope, params.id, body),
  );
  serve(api, registrationApi, 'GET /v1/settings/registrations', { may: [...managers, 'management'] }, ({ scope }) =>
    cx.db.read(scope, readRegistrations),
  );
  serve(api, registrationApi, 'PUT /v1/settings/registrations', { may: ['sales_manager'] }, ({ scope, body }) =>
    cx.db.write(scope, async (tx) => {
      await writeSetting(tx, cx, registrationsKey, body);
      return body;
    }),
  );
}
