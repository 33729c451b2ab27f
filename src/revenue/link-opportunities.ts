import { findByExternalIds, resolvePrograms } from '../capture/index.ts';
import { append } from '../journal/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { findOfInquiries } from './customers.queries.ts';
import { findCustomers } from './find-customers.ts';
import { judgeSales } from './judge-sales.ts';
import { opportunityFact } from './opportunity-facts.rules.ts';
import { findOpportunities, updateOpportunities, type OpportunityRow } from './opportunity.store.ts';
import { findReferences } from './references.store.ts';

const atOnce = 2000;
const nobody = { leadRef: null, contactRef: null, email: null, accountRef: null, accountName: null, programRef: null };

/**
 * Opportunities may come before whom they name: gives each of these the inquiry, lead, person, organization and program it names and has
 * not got, and tells leads that turn out to be sold.
 */
export async function linkToNamed(tx: Tx, cx: Context, opportunityIds: readonly string[]): Promise<void> {
  for (let from = 0; from < opportunityIds.length; from += atOnce) await linkSome(tx, cx, opportunityIds.slice(from, from + atOnce));
}

async function linkSome(tx: Tx, cx: Context, opportunityIds: readonly string[]): Promise<void> {
  const rows = await findOpportunities(tx, opportunityIds, true);
  const references = await findReferences(tx, opportunityIds);
  const named = rows.map(({ id }) => references.get(id) ?? nobody);
  const customers = await findCustomers(tx, named, await findByExternalIds(tx, named.flatMap(({ leadRef }) => leadRef ?? [])));
  const programs = await resolvePrograms(tx, new Set(named.flatMap(({ programRef }) => programRef ?? [])));
  const inquiries = await findOfInquiries(tx, rows.flatMap(({ inquiryId }) => inquiryId ?? []));
  const linked: { before: OpportunityRow; after: OpportunityRow }[] = [];
  const unproven: OpportunityRow[] = [];
  for (const [at, before] of rows.entries()) {
    const own = before.inquiryId ? inquiries.get(before.inquiryId) : undefined;
    const found = customers[at]!;
    const { programRef } = named[at]!;
    const after: OpportunityRow = {
      ...before,
      inquiryId: before.inquiryId ?? found.inquiryId,
      leadId: before.leadId ?? own?.leadId ?? found.leadId,
      // The surer word for who it is may come later: a lead says more than an address, a contact more than a company's name.
      personId: own?.personId ?? found.personId ?? before.personId,
      organizationId: own?.organizationId ?? found.organizationId ?? before.organizationId,
      programId: before.programId ?? (programRef ? programs.get(programRef) : undefined) ?? null,
      updatedAt: cx.clock.now(),
    };
    if ((['inquiryId', 'leadId', 'personId', 'organizationId', 'programId'] as const).some((key) => after[key] !== before[key])) linked.push({ before, after });
    else if (after.inquiryId && !after.leadId) unproven.push(after);
  }
  const after = linked.map((one) => one.after);
  await updateOpportunities(tx, after);
  await append(
    tx,
    cx,
    linked.flatMap((one) => opportunityFact(one.before, one.after)),
  );
  await judgeSales(
    tx,
    cx,
    [...after, ...unproven].filter((one) => one.outcome === 'won'),
    'import',
  );
}
