import { readSetting, writeSetting } from '../../platform/access/index.ts';
import type { Role } from '../../platform/access/index.ts';
import { serve } from '../../platform/http/index.ts';
import type { Api } from '../../platform/http/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { dayApi } from './day.contract.ts';
import { fitDecay } from './fit-decay.ts';
import { readMethod } from './read-method.ts';
import { wholeSale } from './terms.rules.ts';

const lookers: Role[] = ['rep', 'sales_manager', 'marketing', 'management'];
const managers: Role[] = ['sales_manager', 'marketing'];

export function dayRoutes(api: Api): void {
  serve(api, dayApi, 'GET /v1/queue/method', { may: lookers }, ({ cx, scope }) => cx.db.read(scope, readMethod));
  serve(api, dayApi, 'POST /v1/queue/method/fit', { may: managers }, async ({ cx, scope }) => {
    await fitDecay(cx, scope);
    return cx.db.read(scope, readMethod);
  });
  serve(api, dayApi, 'GET /v1/settings/margins', { may: lookers }, ({ cx, scope }) =>
    cx.db.read(scope, (tx) => readSetting(tx, 'margins', wholeSale)),
  );
  serve(api, dayApi, 'PUT /v1/settings/margins', { may: managers }, ({ cx, scope, body }) =>
    cx.db.write(scope, async (tx) => {
      await writeSetting(tx, cx, 'margins', body);
      return body;
    }),
  );
  serve(api, dayApi, 'GET /v1/settings/mail-templates', { may: [...lookers, 'partner'] }, ({ cx, scope }) =>
    cx.db.read(scope, (tx) => readSetting(tx, 'mailTemplates', { items: [] })),
  );
  serve(api, dayApi, 'PUT /v1/settings/mail-templates', { may: managers }, ({ cx, scope, body }) =>
    cx.db.write(scope, async (tx) => {
      const [twice] = body.items.filter(({ name }, at) => body.items.findIndex((one) => one.name.toLowerCase() === name.toLowerCase()) < at);
      if (twice) refuse('invalid', 'followup/template-name', `Two templates are called “${twice.name}”. Give one another name.`);
      await writeSetting(tx, cx, 'mailTemplates', body);
      return body;
    }),
  );
}
