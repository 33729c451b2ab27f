import { judgeLeads, undoVerdict } from '../followup/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { qualifyProven } from '../qualify/index.ts';
import { findLeadsOfCustomers, findOfInquiries } from './customers.queries.ts';
import { findOpportunitiesOfLeads, updateOpportunities, type OpportunityRow } from './opportunity.store.ts';

/** Tells the leads of won opportunities that they are sold: the verdict a rep would have given, at the instant of the sale. */
export async function judgeSales(tx: Tx, cx: Context, won: readonly OpportunityRow[], via: 'app' | 'import'): Promise<void> {
  const sales = new Map<string, OpportunityRow>();
  for (const one of await withLeads(tx, cx, won)) {
    const known = one.leadId ? sales.get(one.leadId) : undefined;
    // Of several sales to one lead the first one closed it.
    if (one.leadId && one.closedAt && (!known || one.closedAt < known.closedAt!)) sales.set(one.leadId, one);
  }
  if (sales.size === 0) return;
  const unsold = (await findLeadsOfCustomers(tx, [], [], [...sales.keys()])).filter((lead) => !lead.sold);
  await judgeLeads(
    tx,
    cx,
    unsold.map(({ leadId }) => {
      const sale = sales.get(leadId)!;
      return {
        leadId,
        verdict: 'sale' as const,
        valueMinor: sale.amountMinor > 0 ? sale.amountMinor : null,
        currency: sale.currency,
        at: sale.closedAt!,
        byHolderId: sale.holderId,
        byUserId: tx.scope.userId ?? null,
        via,
      };
    }),
  );
}

/** A sale to somebody whose inquiry was no lead proves that it was one. */
async function withLeads(tx: Tx, cx: Context, won: readonly OpportunityRow[]): Promise<OpportunityRow[]> {
  const without = won.filter((one) => !one.leadId && one.inquiryId && one.closedAt);
  if (without.length === 0) return [...won];
  await qualifyProven(
    tx,
    cx,
    without.map((one) => ({ inquiryId: one.inquiryId!, at: one.closedAt! })),
  );
  const known = await findOfInquiries(
    tx,
    without.map((one) => one.inquiryId!),
  );
  const given = without.flatMap((one): OpportunityRow[] => {
    const found = known.get(one.inquiryId!);
    return found?.leadId
      ? [
          {
            ...one,
            leadId: found.leadId,
            personId: one.personId ?? found.personId,
            organizationId: one.organizationId ?? found.organizationId,
          },
        ]
      : [];
  });
  await updateOpportunities(tx, given);
  const ids = new Set(without.map((one) => one.id));
  return [...won.filter((one) => !ids.has(one.id)), ...given];
}

/** Takes verdicts back that only these sales had given; a lead with another sale stays sold. */
export async function takeBackSales(tx: Tx, cx: Context, taken: readonly OpportunityRow[]): Promise<void> {
  const leadIds = [...new Set(taken.flatMap((one) => (one.outcome === 'won' && one.leadId ? one.leadId : [])))];
  if (leadIds.length === 0) return;
  const gone = new Set(taken.map((one) => one.id));
  const others = await findOpportunitiesOfLeads(tx, leadIds);
  const stillSold = new Set(others.filter((one) => one.outcome === 'won' && !gone.has(one.id)).map((one) => one.leadId));
  const sold = (await findLeadsOfCustomers(tx, [], [], leadIds)).filter((lead) => lead.sold && !stillSold.has(lead.leadId));
  for (const { leadId } of sold) {
    try {
      await undoVerdict(tx, cx, leadId, { at: cx.clock.now() });
    } catch (error) {
      // Somebody judged or took the lead since: what happened to it afterwards stands.
      if (!(error instanceof Refusal)) throw error;
    }
  }
}
