import { serve } from '../../platform/http/index.ts';
import type { Api } from '../../platform/http/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { bringVerdicts, listFiles, readFile, startFile, undoFile, writeLeads } from './bring-verdicts.ts';
import { filesApi } from './file.contract.ts';

const may = ['partner'] as const;

/** A partner's leads out, and its verdicts in, by file. */
export function fileRoutes(api: Api): void {
  const { cx } = api;
  serve(api, filesApi, 'GET /v1/exchange/leads.csv', { may }, async ({ scope, reply }) => {
    const text = await writeLeads(cx, scope);
    void reply.header('content-type', 'text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="leads.csv"');
    return text;
  });
  serve(api, filesApi, 'GET /v1/exchange/files', { may }, async ({ scope }) => ({ items: await listFiles(cx, scope) }));
  serve(api, filesApi, 'POST /v1/exchange/files', { may, bodyLimit: 20 * 1_048_576 }, async ({ scope, request }) => {
    if (!request.isMultipart()) refuse('invalid', 'capture/no-file', 'Send the file as multipart/form-data in a field named “file”.');
    const part = await request.file();
    if (!part) refuse('invalid', 'capture/no-file', 'There was no file in the request: send it in a field named “file”.');
    return bringVerdicts(cx, scope, { name: part.filename || 'file', file: part.file, cutOff: () => part.file.truncated });
  });
  serve(api, filesApi, 'GET /v1/exchange/files/:id', { may }, ({ scope, params }) => readFile(cx, scope, params.id));
  serve(api, filesApi, 'POST /v1/exchange/files/:id/start', { may }, ({ scope, params }) => startFile(cx, scope, params.id));
  serve(api, filesApi, 'POST /v1/exchange/files/:id/undo', { may }, ({ scope, params }) => undoFile(cx, scope, params.id));
}
