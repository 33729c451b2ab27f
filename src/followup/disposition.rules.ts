/**
 * What a verdict does to a lead.
 *
 *   hot        stays with its holder          warm       goes to nurture (nurture hears it)
 *   bad        closes the lead as bad         sale       closes it as sold
 *   dont_know  stays, and asks again when it expires
 *
 * A verdict can be changed: one that keeps a lead open reopens a closed one and gives it back to who worked it last, and so does
 * hot or don't know on a lead that waits in nurture. What was withdrawn with its import stays withdrawn.
 */
export type Verdict = 'hot' | 'warm' | 'bad' | 'sale' | 'dont_know';
export const verdicts = ['hot', 'warm', 'bad', 'sale', 'dont_know'] as const;

/** As holders read it. */
export const verdictWord: Record<Verdict, string> = { hot: 'Hot', warm: 'Warm', sale: 'Sold', bad: 'Bad', dont_know: "Don't know yet" };

export interface Judged {
  fate: string | null;
  closed: boolean;
  holderKind: 'rep' | 'partner' | 'desk' | 'nurture' | null;
  /** whether somebody worked this lead before, to whom it could be given back */
  workedBefore: boolean;
}
export interface Consequence {
  reopen: boolean;
  close: 'bad' | 'sold' | null;
  giveBack: boolean;
  expiresAt: Date | null;
}

export function consequenceOf(lead: Judged, verdict: Verdict, at: Date, dontKnowDays: number): Consequence | { refused: 'withdrawn' } {
  if (lead.fate === 'withdrawn') return { refused: 'withdrawn' };
  const close = verdict === 'bad' ? 'bad' : verdict === 'sale' ? 'sold' : null;
  return {
    reopen: lead.closed && close !== lead.fate,
    close: close !== null && !(lead.closed && close === lead.fate) ? close : null,
    giveBack: close === null && lead.workedBefore && (lead.closed || (lead.holderKind === 'nurture' && verdict !== 'warm')),
    expiresAt: verdict === 'dont_know' ? new Date(at.getTime() + dontKnowDays * 86_400_000) : null,
  };
}

/** Bad is nothing to learn from without its reason, whoever says so and by whatever way; blanks are none. */
export const lacksReason = ({ verdict, reason }: { verdict: Verdict; reason?: string | null | undefined }): boolean => verdict === 'bad' && !reason?.trim();
export const reasonNeeded = { code: 'followup/reason-needed', sentence: 'Say why the lead is bad: it is what marketing learns from.' };

/** The reasons offered for a bad lead; any other text is taken as well. */
export const badReasons = [
  'Cannot be reached',
  'No need',
  'No budget',
  'Bought elsewhere',
  'Wrong contact data',
  'Student, competitor or supplier',
  'Outside our range',
] as const;
export const pauseReasons = ['Back on that day', 'They asked me to wait', 'Waiting for an answer'] as const;
export const declineReasons = ['Outside my area', 'No time now', 'Not what we sell', 'Conflict with a customer'] as const;
