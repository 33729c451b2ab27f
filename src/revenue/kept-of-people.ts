import { othersMin } from '../platform/personal-data.ts';
import type { PersonalData } from '../platform/personal-data.ts';
import { eraseInvoices, eraseOpportunities, everybodyWhoBuys, findCommonLosses, findImportsOf, findTheirInvoices, findTheirOpportunities, tellInvoices, tellOpportunities } from './kept-of-people.store.ts';

/** Money stays to the cent, and numbers that the books are kept by; names and references go. */
export const revenueKeeps: PersonalData = {
  holds: {
    'revenue.opportunity': {
      erased: ['name', 'natural_key', 'lost_reason'],
      kept: { 'the number it has in the other system': ['external_id'], 'who sells': ['owner_name'], 'words of ours': ['stage', 'outcome', 'segment', 'origin'] },
    },
    'revenue.invoice': {
      erased: ['subject', 'billed_name', 'billed_email', 'contact_ref', 'reference', 'match_reasons', 'status_text'],
      kept: { 'numbers the books are kept by': ['number', 'external_id', 'account_ref'], 'words of ours': ['kind', 'status', 'matched_by'] },
    },
    'revenue.before_import': { erased: ['was'], kept: { 'words of ours': ['kind'] } },
  },
  spared: { 'which program earned what, in our words': ['revenue.credit'] },
  async gather(tx, subject) {
    const opportunityIds = await findTheirOpportunities(tx, subject);
    const invoiceIds = await findTheirInvoices(tx, subject);
    return { opportunityIds, invoiceIds, importIds: await findImportsOf(tx, opportunityIds, invoiceIds), ours: await findCommonLosses(tx, opportunityIds, othersMin) };
  },
  needs: everybodyWhoBuys,
  async tell(tx, { opportunityIds, invoiceIds }) {
    return [
      { key: 'opportunities', title: 'Opportunities', rows: await tellOpportunities(tx, opportunityIds) },
      { key: 'invoices', title: 'Invoices', rows: await tellInvoices(tx, invoiceIds) },
    ];
  },
  async erase(tx, _cx, { opportunityIds, invoiceIds, ours }) {
    await eraseOpportunities(tx, opportunityIds, ours);
    await eraseInvoices(tx, invoiceIds);
  },
};
