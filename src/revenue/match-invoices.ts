import { findByExternalIds, readReceipt } from '../capture/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { organizationKey } from '../platform/values/organization-name.rules.ts';
import { addDays, startOfDay } from '../platform/values/period.rules.ts';
import {
  findInquiriesByReceipt,
  findLeadsOfCustomers,
  findOfInquiries,
  findOrganizations,
  findPeopleByExternalId,
  findPeopleByMail,
} from './customers.queries.ts';
import { mailKeyOf } from './find-customers.ts';
import type { InvoiceRow } from './invoice.store.ts';
import { matchInvoice, referenceTokens, type Candidate } from './match.rules.ts';
import { findKnownOpportunities, findOpportunitiesOfLeads } from './opportunity.store.ts';

/** Finds whom each invoice belongs to and writes it on the row; the caller saves. A match made by hand stays. */
export async function matchInvoices(tx: Tx, invoices: readonly InvoiceRow[], timeZone: string): Promise<void> {
  const open = invoices.filter((one) => one.matchedBy !== 'manual');
  if (open.length === 0) return;
  const tokens = new Map(open.map((one) => [one.id, referenceTokens([one.reference, one.subject])]));
  const receiptsOf = (one: InvoiceRow): string[] => tokens.get(one.id)!.flatMap((token) => readReceipt(token) ?? []);
  const refs = [...new Set(open.flatMap((one) => [...tokens.get(one.id)!, ...(one.reference ? [one.reference] : [])]))];
  const byReceipt = new Map(
    (await findInquiriesByReceipt(tx, [...new Set(open.flatMap(receiptsOf))])).map((one) => [one.receipt, one.inquiryId]),
  );
  const byReference = await findByExternalIds(tx, [...new Set(open.flatMap((one) => one.reference ?? []))]);
  const inquiries = await findOfInquiries(tx, [...byReceipt.values(), ...byReference.values()]);
  const opportunities = new Map(
    (await findKnownOpportunities(tx, refs, [])).flatMap((one) => (one.externalId ? [[one.externalId, one] as const] : [])),
  );
  const people = await findPeopleByExternalId(tx, [...new Set(open.flatMap((one) => one.contactRef ?? []))]);
  const mails = await findPeopleByMail(tx, [...new Set(open.flatMap((one) => mailKeyOf(one.billedEmail) ?? []))]);
  const organizations = await findOrganizations(
    tx,
    [...new Set(open.flatMap((one) => one.accountRef ?? []))],
    [...new Set(open.flatMap((one) => (one.billedName ? organizationKey(one.billedName) : [])))],
  );

  const candidates = new Map<string, Candidate[]>();
  for (const one of open) {
    const found: Candidate[] = [];
    const inquiry = (by: 'receipt' | 'external-id', said: string, inquiryId: string | undefined): void => {
      const known = inquiryId ? inquiries.get(inquiryId) : undefined;
      if (known && (known.personId || known.leadId))
        found.push({ by, said, personId: known.personId, organizationId: known.organizationId, leadId: known.leadId });
    };
    for (const receipt of receiptsOf(one)) inquiry('receipt', receipt, byReceipt.get(receipt));
    if (one.reference) inquiry('external-id', one.reference, byReference.get(one.reference));
    for (const token of [...tokens.get(one.id)!, ...(one.reference ? [one.reference] : [])]) {
      const opportunity = opportunities.get(token);
      if (opportunity)
        found.push({
          by: 'opportunity',
          said: token,
          personId: opportunity.personId,
          organizationId: opportunity.organizationId,
          leadId: opportunity.leadId,
        });
    }
    const person = one.contactRef ? people.get(one.contactRef) : undefined;
    if (person)
      found.push({
        by: 'external-id',
        said: one.contactRef!,
        personId: person.personId,
        organizationId: person.organizationId,
        leadId: null,
      });
    const account = one.accountRef ? organizations.byExternalId.get(one.accountRef) : undefined;
    if (account) found.push({ by: 'external-id', said: one.accountRef!, personId: null, organizationId: account, leadId: null });
    const mail = mails.get(mailKeyOf(one.billedEmail) ?? '');
    if (mail)
      found.push({ by: 'mail', said: one.billedEmail!, personId: mail.personId, organizationId: mail.organizationId, leadId: null });
    const named = one.billedName ? organizations.byName.get(organizationKey(one.billedName)) : undefined;
    if (named) found.push({ by: 'organization', said: one.billedName!, personId: null, organizationId: named, leadId: null });
    candidates.set(one.id, found);
  }
  const all = [...candidates.values()].flat();
  const ids = (of: (one: Candidate) => string | null): string[] => [...new Set(all.flatMap((one) => of(one) ?? []))];
  const leads =
    all.length > 0
      ? await findLeadsOfCustomers(
          tx,
          ids((one) => one.personId),
          ids((one) => one.organizationId),
          ids((one) => one.leadId),
        )
      : [];
  for (const one of open) {
    const match = matchInvoice(candidates.get(one.id)!, leads, startOfDay(addDays(one.issuedOn, 1), timeZone));
    Object.assign(one, {
      matchedBy: match.matchedBy,
      personId: match.personId,
      organizationId: match.organizationId,
      leadId: match.leadId,
      programId: match.programId,
      matchReasons: match.reasons,
    });
  }
  await linkOpportunities(tx, open);
}

/** The won opportunity of the lead, where there is exactly one: its program is the better word for where the sale came from. */
async function linkOpportunities(tx: Tx, invoices: readonly InvoiceRow[]): Promise<void> {
  const leadIds = [...new Set(invoices.flatMap((one) => one.leadId ?? []))];
  if (leadIds.length === 0) return;
  const won = (await findOpportunitiesOfLeads(tx, leadIds)).filter((one) => one.outcome === 'won');
  for (const invoice of invoices) {
    const own = won.filter((one) => one.leadId === invoice.leadId);
    invoice.opportunityId = own.length === 1 ? own[0]!.id : null;
    if (own.length === 1 && own[0]!.programId) invoice.programId = own[0]!.programId;
  }
}
