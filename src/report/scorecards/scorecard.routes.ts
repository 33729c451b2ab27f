import type { Role } from '../../platform/access/index.ts';
import { serve } from '../../platform/http/index.ts';
import type { Api } from '../../platform/http/index.ts';
import { scorecardsApi } from './scorecard.contract.ts';
import { leadsBehind, makeScorecard, makeScorecards } from './make-scorecards.ts';

const managers: Role[] = ['marketing', 'sales_manager', 'management'];

export function scorecardRoutes(api: Api): void {
  serve(api, scorecardsApi, 'GET /v1/scorecards', { may: managers }, ({ cx, scope, query }) => makeScorecards(cx, scope, query));
  serve(api, scorecardsApi, 'GET /v1/scorecards/:id', { may: [...managers, 'partner', 'rep'] }, ({ cx, scope, params, query }) => makeScorecard(cx, scope, params.id, query.months));
  serve(api, scorecardsApi, 'GET /v1/scorecards/:id/leads', { may: [...managers, 'partner', 'rep'] }, ({ cx, scope, params, query }) => leadsBehind(cx, scope, params.id, query));
}
