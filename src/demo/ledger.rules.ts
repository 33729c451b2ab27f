import { organizationOf } from './organizations.rules.ts';
import { personOf } from './people.rules.ts';
import { randomOf } from './random.rules.ts';
import { inOffice } from './behaviour.rules.ts';
import type { Truth } from './truth.rules.ts';

/** A line of the accounting system, which knows customers by its own words. */
export interface LedgerEntry {
  at: Date;
  kind: 'invoice' | 'credit_note';
  status: 'Paid' | 'Open' | 'Cancelled';
  billedName: string;
  billedEmail: string | null;
  /** What the customer wrote on the order: now and then the receipt of the inquiry. */
  reference: 'receipt' | null;
  subject: string;
  netMinor: number;
  taxMinor: number;
}

export const invoiceNumberOf = (entry: LedgerEntry, n: number): string =>
  `${entry.kind === 'invoice' ? 'INV' : 'CN'}-${entry.at.getUTCFullYear()}-${String(10_001 + n)}`;

export interface Sale {
  truth: Truth;
  soldAt: Date;
  valueMinor: number;
  product: string | null;
}

const day = 86_400_000;
const clerk = { utcOffset: -5 };
const taxOf: Record<string, number> = { DE: 0.19, ES: 0.21, AT: 0.2, CH: 0.081, FR: 0.2, IT: 0.22, GB: 0.2, NL: 0.21, PT: 0.23, PL: 0.23 };

/** What the accounting department writes for one sale: mostly one invoice, at times in two parts, now and then taken back. */
export function invoicesFor(seed: number, sharedOrganizations: number, sale: Sale): LedgerEntry[] {
  const random = randomOf(seed, 'invoice', sale.truth.sequence);
  const person = personOf(seed, Number(sale.truth.person!.slice(1)), sharedOrganizations);
  const { organization } = person;
  const rate = taxOf[organization.place.country] ?? 0;
  const entry = (at: number, share: number, over: Partial<LedgerEntry> = {}): LedgerEntry => {
    const netMinor = Math.round((sale.valueMinor * share) / 100) * 100;
    return {
      at: new Date(inOffice(clerk, at, random)),
      kind: 'invoice',
      status: 'Paid',
      billedName: organization.name,
      // The accounting system knows the buyer's address for two in three, and the accounts department's for others.
      billedEmail: random.weighted([
        [person.email, 66],
        [`accounts@${organization.domain}`, 20],
        [null, 14],
      ] as const),
      reference: random.weighted([
        ['receipt', 40],
        [null, 60],
      ] as const),
      subject: sale.product ?? 'Pumps and parts',
      netMinor,
      taxMinor: Math.round(netMinor * rate),
      ...over,
    };
  };
  const first = sale.soldAt.getTime() + random.logNormal(9, 0.6) * day;
  // Prices move a little between the rep's word and the invoice.
  const actual = 0.96 + 0.07 * random.next();
  if (sale.valueMinor > 3_000_000 && random.chance(0.5))
    return [entry(first, actual * 0.4, { subject: 'Deposit 40%' }), entry(first + random.logNormal(45, 0.4) * day, actual * 0.6)];
  const entries = [entry(first, actual)];
  const fate = random.next();
  if (fate < 0.035)
    entries.push(
      entry(entries[0]!.at.getTime() + random.logNormal(18, 0.5) * day, actual * random.pick([0.1, 0.15, 0.3, 1]), {
        kind: 'credit_note',
        subject: random.pick(['Return', 'Goodwill', 'Wrong part delivered']),
        reference: null,
      }),
    );
  else if (fate < 0.05) entries[0] = { ...entries[0]!, status: 'Cancelled' };
  return entries;
}

/** Orders that no inquiry led to: old customers who simply order. `n` counts them. */
export function plainInvoice(seed: number, n: number, at: Date): LedgerEntry {
  const random = randomOf(seed, 'plain invoice', n);
  const organization = organizationOf(seed, 3_000_000 + random.int(140));
  const netMinor = Math.round(random.logNormal(240_000, 0.9) / 100) * 100;
  return {
    at: new Date(inOffice(clerk, at.getTime(), random)),
    kind: 'invoice',
    status: 'Paid',
    billedName: organization.name,
    billedEmail: random.chance(0.5) ? `accounts@${organization.domain}` : null,
    reference: null,
    subject: random.pick(['Spare parts', 'Seal kits', 'Repair', 'Annual maintenance']),
    netMinor,
    taxMinor: Math.round(netMinor * (taxOf[organization.place.country] ?? 0)),
  };
}
