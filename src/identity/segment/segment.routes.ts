import { Readable } from 'node:stream';
import type { Role } from '../../platform/access/index.ts';
import { decodeCursor, paged, serve, type Api } from '../../platform/http/index.ts';
import { enqueueJob } from '../../platform/jobs/index.ts';
import { isUuid } from '../../platform/values/uuid.rules.ts';
import { changeSegment, makeSegment, removeSegment } from './edit-segment.ts';
import { checkSegments } from './keep-segments.ts';
import { membersFile, readMembers, readPreview, readSegment, readSegmentFields, readSegments, readSentence } from './read-segments.ts';
import { segmentsApi } from './segment.contract.ts';

const seeing: Role[] = ['marketing', 'sales_manager', 'rep', 'management', 'finance'];
const making: Role[] = ['marketing', 'sales_manager'];

export function segmentRoutes(api: Api): void {
  serve(api, segmentsApi, 'GET /v1/segments', { may: seeing }, ({ cx, scope, query }) =>
    cx.db.read(scope, async (tx) => ({ items: await readSegments(tx, query.subject) })),
  );
  serve(api, segmentsApi, 'GET /v1/segments/fields', { may: seeing }, ({ cx, scope, query }) =>
    cx.db.read(scope, async (tx) => ({ items: await readSegmentFields(tx, query.subject) })),
  );
  serve(api, segmentsApi, 'POST /v1/segments/preview', { may: making }, ({ cx, scope, body }) =>
    cx.db.read(scope, (tx) => readPreview(tx, cx, body)),
  );
  serve(api, segmentsApi, 'GET /v1/segments/sentence', { may: seeing }, ({ cx, scope, query }) =>
    cx.db.read(scope, async (tx) => ({ sentence: await readSentence(tx, query.subject, query) })),
  );
  serve(api, segmentsApi, 'POST /v1/segments', { may: making }, ({ cx, scope, body }) =>
    cx.db.write(scope, async (tx) => readSegment(tx, await makeSegment(tx, cx, body))),
  );
  serve(api, segmentsApi, 'GET /v1/segments/check', { may: making }, async ({ cx, scope }) => {
    const items = await checkSegments(cx, scope);
    return { agree: items.every((one) => one.missing + one.extra === 0 && one.counted), items };
  });
  serve(api, segmentsApi, 'POST /v1/segments/rebuild', { may: making }, ({ cx, scope }) =>
    cx.db.write(scope, async (tx) => ({ jobId: await enqueueJob(tx, cx, 'identity.rebuild-segments', {}) })),
  );
  serve(api, segmentsApi, 'GET /v1/segments/:id', { may: seeing }, ({ cx, scope, params }) =>
    cx.db.read(scope, (tx) => readSegment(tx, params.id)),
  );
  serve(api, segmentsApi, 'PATCH /v1/segments/:id', { may: making }, ({ cx, scope, params, body }) =>
    cx.db.write(scope, async (tx) => {
      await changeSegment(tx, cx, params.id, body);
      return readSegment(tx, params.id);
    }),
  );
  serve(api, segmentsApi, 'DELETE /v1/segments/:id', { may: making }, ({ cx, scope, params }) =>
    cx.db.write(scope, async (tx) => {
      await removeSegment(tx, cx, params.id);
      return { removed: true as const };
    }),
  );
  serve(api, segmentsApi, 'GET /v1/segments/:id/members', { may: seeing }, ({ cx, scope, params, query }) =>
    cx.db.read(scope, async (tx) => {
      const [lastSeenAt, id] = decodeCursor(query.cursor) ?? [];
      const after = typeof lastSeenAt === 'string' && !Number.isNaN(Date.parse(lastSeenAt)) && isUuid(id) ? { lastSeenAt, id } : undefined;
      return paged(
        await readMembers(tx, params.id, { after, limit: query.limit + 1 }),
        query.limit,
        (row) => [row.lastSeenAt, row.id],
        (row) => row,
      );
    }),
  );
  serve(api, segmentsApi, 'GET /v1/segments/:id/members.csv', { may: making }, async ({ cx, scope, params, reply }) => {
    const segment = await cx.db.read(scope, (tx) => readSegment(tx, params.id));
    void reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${segment.name.replaceAll(/[^\w.-]+/g, '-')}.csv"`);
    return Readable.from(membersFile(cx, scope, segment));
  });
}
