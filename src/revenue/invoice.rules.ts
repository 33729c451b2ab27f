// What an invoice of any accounting system says: does it count, and for how much without tax.

export type InvoiceStatus = 'open' | 'paid' | 'cancelled' | 'draft';
export type InvoiceKind = 'invoice' | 'credit_note';

const cancelledWords = /\b(cancel\w*|void(ed)?|storn\w*|annul\w*|deleted|written[- ]?off|reversed|rejected)\b/u;
const paidWords = /\b(paid|settled|closed|bezahlt|pay[ée]e?|pagad[ao]|cleared|received)\b/u;
const draftWords = /\b(draft|proforma|pro[- ]forma|entwurf|estimate|quote)\b/u;

/** Created, Approved, Delivered and Sent are open; a draft is not an invoice yet; cancelled never counts. */
export function invoiceStatus(text: string | null | undefined): InvoiceStatus {
  const words = (text ?? '').normalize('NFKC').toLowerCase().replace(/[_/]+/g, ' ');
  if (cancelledWords.test(words)) return 'cancelled';
  if (/\b(un|not |partly |partially )paid\b/.test(words)) return 'open';
  if (paidWords.test(words)) return 'paid';
  if (draftWords.test(words)) return 'draft';
  return 'open';
}

export function counts(status: InvoiceStatus): boolean {
  return status === 'open' || status === 'paid';
}

export interface InvoiceAmounts {
  net?: number | null;
  subTotal?: number | null;
  discount?: number | null;
  tax?: number | null;
  adjustments?: number | null;
  grandTotal?: number | null;
}

export interface ReadAmounts {
  netMinor: number;
  taxMinor: number;
  grossMinor: number;
  kind: InvoiceKind;
  /** said to the importer when the file's own figures disagree */
  note?: string;
}

/**
 * The tax-exclusive amount. A stated net is believed; else what is to be paid less its tax (so a discount or a rounding the file keeps in
 * another column is never missed); else the sub total less its discount. A credit note's amounts are negative whatever sign the file gave.
 *
 *   readAmounts({ subTotal: 100_00, discount: 10_00, tax: 17_10, grandTotal: 107_10 }, '') → net 90_00
 */
export function readAmounts(amounts: InvoiceAmounts, kindText: string | null | undefined): ReadAmounts | undefined {
  const { net, subTotal, grandTotal } = amounts;
  const tax = amounts.tax ?? 0;
  let netMinor: number;
  if (isNumber(net)) netMinor = net;
  else if (isNumber(grandTotal)) netMinor = grandTotal - tax;
  else if (isNumber(subTotal)) netMinor = subTotal - (amounts.discount ?? 0) + (amounts.adjustments ?? 0);
  else return undefined;
  const credit = isCreditNote(kindText) || netMinor < 0;
  const sign = credit ? -1 : 1;
  const grossMinor = isNumber(grandTotal) ? grandTotal : netMinor + tax;
  const read: ReadAmounts = {
    netMinor: sign * Math.abs(netMinor),
    taxMinor: sign * Math.abs(tax),
    grossMinor: sign * Math.abs(grossMinor),
    kind: credit ? 'credit_note' : 'invoice',
  };
  if (!isNumber(net) && isNumber(grandTotal) && isNumber(subTotal)) {
    const parts = subTotal - (amounts.discount ?? 0) + tax + (amounts.adjustments ?? 0);
    if (Math.abs(parts - grandTotal) > 100)
      read.note = 'Its parts do not add up to its grand total; Baton counts the grand total less tax.';
  }
  return read;
}

export function isCreditNote(text: string | null | undefined): boolean {
  return /\b(credit[- _]?(note|memo)?|refund|gutschrift|avoir|nota de cr[ée]dito|381)\b/iu.test(text ?? '');
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
