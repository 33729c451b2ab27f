import { append, type Fact, type NewFact, type Subscriber } from '../journal/index.ts';
import type { Context } from '../platform/context.ts';
import { behindLead } from '../identity/index.ts';
import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { findLeadsOfCustomers } from './customers.queries.ts';
import { findSalesOf, removeCreditsOf } from './credit.store.ts';
import { creditSales } from './credit-sales.ts';
import { findOutdatedMatches, findRematchable, updateInvoices } from './invoice.store.ts';
import { linkToNamed } from './link-opportunities.ts';
import { matchInvoices } from './match-invoices.ts';
import { opportunityFact } from './opportunity-facts.rules.ts';
import {
  findOpportunitiesOfLeads,
  insertOpportunities,
  removeOpportunities,
  updateOpportunities,
  type OpportunityRow,
} from './opportunity.store.ts';
import { findLinkable, findWaitingFor, forgetTakenBack } from './references.store.ts';

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/**
 * A verdict "sale" is a sale: the lead's open opportunity is won, or one is made where there is none. Taken back, the made one goes and a won one
 * opens again. Opportunities and outcomes that were imported before their lead existed are given to it now.
 */
export const hearVerdicts: Subscriber = {
  name: 'revenue.hear-verdicts',
  patient: true,
  types: ['lead.judged', 'lead.judgementUndone', 'lead.reopened', 'lead.qualified', 'lead.joined', 'lead.merged', 'inquiry.identified', 'inquiry.dismissed'],
  async handle(tx, cx, facts) {
    await linkNewLeads(tx, cx, facts);
    const sales = new Map<string, Fact>();
    const taken = new Set<string>();
    for (const fact of facts) {
      const data = fact.data as Record<string, unknown>;
      const leadId = text(data['leadId']);
      if (!leadId) continue;
      if (fact.type === 'lead.judged' && data['verdict'] === 'sale') {
        sales.set(leadId, fact);
        taken.delete(leadId);
      } else if (fact.type === 'lead.judged' || fact.type === 'lead.judgementUndone' || fact.type === 'lead.reopened') {
        sales.delete(leadId);
        taken.add(leadId);
      }
    }
    await recordSales(tx, cx, sales);
    await takeBack(tx, cx, [...taken]);
  },
};

async function recordSales(tx: Tx, cx: Context, sales: ReadonlyMap<string, Fact>): Promise<void> {
  if (sales.size === 0) return;
  const leadIds = [...sales.keys()];
  const known = await findOpportunitiesOfLeads(tx, leadIds);
  const leads = new Map((await findLeadsOfCustomers(tx, [], [], leadIds)).map((one) => [one.leadId, one]));
  const names = await loadNames(tx, leadIds);
  const { currency } = await tx.one<{ currency: string }>(sql`select currency from platform.workspace where id = ${tx.scope.workspaceId}`);
  const fresh: OpportunityRow[] = [];
  const won: OpportunityRow[] = [];
  const facts: NewFact[] = [];
  for (const [leadId, fact] of sales) {
    const own = known.filter((one) => one.leadId === leadId);
    if (own.some((one) => one.outcome === 'won')) continue;
    const data = fact.data as Record<string, unknown>;
    const amountMinor = typeof data['valueMinor'] === 'number' ? data['valueMinor'] : null;
    const open = own.filter((one) => one.outcome === 'open').sort((a, b) => b.openedAt.getTime() - a.openedAt.getTime())[0];
    const lead = leads.get(leadId);
    if (open) {
      const after: OpportunityRow = {
        ...open,
        outcome: 'won',
        stage: 'Won',
        probability: 100,
        amountMinor: amountMinor ?? open.amountMinor,
        closedAt: fact.at,
        updatedAt: cx.clock.now(),
      };
      won.push(after);
      facts.push(...opportunityFact(open, after));
    } else if (lead) {
      const row: OpportunityRow = {
        id: cx.ids.next(),
        externalId: null,
        naturalKey: null,
        ordinal: 1,
        name: names.get(leadId) ?? 'Sale',
        leadId,
        personId: lead.personId,
        organizationId: lead.organizationId,
        inquiryId: null,
        programId: null,
        sourceId: null,
        holderId: text(data['holderId']) ?? null,
        ownerName: null,
        stage: 'Won',
        probability: 100,
        amountMinor: amountMinor ?? 0,
        currency: text(data['currency']) ?? currency,
        openedAt: fact.at,
        closeOn: null,
        closedAt: fact.at,
        outcome: 'won',
        lostReason: null,
        segment: null,
        origin: 'verdict',
        importId: null,
        lastImportId: null,
        createdAt: cx.clock.now(),
        updatedAt: cx.clock.now(),
      };
      fresh.push(row);
      facts.push(...opportunityFact(undefined, row));
    }
  }
  await insertOpportunities(tx, fresh);
  await updateOpportunities(tx, won);
  await append(tx, cx, facts);
}

/** The lead is no sale any more. What the verdict alone made is withdrawn; what somebody opened by hand is open again. Imported sales stand. */
async function takeBack(tx: Tx, cx: Context, leadIds: readonly string[]): Promise<void> {
  if (leadIds.length === 0) return;
  const stillSold = new Set((await findLeadsOfCustomers(tx, [], [], leadIds)).filter((one) => one.sold).map((one) => one.leadId));
  const won = (await findOpportunitiesOfLeads(tx, leadIds)).filter((one) => one.outcome === 'won' && !stillSold.has(one.leadId!));
  const made = won.filter((one) => one.origin === 'verdict');
  const opened = won.filter((one) => one.origin === 'app');
  const again = opened.map((one): OpportunityRow => ({
    ...one,
    outcome: 'open',
    closedAt: null,
    stage: 'Negotiation',
    probability: 75,
    updatedAt: cx.clock.now(),
  }));
  await updateOpportunities(tx, again);
  await removeCreditsOf(
    tx,
    'opportunity',
    made.map((one) => one.id),
  );
  if (made.length > 0)
    await removeOpportunities(
      tx,
      made.map((one) => one.id),
    );
  await append(tx, cx, [
    ...made.map((one): NewFact => ({
      type: 'opportunity.withdrawn',
      chainId: one.id,
      subjectId: one.id,
      data: { opportunityId: one.id, leadId: one.leadId },
    })),
    ...again.flatMap((one, index) => opportunityFact(opened[index], one)),
  ]);
}

async function linkNewLeads(tx: Tx, cx: Context, facts: readonly Fact[]): Promise<void> {
  const moved = new Map(
    facts.flatMap((fact) =>
      fact.type === 'lead.merged'
        ? [
            [
              text((fact.data as Record<string, unknown>)['leadId']) ?? '',
              text((fact.data as Record<string, unknown>)['intoLeadId']) ?? '',
            ] as const,
          ]
        : [],
    ),
  );
  if (moved.size > 0) {
    const rows = await findOpportunitiesOfLeads(tx, [...moved.keys()]);
    await updateOpportunities(
      tx,
      rows.map((row) => ({ ...row, leadId: moved.get(row.leadId!) || row.leadId, updatedAt: cx.clock.now() })),
    );
  }
  const inquiryIds = facts.flatMap((fact) =>
    fact.type === 'lead.qualified' || fact.type === 'lead.joined' || fact.type === 'inquiry.identified' || fact.type === 'inquiry.dismissed'
      ? (text((fact.data as Record<string, unknown>)['inquiryId']) ?? fact.chainId)
      : [],
  );
  if (inquiryIds.length === 0) return;
  await linkToNamed(tx, cx, await findWaitingFor(tx, inquiryIds));
}

const withdrawnLeads = (facts: readonly Fact[]): string[] => facts.flatMap(({ type, data }) => (type === 'lead.withdrawn' ? (text((data as Record<string, unknown>)['leadId']) ?? []) : []));

/** Files come in any order, and are taken back in any: opportunities find whom they name when it comes, and lose what went. */
export const linkImported: Subscriber = {
  name: 'revenue.link-imported',
  patient: true,
  types: ['import.finished', 'import.undone', 'lead.withdrawn'],
  async handle(tx, cx, facts) {
    const all = facts.some(({ type }) => type === 'import.undone');
    const withdrawn = withdrawnLeads(facts);
    const forgotten = all || withdrawn.length > 0 ? await forgetTakenBack(tx, all ? undefined : withdrawn) : [];
    const linkable = facts.some(({ type }) => type !== 'lead.withdrawn') ? await findLinkable(tx) : [];
    await linkToNamed(tx, cx, [...new Set([...forgotten, ...linkable])]);
    await creditSales(tx, cx, forgotten, []);
  },
};

async function loadNames(tx: Tx, leadIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.rows<{ leadId: string; name: string | null }>(sql`
    select l.id as lead_id, coalesce(o.name, nullif(p.full_name, ''), p.email, i.receipt) as name from qualify.lead l
    join capture.inquiry i on i.workspace_id = l.workspace_id and i.id = l.inquiry_id
    ${behindLead(sql`l`)}
    where l.workspace_id = ${tx.scope.workspaceId} and l.id = any(${[...leadIds]}::uuid[])`);
  return new Map(rows.map((row) => [row.leadId, row.name ?? 'Sale']));
}

/** Works credits out again whenever a sale changes, or an inquiry (or a merge of people) may have a share in one. */
export const keepCredits: Subscriber = {
  name: 'revenue.keep-credits',
  patient: true,
  types: [
    'opportunity.won',
    'opportunity.lost',
    'opportunity.moved',
    'invoice.recorded',
    'invoice.restated',
    'inquiry.identified',
    'inquiry.withdrawn',
    'lead.qualified',
    'lead.joined',
    'lead.merged',
    'person.merged',
    'person.unmerged',
    'program.updated',
    'source.changed',
    'import.finished',
    'import.undone',
    'lead.withdrawn',
  ],
  async handle(tx, cx, facts) {
    const opportunities = new Set<string>();
    const invoices = new Set<string>();
    const people = new Set<string>();
    const organizations = new Set<string>();
    const leads = new Set<string>();
    const programs = new Set<string>();
    const sources = new Set<string>();
    const withdrawn: string[] = [];
    let imported = false;
    for (const fact of facts) {
      const data = fact.data as Record<string, unknown>;
      const add = (set: Set<string>, ...keys: string[]): void => keys.forEach((key) => text(data[key]) && set.add(text(data[key])!));
      if (fact.type.startsWith('opportunity.')) add(opportunities, 'opportunityId');
      else if (fact.type.startsWith('invoice.')) add(invoices, 'invoiceId');
      else if (fact.type.startsWith('import.')) imported = true;
      else if (fact.type === 'lead.withdrawn') continue;
      else if (fact.type === 'inquiry.withdrawn') withdrawn.push(text(data['inquiryId']) ?? fact.subjectId);
      else {
        add(people, 'personId', 'survivorId', 'mergedId');
        add(organizations, 'organizationId');
        add(leads, 'leadId', 'intoLeadId');
        if (fact.type === 'program.updated') programs.add(text(data['programId']) ?? fact.subjectId);
        if (fact.type === 'source.changed') sources.add(text(data['sourceId']) ?? fact.subjectId);
      }
    }
    if (withdrawn.length > 0) {
      const credited = await tx.rows<{ saleKind: string; saleId: string }>(sql`
        select distinct sale_kind, sale_id from revenue.credit where workspace_id = ${tx.scope.workspaceId} and inquiry_id = any(${withdrawn}::uuid[])`);
      for (const { saleKind, saleId } of credited) (saleKind === 'invoice' ? invoices : opportunities).add(saleId);
    }
    // A person or a lead that came later may explain an invoice nobody was found for.
    const explained = facts.some((fact) => fact.type === 'lead.qualified' || fact.type === 'inquiry.identified')
      ? await findRematchable(tx, [...people], [...organizations], await referencesOf(tx, [...people]))
      : [];
    const gone = withdrawnLeads(facts);
    const outdated = imported || gone.length > 0 ? await findOutdatedMatches(tx, imported ? undefined : gone) : [];
    const late = [...new Map([...explained, ...outdated].map((one) => [one.id, one])).values()];
    if (late.length > 0) {
      const { timeZone } = await tx.one<{ timeZone: string }>(
        sql`select time_zone from platform.workspace where id = ${tx.scope.workspaceId}`,
      );
      await matchInvoices(tx, late, timeZone);
      await updateInvoices(tx, late);
      for (const one of late) invoices.add(one.id);
    }
    for (const sale of await findSalesOf(tx, [...people], [...organizations], [...leads], [...programs], [...sources]))
      (sale.kind === 'invoice' ? invoices : opportunities).add(sale.id);
    await creditSales(tx, cx, [...opportunities], [...invoices]);
  },
};

/** The ids and addresses by which an accounting system may know these people. */
async function referencesOf(tx: Tx, personIds: readonly string[]): Promise<string[]> {
  if (personIds.length === 0) return [];
  const any = await tx.maybe(
    sql`select 1 from revenue.invoice where workspace_id = ${tx.scope.workspaceId} and matched_by = 'none' limit 1`,
  );
  if (!any) return [];
  const rows = await tx.rows<{ externalId: string | null; email: string | null }>(sql`
    select external_id, lower(email) as email from identity.person where workspace_id = ${tx.scope.workspaceId} and id = any(${[...personIds]}::uuid[])`);
  return rows.flatMap((row) => [row.externalId ?? [], row.email ?? []].flat());
}
