import { readSetting, writeSetting } from '../../platform/access/index.ts';
import { serve, type Api } from '../../platform/http/index.ts';
import { makeProfile, normsSetting } from './make-profile.ts';
import { profileApi } from './profile.contract.ts';
import { defaultNorms } from './profile.rules.ts';

export function profileRoutes(api: Api): void {
  serve(api, profileApi, 'GET /v1/territories/profile', { may: ['marketing', 'sales_manager', 'management', 'finance'] }, ({ cx, scope, query }) =>
    cx.db.read(scope, (tx) => makeProfile(tx, cx, query)),
  );
  serve(api, profileApi, 'PUT /v1/settings/call-norms', { may: ['marketing', 'sales_manager'] }, ({ cx, scope, body }) =>
    cx.db.write(scope, async (tx) => {
      await writeSetting(tx, cx, normsSetting, body);
      return readSetting(tx, normsSetting, defaultNorms);
    }),
  );
}
