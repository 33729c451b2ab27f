import type { Role } from '../../platform/access/index.ts';
import { decodeCursor, paged, serve, type Api } from '../../platform/http/index.ts';
import { isUuid } from '../../platform/values/uuid.rules.ts';
import { askErasure } from './erase-person.ts';
import { dataPage, dataPagePolicy } from './data-page.rules.ts';
import { privacyApi } from './privacy.contract.ts';
import { listErasures } from './privacy.queries.ts';
import { changeRule, readRetention, tryRule } from './retention.ts';
import { closeRequest, noteRequest, readRequests } from './requests.ts';
import { readErasure, readPersonData } from './read-privacy.ts';

/** Whoever keeps the database answers for it. */
const keeping: Role[] = ['marketing'];

export function privacyRoutes(api: Api): void {
  serve(api, privacyApi, 'GET /v1/privacy/requests', { may: keeping }, ({ cx, scope }) => cx.db.read(scope, (tx) => readRequests(tx, cx)));
  serve(api, privacyApi, 'POST /v1/privacy/requests', { may: keeping }, ({ cx, scope, body }) => cx.db.write(scope, (tx) => noteRequest(tx, cx, body)));
  serve(api, privacyApi, 'POST /v1/privacy/requests/:id/done', { may: keeping }, ({ cx, scope, params, body }) => cx.db.write(scope, (tx) => closeRequest(tx, cx, params.id, body)));
  serve(api, privacyApi, 'GET /v1/privacy/retention', { may: keeping }, ({ cx, scope }) => cx.db.read(scope, readRetention));
  serve(api, privacyApi, 'POST /v1/privacy/retention/:rule/try', { may: keeping }, ({ cx, scope, params, body }) => cx.db.write(scope, (tx) => tryRule(tx, cx, params.rule, body.months)));
  serve(api, privacyApi, 'PUT /v1/privacy/retention/:rule', { may: keeping }, ({ cx, scope, params, body }) =>
    cx.db.write(scope, async (tx) => {
      await changeRule(tx, cx, params.rule, body);
      return readRetention(tx);
    }),
  );
  serve(api, privacyApi, 'GET /v1/people/:id/data', { may: keeping }, async ({ cx, scope, params, query, reply }) => {
    const { timeZone, ...data } = await cx.db.write(scope, (tx) => readPersonData(tx, cx, params.id));
    if (query.format === 'json') return data;
    void reply.headers({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': dataPagePolicy, 'cache-control': 'no-store' });
    return dataPage(data, timeZone);
  });
  serve(api, privacyApi, 'GET /v1/people/:id/erasure', { may: keeping }, ({ cx, scope, params }) => cx.db.read(scope, (tx) => readErasure(tx, params.id)));
  serve(api, privacyApi, 'POST /v1/people/:id/erasure', { may: keeping }, ({ cx, scope, params, body }) =>
    cx.db.write(scope, async (tx) => {
      await askErasure(tx, cx, params.id, body);
      return (await readErasure(tx, params.id)).erasure!;
    }),
  );
  serve(api, privacyApi, 'GET /v1/erasures', { may: keeping }, ({ cx, scope, query }) =>
    cx.db.read(scope, async (tx) => {
      const [at, id] = decodeCursor(query.cursor) ?? [];
      const before = typeof at === 'string' && !Number.isNaN(Date.parse(at)) && isUuid(id) ? { at, id } : undefined;
      return paged(await listErasures(tx, before, query.limit + 1), query.limit, (row) => [row.askedAt, row.id], (row) => row);
    }),
  );
}
