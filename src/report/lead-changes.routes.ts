import { leadWork, listLeadRuns, mine, previewLeads, readLeadRun, startLeads } from '../followup/index.ts';
import { previewBulk, startBulk } from '../identity/index.ts';
import type { Role } from '../platform/access/index.ts';
import { serve, type Api } from '../platform/http/index.ts';
import { refuse } from '../platform/refusal.ts';
import { leadChangesApi } from './lead-changes.contract.ts';
import { selectBehind, selectLeads } from './select-leads.ts';

const working: Role[] = ['marketing', 'sales_manager', 'rep'];
const keeping = new Set<Role>(['administrator', 'marketing', 'sales_manager']);

const mustKeep = (roles: readonly Role[]): void => {
  if (!roles.some((role) => keeping.has(role))) refuse('forbidden', 'report/own-fields-of-many', 'Only marketing and sales managers change own fields of many at once.');
};

/** The list knows whom a filter means; the rooms whose facts they are do what is asked. */
export function leadChangeRoutes(api: Api): void {
  serve(api, leadChangesApi, 'GET /v1/lead-changes', { may: working }, ({ cx, scope }) => cx.db.read(scope, async (tx) => ({ items: await listLeadRuns(tx) })));
  serve(api, leadChangesApi, 'GET /v1/lead-changes/:id', { may: working }, ({ cx, scope, params }) => cx.db.read(scope, (tx) => readLeadRun(tx, params.id)));
  serve(api, leadChangesApi, 'POST /v1/lead-changes/preview', { may: working }, ({ cx, scope, body: { selection, action } }) =>
    cx.db.read(scope, async (tx) => {
      const select = await selectLeads(tx, cx, selection);
      if (action.do !== 'custom') return previewLeads(tx, { select, action });
      mustKeep(scope.roles);
      const { subject, ...set } = action;
      const found = await previewBulk(tx, cx, { subject, selection: { select: selectBehind(tx, subject, select) }, action: set });
      return {
        ...found,
        staying: found.looked - found.changing,
        refused: [],
        sample: found.sample.map(({ fields, ...one }) => ({ ...one, before: fields[0]?.before ?? null, after: fields[0]?.after ?? null })),
      };
    }),
  );
  serve(api, leadChangesApi, 'POST /v1/lead-changes', { may: working }, ({ cx, scope, body: { selection, action } }) =>
    cx.db.write(scope, async (tx) => {
      const select = await selectLeads(tx, cx, selection);
      if (action.do !== 'custom') return { ...(await startLeads(tx, cx, { select, action })), of: 'lead' as const };
      mustKeep(scope.roles);
      const { subject, ...set } = action;
      return { ...(await startBulk(tx, cx, { subject, selection: { select: selectBehind(tx, subject, select) }, action: set })), of: subject };
    }),
  );
  serve(api, leadChangesApi, 'POST /v1/lead-changes/:id/cancel', { may: working }, ({ cx, scope, params }) =>
    cx.db.write(scope, async (tx) => {
      await mine(tx, await leadWork.get(tx, params.id));
      await leadWork.cancel(tx, cx, params.id);
      return { id: params.id };
    }),
  );
  serve(api, leadChangesApi, 'POST /v1/lead-changes/:id/undo', { may: working }, ({ cx, scope, params, body }) =>
    cx.db.write(scope, async (tx) => {
      await mine(tx, await leadWork.get(tx, params.id));
      return leadWork.undo(tx, cx, params.id, body?.changedSince);
    }),
  );
}
