import { findSurvivors } from '../../identity/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { addDays, dateIn, startOfDay } from '../../platform/values/period.rules.ts';
import { findLeadsOfCustomers } from '../customers.queries.ts';
import type { LeadOf } from '../match.rules.ts';
import { findOpportunitiesOfLeads } from '../opportunity.store.ts';
import { applyDecisions, type Decided } from './apply-claims.ts';
import { findInvoicesOfLeads, findPossible, loadLeadFacts, readTimeZone, type LeadFacts } from './claim.queries.ts';
import { alreadyProved, pickLead, proofNames, sameSerial, type CandidateLead, type KnownSale, type Who } from './claim.rules.ts';
import { findClaims, findClaimsBySerial, findClaimsOfLeads, findLeaning, insertClaims, type ClaimRow } from './claim.store.ts';

const saleOf = (claim: ClaimRow): KnownSale => ({ kind: 'claim', id: claim.id, on: claim.soldOn, proof: claim.proof, product: claim.product, serialKey: claim.serialKey });

/** New claims, saved and settled. */
export async function addClaims(tx: Tx, cx: Context, claims: readonly ClaimRow[]): Promise<void> {
  await insertClaims(tx, claims);
  await settle(tx, cx, claims);
}

/** Decides these claims anew and lets what follows from it follow; what comes out as it was is left alone. */
export async function settleClaims(tx: Tx, cx: Context, ids: readonly string[]): Promise<void> {
  await settle(tx, cx, await findClaims(tx, ids));
}

async function settle(tx: Tx, cx: Context, claims: readonly ClaimRow[]): Promise<void> {
  if (claims.length === 0) return;
  const timeZone = await readTimeZone(tx);
  const endOf = (on: string): Date => new Date(startOfDay(addDays(on, 1), timeZone).getTime() - 1);
  const people = await findSurvivors(tx, 'person', [...new Set(claims.flatMap((one) => one.personId ?? []))]);
  const organizations = await findSurvivors(tx, 'organization', [...new Set(claims.flatMap((one) => one.organizationId ?? []))]);
  const now = claims.map((one): ClaimRow => ({
    ...one,
    personId: one.personId ? (people.get(one.personId) ?? one.personId) : null,
    organizationId: one.organizationId ? (organizations.get(one.organizationId) ?? one.organizationId) : null,
  }));
  const found = await findCandidates(tx, now);
  const known = await findSales(tx, now, found.leads);
  const decided = new Map<string, Decided>();
  // The oldest sale is the one that is credited; what comes later proves it.
  for (const claim of now.toSorted((a, b) => (a.soldOn < b.soldOn ? -1 : a.soldOn > b.soldOn ? 1 : a.id < b.id ? -1 : 1))) {
    const one = decide(claim, endOf(claim.soldOn), found, known);
    decided.set(claim.id, one);
    if (one.state === 'credited') known.credit({ ...claim, leadId: one.leadId });
  }
  const moved = await applyDecisions(tx, cx, claims, decided, { endOf, leads: await allLeads(tx, found.leads, decided) });
  await settleLeaning(tx, cx, moved);
}

/** A serial number may lead to a lead that nothing else of the buyer did. */
async function allLeads(tx: Tx, leads: ReadonlyMap<string, LeadOf>, decided: ReadonlyMap<string, Decided>): Promise<ReadonlyMap<string, LeadOf>> {
  const more = [...decided.values()].flatMap((one) => (one.leadId && !leads.has(one.leadId) ? [one.leadId] : []));
  return more.length === 0 ? leads : new Map([...leads, ...(await findLeadsOfCustomers(tx, [], [], more)).map((one) => [one.leadId, one] as const)]);
}

interface Candidates {
  leads: Map<string, LeadOf>;
  facts: Map<string, LeadFacts>;
  of(claim: ClaimRow): { lead: LeadOf; who: Who }[];
}

async function findCandidates(tx: Tx, claims: readonly ClaimRow[]): Promise<Candidates> {
  const some = (of: (one: ClaimRow) => string | null): string[] => [...new Set(claims.flatMap((one) => of(one) ?? []))];
  const personIds = some((one) => one.personId);
  const possible = Map.groupBy(await findPossible(tx, personIds), (one) => one.personId);
  const others = [...possible.values()].flat().map((one) => one.otherId);
  const said = claims.flatMap((one) => one.decidedLeadId ?? []);
  const leads = await findLeadsOfCustomers(tx, [...personIds, ...others], some((one) => one.organizationId), said);
  const byPerson = Map.groupBy(leads, (one) => one.personId);
  const byOrganization = Map.groupBy(leads, (one) => one.organizationId ?? '');
  return {
    leads: new Map(leads.map((one) => [one.leadId, one])),
    facts: await loadLeadFacts(tx, leads.map((one) => one.leadId)),
    of(claim) {
      const all = new Map<string, { lead: LeadOf; who: Who }>();
      const add = (of: readonly LeadOf[] | undefined, who: Who): void => of?.forEach((lead) => all.has(lead.leadId) || all.set(lead.leadId, { lead, who }));
      if (claim.personId) add(byPerson.get(claim.personId), 'person');
      if (claim.personId) for (const { otherId } of possible.get(claim.personId) ?? []) add(byPerson.get(otherId), 'possible');
      if (claim.organizationId) add(byOrganization.get(claim.organizationId), 'organization');
      return [...all.values()];
    },
  };
}

class Sales {
  readonly #byLead = new Map<string, KnownSale[]>();
  readonly bySerial: ClaimRow[];
  constructor(bySerial: ClaimRow[]) {
    this.bySerial = bySerial;
  }
  add(leadId: string, sale: KnownSale): void {
    const list = this.#byLead.get(leadId);
    if (list) list.push(sale);
    else this.#byLead.set(leadId, [sale]);
  }
  credit(claim: ClaimRow): void {
    this.add(claim.leadId!, saleOf(claim));
    this.bySerial.push(claim);
  }
  of = (leadId: string): readonly KnownSale[] => this.#byLead.get(leadId) ?? [];
}

/** What counts of each lead already, but for what these claims themselves made. */
async function findSales(tx: Tx, claims: readonly ClaimRow[], leads: ReadonlyMap<string, LeadOf>): Promise<Sales> {
  const own = new Set(claims.map((one) => one.id));
  const others = await findClaimsBySerial(tx, [...new Set(claims.flatMap((one) => one.serialKey ?? []))]);
  const sales = new Sales(others.filter((one) => !own.has(one.id) && one.state === 'credited'));
  const leadIds = [...new Set([...leads.keys(), ...sales.bySerial.flatMap((one) => one.leadId ?? [])])];
  const timeZone = await readTimeZone(tx);
  for (const one of await findOpportunitiesOfLeads(tx, leadIds))
    if (one.outcome === 'won' && one.origin !== 'claim') sales.add(one.leadId!, { kind: 'opportunity', id: one.id, on: dateIn(one.closedAt!, timeZone) });
  for (const one of await findInvoicesOfLeads(tx, leadIds)) sales.add(one.leadId, { kind: 'invoice', id: one.id, on: one.issuedOn });
  for (const one of await findClaimsOfLeads(tx, leadIds)) if (!own.has(one.id) && one.state === 'credited') sales.add(one.leadId!, saleOf(one));
  return sales;
}

function decide(claim: ClaimRow, soldAt: Date, found: Candidates, known: Sales): Decided {
  const candidates = found.of(claim);
  const picked = pickLead({ product: claim.product, soldAt }, candidates.map(({ lead, who }) => candidateOf(claim, lead, who, found.facts.get(lead.leadId))));
  const as = (state: ClaimRow['state'], leadId: string | null, label: string, detail: string, sale: KnownSale | null = null): Decided => ({ state, leadId, known: sale, picked, sentences: [{ label, detail }] });
  const prove = (leadId: string, label: string, detail: string): Decided => {
    const proved = alreadyProved(claim, known.of(leadId));
    if (!proved) return as('credited', leadId, label, detail);
    const one = as('known', leadId, label, detail, proved.sale);
    return { ...one, sentences: [...one.sentences, { label: 'Counted already', detail: proved.sentence }] };
  };
  if (claim.decidedAt) {
    if (claim.decidedLeadId === null) return as('apart', null, 'By hand', 'Somebody said that none of the leads explains it.');
    if (found.leads.has(claim.decidedLeadId)) return prove(claim.decidedLeadId, 'By hand', 'Somebody said which lead it belongs to.');
  }
  // The number on the unit says more than any weighing.
  const serial = known.bySerial.find((one) => sameSerial(claim, one));
  if (serial?.leadId) {
    const sentence = `The ${proofNames[serial.proof]} of ${serial.soldOn} names the same serial number: the sale is counted once.`;
    return as('known', serial.leadId, 'Counted already', sentence, saleOf(serial));
  }
  if (picked.zone === 'sure') return prove(picked.leadId!, 'Lead', picked.sentence);
  return as(picked.zone === 'ask' ? 'ask' : 'none', null, picked.zone === 'ask' ? 'To decide' : 'No lead', picked.sentence);
}

function candidateOf(claim: ClaimRow, lead: LeadOf, who: Who, facts: LeadFacts | undefined): CandidateLead {
  const handed = facts?.handed ?? [];
  const theirs = handed.find((one) => one.holderId === claim.holderId);
  const first = theirs ?? handed[0];
  return {
    leadId: lead.leadId,
    who,
    product: facts?.product ?? null,
    askedAt: facts?.askedAt ?? lead.qualifiedAt,
    handedAt: first ? new Date(first.at) : null,
    heldBy: !claim.holderId ? 'not told' : theirs ? 'this distributor' : handed.some((one) => one.kind === 'partner') ? 'another partner' : 'no partner',
  };
}

/** Decides again what was taken for a sale that these proved. */
export const settleLeaning = async (tx: Tx, cx: Context, knownIds: readonly string[]): Promise<void> => settleClaims(tx, cx, await findLeaning(tx, knownIds));
