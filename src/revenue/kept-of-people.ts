import { othersMin } from '../platform/personal-data.ts';
import type { PersonalData } from '../platform/personal-data.ts';
import { eraseClaims, eraseInvoices, eraseOpportunities, everybodyWhoBuys, findCommonLosses, findImportsOf, findImportsOfClaims, findTheirInvoices, findTheirOpportunities, tellClaimsOf, tellInvoices, tellOpportunities } from './kept-of-people.store.ts';

/** Money stays to the cent, and numbers that the books are kept by; names and references go. */
export const revenueKeeps: PersonalData = {
  holds: {
    'revenue.opportunity': {
      erased: ['name', 'natural_key', 'lost_reason'],
      kept: { 'the number it has in the other system': ['external_id'], 'who sells': ['owner_name'], 'words of ours': ['stage', 'outcome', 'segment', 'origin'] },
    },
    'revenue.opportunity_reference': { erased: ['key', 'said'], kept: { 'words of ours': ['kind'] } },
    'revenue.invoice': {
      erased: ['subject', 'billed_name', 'billed_email', 'contact_ref', 'reference', 'match_reasons', 'status_text'],
      kept: { 'numbers the books are kept by': ['number', 'external_id', 'account_ref'], 'words of ours': ['kind', 'status', 'matched_by'] },
    },
    'revenue.claim': {
      erased: ['said', 'candidates', 'reasons'],
      kept: {
        'the goods and what they were sold for': ['number', 'serial', 'serial_key', 'product', 'distributor'],
        'what it is recognised by when it comes again, hashed': ['claim_key'],
        'words of ours': ['proof', 'state', 'known_kind', 'reported'],
      },
    },
    'revenue.before_import': { erased: ['was'], kept: { 'words of ours': ['kind'] } },
  },
  spared: { 'which program earned what, in our words': ['revenue.credit'] },
  async gather(tx, subject) {
    const opportunityIds = await findTheirOpportunities(tx, subject);
    const invoiceIds = await findTheirInvoices(tx, subject);
    return { opportunityIds, invoiceIds, importIds: [...new Set([...(await findImportsOf(tx, opportunityIds, invoiceIds)), ...(await findImportsOfClaims(tx, subject))])], ours: await findCommonLosses(tx, opportunityIds, othersMin) };
  },
  needs: everybodyWhoBuys,
  async tell(tx, subject) {
    const { opportunityIds, invoiceIds } = subject;
    return [
      { key: 'opportunities', title: 'Opportunities', rows: await tellOpportunities(tx, opportunityIds) },
      { key: 'invoices', title: 'Invoices', rows: await tellInvoices(tx, invoiceIds) },
      { key: 'claims', title: 'Sales told by others', rows: await tellClaimsOf(tx, subject) },
    ];
  },
  async erase(tx, _cx, subject) {
    const { opportunityIds, invoiceIds, ours } = subject;
    await eraseOpportunities(tx, opportunityIds, ours);
    await eraseInvoices(tx, invoiceIds);
    await eraseClaims(tx, subject);
  },
};
