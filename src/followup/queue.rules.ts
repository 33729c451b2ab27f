import { orderWithinClocks } from './day/clocks.rules.ts';
import { decayOf, halvedAfterMinutes, publishedCurve } from './day/decay.rules.ts';
import type { Curve } from './day/decay.rules.ts';

/**
 * The order of a rep's queue: what is each lead worth if it is worked now, and how fast does that fall?
 *
 *   worth now = chance × value × margin × decay
 *
 * Chance comes from the grade (30%, 10%, 3%) moved by the score; a verdict of hot lifts it to 40%. Value is that of its open
 * opportunity, else what its partner expects or the budget it said, else the company's average sale; margin what is kept of it, by product. Decay (`day/decay.rules.ts`) is what waiting takes of the
 * chance, learnt per source. It runs only until the first followup; from then on a dialogue is kept by its
 * next action, which is worth doing when it is due and hardly before: until then the lead waits below everything that can be worked
 * now, and so does a lead whose "don't know" has not run out.
 *
 * Nothing starves: every lead that can be worked has a clock, its promise or some days of patience, and comes to the top before it ends as
 * long as there is time for all (`day/clocks.rules.ts`). Once its clock has ended it has had its turn and stands by its worth.
 *
 * Example: a hot lead (30%) of 10,000 asked 30 minutes ago: odds .43 → .43 / 21 = .02, chance 2%, floor 7.5%: worth 750 now, 3,000 at once.
 */
export interface QueueLead {
  leadId: string;
  grade: 'hot' | 'warm' | 'cold';
  score: number;
  /** what it may bring, and how that is known (`day/value.rules.ts`); null: the average */
  valueMinor: number | null;
  valueWhy: string | null;
  assignedAt: Date;
  acceptedAt: Date | null;
  firstFollowupAt: Date | null;
  respondBy: Date | null;
  followBy: Date | null;
  /** by when a verdict is agreed, where one is */
  judgeBy: Date | null;
  /** it rests until then */
  pausedUntil: Date | null;
  pauseReason: string | null;
  nextActionWhat: string | null;
  nextActionAt: Date | null;
  verdict: 'hot' | 'warm' | 'bad' | 'sale' | 'dont_know' | null;
  verdictExpiresAt: Date | null;
  /** nobody said it: they were asked in vain */
  verdictBySilence?: boolean;
  lastActivityAt: Date | null;
  /** when the enquirer last asked: a new inquiry starts the clock again */
  askedAt: Date;
  returnedWhy: string | null;
  holderId: string;
  sourceId: string | null;
  product: string | null;
}
/** How fast a source's leads fall, and on whose history that stands. */
export interface SourceCurve extends Curve {
  from: 'source' | 'company' | 'published';
  leads: number;
}
/** What the order needs to know beside the leads. */
export interface QueueTerms {
  averageSaleMinor: number;
  curveOf: (sourceId: string | null) => SourceCurve;
  /** What is kept of a sale of the product, in percent. */
  marginOf: (product: string | null) => number;
  /** Working minutes of the holder from now until then; negative once it is past. */
  minutesUntil: (holderId: string, at: Date) => number;
}
export type WhyHere = 'answer' | 'followup' | 'nextAction' | 'askAgain' | 'returned' | 'open' | 'paused';
export interface Ranked {
  leadId: string;
  kind: WhyHere;
  worthMinor: number;
  /** what it would be worth had nobody let it wait */
  atOnceMinor: number;
  chancePercent: number;
  decayPercent: number;
  why: { label: string; detail: string }[];
  /** the moment that matters for this row, if there is one */
  dueAt: Date | null;
  minutesLeft: number | null;
  /** 1 = all the time is left, 0 = none; null without a deadline */
  shareLeft: number | null;
  overdue: boolean;
  /** Nothing to do yet: its next action is not due. */
  later: boolean;
  /** It stands higher than its worth would put it, so that its clock is kept. */
  clockFirst: boolean;
}

/** What a lead is reckoned with before there is a sale to take the average of. */
export const defaultSaleMinor = 1_000_000;
const chanceOfGrade = { hot: 0.3, warm: 0.1, cold: 0.03 };
/** What has no promise comes to the top within so many days: of when it was due, an open dialogue of when it was last worked. */
const patienceDays = { nextAction: 2, askAgain: 3, open: 14 };
/** Below this share nothing falls while it waits to be worked again: as the published curve's floor. */
const restFloor = publishedCurve.floor;

export const publishedTerms: Omit<QueueTerms, 'averageSaleMinor'> = {
  curveOf: () => ({ ...publishedCurve, from: 'published', leads: 0 }),
  marginOf: () => 100,
  minutesUntil: () => Infinity,
};

export function chanceOf(lead: Pick<QueueLead, 'grade' | 'score' | 'verdict'>): number {
  if (lead.verdict === 'hot') return 0.4;
  const moved = chanceOfGrade[lead.grade] * (0.6 + Math.min(100, Math.max(0, lead.score)) / 125);
  return Math.min(0.9, moved);
}

/** Best first. What can wait is at the end, in the same order. */
export function rankQueue(leads: readonly QueueLead[], now: Date, terms: QueueTerms): Ranked[] {
  const byWorth = leads
    .map((lead) => {
      const row = rank(lead, now, terms);
      const endsAt = row.later ? null : clockEndOf(lead, row);
      return { row, minutesLeft: endsAt ? terms.minutesUntil(lead.holderId, endsAt) : Infinity };
    })
    .sort(
      (a, b) =>
        Number(a.row.later) - Number(b.row.later) ||
        Number(a.row.kind === 'paused') - Number(b.row.kind === 'paused') ||
        b.row.worthMinor - a.row.worthMinor ||
        (a.row.dueAt?.getTime() ?? Infinity) - (b.row.dueAt?.getTime() ?? Infinity) ||
        (a.row.leadId < b.row.leadId ? -1 : 1),
    );
  const later = byWorth.findIndex(({ row }) => row.later);
  const workable = later < 0 ? byWorth : byWorth.slice(0, later);
  const rows = orderWithinClocks(workable).map((at, place) => (at > place ? withClockFirst(workable[at]!.row) : workable[at]!.row));
  return [...rows, ...byWorth.slice(workable.length).map(({ row }) => row)];
}

function clockEndOf(lead: QueueLead, { kind, dueAt }: Ranked): Date | null {
  if (kind === 'answer' || kind === 'followup' || kind === 'returned' || kind === 'paused') return dueAt;
  const from = kind === 'open' ? (lead.lastActivityAt ?? lead.assignedAt) : dueAt!;
  const patience = new Date(from.getTime() + patienceDays[kind] * 86_400_000);
  return kind === 'open' && dueAt && dueAt < patience ? dueAt : patience;
}

const withClockFirst = (row: Ranked): Ranked => ({
  ...row,
  clockFirst: true,
  why: [...row.why, { label: 'Its clock comes first', detail: 'in its turn by worth it would be too late' }],
});

/**
 * What silence took of a lead and what it still can take: of what it would be worth at once, the part waiting has cost and the part that is
 * left. What the queue puts lower only because it is not its turn (a next action to come, a "don't know" to ask about) has lost nothing.
 */
export function silenceOf(lead: QueueLead, now: Date, terms: QueueTerms): { lostMinor: number; leftMinor: number; chancePercent: number } {
  const { kind, later, worthMinor, atOnceMinor, chancePercent } = rank(lead, now, terms);
  const leftMinor = later || kind === 'askAgain' ? atOnceMinor : worthMinor;
  return { lostMinor: atOnceMinor - leftMinor, leftMinor, chancePercent };
}

function rank(lead: QueueLead, now: Date, terms: QueueTerms): Ranked {
  const chance = chanceOf(lead);
  const margin = terms.marginOf(lead.product);
  const full = (chance * (lead.valueMinor ?? terms.averageSaleMinor) * margin) / 100;
  const minutesSince = (at: Date): number => (now.getTime() - at.getTime()) / 60_000;
  const row = (kind: WhyHere, decay: number, from: Date | null, dueAt: Date | null, why: Ranked['why'], later = false): Ranked => {
    const minutesLeft = dueAt && -minutesSince(dueAt);
    const span = from && dueAt ? dueAt.getTime() - from.getTime() : 0;
    return {
      leadId: lead.leadId,
      kind,
      worthMinor: Math.round(full * decay),
      atOnceMinor: Math.round(full),
      chancePercent: Math.round(chance * 100),
      decayPercent: Math.round(decay * 100),
      why: [
        ...why,
        ...(lead.valueWhy === null ? [] : [{ label: 'Value', detail: lead.valueWhy }]),
        ...(margin === 100 ? [] : [{ label: 'Margin', detail: `${margin}% of a sale is kept` }]),
      ],
      dueAt,
      minutesLeft: minutesLeft === null ? null : Math.round(minutesLeft),
      shareLeft: span > 0 ? Math.min(1, Math.max(0, (dueAt!.getTime() - now.getTime()) / span)) : null,
      overdue: minutesLeft !== null && minutesLeft < 0,
      later,
      clockFirst: false,
    };
  };
  if (lead.pausedUntil && lead.pausedUntil > now)
    return row('paused', restFloor, null, lead.pausedUntil, [{ label: 'Rests', detail: lead.pauseReason ?? 'paused' }], true);
  const returned = lead.returnedWhy ? [{ label: 'Back from nurture', detail: lead.returnedWhy }] : [];
  if (!lead.firstFollowupAt) {
    const waited = minutesSince(lead.askedAt > lead.assignedAt ? lead.askedAt : lead.assignedAt);
    const curve = terms.curveOf(lead.sourceId);
    const decay = decayOf(chance, waited, curve);
    const accepted = lead.acceptedAt !== null;
    const kind = returned.length > 0 ? 'returned' : accepted ? 'followup' : 'answer';
    const said = accepted ? 'accepted, not yet followed up' : 'waits for your answer';
    return row(kind, decay, accepted ? lead.acceptedAt : lead.assignedAt, accepted ? lead.followBy : lead.respondBy, [
      ...returned,
      { label: `${gradeWord[lead.grade]} lead`, detail: said },
      { label: decay < 1 ? 'Falling while you wait' : 'Best called at once', detail: `${Math.round(decay * 100)}% of its chance is left; ${speedOf(chance, curve)}` },
    ]);
  }
  if (lead.nextActionAt) {
    const overdueDays = minutesSince(lead.nextActionAt) / 1440;
    // not yet due: hardly worth doing now; due: all of it; overdue: halves every three days, as a dialogue goes cold
    const later = overdueDays < -0.5;
    const decay = later ? 0.1 : overdueDays <= 0 ? 1 : Math.max(restFloor, 0.5 ** (overdueDays / 3));
    const why = [...returned, { label: 'Your next action', detail: lead.nextActionWhat ?? 'Follow up' }];
    return row('nextAction', decay, lead.lastActivityAt ?? lead.assignedAt, lead.nextActionAt, why, later);
  }
  if (lead.verdict === 'dont_know' && lead.verdictExpiresAt && lead.verdictExpiresAt <= now)
    return row('askAgain', 0.5, null, lead.verdictExpiresAt, [
      { label: "Don't know, still?", detail: 'Half a minute to say what became of it' },
    ]);
  const quietDays = minutesSince(lead.lastActivityAt ?? lead.assignedAt) / 1440;
  // Who said nothing has not earned to be left alone.
  const unknown = lead.verdict === 'dont_know' && !lead.verdictBySilence;
  const decay = unknown ? 0.1 : Math.max(restFloor, 0.5 ** (quietDays / 3));
  const owedBy = lead.verdict === null ? lead.judgeBy : null;
  const label = lead.verdictBySilence ? 'Counts as “don’t know” by silence' : owedBy ? 'A verdict is agreed' : lead.verdict === null ? 'No verdict yet' : 'No next action';
  const why = [...returned, { label, detail: `${daysOf(quietDays)} since the last followup` }];
  return row('open', decay, owedBy && lead.acceptedAt, unknown ? lead.verdictExpiresAt : owedBy, why, unknown);
}

/** "half is gone after 25 min (812 leads of this source)" */
function speedOf(chance: number, curve: SourceCurve): string {
  const half = halvedAfterMinutes(chance, curve);
  const gone = half === null ? 'waiting never costs half of it' : `half is gone after ${shortOf(half)}`;
  const on = { source: `${curve.leads} leads of this source`, company: `${curve.leads} leads of all sources`, published: 'as published; no history yet' };
  return `${gone} (${on[curve.from]})`;
}

const shortOf = (minutes: number): string =>
  minutes < 90 ? `${Math.round(minutes)} min` : minutes < 2880 ? `${Math.round(minutes / 60)} hours` : `${Math.round(minutes / 1440)} days`;
const daysOf = (days: number): string => (Math.floor(days) === 1 ? '1 day' : `${Math.max(0, Math.floor(days))} days`);
const gradeWord = { hot: 'Hot', warm: 'Warm', cold: 'Cold' };
