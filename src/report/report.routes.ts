import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { decodeCursor, paged, serve, type Api } from '../platform/http/index.ts';
import { majorOf } from '../platform/values/money.rules.ts';
import { openCut } from './cuts.queries.ts';
import { leadItem } from './lead-item.rules.ts';
import { leadsApi } from './leads.contract.ts';
import { countLeads, leadSortValues, listLeads } from './leads.queries.ts';
import { listFates } from './loop.queries.ts';
import { makeAlarms } from './make-alarms.ts';
import { makeLeadPage } from './make-lead-page.ts';
import { makeLoop } from './make-loop.ts';
import { makeReport, type ReportRows } from './make-report.ts';
import { makeScoreboard } from './make-scoreboard.ts';
import { loadOwnValues } from './own-fields.queries.ts';
import { reportName, reportsApi, type ReportFilters, type ReportName } from './report.contract.ts';
import { reportSheet } from './report-sheet.rules.ts';
import { listOptions } from './select-leads.ts';
import { removeSavedView, saveSavedView } from './save-view.ts';
import { csvOf } from './sheet.rules.ts';
import { verify } from './verify.ts';
import { findWorkspace, loadNames } from './workspace.queries.ts';
import { writeSheet } from './write-sheet.ts';
import { listViews, type SavedView } from './views.queries.ts';

const staff = ['marketing', 'sales_manager', 'rep', 'management', 'finance'] as const;
const countMax = 10_000;

export function reportRoutes(api: Api): void {
  leadRoutes(api);
  viewRoutes(api);
  tableRoutes(api);
  const readers = { may: ['marketing', 'sales_manager', 'management', 'finance'] as const };
  serve(api, reportsApi, 'GET /v1/loop', readers, ({ cx, scope, query }) => makeLoop(cx, scope, query));
  serve(api, reportsApi, 'GET /v1/alarms', { may: ['marketing', 'sales_manager', 'management'] }, ({ cx, scope }) => makeAlarms(cx, scope));
  serve(api, reportsApi, 'GET /v1/scoreboard', readers, ({ cx, scope, query }) => makeScoreboard(cx, scope, query));
  serve(api, reportsApi, 'GET /v1/verify', { may: ['marketing', 'management', 'finance'] }, ({ cx, scope }) =>
    verify(cx, scope.workspaceId),
  );
  serve(api, reportsApi, 'GET /v1/fates', readers, async ({ cx, scope, query }) => {
    const { rows, names } = await cx.db.read(scope, async (tx) => {
      const { timeZone } = await findWorkspace(tx);
      return {
        rows: await listFates(tx, await openCut(tx, cx, timeZone, query), query, decodeCursor(query.cursor), query.limit + 1),
        names: await loadNames(tx),
      };
    });
    return paged(
      rows,
      query.limit,
      (row) => [row.occurredOn, row.inquiryId],
      (row) => ({
        inquiryId: row.inquiryId,
        receipt: row.receipt,
        occurredAt: row.occurredAt.toISOString(),
        channel: row.channel,
        source: row.sourceId ? { id: row.sourceId, name: names.sources.get(row.sourceId) ?? '(unknown)' } : null,
        program: row.programId ? { id: row.programId, name: names.programs.get(row.programId)?.name ?? '(unknown)' } : null,
        state: row.state,
        leadId: row.leadId,
        name: row.name,
      }),
    );
  });
}

function leadRoutes(api: Api): void {
  serve(api, leadsApi, 'GET /v1/leads', { may: [...staff, 'partner'] }, ({ cx, scope, query }) =>
    cx.db.read(scope, async (tx) => {
      const { cursor, limit, sort, ...filters } = query;
      const options = await listOptions(tx, cx, filters);
      const rows = await listLeads(tx, { ...options, sort, limit, after: decodeCursor(cursor) });
      const names = await loadNames(tx);
      const own = scope.holderId === undefined ? await loadOwnValues(tx, rows) : undefined;
      return paged(rows, limit, leadSortValues(sort), (row) => ({ ...leadItem(row, names, options.now), custom: own?.get(row.leadId) }));
    }),
  );
  serve(api, leadsApi, 'GET /v1/leads/count', { may: [...staff, 'partner'] }, ({ cx, scope, query }) =>
    cx.db.read(scope, async (tx) => {
      const count = await countLeads(tx, await listOptions(tx, cx, query), countMax);
      return { count: Math.min(count, countMax), atLeast: count > countMax };
    }),
  );
  serve(api, leadsApi, 'GET /v1/leads/:id', { may: [...staff, 'partner'] }, ({ cx, scope, params }) => makeLeadPage(cx, scope, params.id));
}

function viewRoutes(api: Api): void {
  const view = (scope: Scope, saved: SavedView) => ({
    id: saved.id,
    name: saved.name,
    screen: saved.screen,
    query: saved.query,
    shared: saved.shared,
    mine: saved.userId === (scope.userId ?? null),
    updatedAt: saved.updatedAt.toISOString(),
  });
  const may = [...staff, 'partner'] as const;
  serve(api, leadsApi, 'GET /v1/views', { may }, async ({ cx, scope, query }) => {
    const found = await cx.db.read(scope, (tx) => listViews(tx, query.screen));
    return { items: found.map((one) => view(scope, one)) };
  });
  serve(api, leadsApi, 'POST /v1/views', { may }, async ({ cx, scope, body }) => view(scope, await saveSavedView(cx, scope, body)));
  serve(api, leadsApi, 'PUT /v1/views/:id', { may }, async ({ cx, scope, params, body }) =>
    view(scope, await saveSavedView(cx, scope, body, params.id)),
  );
  serve(api, leadsApi, 'DELETE /v1/views/:id', { may }, async ({ cx, scope, params }) => {
    await removeSavedView(cx, scope, params.id);
    return { removed: true };
  });
}

/** The five reports, each as JSON, CSV and XLSX. */
function tableRoutes(api: Api): void {
  const may = ['marketing', 'sales_manager', 'rep', 'management', 'finance'] as const;
  for (const name of reportName.options) {
    serve(api, reportsApi, `GET /v1/reports/${name}`, { may }, ({ cx, scope, query }) => makeReport(cx, scope, name, query, query));
    serve(api, reportsApi, `GET /v1/reports/${name}.csv`, { may }, async ({ cx, scope, query, reply }) => {
      const sheet = await sheetOf(cx, scope, name, query);
      void reply.header('content-type', 'text/csv; charset=utf-8').header('content-disposition', `attachment; filename="${name}.csv"`);
      return csvOf(sheet);
    });
    serve(api, reportsApi, `GET /v1/reports/${name}.xlsx`, { may }, async ({ cx, scope, query, reply }) => {
      const sheet = await sheetOf(cx, scope, name, query);
      void reply
        .header('content-type', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .header('content-disposition', `attachment; filename="${name}.xlsx"`);
      return writeSheet(sheet);
    });
  }
}

async function sheetOf(
  cx: Context,
  scope: Scope,
  name: ReportName,
  query: ReportFilters & ReportRows,
): Promise<ReturnType<typeof reportSheet>> {
  const report = await makeReport(cx, scope, name, query, query);
  return reportSheet(report, (minor) => majorOf({ minor, currency: report.currency }));
}
