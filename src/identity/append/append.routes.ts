import { workspaceHabits } from '../../capture/index.ts';
import { Readable } from 'node:stream';
import type { Role } from '../../platform/access/index.ts';
import { decodeCursor, paged, serve, type Api } from '../../platform/http/index.ts';
import { cancelJob, findOpenJob } from '../../platform/jobs/index.ts';
import { isUuid } from '../../platform/values/uuid.rules.ts';
import { appendApi } from './append.contract.ts';
import { appendFields } from './append-fields.rules.ts';
import { askBureau, countAsked, extractFile, getRequest } from './ask-bureau.ts';
import { servicesJob, startServices } from './ask-services.ts';
import { decideDoubt } from './decide-doubt.ts';
import { listDoubts, listRequests, listRuns, readProviders, readReceiptsOf, readReceiptsOfRun, readRun, setProvider, showDoubt, showReceipt, showRequest, showRun, undoServiceRun } from './read-append.ts';

const reading: Role[] = ['marketing', 'sales_manager', 'management', 'finance'];
const seeing: Role[] = [...reading, 'rep'];
const keeping: Role[] = ['marketing'];

const afterId = (cursor: string | undefined): string | undefined => {
  const [id] = decodeCursor(cursor) ?? [];
  return isUuid(id) ? id : undefined;
};

export function appendRoutes(api: Api): void {
  serve(api, appendApi, 'GET /v1/append/providers', { may: reading }, ({ cx, scope }) => cx.db.read(scope, async (tx) => ({ items: await readProviders(tx, cx) })));
  serve(api, appendApi, 'POST /v1/append/providers', { may: keeping }, ({ cx, scope, body }) => cx.db.write(scope, async (tx) => setProvider(tx, cx, { ...body, currency: (await workspaceHabits(tx)).currency })));
  serve(api, appendApi, 'PATCH /v1/append/providers/:id', { may: keeping }, ({ cx, scope, params, body }) =>
    cx.db.write(scope, async (tx) => setProvider(tx, cx, { ...body, id: params.id, currency: (await workspaceHabits(tx)).currency })),
  );
  serve(api, appendApi, 'GET /v1/append/fields', { may: reading }, () =>
    Promise.resolve({ items: (['organization', 'person'] as const).flatMap((kind) => appendFields[kind].map(({ name, label }) => ({ kind, field: name, label }))) }),
  );
  serve(api, appendApi, 'GET /v1/append/requests', { may: reading }, ({ cx, scope, query }) =>
    cx.db.read(scope, async (tx) => paged(await listRequests(tx, { before: afterId(query.cursor), limit: query.limit + 1 }), query.limit, (row) => [row.id], showRequest)),
  );
  serve(api, appendApi, 'POST /v1/append/requests/count', { may: keeping }, ({ cx, scope, body }) => cx.db.read(scope, async (tx) => ({ asked: await countAsked(tx, cx, body) })));
  serve(api, appendApi, 'POST /v1/append/requests', { may: keeping }, ({ cx, scope, body }) => cx.db.write(scope, async (tx) => showRequest(await askBureau(tx, cx, body))));
  serve(api, appendApi, 'GET /v1/append/requests/:id/extract.csv', { may: keeping }, async ({ cx, scope, params, reply }) => {
    const request = await cx.db.read(scope, (tx) => getRequest(tx, params.id));
    void reply.header('content-type', 'text/csv; charset=utf-8').header('content-disposition', `attachment; filename="${request.provider.replaceAll(/[^\w.-]+/g, '-')} asked.csv"`);
    return Readable.from(extractFile(cx, scope, request));
  });
  serve(api, appendApi, 'GET /v1/append/runs', { may: reading }, ({ cx, scope, query }) =>
    cx.db.read(scope, async (tx) => paged(await listRuns(tx, { before: afterId(query.cursor), limit: query.limit + 1 }), query.limit, (row) => [row.id], showRun)),
  );
  serve(api, appendApi, 'GET /v1/append/runs/:id', { may: reading }, ({ cx, scope, params }) => cx.db.read(scope, (tx) => readRun(tx, params.id)));
  serve(api, appendApi, 'POST /v1/append/runs/:id/undo', { may: keeping }, ({ cx, scope, params, body }) => cx.db.write(scope, (tx) => undoServiceRun(tx, cx, params.id, body?.changedSince)));
  serve(api, appendApi, 'GET /v1/append/services', { may: reading }, ({ cx, scope }) =>
    cx.db.read(scope, async (tx) => {
      const job = await findOpenJob(tx, servicesJob);
      return { underWay: job ? { jobId: job.id, done: job.done, total: job.total, note: job.note } : null };
    }),
  );
  serve(api, appendApi, 'POST /v1/append/services', { may: keeping }, ({ cx, scope, body }) => cx.db.write(scope, async (tx) => ({ jobId: await startServices(tx, cx, body) })));
  serve(api, appendApi, 'POST /v1/append/services/stop', { may: keeping }, ({ cx, scope }) =>
    cx.db.write(scope, async (tx) => {
      const job = await findOpenJob(tx, servicesJob);
      if (job) await cancelJob(tx, cx, job.id);
      return { stopped: job !== undefined };
    }),
  );
  serve(api, appendApi, 'GET /v1/append/runs/:id/values', { may: reading }, ({ cx, scope, params, query }) =>
    cx.db.read(scope, async (tx) => paged(await readReceiptsOfRun(tx, params.id, { before: afterId(query.cursor), limit: query.limit + 1 }), query.limit, (row) => [row.id], showReceipt)),
  );
  serve(api, appendApi, 'GET /v1/append/doubts', { may: reading }, ({ cx, scope, query }) =>
    cx.db.read(scope, async (tx) => paged(await listDoubts(tx, { runId: query.runId, after: afterId(query.cursor), limit: query.limit + 1 }), query.limit, (row) => [row.id], showDoubt)),
  );
  serve(api, appendApi, 'POST /v1/append/doubts/:id/decide', { may: keeping }, ({ cx, scope, params, body }) =>
    cx.db.write(scope, async (tx) => {
      const { id, status, values } = await decideDoubt(tx, cx, params.id, body.subjectId);
      const used = values.filter(({ why }) => why === null).length;
      return { id, status, used, unused: values.length - used };
    }),
  );
  for (const [path, kind] of [
    ['GET /v1/people/:id/appended', 'person'],
    ['GET /v1/organizations/:id/appended', 'organization'],
  ] as const)
    serve(api, appendApi, path, { may: seeing }, ({ cx, scope, params, query }) =>
      cx.db.read(scope, async (tx) => paged(await readReceiptsOf(tx, kind, params.id, { before: afterId(query.cursor), limit: query.limit + 1 }), query.limit, (row) => [row.id], showReceipt)),
    );
}
