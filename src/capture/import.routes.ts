import { Readable } from 'node:stream';
import type { Scope } from '../platform/access/index.ts';
import { audit } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { admit, decodeCursor, paged, serve } from '../platform/http/index.ts';
import type { Api } from '../platform/http/index.ts';
import { refuse } from '../platform/refusal.ts';
import { analyseImport } from './analyse-import.ts';
import { configureImport, getImport } from './configure-import.ts';
import { describeList } from './describe-list.ts';
import { importKinds, ownFieldsOf } from './import-kinds.ts';
import { importsApi } from './import.contract.ts';
import type { ImportView } from './import.contract.ts';
import { listImports, listProblems } from './import.queries.ts';
import { mendImport } from './mend-import.ts';
import { beginUpload, completeUpload, getUpload, partBytesMax, receivePart } from './receive-parts.ts';
import { listValues } from './list-values.ts';
import { showImport } from './present.rules.ts';
import { previewImport } from './preview-import.ts';
import { problemsFile } from './problems-file.ts';
import { receiveFile } from './receive-file.ts';
import { cancelImport, pauseImport, startImport } from './run-import.ts';
import { findChangedSince, startUndo } from './undo-import.ts';

const may = ['marketing'] as const;
const readers = ['marketing', 'sales_manager', 'management', 'finance'] as const;

export async function viewImport(cx: Context, scope: Scope, id: string): Promise<ImportView> {
  return showImport(await getImport(cx, scope, id));
}

export function importRoutes(api: Api): void {
  const { cx } = api;
  serve(api, importsApi, 'GET /v1/import-kinds', { may: readers }, async () => ({
    items: importKinds().map(({ kind, label, fields, matchedBy, updates, appends = false }) => ({ kind, label, appends, fields: fields.map((field) => ({ name: field.name, label: field.label, type: field.type, required: field.required ?? false, asked: field.asked ?? false })), matchedBy, updates, ownFieldsOf: ownFieldsOf(kind) ?? null })),
  }));
  serve(api, importsApi, 'GET /v1/imports', { may: readers }, ({ scope, query }) =>
    cx.db.read(scope, async (tx) => {
      const [before] = (decodeCursor(query.cursor) ?? []) as [string?];
      const rows = await listImports(tx, before, query.limit + 1);
      return paged(rows, query.limit, (row) => [row.id], showImport);
    }),
  );
  serve(api, importsApi, 'POST /v1/imports', { may, bodyLimit: (cx.config.uploadMegabytesMax + 1) * 1_048_576 }, async ({ scope, request }) => {
    if (!request.isMultipart()) refuse('invalid', 'capture/no-file', 'Send the file as multipart/form-data in a field named “file”.');
    let id: string | undefined;
    let validUtf8 = true;
    let kind: string | undefined;
    let mends: string | undefined;
    for await (const part of request.parts()) {
      if (part.type === 'file') {
        const { file } = part;
        const received = await receiveFile(cx, scope, part.filename || 'file', file, () => file.truncated);
        [id, validUtf8] = [received.id, received.validUtf8];
      } else if (part.fieldname === 'kind' && typeof part.value === 'string' && part.value !== '') kind = part.value;
      else if (part.fieldname === 'mends' && typeof part.value === 'string' && part.value !== '') mends = part.value;
    }
    if (!id) refuse('invalid', 'capture/no-file', 'There was no file in the request: send it in a field named “file”.');
    await analyseImport(cx, scope, id, validUtf8, kind);
    if (mends) await mendImport(cx, scope, id, mends);
    await cx.db.write(scope, (tx) => audit(tx, cx, { what: 'import.uploaded', subjectId: id }));
    return viewImport(cx, scope, id);
  });
  serve(api, importsApi, 'GET /v1/imports/:id', { may: readers }, ({ scope, params }) => viewImport(cx, scope, params.id));
  serve(api, importsApi, 'PUT /v1/imports/:id', { may }, async ({ scope, params, body }) => {
    await configureImport(cx, scope, params.id, body.kind, body.settings);
    return viewImport(cx, scope, params.id);
  });
  serve(api, importsApi, 'PUT /v1/imports/:id/list', { may }, async ({ scope, params, body }) => {
    await describeList(cx, scope, params.id, body);
    return viewImport(cx, scope, params.id);
  });
  serve(api, importsApi, 'GET /v1/imports/:id/values', { may }, ({ scope, params }) => listValues(cx, scope, params.id));
  serve(api, importsApi, 'POST /v1/imports/:id/preview', { may }, ({ scope, params }) => previewImport(cx, scope, params.id));
  serve(api, importsApi, 'POST /v1/imports/:id/start', { may }, async ({ scope, params }) => {
    await startImport(cx, scope, params.id);
    return viewImport(cx, scope, params.id);
  });
  serve(api, importsApi, 'POST /v1/imports/:id/cancel', { may }, async ({ scope, params }) => {
    await cancelImport(cx, scope, params.id);
    return viewImport(cx, scope, params.id);
  });
  serve(api, importsApi, 'POST /v1/imports/:id/pause', { may }, async ({ scope, params }) => {
    await pauseImport(cx, scope, params.id);
    return viewImport(cx, scope, params.id);
  });
  serve(api, importsApi, 'GET /v1/imports/:id/changed-since', { may: readers }, ({ scope, params }) => findChangedSince(cx, scope, params.id));
  serve(api, importsApi, 'POST /v1/imports/:id/undo', { may }, async ({ scope, params, body }) => {
    await startUndo(cx, scope, params.id, body?.changedSince);
    await cx.db.write(scope, (tx) => audit(tx, cx, { what: 'import.undo', subjectId: params.id }));
    return viewImport(cx, scope, params.id);
  });
  serve(api, importsApi, 'GET /v1/imports/:id/problems', { may: readers }, async ({ scope, params, query }) => {
    await getImport(cx, scope, params.id);
    const [row = 0, n = -1] = (decodeCursor(query.cursor) ?? []) as [number?, number?];
    const rows = await cx.db.read(scope, (tx) => listProblems(tx, params.id, { row, n }, query.limit + 1));
    return paged(rows, query.limit, (problem) => [problem.row, problem.n], ({ row: at, severity, kind, field, sentence }) => ({ row: at, severity, kind, field, sentence }));
  });
  serve(api, importsApi, 'GET /v1/imports/:id/problems.csv', { may: readers }, async ({ scope, params, reply, request }) => {
    const record = await getImport(cx, scope, params.id);
    await admit(cx, request, readers);
    const name = record.fileName.replace(/\.[^.]*$/, '').replace(/[^\w .-]+/g, '_');
    return reply
      .headers({ 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${name} problems.csv"` })
      .send(Readable.from(problemsFile(cx, scope, record)));
  });
  uploadRoutes(api);
}

/** A large file in parts, so that a broken connection costs one of them. */
function uploadRoutes(api: Api): void {
  const { cx } = api;
  const standing = async (scope: Scope, id: string): Promise<{ id: string; offset: number; fileBytes: number; partBytesMax: number }> => {
    const { record, offset } = await getUpload(cx, scope, id);
    return { id, offset, fileBytes: record.fileBytes, partBytesMax };
  };
  serve(api, importsApi, 'POST /v1/imports/uploads', { may }, async ({ scope, body }) => standing(scope, await beginUpload(cx, scope, body)));
  serve(api, importsApi, 'GET /v1/imports/uploads/:id', { may }, ({ scope, params }) => standing(scope, params.id));
  void api.app.register(async (child) => {
    child.removeAllContentTypeParsers();
    child.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: partBytesMax }, (_request, body, done) => done(null, body));
    serve({ ...api, app: child }, importsApi, 'PUT /v1/imports/uploads/:id', { may, bodyLimit: partBytesMax }, async ({ scope, params, query, request }) => {
      const part = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      await receivePart(cx, scope, params.id, query.offset, part);
      return standing(scope, params.id);
    });
  });
  serve(api, importsApi, 'POST /v1/imports/uploads/:id/complete', { may }, async ({ scope, params }) => {
    await completeUpload(cx, scope, params.id);
    await cx.db.write(scope, (tx) => audit(tx, cx, { what: 'import.uploaded', subjectId: params.id }));
    return viewImport(cx, scope, params.id);
  });
}
