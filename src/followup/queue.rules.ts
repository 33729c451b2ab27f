/**
 * The order of a rep's queue: what is each lead worth if it is worked now, and how fast does that fall?
 *
 *   worth now = chance × value × decay
 *
 * Chance comes from the grade (30%, 10%, 3%) moved by the score; a verdict of hot lifts it to 40%. Value is what the lead said it would
 * spend, else the company's average sale. Decay is the published finding that the odds of qualifying fall about 21-fold between an
 * answer after 5 and one after 30 minutes: odds ∝ t^−1.70, because ln 21 / ln 6 = 1.70. Nobody measured days, so the curve
 * stops at a quarter: silent enquirers do buy later. It runs only until the first followup; from then on a dialogue is kept by its
 * next action, which is worth doing when it is due and hardly before: until then the lead waits below everything that can be worked
 * now, and so does a lead whose "don't know" has not run out.
 *
 * Example: a hot lead (30%) of 10,000 asked 30 minutes ago: odds .43 → .43 / 21 = .02, chance 2%, floor 7.5%: worth 750 now, 3,000 at once.
 */
export interface QueueLead {
  leadId: string;
  grade: 'hot' | 'warm' | 'cold';
  score: number;
  valueMinor: number | null;
  assignedAt: Date;
  acceptedAt: Date | null;
  firstFollowupAt: Date | null;
  respondBy: Date | null;
  followBy: Date | null;
  nextActionWhat: string | null;
  nextActionAt: Date | null;
  verdict: 'hot' | 'warm' | 'bad' | 'sale' | 'dont_know' | null;
  verdictExpiresAt: Date | null;
  lastActivityAt: Date | null;
  /** when the enquirer last asked: a new inquiry starts the clock again */
  askedAt: Date;
  returnedWhy: string | null;
}
export type WhyHere = 'answer' | 'followup' | 'nextAction' | 'askAgain' | 'returned' | 'open';
export interface Ranked {
  leadId: string;
  kind: WhyHere;
  worthMinor: number;
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
}

const decayExponent = Math.log(21) / Math.log(6);
const freshMinutes = 5;
const decayFloor = 0.25;
const chanceOfGrade = { hot: 0.3, warm: 0.1, cold: 0.03 };

/** The share of a lead's chance that is left after waiting. */
export function decayOf(chance: number, waitedMinutes: number): number {
  if (waitedMinutes <= freshMinutes) return 1;
  const odds = (chance / (1 - chance)) * (waitedMinutes / freshMinutes) ** -decayExponent;
  return Math.max(decayFloor, odds / (1 + odds) / chance);
}

export function chanceOf(lead: Pick<QueueLead, 'grade' | 'score' | 'verdict'>): number {
  if (lead.verdict === 'hot') return 0.4;
  const moved = chanceOfGrade[lead.grade] * (0.6 + Math.min(100, Math.max(0, lead.score)) / 125);
  return Math.min(0.9, moved);
}

export function rankQueue(leads: readonly QueueLead[], now: Date, averageSaleMinor: number): Ranked[] {
  return leads
    .map((lead) => rank(lead, now, averageSaleMinor))
    .sort(
      (a, b) =>
        Number(a.later) - Number(b.later) ||
        b.worthMinor - a.worthMinor ||
        (a.dueAt?.getTime() ?? Infinity) - (b.dueAt?.getTime() ?? Infinity) ||
        (a.leadId < b.leadId ? -1 : 1),
    );
}

function rank(lead: QueueLead, now: Date, averageSaleMinor: number): Ranked {
  const chance = chanceOf(lead);
  const full = chance * (lead.valueMinor ?? averageSaleMinor);
  const minutesSince = (at: Date): number => (now.getTime() - at.getTime()) / 60_000;
  const row = (kind: WhyHere, decay: number, from: Date | null, dueAt: Date | null, why: Ranked['why'], later = false): Ranked => {
    const minutesLeft = dueAt && -minutesSince(dueAt);
    const span = from && dueAt ? dueAt.getTime() - from.getTime() : 0;
    return {
      leadId: lead.leadId,
      kind,
      worthMinor: Math.round(full * decay),
      chancePercent: Math.round(chance * 100),
      decayPercent: Math.round(decay * 100),
      why,
      dueAt,
      minutesLeft: minutesLeft === null ? null : Math.round(minutesLeft),
      shareLeft: span > 0 ? Math.min(1, Math.max(0, (dueAt!.getTime() - now.getTime()) / span)) : null,
      overdue: minutesLeft !== null && minutesLeft < 0,
      later,
    };
  };
  const returned = lead.returnedWhy ? [{ label: 'Back from nurture', detail: lead.returnedWhy }] : [];
  if (!lead.firstFollowupAt) {
    const waited = minutesSince(lead.askedAt > lead.assignedAt ? lead.askedAt : lead.assignedAt);
    const decay = decayOf(chance, waited);
    const accepted = lead.acceptedAt !== null;
    const kind = returned.length > 0 ? 'returned' : accepted ? 'followup' : 'answer';
    const said = accepted ? 'accepted, not yet followed up' : 'waits for your answer';
    return row(kind, decay, accepted ? lead.acceptedAt : lead.assignedAt, accepted ? lead.followBy : lead.respondBy, [
      ...returned,
      { label: `${gradeWord[lead.grade]} lead`, detail: said },
      ...(decay < 1 ? [{ label: 'Falling while you wait', detail: `${Math.round(decay * 100)}% of its chance is left` }] : []),
    ]);
  }
  if (lead.nextActionAt) {
    const overdueDays = minutesSince(lead.nextActionAt) / 1440;
    // not yet due: hardly worth doing now; due: all of it; overdue: halves every three days, as a dialogue goes cold
    const later = overdueDays < -0.5;
    const decay = later ? 0.1 : overdueDays <= 0 ? 1 : Math.max(decayFloor, 0.5 ** (overdueDays / 3));
    const why = [...returned, { label: 'Your next action', detail: lead.nextActionWhat ?? 'Follow up' }];
    return row('nextAction', decay, lead.lastActivityAt ?? lead.assignedAt, lead.nextActionAt, why, later);
  }
  if (lead.verdict === 'dont_know' && lead.verdictExpiresAt && lead.verdictExpiresAt <= now)
    return row('askAgain', 0.5, null, lead.verdictExpiresAt, [
      { label: "Don't know, still?", detail: 'Half a minute to say what became of it' },
    ]);
  const quietDays = minutesSince(lead.lastActivityAt ?? lead.assignedAt) / 1440;
  const unknown = lead.verdict === 'dont_know';
  const decay = unknown ? 0.1 : Math.max(decayFloor, 0.5 ** (quietDays / 3));
  const label = lead.verdict === null ? 'No verdict yet' : 'No next action';
  const why = [...returned, { label, detail: `${daysOf(quietDays)} since the last followup` }];
  return row('open', decay, null, unknown ? lead.verdictExpiresAt : null, why, unknown);
}

const daysOf = (days: number): string => (Math.floor(days) === 1 ? '1 day' : `${Math.max(0, Math.floor(days))} days`);
const gradeWord = { hot: 'Hot', warm: 'Warm', cold: 'Cold' };
