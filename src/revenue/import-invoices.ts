import { append, type NewFact } from '../journal/index.ts';
import type { ImportBatch, ImportKind, RowOutcome } from '../capture/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { keepBefore, takeBefore } from './before-import.store.ts';
import { findKept, readChangedSince } from './changed-since.ts';
import { removeCreditsOf } from './credit.store.ts';
import {
  findInvoicesOfImport,
  findKnownInvoices,
  insertInvoices,
  removeInvoices,
  updateInvoices,
  type InvoiceRow,
} from './invoice.store.ts';
import { matchInvoices } from './match-invoices.ts';
import { invoiceFields, readInvoice } from './read-invoice.rules.ts';
import { textOf } from './read-opportunity.rules.ts';
import { inSevenLanguages } from './import-words.rules.ts';

export const invoicesImport: ImportKind = {
  kind: 'invoices',
  label: 'Invoices and credit notes',
  matchedBy: { fields: ['externalId', 'number', 'kind'], sentence: 'A row finds its invoice by the id, else by its number; what it says replaces what was known.' },
  updates: true,
  fields: inSevenLanguages(invoiceFields),
  apply,
  undo,
  changedSince: (tx, importId) => readChangedSince(tx, importId, 'invoice'),
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
    outcomes.push({ row, subjectId: after.id, outcome: before ? 'updated' : 'new', ...(says ? { sentence: says } : {}) });
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
    ...[...fresh.values()].map((one) => told('invoice.recorded', one)),
    ...updates.map(({ after }) => told('invoice.restated', after)),
  ];
  await append(tx, cx, facts);
  return outcomes;
}

function told(type: 'invoice.recorded' | 'invoice.restated', one: InvoiceRow, netMinor = one.netMinor): NewFact {
  return { type, chainId: one.id, subjectId: one.id, data: { invoiceId: one.id, leadId: one.leadId, netMinor } };
}

async function undo(tx: Tx, cx: Context, importId: string, options?: { overwrite?: boolean }): Promise<void> {
  const kept = await findKept(tx, importId, 'invoice', options);
  const before = (await takeBefore<InvoiceRow>(tx, importId, 'invoice')).filter(({ id }) => !kept.has(id));
  await updateInvoices(tx, before);
  await append(
    tx,
    cx,
    before.map((one) => told('invoice.restated', one)),
  );
  const own = (await findInvoicesOfImport(tx, importId)).filter(({ id }) => !kept.has(id));
  if (own.length === 0) return;
  const ids = own.map((one) => one.id);
  await removeCreditsOf(tx, 'invoice', ids);
  await removeInvoices(tx, ids);
  // Restated to nothing: what was invoiced is taken back, and whoever heard of it hears that too.
  await append(
    tx,
    cx,
    own.map((one) => told('invoice.restated', one, 0)),
  );
}
