import { receiptOf } from '../capture/index.ts';
import { moveOpportunities, invoicesImport, openOpportunities } from '../revenue/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import type { Agenda } from './agenda.rules.ts';
import { company } from './company.rules.ts';
import { invoicesFor, plainInvoice, type LedgerEntry } from './ledger.rules.ts';
import { randomOf } from './random.rules.ts';
import type { Errand, MoneyDoor } from './simulate.ts';

const day = 86_400_000;
const stages = ['Qualification', 'Needs analysis', 'Proposal', 'Negotiation'] as const;

/** Opportunities of the reps, and what accounting writes: every Friday its new invoices are taken in. */
export function keepBooks(
  cx: Context,
  given: { currency: string; agenda: Agenda<Errand>; seed: number; inquiries: number; from: Date; now: Date },
): MoneyDoor & { written(): number } {
  const { agenda, seed, now, from } = given;
  const sharedOrganizations = Math.max(3, Math.round(given.inquiries / 14));
  const opportunities = new Map<string, string>();
  const waiting: { at: Date; entry: LedgerEntry; reference: string | null }[] = [];
  const sold = new Set<string>();
  let written = 0;

  // Old customers order without asking first: about one invoice in five has no inquiry behind it.
  const plain = randomOf(seed, 'plain invoices');
  const everyDays = Math.max(0.02, 26_000 / given.inquiries);
  let count = 0;
  for (let at = from.getTime(); at < now.getTime(); at += plain.logNormal(everyDays, 0.5) * day)
    waiting.push({ at: new Date(at), entry: plainInvoice(seed, count++, new Date(at)), reference: null });
  for (let friday = from.getTime() + 5 * day; friday < now.getTime() + 7 * day; friday += 7 * day)
    agenda.add(new Date(Math.min(friday, now.getTime())), { run: (tx) => takeInvoices(tx, new Date(Math.min(friday, now.getTime()))) });

  async function takeInvoices(tx: Tx, until: Date): Promise<void> {
    const due = waiting.filter((one) => one.entry.at <= until).toSorted((a, b) => a.entry.at.getTime() - b.entry.at.getTime());
    if (due.length === 0) return;
    const rest = waiting.filter((one) => one.entry.at > until);
    waiting.splice(0, waiting.length, ...rest);
    const money = (minor: number): { minor: number; currency: string } => ({ minor, currency: given.currency });
    await invoicesImport.apply(tx, cx, {
      importId: cx.ids.next(),
      rows: due.map(({ entry, reference }, index) => {
        const number = `${entry.kind === 'invoice' ? 'INV' : 'CN'}-${entry.at.getUTCFullYear()}-${String(10_001 + written++)}`;
        // What was billed within the last month is not paid yet.
        const status = entry.status === 'Paid' && now.getTime() - entry.at.getTime() < 30 * day ? 'Open' : entry.status;
        const values = {
          externalId: number,
          number,
          status,
          issuedAt: entry.at,
          subject: entry.subject,
          accountName: entry.billedName,
          kind: entry.kind === 'invoice' ? 'Invoice' : 'Credit note',
          net: money(entry.netMinor),
          tax: money(entry.taxMinor),
          grandTotal: money(entry.netMinor + entry.taxMinor),
          ...(entry.billedEmail ? { email: entry.billedEmail } : {}),
          ...(reference ? { reference } : {}),
        };
        return { row: index + 2, values, extra: {} };
      }),
      options: {
        programId: null,
        source: null,
        createMissing: false,
        timeZone: company.timeZone,
        currency: given.currency,
        country: company.country,
      },
    });
  }

  return {
    async open(tx, opened) {
      const ids = await openOpportunities(
        tx,
        cx,
        opened.map(({ lead, step }) => ({
          name: lead.product ?? 'Pumps',
          leadId: lead.leadId,
          amountMinor: step.amountMinor,
          closeOn: step.closeOn.toISOString().slice(0, 10),
          stage: stages[0],
          at: step.at,
        })),
      );
      opened.forEach(({ lead }, index) => opportunities.set(lead.leadId, ids[index]!));
    },
    async move(tx, moved) {
      const moves = moved.flatMap(({ lead, step }): { id: string; stage: string; lostReason?: string; at: Date }[] => {
        const id = opportunities.get(lead.leadId);
        if (!id) return [];
        if (step.do === 'stage') return [{ id, stage: stages[step.stage], at: step.at }];
        opportunities.delete(lead.leadId);
        return [{ id, stage: 'Lost', lostReason: step.reason, at: step.at }];
      });
      if (moves.length > 0) await moveOpportunities(tx, cx, moves);
    },
    sold(lead, step) {
      // One need is bought once, however many holders were at it.
      if (sold.has(lead.truth.episode)) return;
      sold.add(lead.truth.episode);
      const entries = invoicesFor(seed, sharedOrganizations, {
        truth: lead.truth,
        soldAt: step.at,
        valueMinor: step.valueMinor,
        product: lead.product,
      });
      for (const entry of entries)
        waiting.push({ at: entry.at, entry, reference: entry.reference === 'receipt' ? receiptOf(lead.inquiryId) : null });
    },
    written: () => written,
  };
}
