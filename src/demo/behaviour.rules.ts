import type { DemoHolder } from './company.rules.ts';
import type { Intent } from './messages.rules.ts';
import { randomOf, type Random } from './random.rules.ts';
import { buys, type Truth } from './truth.rules.ts';

/** What a holder does with one lead, each step at its own time. The loader carries the steps out through the real actions. */
export type Step =
  | { at: Date; do: 'accept' }
  | { at: Date; do: 'decline'; reason: string }
  | {
      at: Date;
      do: 'activity';
      kind: 'call' | 'mail' | 'visit' | 'meeting' | 'quote' | 'literature' | 'note';
      outcome: string;
      note: string;
    }
  /** What is next; null when what was planned is done and nothing follows. */
  | { at: Date; do: 'next'; what: string | null; dueAt: Date | null }
  | {
      at: Date;
      do: 'judge';
      verdict: 'hot' | 'warm' | 'bad' | 'sale' | 'dont_know';
      reason: string | null;
      valueMinor: number | null;
      /** warm: when it should come back */
      until: Date | null;
    }
  | { at: Date; do: 'opportunity'; amountMinor: number; closeOn: Date }
  | { at: Date; do: 'stage'; stage: 1 | 2 | 3 }
  | { at: Date; do: 'lose'; reason: string }
  /** The customer orders. Accounting will write an invoice, whether or not anybody tells us. */
  | { at: Date; do: 'sold'; valueMinor: number };

export interface Offer {
  holder: DemoHolder;
  truth: Truth;
  grade: 'hot' | 'warm' | 'cold';
  /** When the inquirer wrote, and when this holder was given the lead. */
  inquiredAt: Date;
  assignedAt: Date;
  /** Until when an answer was promised; who is reminded often answers just before. */
  respondBy: Date | null;
  /** How many holders had it before. */
  sequence: number;
  product: string | null;
  givenName: string | null;
}

const hour = 3_600_000;
const day = 24 * hour;

/**
 * Plans the whole of a holder's work on an offer. Whether the person buys follows from the truth and from how fast and how
 * often this very holder calls, so that the reports have something to find.
 */
export function planWork(seed: number, offer: Offer): Step[] {
  const { holder, truth } = offer;
  const { diligence } = holder;
  const random = randomOf(seed, 'work', holder.key, truth.sequence, offer.sequence);
  const steps: Step[] = [];
  const urgency = offer.grade === 'hot' ? 0.6 : offer.grade === 'warm' ? 1 : 1.6;
  const atOnce = random.chance(diligence.atOnce * (offer.grade === 'hot' ? 1.4 : 1));
  const acceptHours = atOnce ? random.logNormal(0.1, 0.7) : random.logNormal(diligence.acceptHours, 0.8) * urgency;
  let at = inOffice(holder, offer.assignedAt.getTime() + acceptHours * hour, random);

  if (random.chance(diligence.declines))
    return [
      {
        at: new Date(at),
        do: 'decline',
        reason: random.pick(['Outside my area', 'No time now', 'Not what we sell', 'Conflict with a customer']),
      },
    ];
  if (!random.chance(diligence.accepts + (offer.grade === 'hot' ? 0.03 : 0))) return [];
  const last = offer.respondBy?.getTime() ?? Infinity;
  if (at >= last) {
    // Too late by nature; a reminder brings most of the willing back just in time.
    if (!random.chance(diligence.accepts * 0.8)) return [];
    at = last - Math.min(0.25 * (last - offer.assignedAt.getTime()), hour) * (0.1 + 0.9 * random.next());
  }
  steps.push({ at: new Date(at), do: 'accept' });

  if (!random.chance(diligence.follows)) return steps;
  const contactHours = atOnce ? random.logNormal(0.08, 0.6) : random.logNormal(diligence.contactHours, 0.9) * urgency;
  at = inOffice(holder, at + contactHours * hour, random);
  const hoursToContact = (at - offer.inquiredAt.getTime()) / hour;
  const contacts = truth.junk ? 1 : Math.max(1, Math.min(8, Math.round(random.logNormal(diligence.contactsMean * (0.7 + 0.3 * holder.ease), 0.4))));
  // Who is good at it keeps a conversation going; who is not lets days pass.
  const pace = (2.4 - 1.2 * diligence.skill) * holder.ease;
  let reached = false;
  let planned = false;
  for (let i = 0; i < contacts; i++) {
    const activity = activityOf(random, i, reached, truth, offer.product);
    reached = reached || activity.reached;
    steps.push({ at: new Date(at), do: 'activity', kind: activity.kind, outcome: activity.outcome, note: activity.note });
    const last = i + 1 === contacts;
    const next = inOffice(holder, at + random.logNormal(reached ? pace : pace / 2, 0.6) * day, random);
    const plans = random.chance(last ? 0.2 : 0.75);
    if (plans) steps.push(nextOf(at + 90_000, random.pick(reached ? nextWhenReached : nextWhenNot), next));
    else if (planned) steps.push(nextOf(at + 90_000, null, null));
    planned = plans;
    if (!last) at = inOffice(holder, next + (random.chance(0.3) ? random.logNormal(1, 0.8) * day : 0), random);
  }

  const bought = buys(truth, { hoursToContact, contacts, skill: diligence.skill });
  const lastContact = at;
  if (bought) {
    const soldAt = inOffice(holder, Math.max(lastContact + hour, offer.inquiredAt.getTime() + truth.lagDays * day), random);
    const open = Math.max(lastContact + 1_800_000, Math.min(soldAt - hour, lastContact + random.logNormal(2, 0.8) * day));
    if (soldAt - open > 2 * day) {
      steps.push({ at: new Date(open), do: 'judge', verdict: 'hot', reason: null, valueMinor: truth.amountMinor, until: null });
      steps.push({
        at: new Date(open + 60_000),
        do: 'opportunity',
        amountMinor: roughly(truth.amountMinor, random),
        closeOn: new Date(soldAt + random.normal() * 12 * day),
      });
      steps.push(...negotiation(random, holder, truth, offer.product, open, soldAt));
    }
    steps.push(nextOf(soldAt, null, null), { at: new Date(soldAt), do: 'sold', valueMinor: truth.amountMinor });
    // Even a sale is told only if the holder tells: the silent sell and say nothing, and the invoice has to find it.
    if (random.chance(Math.min(0.98, diligence.verdicts + 0.2)))
      steps.push({ at: new Date(soldAt), do: 'judge', verdict: 'sale', reason: null, valueMinor: truth.amountMinor, until: null });
    return steps;
  }
  if (!random.chance(diligence.verdicts)) return steps;
  const verdictAt = inOffice(holder, lastContact + 120_000 + random.logNormal((diligence.verdictDays / 3) * holder.ease, 0.7) * day, random);
  // Whatever was planned is over with the verdict; a hot lead gets plans of its own.
  if (planned) steps.push(nextOf(verdictAt, null, null));
  steps.push(...verdictOf(random, holder, truth, offer.product, reached, verdictAt));
  return steps;
}

function verdictOf(random: Random, holder: DemoHolder, truth: Truth, product: string | null, reached: boolean, at: number): Step[] {
  const judge = (verdict: 'hot' | 'warm' | 'bad' | 'dont_know', reason: string | null, valueMinor: number | null = null): Step => ({
    at: new Date(at),
    do: 'judge',
    verdict,
    reason,
    valueMinor,
    until: verdict === 'warm' ? new Date(at + random.between(60, 400) * day) : null,
  });
  if (truth.junk) return [judge('bad', truth.junk === 'spam' ? 'Student, competitor or supplier' : 'Wrong contact data')];
  if (truth.intent === 'private') return [judge('bad', random.pick(['Student, competitor or supplier', 'Outside our range']))];
  const draw = random.next();
  // Whoever filled in a quote form may buy next year; who stands on a purchased list hardly knows us.
  const interest = 1 / (1 + Math.exp(-(truth.logOdds + 3.4) / 0.7));
  const bad = 0.07 + 0.7 * (1 - interest) ** 2;
  if (truth.buysSomewhere && draw < 0.3 * interest) {
    const amount = roughly(truth.amountMinor, random);
    const lostAt = inOffice(holder, at + random.logNormal(24, 0.6) * day, random);
    return [
      judge('hot', null, amount),
      { at: new Date(at + 60_000), do: 'opportunity', amountMinor: amount, closeOn: new Date(lostAt + 10 * day) },
      ...negotiation(random, holder, truth, product, at, lostAt),
      { at: new Date(lostAt), do: 'lose', reason: random.pick(['Bought from a competitor', 'Price', 'Delivery time', 'Project stopped']) },
      { ...judge('bad', 'Bought elsewhere'), at: new Date(lostAt + 60_000) },
    ];
  }
  if (!reached && random.chance(0.12)) return [judge('dont_know', 'Cannot be reached')];
  if (!random.chance(bad))
    return [
      judge(
        'warm',
        random.pick(['Budget next year', 'Project postponed', 'Still comparing', 'Interested, no date', 'Call again in spring']),
      ),
    ];
  return [
    judge(
      'bad',
      random.weighted([
        ['Cannot be reached', reached ? 0 : 7],
        ['No need', 5],
        ['No budget', 3],
        ['Bought elsewhere', truth.buysSomewhere ? 4 : 0],
        ['Wrong contact data', reached ? 0 : 3],
        ['Outside our range', 2],
        ['Student, competitor or supplier', 1],
      ] as const),
    ),
  ];
}

const nextWhenReached = ['Send quote', 'Call about the quote', 'Visit the plant', 'Clarify the duty point', 'Ask for drawings'] as const;
const nextWhenNot = ['Call again', 'Try the switchboard', 'Send a mail'] as const;

const nextOf = (at: number, what: string | null, dueAt: number | null): Step => ({
  at: new Date(at),
  do: 'next',
  what,
  dueAt: dueAt === null ? null : new Date(dueAt),
});

/** From the quote to the decision: a word every fortnight or so with the next one agreed, and the stages on the way. */
function negotiation(random: Random, holder: DemoHolder, truth: Truth, product: string | null, from: number, until: number): Step[] {
  const steps: Step[] = [];
  if (until - from > 6 * day) {
    const share = [0.3 + 0.1 * random.next(), 0.55 + 0.1 * random.next(), 0.75 + 0.15 * random.next()];
    share.forEach((part, index) => {
      if (index < 2 || random.chance(0.7))
        steps.push({ at: new Date(from + (until - from) * part), do: 'stage', stage: (index + 1) as 1 | 2 | 3 });
    });
  }
  let at = from + 120_000;
  for (;;) {
    const next = inOffice(holder, at + random.logNormal(11, 0.4) * day, random);
    steps.push(nextOf(at, random.pick(nextWhenReached), next));
    // Now and then a week late; then the queue has to say so.
    at = inOffice(holder, next + (random.chance(0.25) ? random.logNormal(4, 0.6) * day : random.next() * 6 * hour), random);
    if (at + 90_000 >= until) return steps.sort((one, other) => one.at.getTime() - other.at.getTime());
    const { kind, outcome, note } = activityOf(random, 2, true, truth, product);
    steps.push({ at: new Date(at), do: 'activity', kind, outcome, note });
    at += 90_000;
  }
}

interface Contact {
  kind: 'call' | 'mail' | 'visit' | 'meeting' | 'quote' | 'literature' | 'note';
  outcome: string;
  note: string;
  reached: boolean;
}

const firstNotes: Partial<Record<Intent, readonly string[]>> = {
  quote: [
    'Wants a quote by Friday.',
    'Duty point clarified, sending the quote.',
    'Compares us with two others.',
    'Needs it before the shutdown.',
  ],
  spare: ['Serial number confirmed, part in stock.', 'Asked for express freight.'],
  project: ['Planning office decides in spring.', 'Sent reference list. Site visit agreed.', 'Tender documents received.'],
  catalogue: ['Collects catalogues, no project now.', 'Catalogue sent, call again in two months.'],
  service: ['Passed to service, but the pump is 20 years old: replacement likely.', 'Technician booked.'],
  information: ['Explained the curve, will come back.', 'Asked for ATEX papers.', 'General interest after the show.'],
};

function activityOf(random: Random, index: number, reached: boolean, truth: Truth, product: string | null): Contact {
  if (truth.junk) return { kind: 'note', outcome: 'checked', note: 'Not a real inquiry.', reached: false };
  if (index === 0) {
    const kind = random.weighted([
      ['call', 7],
      ['mail', 3],
      ['literature', truth.intent === 'catalogue' ? 5 : 1],
    ] as const);
    const now = kind === 'call' ? random.chance(0.55) : random.chance(0.4);
    return {
      kind,
      outcome: now ? 'reached' : kind === 'call' ? 'no answer' : 'sent',
      note: now
        ? random.pick(firstNotes[truth.intent ?? 'information'] ?? ['Talked briefly.'])
        : random.pick(['Left a voice message.', 'No answer.', 'Out of office until Monday.', 'Sent an introduction.']),
      reached: now,
    };
  }
  if (!reached) {
    const now = random.chance(0.5);
    return {
      kind: random.chance(0.75) ? 'call' : 'mail',
      outcome: now ? 'reached' : 'no answer',
      note: now
        ? random.pick(firstNotes[truth.intent ?? 'information'] ?? ['Talked briefly.'])
        : random.pick(['Second try.', 'In a meeting.', 'Colleague will tell him.', 'Mailbox full.']),
      reached: now,
    };
  }
  const kind = random.weighted([
    ['quote', 4],
    ['call', 4],
    ['visit', 1.2],
    ['meeting', 1],
    ['mail', 2],
    ['literature', 1],
  ] as const);
  const notes: Record<typeof kind, readonly string[]> = {
    quote: [`Quoted ${product ?? 'two pumps'}.`, 'Revised quote with longer warranty.', 'Quote 4% lower, valid 30 days.'],
    call: ['Quote is with purchasing.', 'Technical questions answered.', 'Decision after the board meeting.'],
    visit: ['Walked the plant with the maintenance team.', 'Measured the suction side.'],
    meeting: ['Video call with engineering.', 'Met at their office, three people.'],
    mail: ['Sent drawings.', 'Reminder about the open quote.'],
    literature: ['Curves and data sheet sent.', 'Sent the case study.'],
  };
  return { kind, outcome: 'reached', note: random.pick(notes[kind]), reached: true };
}

const roughly = (amountMinor: number, random: Random): number => Math.round((amountMinor * (0.85 + 0.35 * random.next())) / 5_000) * 5_000;

/** The next moment at or after this one in which this holder's office is open. */
export function inOffice(holder: Pick<DemoHolder, 'utcOffset'>, at: number, random: Random): number {
  let local = at + holder.utcOffset * hour;
  for (;;) {
    const inDay = local % day;
    const weekday = new Date(local).getUTCDay();
    if (weekday === 6 || weekday === 0 || inDay > 17.5 * hour) local = local - inDay + day + (8 + 2 * random.next()) * hour;
    else if (inDay < 8 * hour) local = local - inDay + (8 + 2 * random.next()) * hour;
    else return Math.floor(local - holder.utcOffset * hour);
    if (new Date(local).getUTCDay() !== 0 && new Date(local).getUTCDay() !== 6) return Math.floor(local - holder.utcOffset * hour);
  }
}
