import type { Role } from '../../platform/access/index.ts';
import { serve } from '../../platform/http/index.ts';
import type { Api } from '../../platform/http/index.ts';
import { readSimulated, readSimulation, readSimulations, stopSimulation } from './read-simulations.ts';
import { startSimulation } from './simulate.ts';
import { simulationApi } from './simulation.contract.ts';

const managers: Role[] = ['marketing', 'sales_manager'];
const readers: Role[] = [...managers, 'management'];

export function simulationRoutes(api: Api): void {
  serve(api, simulationApi, 'GET /v1/routing/simulations', { may: readers }, async ({ cx, scope }) => ({
    items: await cx.db.read(scope, readSimulations),
  }));
  serve(api, simulationApi, 'POST /v1/routing/simulations', { may: managers }, async ({ cx, scope, body }) => ({
    id: await cx.db.write(scope, (tx) => startSimulation(tx, cx, body.rules, body.months)),
  }));
  serve(api, simulationApi, 'GET /v1/routing/simulations/:id', { may: readers }, ({ cx, scope, params }) =>
    cx.db.read(scope, (tx) => readSimulation(tx, cx, params.id)),
  );
  serve(api, simulationApi, 'POST /v1/routing/simulations/:id/stop', { may: managers }, async ({ cx, scope, params }) => ({
    stopping: await cx.db.write(scope, (tx) => stopSimulation(tx, cx, params.id)),
  }));
  serve(api, simulationApi, 'GET /v1/routing/simulations/:id/leads', { may: readers }, ({ cx, scope, params, query }) =>
    cx.db.read(scope, (tx) => readSimulated(tx, cx, params.id, query)),
  );
}
