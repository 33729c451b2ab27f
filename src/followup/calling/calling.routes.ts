import { asHouse } from '../../platform/access/index.ts';
import type { Role } from '../../platform/access/index.ts';
import { serve } from '../../platform/http/index.ts';
import type { Api } from '../../platform/http/index.ts';
import { answeredBefore, doOnce } from '../day/send-once.ts';
import { onceOf } from '../followup.routes.ts';
import { callingApi } from './calling.contract.ts';
import { keepScript, readScripts } from './keep-scripts.ts';
import { changeList, fillList, makeList, readListPage, readLists } from './make-lists.ts';
import { recordCall } from './record-call.ts';
import { releaseTurn, takeTurn } from './take-turns.ts';

const makers: Role[] = ['sales_manager', 'marketing'];
const callers: Role[] = ['rep', ...makers];

export function callingRoutes(api: Api): void {
  const { cx } = api;
  serve(api, callingApi, 'GET /v1/calling/lists', { may: [...callers, 'management'] }, ({ scope }) => cx.db.read(scope, readLists));
  serve(api, callingApi, 'GET /v1/calling/lists/:id', { may: [...callers, 'management'] }, ({ scope, params }) =>
    cx.db.read(scope, (tx) => readListPage(tx, params.id)),
  );
  serve(api, callingApi, 'POST /v1/calling/lists', { may: makers }, ({ scope, body }) =>
    cx.db.write(scope, (tx) => makeList(tx, cx, body)),
  );
  serve(api, callingApi, 'PATCH /v1/calling/lists/:id', { may: makers }, ({ scope, params, body }) =>
    cx.db.write(scope, (tx) => changeList(tx, cx, params.id, body)),
  );
  serve(api, callingApi, 'POST /v1/calling/lists/:id/fill', { may: makers }, ({ scope, params }) =>
    cx.db.write(scope, (tx) => fillList(tx, cx, params.id)),
  );
  serve(api, callingApi, 'POST /v1/calling/lists/:id/next', { may: callers }, ({ scope, params }) =>
    cx.db.write(scope, (tx) => takeTurn(tx, cx, params.id)),
  );
  serve(api, callingApi, 'POST /v1/calling/lists/:id/release', { may: callers }, ({ scope, params, body }) =>
    cx.db.write(scope, (tx) => releaseTurn(tx, cx, params.id, body.leadId)),
  );
  serve(api, callingApi, 'POST /v1/calling/lists/:id/calls', { may: callers }, async ({ scope, params, body, request }) => {
    const once = onceOf(scope, request);
    const before = once && (await cx.db.read(scope, (tx) => answeredBefore<Awaited<ReturnType<typeof recordCall>>>(tx, once)));
    if (before) return before.answer;
    const { callBackAt, ...told } = body;
    // A call may hand the lead on, which needs to see everybody.
    return cx.db.write(asHouse(scope), (tx) =>
      doOnce(tx, cx, once, body.leadId, () =>
        recordCall(tx, cx, params.id, { ...told, callBackAt: callBackAt ? new Date(callBackAt) : null }),
      ),
    );
  });
  serve(api, callingApi, 'GET /v1/calling/scripts', { may: [...callers, 'management'] }, ({ scope }) => cx.db.read(scope, readScripts));
  serve(api, callingApi, 'PUT /v1/calling/scripts/:id', { may: makers }, ({ scope, params, body }) =>
    cx.db.write(scope, (tx) => keepScript(tx, cx, params.id, body)),
  );
}
