import { daysBetween } from '../../platform/values/period.rules.ts';
import { productAgreement, type Agreement } from './product.rules.ts';

// To which lead a sale belongs that somebody else's file tells of, and whether it was counted before. Points are added up; what they
// are is written in docs/how-it-decides/claims.md and shown with every decision.

export type Proof = 'sell-through' | 'warranty' | 'rebate';
export const proofs = ['sell-through', 'warranty', 'rebate'] as const;
export const proofNames: Record<Proof, string> = { 'sell-through': 'sell-through', warranty: 'warranty registration', rebate: 'rebate claim' };

export interface Evidence {
  label: string;
  points: number;
  detail: string;
}

/** How the buyer of the claim and the person of the lead belong together. */
export type Who = 'person' | 'organization' | 'possible';

export interface CandidateLead {
  leadId: string;
  who: Who;
  product: string | null;
  askedAt: Date;
  /** when it went to the distributor of the claim, else to whom it first went; null if nobody ever had it */
  handedAt: Date | null;
  heldBy: 'this distributor' | 'another partner' | 'no partner' | 'not told';
}

export interface Weighed {
  leadId: string;
  who: Who;
  points: number;
  zone: 'sure' | 'ask' | 'no';
  evidence: Evidence[];
}

export const sureFrom = 60;
export const askFrom = 30;
/** so far ahead of the next one, or a person decides */
export const clearBy = 15;
/** beyond it a sale has another cause */
export const windowDays = 540;

const dayMs = 86_400_000;
const whoPoints: Record<Who, [points: number, detail: string]> = {
  person: [50, 'The buyer is the person of this lead.'],
  organization: [20, 'The buyer belongs to the organization of this lead.'],
  possible: [20, 'The buyer may be the person of this lead: they stand among the possible duplicates.'],
};
const productPoints: Record<Agreement, number> = { same: 30, line: 20, unknown: 0, different: -30 };
const heldPoints: Record<CandidateLead['heldBy'], [points: number, detail: string]> = {
  'this distributor': [20, 'The lead was handed to the distributor who sold.'],
  'another partner': [-15, 'The lead was handed to another partner than the one who sold.'],
  'no partner': [0, 'The lead was never handed to a partner.'],
  'not told': [0, 'The file does not tell who sold, or nobody of that name works with us.'],
};

/** How well one lead explains one sale. `soldAt` is the end of the day of the sale. */
export function weighLead(claim: { product: string | null; soldAt: Date }, lead: CandidateLead): Weighed {
  const evidence: Evidence[] = [];
  const add = (label: string, points: number, detail: string): void => void evidence.push({ label, points, detail });
  add('Who bought', ...whoPoints[lead.who]);
  const agreement = productAgreement(claim.product, lead.product);
  add('Product', productPoints[agreement], productSentence(agreement, claim.product, lead.product));
  add('Distributor', ...heldPoints[lead.heldBy]);
  const before = lead.askedAt.getTime() > claim.soldAt.getTime();
  const since = lead.handedAt && lead.handedAt.getTime() <= claim.soldAt.getTime() ? lead.handedAt : lead.askedAt;
  const days = Math.floor((claim.soldAt.getTime() - since.getTime()) / dayMs);
  const late = days > windowDays;
  if (before) add('Time', 0, 'It was sold before anybody asked: the lead is not its cause.');
  else if (late) add('Time', 0, `It was sold ${days} days after the hand-over; beyond ${windowDays} days a sale has another cause.`);
  else if (lead.handedAt && since !== lead.handedAt) add('Time', 0, 'It was sold before the lead was handed over.');
  else add('Time', days <= 90 ? 15 : days <= 180 ? 10 : 0, `It was sold ${days} ${days === 1 ? 'day' : 'days'} after the ${lead.handedAt ? 'hand-over' : 'inquiry'}.`);
  const points = evidence.reduce((sum, one) => sum + one.points, 0);
  const zone = before || late || points < askFrom ? 'no' : points >= sureFrom && lead.who !== 'possible' ? 'sure' : 'ask';
  return { leadId: lead.leadId, who: lead.who, points, zone, evidence };
}

function productSentence(agreement: Agreement, sold: string | null, asked: string | null): string {
  if (agreement === 'same') return `Sold and asked for: “${sold}”.`;
  if (agreement === 'line') return `“${sold}” and “${asked}” are of one line.`;
  if (agreement === 'different') return `“${sold}” was sold, “${asked}” was asked for.`;
  return !asked ? 'The lead names no product.' : !sold ? 'The claim names no product.' : `Whether “${sold}” is “${asked}” cannot be told by the words.`;
}

export interface Picked {
  zone: 'sure' | 'ask' | 'none';
  leadId: string | null;
  /** the best first; those that cannot be are left out */
  weighed: Weighed[];
  sentence: string;
}

/** The lead a sale belongs to: sure only where one explains it well and clearly better than any other. */
export function pickLead(claim: { product: string | null; soldAt: Date }, leads: readonly CandidateLead[]): Picked {
  const all = leads.map((lead) => weighLead(claim, lead));
  all.sort((a, b) => b.points - a.points || (a.leadId < b.leadId ? -1 : 1));
  const weighed = all.filter((one) => one.zone !== 'no');
  const [best, next] = weighed;
  if (!best) {
    const sentence = leads.length === 0 ? 'No lead of this buyer is known.' : `None of ${leads.length === 1 ? 'the one lead' : `the ${leads.length} leads`} of this buyer explains the sale.`;
    return { zone: 'none', leadId: null, weighed: all.slice(0, 5), sentence };
  }
  const told = weighed.slice(0, 8);
  if (best.zone === 'sure' && (!next || best.points - next.points >= clearBy))
    return { zone: 'sure', leadId: best.leadId, weighed: told, sentence: `${best.points} points: ${sureFrom} are enough${next ? `, and the next lead has ${next.points}` : ''}.` };
  if (best.zone === 'sure') return { zone: 'ask', leadId: null, weighed: told, sentence: `Two leads explain it nearly as well (${best.points} and ${next!.points} points): somebody who knows decides.` };
  const sentence = best.who === 'possible' && best.points >= sureFrom ? 'Whether the buyer is the person of the lead is not certain.' : `${best.points} points: ${sureFrom} would be enough.`;
  return { zone: 'ask', leadId: null, weighed: told, sentence };
}

/** A sale of a lead that counts already, by whatever proof. */
export interface KnownSale {
  kind: 'opportunity' | 'invoice' | 'claim';
  id: string;
  on: string;
  /** of a claim: which proof, and what it names */
  proof?: Proof;
  product?: string | null;
  serialKey?: string | null;
}

/** The same unit may be told of by a distributor's file and by the card of the buyer: within so many days they mean one sale. */
export const sameSaleDays = 120;
/** An invoice or a verdict is taken for the same sale as a claim within so many days. */
export const knownSaleDays = 365;

const apart = (a: string, b: string): number => Math.abs(daysBetween(a, b));

/**
 * Which sale of the lead this claim tells of once more, if any: the same serial number; a sale, outcome or invoice that came another way;
 * or a claim of another kind for the same product at about the same time. Two serial numbers are two sales, and so are two rows of one kind.
 */
export function alreadyProved(
  claim: { proof: Proof; product: string | null; serialKey: string | null; soldOn: string },
  known: readonly KnownSale[],
): { sale: KnownSale; sentence: string } | undefined {
  const of = (when: (one: KnownSale) => boolean): KnownSale | undefined => known.filter(when).sort((a, b) => apart(a.on, claim.soldOn) - apart(b.on, claim.soldOn) || (a.id < b.id ? -1 : 1))[0];
  const serial = of((one) => one.kind === 'claim' && sameSerial(claim, one));
  if (serial) return { sale: serial, sentence: `The ${proofNames[serial.proof!]} of ${serial.on} names the same serial number: the sale is counted once.` };
  const other = of((one) => one.kind !== 'claim' && apart(one.on, claim.soldOn) <= knownSaleDays);
  if (other) return { sale: other, sentence: `The lead’s ${other.kind === 'invoice' ? 'invoice' : 'sale'} of ${other.on} counts already; this proves it and adds nothing.` };
  const twin = of(
    (one) =>
      one.kind === 'claim' &&
      one.proof !== claim.proof &&
      !(one.serialKey && claim.serialKey) &&
      apart(one.on, claim.soldOn) <= sameSaleDays &&
      productAgreement(claim.product, one.product ?? null) !== 'different',
  );
  if (twin) return { sale: twin, sentence: `The ${proofNames[twin.proof!]} of ${twin.on} tells of the same sale: it is counted once.` };
  return undefined;
}

/** Another line of products may count its serial numbers from one as well. */
export const sameSerial = (a: { serialKey: string | null; product: string | null }, b: { serialKey?: string | null; product?: string | null }): boolean =>
  a.serialKey !== null && a.serialKey === b.serialKey && productAgreement(a.product, b.product ?? null) !== 'different';

export type Reported = 'bad' | 'dont_know' | 'silent';

/** What the holder had said of a lead that turns out to be sold, where that was wrong or nothing. */
export function reportedAs(lead: { verdict: string | null; followups: number; wasHanded: boolean }): Reported | null {
  if (lead.verdict === 'bad' || lead.verdict === 'dont_know') return lead.verdict;
  return lead.verdict === null && lead.followups === 0 && lead.wasHanded ? 'silent' : null;
}
