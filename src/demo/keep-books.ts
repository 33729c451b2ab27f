import { bringInFile, receiptOf } from '../capture/index.ts';
import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { moveOpportunities, openOpportunities } from '../revenue/index.ts';
import type { Agenda } from './agenda.rules.ts';
import { invoicesFile } from './files.rules.ts';
import { invoicesFor, plainInvoice, type LedgerEntry } from './ledger.rules.ts';
import { randomOf } from './random.rules.ts';
import type { Errand, MoneyDoor } from './simulate.ts';

const day = 86_400_000;
const stages = ['Qualification', 'Needs analysis', 'Proposal', 'Negotiation'] as const;

export interface Books extends MoneyDoor {
  /** Brings in the files that accounting has written since: of every month that is over, of the last weeks week by week. */
  takeInvoices(until: Date): Promise<void>;
  written(): number;
}

/** Opportunities of the reps, and what accounting writes. `clerk` is the scope of who brings its files in. */
export function keepBooks(
  cx: Context,
  clerk: Scope,
  given: { agenda: Agenda<Errand>; seed: number; inquiries: number; from: Date; now: Date },
): Books {
  const { seed, now, from } = given;
  const sharedOrganizations = Math.max(3, Math.round(given.inquiries / 14));
  const opportunities = new Map<string, string>();
  const sold = new Set<string>();
  const closings = closingsOf(from, now);
  let waiting: { entry: LedgerEntry; reference: string | null }[] = [];
  let written = 0;

  // Old customers order without asking first: about one invoice in five has no inquiry behind it.
  const plain = randomOf(seed, 'plain invoices');
  const everyDays = Math.max(0.02, 26_000 / given.inquiries);
  let count = 0;
  for (let at = from.getTime(); at < now.getTime(); at += plain.logNormal(everyDays, 0.5) * day)
    waiting.push({ entry: plainInvoice(seed, count++, new Date(at)), reference: null });

  async function takeInvoices(until: Date): Promise<void> {
    for (; closings.length > 0 && closings[0]! <= until; closings.shift()) {
      const closing = closings[0]!;
      const due = waiting.filter(({ entry }) => entry.at < closing).sort((a, b) => a.entry.at.getTime() - b.entry.at.getTime());
      if (due.length === 0) continue;
      waiting = waiting.filter(({ entry }) => entry.at >= closing);
      // What was billed within the last month is not paid yet.
      const states = due.map((one) => ({
        ...one,
        status: one.entry.status === 'Paid' && now.getTime() - one.entry.at.getTime() < 30 * day ? 'Open' : one.entry.status,
      }));
      const file = invoicesFile(nameOf(closing, now), states, written);
      await bringInFile(cx, clerk, {
        name: file.name,
        bytes: Buffer.from(file.text),
        kind: 'invoices',
        // The mapping is chosen once and saved; every later file of this shape is recognised by it.
        ...(written === 0 ? { settings: { mapping: file.mapping, saveAs: 'Accounting export' } } : {}),
      });
      written += due.length;
    }
  }

  return {
    takeInvoices,
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
      for (const entry of entries) waiting.push({ entry, reference: entry.reference === 'receipt' ? receiptOf(lead.inquiryId) : null });
    },
    written: () => written,
  };
}

const weeklyFrom = 35 * day;

/** The ends of months, then of the last weeks, then today. */
function closingsOf(from: Date, now: Date): Date[] {
  const closings: Date[] = [];
  const month = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1, 1));
  for (; now.getTime() - month.getTime() > weeklyFrom; month.setUTCMonth(month.getUTCMonth() + 1)) closings.push(new Date(month));
  for (let week = now.getTime() - 28 * day; week <= now.getTime(); week += 7 * day) closings.push(new Date(week));
  return closings;
}

function nameOf(closing: Date, now: Date): string {
  const last = new Date(closing.getTime() - day).toISOString();
  return now.getTime() - closing.getTime() > weeklyFrom ? last.slice(0, 7) : `until ${last.slice(0, 10)}`;
}
