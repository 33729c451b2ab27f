import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { audit } from '../../platform/access/index.ts';
import { admit, serve, type Api } from '../../platform/http/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { askExtract, cancelExtract, describeDatasets, getExtract } from './ask-extract.ts';
import { extractsApi } from './extract.contract.ts';
import { listExtracts } from './extract.queries.ts';
import { extractFolder } from './folders.ts';
import { rangeOf } from './range.rules.ts';

const may = ['marketing', 'finance'] as const;
const shown = 50;

export function extractRoutes(api: Api): void {
  const { cx } = api;
  serve(api, extractsApi, 'GET /v1/extracts/datasets', { may }, ({ scope }) => cx.db.read(scope, async (tx) => ({ items: await describeDatasets(tx) })));
  serve(api, extractsApi, 'GET /v1/extracts', { may }, ({ scope }) => cx.db.read(scope, async (tx) => ({ items: await listExtracts(tx, shown) })));
  serve(api, extractsApi, 'POST /v1/extracts', { may }, ({ scope, body }) => askExtract(cx, scope, body));
  serve(api, extractsApi, 'GET /v1/extracts/:id', { may }, ({ scope, params }) => cx.db.read(scope, (tx) => getExtract(tx, params.id)));
  serve(api, extractsApi, 'POST /v1/extracts/:id/cancel', { may }, ({ scope, params }) => cancelExtract(cx, scope, params.id));
  serve(api, extractsApi, 'GET /v1/extracts/:id/files/:name', { may }, async ({ scope, params, request, reply }) => {
    const extract = await cx.db.read(scope, (tx) => getExtract(tx, params.id));
    await admit(cx, request, may);
    const known = params.name === 'manifest.json' ? params.name : extract.files.find(({ name }) => name === params.name)?.name;
    if (known === undefined || extract.state !== 'finished')
      refuse('not-found', 'report/no-such-file', extract.state === 'removed' ? 'The files of this extract are not kept any more: make a new one.' : 'This extract has no such file.');
    const path = join(extractFolder(cx.config, scope.workspaceId, extract.number), known);
    const { size } = await stat(path);
    const range = rangeOf(request.headers.range, size);
    if (range === 'unsatisfiable') return reply.status(416).header('content-range', `bytes */${size}`).send();
    const [first, last] = range ?? [0, size - 1];
    if (first === 0) await cx.db.write(scope, (tx) => audit(tx, cx, { what: 'extract.taken', subjectId: extract.id }));
    void reply.headers({
      'accept-ranges': 'bytes',
      'content-type': known.endsWith('.csv') ? 'text/csv; charset=utf-8' : known.endsWith('.json') ? 'application/json' : 'application/vnd.apache.parquet',
      'content-disposition': `attachment; filename="${known}"`,
      'content-length': last - first + 1,
      ...(range ? { 'content-range': `bytes ${first}-${last}/${size}` } : {}),
    });
    return reply.status(range ? 206 : 200).send(size === 0 ? '' : createReadStream(path, { start: first, end: last }));
  });
}
