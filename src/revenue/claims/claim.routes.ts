import type { Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import { decodeCursor, paged, serve, type Api } from '../../platform/http/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { ledgerCurrency } from '../ledger.queries.ts';
import { listClaims, loadLeadsBeside, sumByDistributor, sumClaims, type ClaimCandidate, type ClaimListed, type LeadBeside } from './claim-view.queries.ts';
import { claimsApi } from './claim.contract.ts';
import { decideClaim } from './decide-claim.ts';

const readers = ['marketing', 'sales_manager', 'management', 'finance'] as const;
const deciders = ['marketing', 'sales_manager', 'finance'] as const;

export function claimRoutes(api: Api): void {
  serve(api, claimsApi, 'GET /v1/claims', { may: readers }, async ({ cx, scope, query }) => {
    const rows = await cx.db.read(scope, (tx) => listClaims(tx, query, decodeCursor(query.cursor), query.limit + 1));
    return paged(rows, query.limit, (row) => [row.soldOn, row.id], itemView);
  });

  serve(api, claimsApi, 'GET /v1/claims/summary', { may: readers }, ({ cx, scope, query }) =>
    cx.db.read(scope, async (tx) => {
      const currency = await ledgerCurrency(tx);
      const sums = await sumClaims(tx, currency, query);
      const pair = (count: number, valueMinor: number): { count: number; valueMinor: number } => ({ count, valueMinor });
      return {
        currency,
        credited: pair(sums.credited, sums.creditedMinor),
        known: pair(sums.known, sums.knownMinor),
        ask: pair(sums.ask, sums.askMinor),
        unknownCustomers: pair(sums.unknownCustomers, sums.unknownCustomersMinor),
        withoutLead: pair(sums.withoutLead, sums.withoutLeadMinor),
        reported: pair(sums.reported, sums.reportedMinor),
        byDistributor: (await sumByDistributor(tx, currency, query)).map((one) => ({
          holder: { id: one.holderId, name: one.name },
          sales: one.sales,
          valueMinor: one.valueMinor,
          bad: pair(one.bad, one.badMinor),
          dontKnow: pair(one.dontKnow, one.dontKnowMinor),
          silent: pair(one.silent, one.silentMinor),
        })),
      };
    }),
  );

  serve(api, claimsApi, 'GET /v1/claims/:id', { may: readers }, ({ cx, scope, params }) => oneClaim(cx, scope, params.id));
  serve(api, claimsApi, 'POST /v1/claims/:id/decide', { may: deciders }, async ({ cx, scope, params, body }) => {
    await decideClaim(cx, scope, params.id, body);
    return oneClaim(cx, scope, params.id);
  });
  serve(api, claimsApi, 'POST /v1/claims/:id/undecide', { may: deciders }, async ({ cx, scope, params }) => {
    await decideClaim(cx, scope, params.id, 'as found');
    return oneClaim(cx, scope, params.id);
  });
}

function oneClaim(cx: Context, scope: Scope, id: string) {
  return cx.db.read(scope, async (tx) => {
    const [found] = await listClaims(tx, { id }, undefined, 1);
    if (!found) return refuse('not-found', 'revenue/no-such-claim', 'There is no such claim.');
    const leads = new Map((await loadLeadsBeside(tx, found.candidates.map((one) => one.leadId))).map((one) => [one.leadId, one]));
    return { ...itemView(found), candidates: found.candidates.flatMap((one) => (leads.has(one.leadId) ? [candidateView(one, leads.get(one.leadId)!)] : [])) };
  });
}

const named = (id: string | null, name: string | null): { id: string; name: string } | null => (id ? { id, name: name ?? '(unknown)' } : null);

function itemView(row: ClaimListed) {
  const { id, proof, number, serial, product, quantity, soldOn, valueMinor, currency, distributor, isNew, state, opportunityId, reported, reasons, importId } = row;
  return {
    id, proof, number, serial, product, quantity, soldOn, valueMinor, currency, distributor, isNew, state, opportunityId, reported, reasons, importId,
    said: row.said as Record<string, string>,
    holder: named(row.holderId, row.holderName),
    person: named(row.personId, row.personName),
    organization: named(row.organizationId, row.organizationName),
    lead: named(row.leadId, row.leadName),
    known: row.knownKind && row.knownId ? { kind: row.knownKind, id: row.knownId } : null,
    reportedBy: named(row.reportedHolderId, row.reportedByName),
    decidedAt: row.decidedAt?.toISOString() ?? null,
  };
}

function candidateView(one: ClaimCandidate, lead: LeadBeside) {
  const { product, place, email, phone, grade, fate, verdict } = lead;
  return {
    ...one, product, place, email, phone, grade, fate, verdict,
    person: named(lead.personId, lead.personName),
    organization: named(lead.organizationId, lead.organizationName),
    qualifiedAt: lead.qualifiedAt.toISOString(),
    program: named(lead.programId, lead.programName),
    holder: named(lead.holderId, lead.holderName),
  };
}
