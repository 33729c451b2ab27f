import { baseUrl } from '../platform/access/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { decodeCursor, paged, serve } from '../platform/http/index.ts';
import type { Api } from '../platform/http/index.ts';
import { refuse } from '../platform/refusal.ts';
import { standardForm } from './form-page.rules.ts';
import { showCost, showProgram } from './present.rules.ts';
import { programsApi } from './program.contract.ts';
import type { Program } from './program.contract.ts';
import { findProgram, listChannels, listCosts, listPrograms } from './program.queries.ts';
import type { ProgramView } from './program.queries.ts';
import { addCost, changeProgram, createProgram, removeCost } from './save-programs.ts';
import { newFormKey } from './public-keys.ts';
import { sourceRoutes } from './source.routes.ts';
import { workspaceHabits } from './workspace.queries.ts';

const readers = ['marketing', 'sales_manager', 'rep', 'management', 'finance'] as const;
const writers = ['marketing'] as const;

async function getProgram(tx: Tx, id: string): Promise<ProgramView> {
  return (await findProgram(tx, id)) ?? refuse('not-found', 'capture/no-program', 'There is no such program.');
}
async function shown(tx: Tx, id: string): Promise<Program> {
  return showProgram(await getProgram(tx, id), (await workspaceHabits(tx)).currency);
}

export function programRoutes(api: Api): void {
  const { cx } = api;
  serve(api, programsApi, 'GET /v1/programs', { may: readers }, ({ scope, query }) =>
    cx.db.read(scope, async (tx) => {
      const [at, id] = (decodeCursor(query.cursor) ?? []) as [string?, string?];
      const rows = await listPrograms(tx, query, at && id ? { at, id } : undefined, query.limit + 1);
      const { currency } = await workspaceHabits(tx);
      return paged(rows, query.limit, (row) => [row.createdAt, row.id], (row) => showProgram(row, currency));
    }),
  );
  serve(api, programsApi, 'POST /v1/programs', { may: writers }, ({ scope, body }) =>
    cx.db.write(scope, async (tx) => shown(tx, await createProgram(tx, cx, body))),
  );
  serve(api, programsApi, 'GET /v1/programs/channels', { may: readers }, ({ scope }) => cx.db.read(scope, async (tx) => ({ items: await listChannels(tx) })));
  serve(api, programsApi, 'GET /v1/programs/:id', { may: readers }, ({ scope, params }) =>
    cx.db.read(scope, async (tx) => ({ program: await shown(tx, params.id), costs: (await listCosts(tx, [params.id])).map(showCost) })),
  );
  serve(api, programsApi, 'PATCH /v1/programs/:id', { may: writers }, ({ scope, params, body }) =>
    cx.db.write(scope, async (tx) => {
      await changeProgram(tx, cx, params.id, body);
      return shown(tx, params.id);
    }),
  );
  serve(api, programsApi, 'GET /v1/programs/:id/costs', { may: readers }, ({ scope, params }) =>
    cx.db.read(scope, async (tx) => {
      await getProgram(tx, params.id);
      return { items: (await listCosts(tx, [params.id])).map(showCost) };
    }),
  );
  serve(api, programsApi, 'POST /v1/programs/:id/costs', { may: ['marketing', 'finance'] }, ({ scope, params, body }) =>
    cx.db.write(scope, async (tx) => showCost(await addCost(tx, cx, params.id, body, (await workspaceHabits(tx)).currency))),
  );
  serve(api, programsApi, 'DELETE /v1/programs/:id/costs/:costId', { may: ['marketing', 'finance'] }, ({ scope, params }) =>
    cx.db.write(scope, (tx) => removeCost(tx, cx, params.id, params.costId)),
  );

  const formOf = async (tx: Tx, id: string) => {
    const program = await getProgram(tx, id);
    const key = program.formKey!;
    const base = baseUrl(cx);
    return { key, url: `${base}/f/${key}`, snippet: `<script src="${base}/embed.js?key=${key}" async></script>`, form: program.form ?? standardForm(program.name) };
  };
  serve(api, programsApi, 'GET /v1/programs/:id/form', { may: readers }, ({ scope, params }) =>
    cx.db.write(scope, async (tx) => {
      // Programs that came by import get their key when somebody first wants their form.
      if (!(await getProgram(tx, params.id)).formKey) await changeProgram(tx, cx, params.id, { formKey: newFormKey(scope.workspaceId) });
      return formOf(tx, params.id);
    }),
  );
  serve(api, programsApi, 'PUT /v1/programs/:id/form', { may: writers }, ({ scope, params, body }) =>
    cx.db.write(scope, async (tx) => {
      const program = await getProgram(tx, params.id);
      if (new Set(body.fields.map((field) => field.name)).size < body.fields.length) refuse('invalid', 'capture/form-field-twice', 'Two fields of the form have the same name. Give each its own.');
      await changeProgram(tx, cx, params.id, { form: body, ...(program.formKey ? {} : { formKey: newFormKey(scope.workspaceId) }) });
      return formOf(tx, params.id);
    }),
  );
  sourceRoutes(api);
}
