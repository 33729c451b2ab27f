import type { Tx } from '../platform/db/index.ts';
import { decodeCursor, paged, serve } from '../platform/http/index.ts';
import type { Api } from '../platform/http/index.ts';
import { changeSource, endSourceKey, makeSourceKey } from './change-source.ts';
import { showSource } from './present.rules.ts';
import { resolveSources } from './resolve-sources.ts';
import { sourcesApi } from './source.contract.ts';
import type { Source } from './source.contract.ts';
import { findSource, listSources } from './source.queries.ts';

const readers = ['marketing', 'sales_manager', 'rep', 'management', 'finance'] as const;
const writers = ['marketing'] as const;
const shown = async (tx: Tx, id: string): Promise<Source> => showSource((await findSource(tx, id))!);

export function sourceRoutes(api: Api): void {
  const { cx } = api;
  serve(api, sourcesApi, 'GET /v1/sources', { may: readers }, ({ scope, query }) =>
    cx.db.read(scope, async (tx) => {
      const [after] = (decodeCursor(query.cursor) ?? []) as [string?];
      const rows = await listSources(tx, query.q, after, query.limit + 1);
      return paged(rows, query.limit, (row) => [row.name.toLowerCase()], showSource);
    }),
  );
  serve(api, sourcesApi, 'POST /v1/sources', { may: writers }, ({ scope, body }) =>
    cx.db.write(scope, async (tx) => {
      const id = (await resolveSources(tx, cx, [body.name])).get(body.name.toLowerCase())!;
      if (body.channel !== undefined) await changeSource(tx, cx, id, { channel: body.channel });
      return shown(tx, id);
    }),
  );
  serve(api, sourcesApi, 'PATCH /v1/sources/:id', { may: writers }, ({ scope, params, body }) =>
    cx.db.write(scope, async (tx) => {
      await changeSource(tx, cx, params.id, body);
      return shown(tx, params.id);
    }),
  );
  serve(api, sourcesApi, 'POST /v1/sources/:id/key', { may: writers }, ({ scope, params }) =>
    cx.db.write(scope, async (tx) => {
      await makeSourceKey(tx, cx, params.id);
      return shown(tx, params.id);
    }),
  );
  serve(api, sourcesApi, 'DELETE /v1/sources/:id/key', { may: writers }, ({ scope, params }) =>
    cx.db.write(scope, async (tx) => {
      await endSourceKey(tx, cx, params.id);
      return shown(tx, params.id);
    }),
  );
}
