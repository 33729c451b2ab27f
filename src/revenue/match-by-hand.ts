import { append } from '../journal/index.ts';
import { audit, type Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { sql } from '../platform/db/index.ts';
import { refuse } from '../platform/refusal.ts';
import { findLeadsOfCustomers } from './customers.queries.ts';
import { findInvoices, updateInvoices, type InvoiceRow } from './invoice.store.ts';
import { matchInvoices } from './match-invoices.ts';

export interface HandMatch {
  personId?: string | null | undefined;
  organizationId?: string | null | undefined;
  leadId?: string | null | undefined;
  programId?: string | null | undefined;
}

/** What a person says about an invoice stands above anything found, and stays when the invoice is imported again. */
export async function matchByHand(cx: Context, scope: Scope, id: string, said: HandMatch | 'as found'): Promise<void> {
  await cx.db.write(scope, async (tx) => {
    const [invoice] = await findInvoices(tx, [id]);
    if (!invoice) return refuse('not-found', 'revenue/no-such-invoice', 'There is no such invoice.');
    const after: InvoiceRow = { ...invoice, lastImportId: null, updatedAt: cx.clock.now() };
    if (said === 'as found') {
      const { timeZone } = await tx.one<{ timeZone: string }>(
        sql`select time_zone from platform.workspace where id = ${scope.workspaceId}`,
      );
      after.matchedBy = 'none';
      await matchInvoices(tx, [after], timeZone);
    } else {
      const lead = said.leadId ? (await findLeadsOfCustomers(tx, [], [], [said.leadId]))[0] : undefined;
      if (said.leadId && !lead) return refuse('not-found', 'revenue/no-such-lead', 'There is no such lead.');
      after.matchedBy = 'manual';
      after.leadId = said.leadId === undefined ? invoice.leadId : said.leadId;
      after.personId = said.personId !== undefined ? said.personId : (lead?.personId ?? invoice.personId);
      after.organizationId = said.organizationId !== undefined ? said.organizationId : (lead?.organizationId ?? invoice.organizationId);
      after.programId = said.programId !== undefined ? said.programId : null;
      after.matchReasons = [
        { label: 'By hand', detail: 'Somebody said so; it stays when the invoice comes again.' },
        ...invoice.matchReasons.filter((reason) => reason.label !== 'By hand'),
      ].slice(0, 8);
    }
    await updateInvoices(tx, [after]);
    await audit(tx, cx, { what: 'invoice.matched', subjectId: id, detail: { matchedBy: after.matchedBy } });
    await append(tx, cx, [
      { type: 'invoice.restated', chainId: id, subjectId: id, data: { invoiceId: id, leadId: after.leadId, netMinor: after.netMinor } },
    ]);
  });
}
