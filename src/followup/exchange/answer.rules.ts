import { lacksReason, reasonNeeded } from '../disposition.rules.ts';
import { workerOf } from '../worker.rules.ts';
import type { Held } from '../worker.rules.ts';
import type { Answer } from './exchange.contract.ts';

/** How a lead stands towards one holder: whose it is now, and whose it was. */
export interface Standing extends Held {
  leadId: string;
  fate: string | null;
  /** Whether this holder has it or had it. */
  held: boolean;
  /** Of the holder's latest spell with it. */
  offeredAt: Date | null;
  acceptedAt: Date | null;
}
export type StandingWord = 'offered' | 'working' | 'nurture' | 'sold' | 'bad' | 'lost' | 'passed_on' | 'withdrawn';

/** What a lead is to this holder, in a word. A withdrawn lead is withdrawn for whoever had it; all else only for who works it. */
export function standingOf(lead: Standing, holderId: string): StandingWord {
  if (lead.fate === 'withdrawn' || lead.fate === 'merged') return 'withdrawn';
  if (workerOf(lead) !== holderId) return 'passed_on';
  return ofItsOwn(lead);
}

/** What a lead is to the house. */
export function ofItsOwn(lead: Standing): StandingWord {
  if (lead.fate === 'withdrawn' || lead.fate === 'merged') return 'withdrawn';
  if (lead.fate !== null) return lead.fate as 'sold' | 'bad' | 'lost';
  if (lead.openKind === 'nurture') return 'nurture';
  return lead.acceptedAt ? 'working' : 'offered';
}

export interface Refused {
  code: string;
  sentence: string;
}
const refused = {
  unknown: { code: 'followup/no-such-lead', sentence: 'There is no such lead, or you do not hold it.' },
  passedOn: { code: 'followup/passed-on', sentence: 'This lead has been passed on in the meantime: nothing is asked of you any more.' },
  withdrawn: { code: 'followup/withdrawn', sentence: 'This lead is no longer a lead of its own.' },
  notOffered: { code: 'followup/not-offered', sentence: 'This lead is closed or kept warm: there is nothing to accept or decline. A verdict can still be changed.' },
  reason: reasonNeeded,
  future: { code: 'followup/in-the-future', sentence: 'This has not happened yet: its time is in the future. Is the clock of your system right, and its time zone?' },
  before: { code: 'followup/before-offer', sentence: 'This is dated before the lead was yours.' },
} satisfies Record<string, Refused>;

const clockSlackMs = 5 * 60_000;

/**
 * Which answers can be taken, each on its own, in the order they were sent: one that declines a lead leaves nothing to say of it for those
 * after it. What was accepted before is accepted.
 * `holderId`: who says so; null: the company, of any lead.
 * @returns for each answer why it is refused; undefined where it is taken
 */
export function judgeAnswers(answers: readonly Answer[], standings: ReadonlyMap<string, Standing>, holderId: string | null, now: Date): (Refused | undefined)[] {
  const declined = new Set<string>();
  return answers.map((given) => {
    const lead = standings.get(given.leadId);
    if (!lead || (holderId !== null && !lead.held)) return refused.unknown;
    const word = holderId === null ? ofItsOwn(lead) : standingOf(lead, holderId);
    if (word === 'withdrawn') return refused.withdrawn;
    if (word === 'passed_on' || declined.has(given.leadId)) return refused.passedOn;
    if (given.do === 'accept' || given.do === 'decline') {
      if (word !== 'offered' && word !== 'working') return refused.notOffered;
      if (given.do === 'decline') declined.add(given.leadId);
      return undefined;
    }
    if (given.do === 'verdict' && lacksReason(given)) return refused.reason;
    if (given.do === 'next' || given.at === undefined) return undefined;
    const at = Date.parse(given.at);
    if (at > now.getTime() + clockSlackMs) return refused.future;
    return lead.offeredAt && at < lead.offeredAt.getTime() ? refused.before : undefined;
  });
}

/** When an answer happened: as said, never later than now. */
export const momentOfAnswer = (said: string | undefined, now: Date): Date => (said === undefined ? now : new Date(Math.min(Date.parse(said), now.getTime())));
