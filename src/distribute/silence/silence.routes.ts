import { asHouse, writeSetting } from '../../platform/access/index.ts';
import type { Role } from '../../platform/access/index.ts';
import { serve } from '../../platform/http/index.ts';
import type { Api } from '../../platform/http/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { contestCut, liftCut, measureSilence, shareCutsKey, shareCutsOn } from './measure-silence.ts';
import { silenceApi } from './silence.contract.ts';
import { listCuts } from './silence.queries.ts';

const managers: Role[] = ['marketing', 'sales_manager'];

export function silenceRoutes(api: Api): void {
  const { cx } = api;
  serve(api, silenceApi, 'GET /v1/settings/share-cuts', { may: [...managers, 'management'] }, ({ scope }) => cx.db.read(scope, async (tx) => ({ on: await shareCutsOn(tx) })));
  serve(api, silenceApi, 'PUT /v1/settings/share-cuts', { may: ['sales_manager'] }, ({ scope, body }) =>
    cx.db.write(scope, async (tx) => {
      await writeSetting(tx, cx, shareCutsKey, body);
      await measureSilence(tx, cx);
      return body;
    }),
  );
  serve(api, silenceApi, 'GET /v1/share-cuts', { may: [...managers, 'management', 'partner'] }, ({ scope }) =>
    cx.db.read(scope, async (tx) => ({ on: await shareCutsOn(tx), items: await listCuts(tx, scope.holderId ?? null) })),
  );
  serve(api, silenceApi, 'POST /v1/holders/:id/share-cut/contest', { may: ['partner'] }, async ({ scope, params, body }) => {
    if (scope.holderId !== params.id) refuse('forbidden', 'distribute/not-your-share', 'Only the partner itself contests its share.');
    await cx.db.write(asHouse(scope), (tx) => contestCut(tx, cx, params.id, body.note));
    return { contested: true };
  });
  serve(api, silenceApi, 'POST /v1/holders/:id/share-cut/lift', { may: ['sales_manager'] }, ({ scope, params, body }) =>
    cx.db.write(scope, async (tx) => ({ partToday: await liftCut(tx, cx, params.id, body.untilOn) })),
  );
}
