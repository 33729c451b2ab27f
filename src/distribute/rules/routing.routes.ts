import type { Role } from '../../platform/access/index.ts';
import { serve } from '../../platform/http/index.ts';
import type { Api } from '../../platform/http/index.ts';
import { claimOffer, readOffers } from '../claim-offer.ts';
import { checkRules, draftRules, getVersion, publishRules, readRouting, throwDraftAway } from './change-rules.ts';
import { changeTeam, dropTeam } from './change-teams.ts';
import { routingApi } from './routing.contract.ts';
import { listTeams } from './team.queries.ts';
import { listTurns } from './turns.queries.ts';

const managers: Role[] = ['marketing', 'sales_manager'];
const readers: Role[] = [...managers, 'rep', 'management', 'finance'];
const workers: Role[] = ['rep', 'partner', ...managers];

export function routingRoutes(api: Api): void {
  serve(api, routingApi, 'GET /v1/routing', { may: readers }, ({ cx, scope }) => cx.db.read(scope, (tx) => readRouting(tx, cx)));
  serve(api, routingApi, 'GET /v1/turns', { may: readers }, async ({ cx, scope }) => ({ items: await cx.db.read(scope, listTurns) }));
  serve(api, routingApi, 'GET /v1/routing/versions/:version', { may: readers }, ({ cx, scope, params }) =>
    cx.db.read(scope, (tx) => getVersion(tx, params.version)),
  );
  serve(api, routingApi, 'PUT /v1/routing/draft', { may: managers }, async ({ cx, scope, body }) => ({
    version: await cx.db.write(scope, (tx) => draftRules(tx, cx, body.rules, body.note ?? null)),
  }));
  serve(api, routingApi, 'DELETE /v1/routing/draft', { may: managers }, async ({ cx, scope }) => ({
    dropped: await cx.db.write(scope, throwDraftAway),
  }));
  serve(api, routingApi, 'POST /v1/routing/check', { may: managers }, ({ cx, scope, body }) =>
    cx.db.read(scope, (tx) => checkRules(tx, cx, body.rules)),
  );
  serve(api, routingApi, 'POST /v1/routing/publish', { may: managers }, async ({ cx, scope, body }) => ({
    version: await cx.db.write(scope, (tx) => publishRules(tx, cx, body.note ?? null)),
  }));
  serve(api, routingApi, 'GET /v1/teams', { may: readers }, async ({ cx, scope }) => ({ items: await cx.db.read(scope, listTeams) }));
  serve(api, routingApi, 'POST /v1/teams', { may: managers }, ({ cx, scope, body }) =>
    cx.db.write(scope, (tx) => changeTeam(tx, cx, null, body)),
  );
  serve(api, routingApi, 'PATCH /v1/teams/:id', { may: managers }, ({ cx, scope, params, body }) =>
    cx.db.write(scope, (tx) => changeTeam(tx, cx, params.id, body)),
  );
  serve(api, routingApi, 'DELETE /v1/teams/:id', { may: managers }, async ({ cx, scope, params }) => {
    await cx.db.write(scope, (tx) => dropTeam(tx, cx, params.id));
    return { removed: true };
  });
  serve(api, routingApi, 'GET /v1/offers', { may: workers }, async ({ cx, scope }) => ({ items: await readOffers(cx, scope) }));
  serve(api, routingApi, 'POST /v1/offers/:leadId/claim', { may: workers }, ({ cx, scope, params }) =>
    claimOffer(cx, scope, params.leadId),
  );
}
