import type { Role } from '../../platform/access/index.ts';
import { serve, type Api } from '../../platform/http/index.ts';
import { qualityApi } from './quality.contract.ts';
import { changeQualitySettings, readQuality, readQualitySettings } from './read-quality.ts';

const seeing: Role[] = ['marketing', 'sales_manager', 'rep', 'management', 'finance'];

export function qualityRoutes(api: Api): void {
  serve(api, qualityApi, 'GET /v1/people/:id/quality', { may: seeing }, ({ cx, scope, params }) => cx.db.read(scope, (tx) => readQuality(tx, cx, params.id)));
  serve(api, qualityApi, 'GET /v1/quality/settings', { may: seeing }, ({ cx, scope }) => cx.db.read(scope, (tx) => readQualitySettings(tx, cx)));
  serve(api, qualityApi, 'PUT /v1/quality/settings', { may: ['marketing'] }, ({ cx, scope, body }) =>
    cx.db.write(scope, (tx) => changeQualitySettings(tx, cx, body)),
  );
}
