import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { decodeCursor, paged, serve, type Api } from '../platform/http/index.ts';
import { refuse } from '../platform/refusal.ts';
import { changeOpportunity, loseOpportunity, moveOpportunity, openOpportunity, winOpportunity } from './change-opportunity.ts';
import { counts } from './invoice.rules.ts';
import { ledgerCurrency, listCredits, listInvoices, sumInvoices, type CreditView, type InvoiceView } from './ledger.queries.ts';
import { makeRoi } from './make-roi.ts';
import { matchByHand } from './match-by-hand.ts';
import { moneyApi } from './money.contract.ts';
import { opportunitiesApi } from './opportunity.contract.ts';
import {
  findOpportunityView,
  listCards,
  listInvoicesOfOpportunity,
  listOpportunities,
  listStepsOfOpportunity,
  sumStages,
  type OpportunityView,
} from './opportunity.queries.ts';
import { boardColumns } from './stage.rules.ts';
import { readStages } from './stages.ts';
import { salesOf } from './who-bought.ts';

const sellers = ['marketing', 'sales_manager', 'rep', 'management', 'finance'] as const;
const writers = ['marketing', 'sales_manager', 'rep'] as const;
const bookkeepers = ['marketing', 'sales_manager', 'management', 'finance'] as const;

export function revenueRoutes(api: Api): void {
  opportunityRoutes(api);
  ledgerRoutes(api);
}

/** What the list and the board are asked for, with whom it is about as a select. */
const found = async <Query extends { where?: string | undefined }>(tx: Tx, cx: Context, query: Query) => ({ ...query, among: (await salesOf(tx, cx, query.where))?.opportunities });

function opportunityRoutes(api: Api): void {
  serve(api, opportunitiesApi, 'GET /v1/opportunities', { may: sellers }, async ({ cx, scope, query }) => {
    const rows = await cx.db.read(scope, async (tx) => listOpportunities(tx, await found(tx, cx, query), decodeCursor(query.cursor), query.limit + 1));
    return paged(rows, query.limit, (row) => [row.openedAt, row.id], opportunityView);
  });

  serve(api, opportunitiesApi, 'GET /v1/opportunities/board', { may: sellers }, ({ cx, scope, query }) =>
    cx.db.read(scope, async (tx) => {
      const filter = await found(tx, cx, query);
      const sums = await sumStages(tx, filter);
      const open = sums.filter((one) => one.outcome === 'open');
      const columns = boardColumns(await readStages(tx), open);
      const cards = await listCards(
        tx,
        filter,
        open.map((one) => one.stage),
        query.cards,
      );
      const done = (outcome: string): { count: number; amountMinor: number } => {
        const sum = sums.find((one) => one.outcome === outcome);
        return { count: sum?.count ?? 0, amountMinor: sum?.amountMinor ?? 0 };
      };
      const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();
      return {
        currency: await ledgerCurrency(tx),
        columns: columns.map((column) => {
          const own = open.filter((one) => same(one.stage, column.name));
          const add = (key: 'count' | 'amountMinor' | 'weightedMinor'): number => own.reduce((sum, one) => sum + one[key], 0);
          return {
            stage: column.name,
            probability: column.probability,
            count: add('count'),
            amountMinor: add('amountMinor'),
            weightedMinor: add('weightedMinor'),
            cards: cards.filter((card) => same(card.stage, column.name)).map(opportunityView),
          };
        }),
        won: done('won'),
        lost: done('lost'),
      };
    }),
  );

  serve(api, opportunitiesApi, 'GET /v1/opportunities/:id', { may: sellers }, ({ cx, scope, params }) =>
    cx.db.read(scope, async (tx) => {
      const found = await findOpportunityView(tx, params.id);
      if (!found) return refuse('not-found', 'revenue/no-such-opportunity', 'There is no such opportunity.');
      const credits = await listCredits(tx, { saleId: params.id }, undefined, 500);
      const history = await listStepsOfOpportunity(tx, params.id);
      return {
        ...opportunityView(found),
        credits: credits.map(creditView),
        history,
        invoices: await listInvoicesOfOpportunity(tx, params.id),
      };
    }),
  );

  serve(api, opportunitiesApi, 'POST /v1/opportunities', { may: writers }, async ({ cx, scope, body }) =>
    one(cx, scope, await openOpportunity(cx, scope, body)),
  );
  serve(api, opportunitiesApi, 'PATCH /v1/opportunities/:id', { may: writers }, async ({ cx, scope, params, body }) => {
    await changeOpportunity(cx, scope, params.id, body);
    return one(cx, scope, params.id);
  });
  serve(api, opportunitiesApi, 'POST /v1/opportunities/:id/move', { may: writers }, async ({ cx, scope, params, body }) => {
    await moveOpportunity(cx, scope, params.id, body.stage, body.probability);
    return one(cx, scope, params.id);
  });
  serve(api, opportunitiesApi, 'POST /v1/opportunities/:id/win', { may: writers }, async ({ cx, scope, params, body }) => {
    await winOpportunity(cx, scope, params.id, body.amountMinor, body.closedAt ? new Date(body.closedAt) : undefined);
    return one(cx, scope, params.id);
  });
  serve(api, opportunitiesApi, 'POST /v1/opportunities/:id/lose', { may: writers }, async ({ cx, scope, params, body }) => {
    await loseOpportunity(cx, scope, params.id, body.reason, body.closedAt ? new Date(body.closedAt) : undefined);
    return one(cx, scope, params.id);
  });
}

function ledgerRoutes(api: Api): void {
  serve(api, moneyApi, 'GET /v1/invoices', { may: bookkeepers }, async ({ cx, scope, query }) => {
    const rows = await cx.db.read(scope, (tx) => listInvoices(tx, query, decodeCursor(query.cursor), query.limit + 1));
    return paged(rows, query.limit, (row) => [row.issuedOn, row.id], invoiceView);
  });

  serve(api, moneyApi, 'GET /v1/invoices/summary', { may: bookkeepers }, ({ cx, scope, query }) =>
    cx.db.read(scope, async (tx) => {
      const currency = await ledgerCurrency(tx);
      const sums = await sumInvoices(tx, currency, query);
      const add = (which: (one: (typeof sums)[number]) => boolean): { count: number; netMinor: number } => {
        const own = sums.filter(which);
        return { count: own.reduce((sum, row) => sum + row.count, 0), netMinor: own.reduce((sum, row) => sum + row.netMinor, 0) };
      };
      return {
        currency,
        counted: add((row) => row.status === 'open' || row.status === 'paid'),
        creditNotes: add((row) => row.kind === 'credit_note' && (row.status === 'open' || row.status === 'paid')),
        cancelled: add((row) => row.status === 'cancelled'),
        drafts: add((row) => row.status === 'draft'),
        unmatched: add((row) => row.matchedBy === 'none' && row.status !== 'cancelled' && row.status !== 'draft'),
        byMatch: [...new Set(sums.map((row) => row.matchedBy))].map((matchedBy) => ({
          matchedBy,
          ...add((row) => row.matchedBy === matchedBy && row.status !== 'cancelled' && row.status !== 'draft'),
        })),
      };
    }),
  );

  serve(api, moneyApi, 'GET /v1/invoices/:id', { may: bookkeepers }, ({ cx, scope, params }) => oneInvoice(cx, scope, params.id));
  serve(
    api,
    moneyApi,
    'POST /v1/invoices/:id/match',
    { may: ['marketing', 'sales_manager', 'finance'] },
    async ({ cx, scope, params, body }) => {
      await matchByHand(cx, scope, params.id, body);
      return oneInvoice(cx, scope, params.id);
    },
  );
  serve(
    api,
    moneyApi,
    'POST /v1/invoices/:id/unmatch',
    { may: ['marketing', 'sales_manager', 'finance'] },
    async ({ cx, scope, params }) => {
      await matchByHand(cx, scope, params.id, 'as found');
      return oneInvoice(cx, scope, params.id);
    },
  );

  serve(api, moneyApi, 'GET /v1/credits', { may: bookkeepers }, async ({ cx, scope, query }) => {
    const rows = await cx.db.read(scope, async (tx) => listCredits(tx, { ...query, sales: await salesOf(tx, cx, query.where) }, decodeCursor(query.cursor), query.limit + 1));
    return paged(rows, query.limit, (row) => [row.soldOn, row.id], creditView);
  });

  serve(api, moneyApi, 'GET /v1/roi', { may: bookkeepers }, ({ cx, scope, query }) => cx.db.read(scope, (tx) => makeRoi(tx, query, cx)));
}

async function one(cx: Context, scope: Scope, id: string): Promise<ReturnType<typeof opportunityView>> {
  const found = await cx.db.read(scope, (tx) => findOpportunityView(tx, id));
  return found ? opportunityView(found) : refuse('not-found', 'revenue/no-such-opportunity', 'There is no such opportunity.');
}

async function oneInvoice(
  cx: Context,
  scope: Scope,
  id: string,
): Promise<ReturnType<typeof invoiceView> & { credits: ReturnType<typeof creditView>[] }> {
  return cx.db.read(scope, async (tx) => {
    const [found] = await listInvoices(tx, { id }, undefined, 1);
    if (!found) return refuse('not-found', 'revenue/no-such-invoice', 'There is no such invoice.');
    const credits = await listCredits(tx, { saleId: id }, undefined, 500);
    return { ...invoiceView(found), credits: credits.map(creditView) };
  });
}

const named = (id: string | null, name: string | null): { id: string; name: string } | null =>
  id ? { id, name: name ?? '(unknown)' } : null;

function opportunityView(row: OpportunityView) {
  const {
    leadId,
    leadName,
    personId,
    personName,
    organizationId,
    organizationName,
    programId,
    programName,
    sourceId,
    sourceName,
    leadProgramId,
    leadProgramName,
    leadSourceId,
    leadSourceName,
    holderId,
    holderName,
    ...rest
  } = row;
  return {
    ...rest,
    lead: named(leadId, leadName),
    person: named(personId, personName),
    organization: named(organizationId, organizationName),
    program: named(programId, programName),
    source: named(sourceId, sourceName),
    leadProgram: named(leadProgramId, leadProgramName),
    leadSource: named(leadSourceId, leadSourceName),
    holder: named(holderId, holderName),
    openedAt: row.openedAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
  };
}

function invoiceView(row: InvoiceView) {
  const {
    leadId,
    leadName,
    personId,
    personName,
    organizationId,
    organizationName,
    opportunityId,
    opportunityName,
    programId,
    programName,
    ...rest
  } = row;
  return {
    ...rest,
    counts: counts(row.status),
    lead: named(leadId, leadName),
    person: named(personId, personName),
    organization: named(organizationId, organizationName),
    opportunity: named(opportunityId, opportunityName),
    program: named(programId, programName),
  };
}

function creditView(row: CreditView) {
  const { programId, programName, sourceId, sourceName, saleName, ...rest } = row;
  return { ...rest, saleName: saleName ?? '(gone)', program: named(programId, programName), source: named(sourceId, sourceName) };
}
