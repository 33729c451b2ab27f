import { append, type NewFact } from '../../journal/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { findLeadsOfCustomers } from '../customers.queries.ts';
import { removeCreditsOf } from '../credit.store.ts';
import { judgeSales, takeBackSales } from '../judge-sales.ts';
import type { LeadOf } from '../match.rules.ts';
import { opportunityFact } from '../opportunity-facts.rules.ts';
import { findOpportunities, insertOpportunities, removeOpportunities, updateOpportunities, type OpportunityRow } from '../opportunity.store.ts';
import { loadLeadFacts } from './claim.queries.ts';
import { proofNames, reportedAs, type KnownSale, type Picked } from './claim.rules.ts';
import { findClaims, updateClaims, type ClaimRow } from './claim.store.ts';

export interface Decided {
  state: ClaimRow['state'];
  leadId: string | null;
  known: KnownSale | null;
  sentences: { label: string; detail: string }[];
  picked: Picked;
}

/** Undoes what no longer holds, then does what now does; the claims whose own sale went or moved. */
export async function applyDecisions(
  tx: Tx,
  cx: Context,
  claims: readonly ClaimRow[],
  decided: ReadonlyMap<string, Decided>,
  about: { endOf(on: string): Date; leads: ReadonlyMap<string, LeadOf> },
): Promise<string[]> {
  const at = cx.clock.now();
  const told = claims.map((claim): ClaimRow => {
    const { picked, sentences } = decided.get(claim.id)!;
    return { ...claim, candidates: picked.weighed, reasons: sentences };
  });
  const changed = told.filter((claim) => {
    const to = decided.get(claim.id)!;
    return claim.state !== to.state || claim.leadId !== to.leadId || claim.knownId !== (to.known?.id ?? null);
  });
  const ids = new Set(changed.map((one) => one.id));
  await releaseClaims(tx, cx, changed);
  const facts = await loadLeadFacts(tx, [...new Set(changed.flatMap((one) => decided.get(one.id)!.leadId ?? []))]);
  const sold = new Set((await findLeadsOfCustomers(tx, [], [], [...facts.keys()])).filter((lead) => lead.sold).map((lead) => lead.leadId));
  const fresh: OpportunityRow[] = [];
  const filled = await fillSales(tx, cx, changed, decided);
  const settled = changed.map((claim): ClaimRow => {
    const { state, leadId, known } = decided.get(claim.id)!;
    const next: ClaimRow = { ...claim, state, leadId, knownKind: known?.kind ?? null, knownId: known?.id ?? null, opportunityId: null, filledMinor: filled.get(claim.id) ?? null, reported: null, reportedHolderId: null, updatedAt: at };
    const lead = leadId ? facts.get(leadId) : undefined;
    if (!lead) return next;
    if (!sold.has(lead.leadId)) {
      next.reported = reportedAs({ verdict: lead.verdict, followups: lead.followups, wasHanded: lead.handed.length > 0 });
      const seller = lead.handed.find((one) => one.holderId === claim.holderId);
      next.reportedHolderId = next.reported ? (lead.verdictBy ?? (seller ?? lead.handed.at(-1))?.holderId ?? null) : null;
    }
    // A sale that an invoice proves closes the lead too; its money is the invoice's.
    if (state === 'credited' || (known?.kind === 'invoice' && !sold.has(lead.leadId))) {
      const sale = saleRow(cx, next, about.leads.get(lead.leadId)!, about.endOf(claim.soldOn), at);
      fresh.push(sale);
      next.opportunityId = sale.id;
    }
    return next;
  });
  await insertOpportunities(tx, fresh);
  await updateClaims(tx, [...settled, ...told.filter((one) => !ids.has(one.id))]);
  await append(tx, cx, [
    ...fresh.flatMap((one) => opportunityFact(undefined, one)),
    ...settled.map((one): NewFact => ({ type: 'claim.settled', chainId: one.id, subjectId: one.id, data: { claimId: one.id, state: one.state, leadId: one.leadId, opportunityId: one.opportunityId } })),
  ]);
  await judgeSales(tx, cx, fresh, 'import');
  return changed.flatMap((one) => (one.state === 'credited' ? one.id : []));
}

function saleRow(cx: Context, claim: ClaimRow, lead: LeadOf, soldAt: Date, at: Date): OpportunityRow {
  const closedAt = soldAt < at ? soldAt : at;
  return {
    id: cx.ids.next(),
    externalId: null,
    naturalKey: null,
    ordinal: 1,
    name: `${claim.product ?? 'Sale'}${claim.serial ? `, serial ${claim.serial}` : ''} (${proofNames[claim.proof]})`,
    leadId: lead.leadId,
    personId: lead.personId,
    organizationId: lead.organizationId ?? claim.organizationId,
    inquiryId: null,
    programId: null,
    sourceId: null,
    holderId: claim.holderId,
    ownerName: claim.distributor,
    stage: 'Won',
    probability: 100,
    amountMinor: claim.state === 'credited' ? (claim.valueMinor ?? 0) : 0,
    currency: claim.currency,
    openedAt: closedAt,
    closeOn: claim.soldOn,
    closedAt,
    outcome: 'won',
    lostReason: null,
    segment: null,
    origin: 'claim',
    importId: claim.importId,
    lastImportId: claim.importId,
    createdAt: at,
    updatedAt: at,
  };
}

/** A sale that had no value takes the claim's; by claim, what it was given. */
async function fillSales(tx: Tx, cx: Context, claims: readonly ClaimRow[], decided: ReadonlyMap<string, Decided>): Promise<Map<string, number>> {
  const wanting = claims.filter((one) => decided.get(one.id)!.known && (one.valueMinor ?? 0) > 0);
  const ofClaims = new Map((await findClaims(tx, wanting.flatMap((one) => (decided.get(one.id)!.known!.kind === 'claim' ? decided.get(one.id)!.known!.id : [])))).map((one) => [one.id, one.opportunityId]));
  const saleId = (one: ClaimRow): string | null => {
    const { kind, id } = decided.get(one.id)!.known!;
    return kind === 'opportunity' ? id : kind === 'claim' ? (ofClaims.get(id) ?? null) : null;
  };
  const sales = new Map((await findOpportunities(tx, wanting.flatMap((one) => saleId(one) ?? []), true)).map((one) => [one.id, one]));
  const filled = new Map<string, number>();
  const after: OpportunityRow[] = [];
  const facts: NewFact[] = [];
  for (const claim of wanting) {
    const sale = sales.get(saleId(claim) ?? '');
    if (!sale || sale.amountMinor !== 0) continue;
    const next = { ...sale, amountMinor: claim.valueMinor!, currency: claim.currency, updatedAt: cx.clock.now() };
    sales.set(sale.id, next);
    after.push(next);
    facts.push(...opportunityFact(sale, next));
    filled.set(claim.id, claim.valueMinor!);
  }
  await updateOpportunities(tx, after);
  await append(tx, cx, facts);
  return filled;
}

/** Takes out of the books what these claims put there: sales they made with the verdicts those gave, and values they filled in. */
export async function releaseClaims(tx: Tx, cx: Context, claims: readonly ClaimRow[]): Promise<void> {
  const made = await findOpportunities(tx, claims.flatMap((one) => one.opportunityId ?? []), true);
  await takeBackSales(tx, cx, made);
  const madeIds = made.map((one) => one.id);
  await removeCreditsOf(tx, 'opportunity', madeIds);
  if (madeIds.length > 0) await removeOpportunities(tx, madeIds);
  const facts: NewFact[] = made.map((one) => ({ type: 'opportunity.withdrawn', chainId: one.id, subjectId: one.id, data: { opportunityId: one.id, leadId: one.leadId } }));
  const filling = claims.filter((one) => one.filledMinor !== null && one.knownId !== null);
  const ofClaims = new Map((await findClaims(tx, filling.flatMap((one) => (one.knownKind === 'claim' ? one.knownId! : [])))).map((one) => [one.id, one.opportunityId]));
  const saleId = (one: ClaimRow): string | null => (one.knownKind === 'claim' ? (ofClaims.get(one.knownId!) ?? null) : one.knownId);
  const sales = new Map((await findOpportunities(tx, filling.flatMap((one) => saleId(one) ?? []), true)).map((one) => [one.id, one]));
  const emptied = filling.flatMap((one) => {
    const sale = sales.get(saleId(one) ?? '');
    // Somebody gave it another value since: that stands.
    return sale && sale.amountMinor === one.filledMinor ? [{ ...sale, amountMinor: 0, updatedAt: cx.clock.now() }] : [];
  });
  await updateOpportunities(tx, emptied);
  facts.push(...emptied.flatMap((one) => opportunityFact(sales.get(one.id), one)));
  await append(tx, cx, facts);
}
