import type { Role } from '../../platform/access/index.ts';
import { serve, type Api } from '../../platform/http/index.ts';
import { vouchForPerson } from '../edit-person.ts';
import { readOrganizationOrigins } from './read-organization-origins.ts';
import { readOrigins } from './read-origins.ts';
import { surviveApi } from './survive.contract.ts';
import { changeSurvivorship, loadSurvivorship } from './survivorship.ts';

const seeing: Role[] = ['marketing', 'sales_manager', 'rep', 'management', 'finance'];

export function surviveRoutes(api: Api): void {
  serve(api, surviveApi, 'GET /v1/survivorship', { may: seeing }, ({ cx, scope }) => cx.db.read(scope, async (tx) => ({ rules: await loadSurvivorship(tx) })));
  serve(api, surviveApi, 'PUT /v1/survivorship', { may: ['marketing'] }, ({ cx, scope, body }) =>
    cx.db.write(scope, async (tx) => ({ rules: await changeSurvivorship(tx, cx, body.rules) })),
  );
  serve(api, surviveApi, 'GET /v1/people/:id/origins', { may: seeing }, ({ cx, scope, params }) => cx.db.read(scope, async (tx) => ({ items: await readOrigins(tx, params.id) })));
  serve(api, surviveApi, 'GET /v1/organizations/:id/origins', { may: seeing }, ({ cx, scope, params }) => cx.db.read(scope, (tx) => readOrganizationOrigins(tx, params.id)));
  serve(api, surviveApi, 'POST /v1/people/:id/confirm', { may: ['marketing', 'sales_manager', 'rep'] }, ({ cx, scope, params, body }) =>
    cx.db.write(scope, (tx) => vouchForPerson(tx, cx, params.id, { groups: body.groups, verified: body.confirmed })),
  );
}
