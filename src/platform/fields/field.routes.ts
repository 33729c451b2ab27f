import { serve, type Api } from '../http/index.ts';
import type { Role } from '../access/scope.ts';
import { changeField, declareField } from './declare-field.ts';
import { fieldsApi } from './field.contract.ts';
import { listCustomFields } from './index.ts';

const reading: Role[] = ['marketing', 'sales_manager', 'rep', 'management', 'finance'];

export function fieldRoutes(api: Api): void {
  serve(api, fieldsApi, 'GET /v1/fields', { may: reading }, ({ cx, scope, query }) =>
    cx.db.read(scope, async (tx) => ({ items: await listCustomFields(tx, { subject: query.subject, retired: query.retired === 'true' }) })),
  );
  serve(api, fieldsApi, 'POST /v1/fields', { may: ['marketing'] }, ({ cx, scope, body }) =>
    cx.db.write(scope, (tx) => declareField(tx, cx, body)),
  );
  serve(api, fieldsApi, 'PATCH /v1/fields/:id', { may: ['marketing'] }, ({ cx, scope, params, body }) =>
    cx.db.write(scope, (tx) => changeField(tx, cx, params.id, body)),
  );
}
