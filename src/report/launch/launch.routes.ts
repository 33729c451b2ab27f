import { serve, type Api } from '../../platform/http/index.ts';
import { launchApi } from './launch.contract.ts';
import { makeLaunchCheck } from './make-launch-check.ts';

export function launchRoutes(api: Api): void {
  serve(api, launchApi, 'GET /v1/programs/:id/launch-check', { may: ['marketing', 'sales_manager', 'management'] }, ({ cx, scope, params, query }) =>
    makeLaunchCheck(cx, scope, params.id, query),
  );
}
