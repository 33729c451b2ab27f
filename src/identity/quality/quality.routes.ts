import type { Role } from '../../platform/access/index.ts';
import { serve, type Api } from '../../platform/http/index.ts';
import { boardApi } from './board.contract.ts';
import { cleanUp, readCleanup, undoCleanUp } from './clean-up.ts';
import { cleanupApi } from './cleanup.contract.ts';
import { readBoard, readGroups, startMeasuring } from './read-board.ts';
import { qualityApi } from './quality.contract.ts';
import { changeQualitySettings, readQuality, readQualitySettings } from './read-quality.ts';

const editing: Role[] = ['marketing', 'sales_manager', 'rep'];
const seeing: Role[] = ['marketing', 'sales_manager', 'rep', 'management', 'finance'];

export function qualityRoutes(api: Api): void {
  serve(api, qualityApi, 'GET /v1/people/:id/quality', { may: seeing }, ({ cx, scope, params }) => cx.db.read(scope, (tx) => readQuality(tx, cx, params.id)));
  serve(api, qualityApi, 'GET /v1/quality/settings', { may: seeing }, ({ cx, scope }) => cx.db.read(scope, (tx) => readQualitySettings(tx, cx)));
  serve(api, qualityApi, 'PUT /v1/quality/settings', { may: ['marketing'] }, ({ cx, scope, body }) =>
    cx.db.write(scope, (tx) => changeQualitySettings(tx, cx, body)),
  );
  serve(api, cleanupApi, 'GET /v1/cleanup', { may: editing }, ({ cx, scope, query }) => cx.db.read(scope, (tx) => readCleanup(tx, cx, query)));
  serve(api, cleanupApi, 'POST /v1/cleanup/:id', { may: editing }, ({ cx, scope, params, body }) => cx.db.write(scope, (tx) => cleanUp(tx, cx, params.id, body)));
  serve(api, cleanupApi, 'POST /v1/cleanup/steps/:id/undo', { may: editing }, ({ cx, scope, params }) => cx.db.write(scope, (tx) => undoCleanUp(tx, cx, params.id)));
  serve(api, boardApi, 'GET /v1/quality', { may: seeing }, ({ cx, scope, query }) => cx.db.read(scope, (tx) => readBoard(tx, query.group)));
  serve(api, boardApi, 'GET /v1/quality/groups', { may: seeing }, ({ cx, scope, query }) =>
    cx.db.read(scope, async (tx) => ({ items: await readGroups(tx, query.cut) })),
  );
  serve(api, boardApi, 'POST /v1/quality/measure', { may: ['marketing', 'sales_manager'] }, ({ cx, scope }) => cx.db.write(scope, (tx) => startMeasuring(tx, cx)));
}
