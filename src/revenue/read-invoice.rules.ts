import type { FieldSpec } from '../capture/index.ts';
import { dateIn } from '../platform/values/period.rules.ts';
import { invoiceStatus, isCreditNote, readAmounts } from './invoice.rules.ts';
import type { InvoiceRow } from './invoice.store.ts';
import { dateOf, moneyIn, textOf, type Values } from './read-opportunity.rules.ts';

const money = (name: string, label: string, ...synonyms: string[]): FieldSpec => ({ name, label, type: 'money', synonyms });
const text = (name: string, label: string, ...synonyms: string[]): FieldSpec => ({ name, label, type: 'text', synonyms });

/** What a row of an accounting system's export may say, in the words of several. */
export const invoiceFields: FieldSpec[] = [
  text('externalId', 'Invoice id', 'invoice id', 'invoiceid', 'record id', 'document id'),
  text(
    'number',
    'Invoice number',
    'invoice number',
    'invoice no',
    'number',
    'document number',
    'doc number',
    'rechnungsnummer',
    'numero de factura',
    'numéro de facture',
    'invoice #',
  ),
  text('kind', 'Invoice or credit note', 'document type', 'kind', 'invoice type', 'transaction type', 'belegart'),
  text('status', 'Status', 'invoice status', 'status', 'payment status', 'state', 'estado', 'zahlungsstatus'),
  {
    name: 'issuedAt',
    label: 'Issued',
    type: 'datetime',
    synonyms: [
      'invoice date',
      'issued',
      'issued on',
      'issue date',
      'date',
      'created time',
      'created',
      'document date',
      'rechnungsdatum',
      'fecha',
      'date de facture',
    ],
  },
  text('subject', 'Subject', 'subject', 'description', 'title', 'betreff', 'memo'),
  text(
    'reference',
    'Reference',
    'reference',
    'your reference',
    'buyer reference',
    'order reference',
    'po number',
    'purchase order',
    'lead id',
    'receipt',
    'opportunity id',
    'potential id',
    'deal id',
  ),
  text(
    'accountRef',
    'Account id',
    'account id',
    'accountid',
    'customer id',
    'customer number',
    'customer no',
    'kundennummer',
    'debtor number',
    'company id',
  ),
  text(
    'accountName',
    'Company',
    'account',
    'account name',
    'company',
    'customer',
    'customer name',
    'bill to',
    'billing name',
    'firma',
    'cliente',
    'kunde',
  ),
  text('contactRef', 'Contact id', 'contact id', 'contactid', 'person id'),
  {
    name: 'email',
    label: 'Mail',
    type: 'email',
    synonyms: ['email', 'e-mail', 'billing email', 'customer email', 'contact email', 'mail'],
    strict: false,
  },
  money(
    'net',
    'Net (without tax)',
    'net',
    'net amount',
    'tax exclusive amount',
    'amount without tax',
    'nettobetrag',
    'netto',
    'base imponible',
    'montant ht',
    'taxable amount',
  ),
  money('subTotal', 'Sub total', 'sub total', 'subtotal', 'line total', 'zwischensumme'),
  money('discount', 'Discount', 'discount', 'discount amount', 'rabatt', 'descuento', 'remise'),
  money('tax', 'Tax', 'tax', 'vat', 'tax amount', 'sales tax', 'mwst', 'ust', 'iva', 'tva', 'total tax'),
  money('adjustments', 'Adjustments', 'adjustments', 'adjustment', 'rounding', 'shipping'),
  money(
    'grandTotal',
    'Grand total',
    'grand total',
    'total',
    'total amount',
    'gross',
    'gross amount',
    'amount',
    'amount due',
    'invoice total',
    'bruttobetrag',
    'gesamtbetrag',
    'importe total',
    'montant ttc',
  ),
];

export type ReadInvoice = {
  invoice: Omit<
    InvoiceRow,
    | 'id'
    | 'personId'
    | 'organizationId'
    | 'leadId'
    | 'opportunityId'
    | 'programId'
    | 'sourceId'
    | 'matchedBy'
    | 'matchReasons'
    | 'importId'
    | 'lastImportId'
    | 'createdAt'
    | 'updatedAt'
  >;
  note?: string | undefined;
};

/** One row as an invoice or a credit note; or the field that keeps it from being one, and why. */
export function readInvoice(values: Values, timeZone: string, currency: string): ReadInvoice | { field: string; problem: string } {
  const externalId = textOf(values, 'externalId');
  const number = textOf(values, 'number') ?? externalId;
  if (!number) return { field: 'number', problem: 'An invoice needs a number or an id.' };
  const issuedAt = dateOf(values, 'issuedAt');
  if (!issuedAt) return { field: 'issuedAt', problem: 'An invoice needs the day it was issued, or it cannot be counted in any period.' };
  const minor = (key: string): number | null => moneyIn(values, key)?.minor ?? null;
  const kindText = textOf(values, 'kind');
  const amounts = readAmounts(
    {
      net: minor('net'),
      subTotal: minor('subTotal'),
      discount: minor('discount'),
      tax: minor('tax'),
      adjustments: minor('adjustments'),
      grandTotal: minor('grandTotal'),
    },
    kindText,
  );

  const statusText = textOf(values, 'status');
  const stated = ['grandTotal', 'net', 'subTotal'].map((key) => moneyIn(values, key)?.currency).find((one) => one !== undefined);
  return {
    note: amounts?.note ?? (amounts ? undefined : 'It names no amount and counts as nothing until one comes.'),
    invoice: {
      externalId,
      number,
      kind: amounts?.kind ?? (isCreditNote(kindText) ? 'credit_note' : 'invoice'),
      status: invoiceStatus(statusText),
      statusText,
      subject: textOf(values, 'subject'),
      billedName: textOf(values, 'accountName'),
      billedEmail: textOf(values, 'email'),
      accountRef: textOf(values, 'accountRef'),
      contactRef: textOf(values, 'contactRef'),
      reference: textOf(values, 'reference'),
      issuedOn: dateIn(issuedAt, timeZone),
      netMinor: amounts?.netMinor ?? 0,
      taxMinor: amounts?.taxMinor ?? 0,
      grossMinor: amounts?.grossMinor ?? 0,
      currency: stated ?? currency,
    },
  };
}
