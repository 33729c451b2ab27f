import type { Role } from '../../platform/access/index.ts';
import { serve, type Api } from '../../platform/http/index.ts';
import { boardApi } from './board.contract.ts';
import { readBoard, readGroups, startMeasuring } from './read-board.ts';
import { qualityApi } from './quality.contract.ts';
import { changeQualitySettings, readQuality, readQualitySettings } from './read-quality.ts';

const seeing: Role[] = ['marketing', 'sales_manager', 'rep', 'management', 'finance'];

export function qualityRoutes(api: Api): void {
  serve(api, qualityApi, 'GET /v1/people/:id/quality', { may: seeing }, ({ cx, scope, params }) => cx.db.read(scope, (tx) => readQuality(tx, cx, params.id)));
  serve(api, qualityApi, 'GET /v1/quality/settings', { may: seeing }, ({ cx, scope }) => cx.db.read(scope, (tx) => readQualitySettings(tx, cx)));
  serve(api, qualityApi, 'PUT /v1/quality/settings', { may: ['marketing'] }, ({ cx, scope, body }) =>
    cx.db.write(scope, (tx) => changeQualitySettings(tx, cx, body)),
  );
  serve(api, boardApi, 'GET /v1/quality', { may: seeing }, ({ cx, scope, query }) => cx.db.read(scope, (tx) => readBoard(tx, query.group)));
  serve(api, boardApi, 'GET /v1/quality/groups', { may: seeing }, ({ cx, scope, query }) =>
    cx.db.read(scope, async (tx) => ({ items: await readGroups(tx, query.cut) })),
  );
  serve(api, boardApi, 'POST /v1/quality/measure', { may: ['marketing', 'sales_manager'] }, ({ cx, scope }) => cx.db.write(scope, (tx) => startMeasuring(tx, cx)));
}
