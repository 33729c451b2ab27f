import { append, type NewFact } from '../journal/index.ts';
import type { FieldSpec, ImportBatch, ImportKind, RowOutcome } from '../capture/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { dateIn } from '../platform/values/period.rules.ts';
import { keepBefore, takeBefore } from './before-import.store.ts';
import { removeCreditsOf } from './credit.store.ts';
import { invoiceStatus, isCreditNote, readAmounts } from './invoice.rules.ts';
import {
  findInvoicesOfImport,
  findKnownInvoices,
  insertInvoices,
  removeInvoices,
  updateInvoices,
  type InvoiceRow,
} from './invoice.store.ts';
import { matchInvoices } from './match-invoices.ts';
import { dateOf, moneyIn, textOf, type Values } from './read-opportunity.rules.ts';

const money = (name: string, label: string, ...synonyms: string[]): FieldSpec => ({ name, label, type: 'money', synonyms });
const text = (name: string, label: string, ...synonyms: string[]): FieldSpec => ({ name, label, type: 'text', synonyms });

export const invoicesImport: ImportKind = {
  kind: 'invoices',
  label: 'Invoices and credit notes',
  fields: [
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
  ],
  apply,
  undo,
};

async function apply(tx: Tx, cx: Context, batch: ImportBatch): Promise<RowOutcome[]> {
  const { importId, options } = batch;
  const now = cx.clock.now();
  const outcomes: RowOutcome[] = [];
  const known = await findKnownInvoices(
    tx,
    batch.rows.flatMap(({ values }) => textOf(values, 'externalId') ?? []),
    batch.rows.flatMap(({ values }) => textOf(values, 'number') ?? []),
  );
  const keyOf = (one: { externalId: string | null; number: string; kind: string }): string =>
    one.externalId !== null ? `id ${one.externalId}` : `no ${one.kind} ${one.number}`;
  const byKey = new Map(known.map((one) => [keyOf(one), one]));
  const fresh = new Map<string, InvoiceRow>();
  const changed = new Map<string, { before: InvoiceRow; after: InvoiceRow }>();
  for (const { row, values } of batch.rows) {
    const read = readInvoice(values, options.timeZone, options.currency);
    if ('problem' in read) {
      outcomes.push({ row, outcome: 'problem', field: read.field, sentence: read.problem });
      continue;
    }
    const key = keyOf(read.invoice);
    const before = byKey.get(key);
    const base = before ?? {
      id: cx.ids.next(),
      personId: null,
      organizationId: null,
      leadId: null,
      opportunityId: null,
      programId: null,
      sourceId: null,
      matchedBy: 'none' as const,
      matchReasons: [],
      importId,
      createdAt: now,
    };
    const after: InvoiceRow = { ...base, ...read.invoice, lastImportId: importId, updatedAt: now };
    byKey.set(key, after);
    if (!before || fresh.has(after.id)) fresh.set(after.id, after);
    else changed.set(after.id, { before: changed.get(after.id)?.before ?? before, after });
    const says =
      after.status === 'cancelled'
        ? 'Cancelled: it is kept and never counts.'
        : after.status === 'draft'
          ? 'A draft: it is kept and does not count.'
          : read.note;
    outcomes.push({ row, outcome: before ? 'updated' : 'new', ...(says ? { sentence: says } : {}) });
  }
  const updates = [...changed.values()];
  await matchInvoices(tx, [...fresh.values(), ...updates.map((one) => one.after)], options.timeZone);
  await insertInvoices(tx, [...fresh.values()]);
  await keepBefore(
    tx,
    importId,
    'invoice',
    updates.map((one) => one.before),
  );
  await updateInvoices(
    tx,
    updates.map((one) => one.after),
  );
  const facts: NewFact[] = [
    ...[...fresh.values()].map((one): NewFact => ({
      type: 'invoice.recorded',
      chainId: one.id,
      subjectId: one.id,
      data: { invoiceId: one.id, leadId: one.leadId, netMinor: one.netMinor },
    })),
    ...updates.map(({ after }): NewFact => ({
      type: 'invoice.restated',
      chainId: after.id,
      subjectId: after.id,
      data: { invoiceId: after.id, leadId: after.leadId, netMinor: after.netMinor },
    })),
  ];
  await append(tx, cx, facts);
  return outcomes;
}

type Read = {
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

function readInvoice(values: Values, timeZone: string, currency: string): Read | { field: string; problem: string } {
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

async function undo(tx: Tx, cx: Context, importId: string): Promise<void> {
  const before = await takeBefore<InvoiceRow>(tx, importId, 'invoice');
  await updateInvoices(tx, before);
  await append(
    tx,
    cx,
    before.map((one): NewFact => ({
      type: 'invoice.restated',
      chainId: one.id,
      subjectId: one.id,
      data: { invoiceId: one.id, leadId: one.leadId, netMinor: one.netMinor },
    })),
  );
  const own = await findInvoicesOfImport(tx, importId);
  if (own.length === 0) return;
  const ids = own.map((one) => one.id);
  await removeCreditsOf(tx, 'invoice', ids);
  await removeInvoices(tx, ids);
  // Restated to nothing: what was invoiced is taken back, and whoever heard of it hears that too.
  await append(
    tx,
    cx,
    own.map((one): NewFact => ({
      type: 'invoice.restated',
      chainId: one.id,
      subjectId: one.id,
      data: { invoiceId: one.id, leadId: one.leadId, netMinor: 0 },
    })),
  );
}
