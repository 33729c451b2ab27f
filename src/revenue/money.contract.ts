import { z } from 'zod';
import type { Contract } from '../platform/http/contract.ts';
import { whereText } from '../platform/values/criteria.contract.ts';

const id = z.uuid();
const minor = z.int().min(-9_000_000_000_000_000).max(9_000_000_000_000_000);
const named = z.object({ id, name: z.string() });
const page = { cursor: z.string().max(400).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) };

export const attributionModel = z.enum(['first', 'last', 'linear']);
const matchedBy = z.enum(['manual', 'receipt', 'opportunity', 'external-id', 'mail', 'organization', 'none']);

export const invoice = z
  .object({
    id,
    externalId: z.string().nullable(),
    number: z.string(),
    kind: z.enum(['invoice', 'credit_note']),
    status: z.enum(['open', 'paid', 'cancelled', 'draft']),
    statusText: z.string().nullable(),
    /** cancelled invoices and drafts never count */
    counts: z.boolean(),
    subject: z.string().nullable(),
    person: named.nullable(),
    organization: named.nullable(),
    lead: named.nullable(),
    opportunity: named.nullable(),
    program: named.nullable(),
    billedName: z.string().nullable(),
    billedEmail: z.string().nullable(),
    reference: z.string().nullable(),
    issuedOn: z.iso.date(),
    netMinor: minor,
    taxMinor: minor,
    grossMinor: minor,
    currency: z.string(),
    matchedBy,
    matchReasons: z.array(z.object({ label: z.string(), detail: z.string() })),
  })
  .meta({ id: 'Invoice' });

const creditItem = z
  .object({
    id,
    saleKind: z.enum(['invoice', 'opportunity']),
    saleId: id,
    saleName: z.string(),
    model: attributionModel,
    attributed: z.boolean(),
    program: named.nullable(),
    source: named.nullable(),
    channel: z.string().nullable(),
    inquiryId: id.nullable(),
    leadId: id.nullable(),
    amountMinor: minor,
    currency: z.string(),
    soldOn: z.iso.date(),
    why: z.string(),
  })
  .meta({ id: 'Credit' });

export const roiRow = z
  .object({
    /** program id or channel; null for what belongs to none */
    key: z.string().nullable(),
    label: z.string(),
    channel: z.string().nullable(),
    costMinor: minor.nullable(),
    sales: z.int(),
    wonMinor: minor,
    invoicedMinor: minor,
    valueMinor: minor,
    returnPercent: z.number().nullable(),
    note: z.string().nullable(),
    drill: z.record(z.string(), z.string()),
  })
  .meta({ id: 'RoiRow' });

export const roi = z
  .object({
    by: z.enum(['program', 'channel']),
    model: attributionModel,
    weights: z.string(),
    basis: z.enum(['won', 'invoiced']),
    from: z.iso.date().nullable(),
    to: z.iso.date().nullable(),
    currency: z.string(),
    rows: z.array(roiRow),
    total: roiRow,
    /** what no inquiry earned; rows + unattributed = ledger, to the cent */
    unattributed: z.object({ wonMinor: minor, invoicedMinor: minor, sales: z.int() }),
    ledger: z.object({
      wonMinor: minor,
      wonCount: z.int(),
      invoicedMinor: minor,
      invoiceCount: z.int(),
      cancelledCount: z.int(),
      cancelledMinor: minor,
    }),
    otherCurrencies: z.array(z.object({ currency: z.string(), wonMinor: minor, invoicedMinor: minor })),
  })
  .meta({ id: 'Roi' });

/** costs are not split by it */
const saleWhere = whereText('whom sales were made to, and own fields of the inquiry they began with');

export const roiQuery = z.object({
  by: z.enum(['program', 'channel']).default('program'),
  model: attributionModel.default('first'),
  basis: z.enum(['won', 'invoiced']).default('won'),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  where: saleWhere,
});

export const moneyApi = {
  'GET /v1/invoices': {
    summary: 'Invoices and credit notes, newest first.',
    query: z.object({
      ...page,
      text: z.string().max(200).optional(),
      status: z.enum(['open', 'paid', 'cancelled', 'draft']).optional(),
      matchedBy: matchedBy.optional(),
      leadId: id.optional(),
      personId: id.optional(),
      organizationId: id.optional(),
      programId: id.optional(),
      from: z.iso.date().optional(),
      to: z.iso.date().optional(),
    }),
    response: z.object({ items: z.array(invoice), nextCursor: z.string().nullable() }),
  },
  'GET /v1/invoices/summary': {
    summary: 'How many invoices count, how many are cancelled, how many belong to nobody yet.',
    query: z.object({ from: z.iso.date().optional(), to: z.iso.date().optional() }),
    response: z.object({
      currency: z.string(),
      counted: z.object({ count: z.int(), netMinor: minor }),
      creditNotes: z.object({ count: z.int(), netMinor: minor }),
      cancelled: z.object({ count: z.int(), netMinor: minor }),
      drafts: z.object({ count: z.int(), netMinor: minor }),
      unmatched: z.object({ count: z.int(), netMinor: minor }),
      byMatch: z.array(z.object({ matchedBy, count: z.int(), netMinor: minor })),
    }),
  },
  'GET /v1/invoices/:id': {
    summary: 'One invoice, why it belongs where it does, and what earned it.',
    params: z.object({ id }),
    response: invoice.extend({ credits: z.array(creditItem) }),
  },
  'POST /v1/invoices/:id/match': {
    summary: 'Say which customer, lead or program an invoice belongs to; a later import does not change it.',
    params: z.object({ id }),
    body: z.object({
      personId: id.nullable().optional(),
      organizationId: id.nullable().optional(),
      leadId: id.nullable().optional(),
      programId: id.nullable().optional(),
    }),
    response: invoice,
  },
  'POST /v1/invoices/:id/unmatch': {
    summary: 'Take a hand-made match back; the invoice is matched by its own references again.',
    params: z.object({ id }),
    response: invoice,
  },
  'GET /v1/credits': {
    summary: 'The parts of every sale and who earned them, under one model.',
    query: z.object({
      ...page,
      model: attributionModel.default('first'),
      saleKind: z.enum(['invoice', 'opportunity']).optional(),
      saleId: id.optional(),
      programId: id.optional(),
      channel: z.string().max(200).optional(),
      attributed: z.enum(['true', 'false']).optional(),
      from: z.iso.date().optional(),
      to: z.iso.date().optional(),
      where: saleWhere,
    }),
    response: z.object({ items: z.array(creditItem), nextCursor: z.string().nullable() }),
  },
  'GET /v1/roi': {
    summary: 'Cost, sales and return of every program or channel.',
    query: roiQuery,
    response: roi,
  },
} satisfies Contract;
