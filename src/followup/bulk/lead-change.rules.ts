import type { EvenMove, EvenWhom } from '../../distribute/index.ts';
import type { Verdict } from '../disposition.rules.ts';

/** What can be done to many leads at once. A sale is not among it: each has a value of its own. */
export type LeadAction =
  | { do: 'give'; to: { holderId: string } | 'desk' | 'routing' | 'others'; note?: string | null | undefined }
  | { do: 'even'; whom: EvenWhom & { name: string }; moves: EvenMove[]; note?: string | null | undefined }
  | { do: 'verdict'; verdict: Exclude<Verdict, 'sale'>; reason?: string | null | undefined; untilOn?: string | null | undefined }
  | { do: 'answer'; question: string; value: string | null };

/** A lead as it stands when its turn comes. */
export interface LeadNow {
  id: string;
  label: string;
  fate: string | null;
  closed: boolean;
  assignmentId: string | null;
  holderId: string | null;
  holderName: string | null;
  holderKind: 'rep' | 'partner' | 'desk' | 'nurture' | null;
  acceptedAt: string | null;
  firstFollowupAt: string | null;
  followBy: string | null;
  remindAt: string | null;
  remindedAt: string | null;
  clockAt: string | null;
  /** A person has one open lead at a time. */
  anotherIsOpen: boolean;
  lastHolderId: string | null;
  dispositionId: string | null;
  verdict: Verdict | null;
  answers: Record<string, string | null>;
}

export type Outlook = { will: 'change'; before: string | null; after: string | null } | { will: 'stay' } | { will: 'not'; why: string };

/** What an action is told beyond itself: the holder it gives to, and whose leads alone it may touch (null: everybody's). */
export interface Given {
  holder: { id: string; name: string } | null;
  within: readonly string[] | null;
}

export const verdictWords: Record<Verdict, string> = { hot: 'hot', warm: 'warm', bad: 'bad', sale: 'sale', dont_know: 'don’t know' };

/** Who works a lead: who holds it, or worked it last where it is kept warm or closed. */
export const workerOf = (lead: Pick<LeadNow, 'holderKind' | 'holderId' | 'lastHolderId'>): string | null =>
  lead.holderKind === 'rep' || lead.holderKind === 'partner' ? lead.holderId : lead.holderKind === 'desk' ? null : lead.lastHolderId;

/** What becomes of one lead, or why nothing may. */
export function outlookOf(lead: LeadNow, action: LeadAction, given: Given): Outlook {
  if (lead.fate === 'withdrawn' || lead.fate === 'merged') return { will: 'not', why: 'No lead of its own any more' };
  const worker = workerOf(lead);
  if (given.within !== null && (worker === null || !given.within.includes(worker))) return { will: 'not', why: 'Somebody else’s lead' };
  if (action.do === 'give') {
    if (lead.closed) return { will: 'not', why: 'Closed: nobody holds it' };
    if (action.to === 'routing') return { will: 'change', before: lead.holderName, after: 'whoever the routing chooses' };
    if (action.to === 'others') return workerOf(lead) === lead.holderId && lead.holderId ? { will: 'change', before: lead.holderName, after: 'whoever else the routing chooses' } : { will: 'not', why: 'Nobody works it: there is nobody to recall it from' };
    return lead.holderId === given.holder?.id ? { will: 'stay' } : { will: 'change', before: lead.holderName, after: given.holder?.name ?? null };
  }
  if (action.do === 'even') return { will: 'change', before: lead.holderName, after: null };
  if (action.do === 'verdict') {
    if (lead.closed) return { will: 'not', why: 'Closed: judged again on its own page' };
    return lead.verdict === action.verdict
      ? { will: 'stay' }
      : { will: 'change', before: lead.verdict && verdictWords[lead.verdict], after: verdictWords[action.verdict] };
  }
  const before = lead.answers[action.question] ?? null;
  return before === action.value ? { will: 'stay' } : { will: 'change', before, after: action.value };
}

/** What a lead was, or is, as far as the action is about it. */
export type Mark = { assignmentId: string | null; holderId: string | null; acceptedAt: string | null; firstFollowupAt: string | null } | { dispositionId: string | null; /** Who may have it without it having been passed on. */ holders: (string | null)[] } | { value: string | null };

/** What somebody changed about a lead since the run: nothing, or what it is. */
export function changedSince(lead: LeadNow, action: LeadAction, after: Mark): string[] {
  if (lead.fate === 'withdrawn' || lead.fate === 'merged') return ['no lead of its own any more'];
  if ('assignmentId' in after) {
    if (lead.closed) return ['closed'];
    if (lead.assignmentId !== after.assignmentId) return ['passed on'];
    return lead.acceptedAt !== after.acceptedAt ? ['accepted'] : lead.firstFollowupAt !== after.firstFollowupAt ? ['followed up'] : [];
  }
  if ('dispositionId' in after) {
    if (lead.dispositionId !== after.dispositionId) return ['judged again'];
    if (lead.closed && lead.anotherIsOpen) return ['asked again: another lead of theirs is open'];
    const passedOn = (lead.holderKind === 'rep' || lead.holderKind === 'partner') && !after.holders.includes(lead.holderId);
    return passedOn ? ['passed on'] : [];
  }
  return action.do === 'answer' && (lead.answers[action.question] ?? null) !== after.value ? ['answered again'] : [];
}
