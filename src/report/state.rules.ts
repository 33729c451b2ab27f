// Where an inquiry is now: exactly one of these, whatever happened. Everything the loop counts is counted by it.

export const states = [
  'quarantined',
  'withdrawn',
  'not_yet',
  'waiting',
  'working',
  'nurture',
  'hot',
  'warm',
  'dont_know',
  'sale',
  'bad',
  'lost',
  'merged',
] as const;
export type State = (typeof states)[number];

export const stateLabels: Record<State, string> = {
  quarantined: 'Quarantined',
  withdrawn: 'Withdrawn',
  not_yet: 'Not yet a lead',
  waiting: 'Waiting for a holder',
  working: 'Being worked',
  nurture: 'Nurture',
  hot: 'Hot',
  warm: 'Warm',
  dont_know: 'Don’t know',
  sale: 'Sale',
  bad: 'Bad',
  lost: 'Lost',
  merged: 'Joined with another lead',
};

export interface LeadCondition {
  fate: string | null;
  closed: boolean;
  verdict: string | null;
  holderKind: string | null;
}

/** The state of a lead. The migration's report.lead_state says the same in SQL; a test holds the two together. */
export function leadState({ fate, closed, verdict, holderKind }: LeadCondition): State {
  if (closed || fate !== null) {
    if (fate === 'sold') return 'sale';
    if (fate === 'withdrawn' || fate === 'merged') return fate;
    return fate === 'lost' ? 'lost' : 'bad';
  }
  if (holderKind === null || holderKind === 'desk') return 'waiting';
  if (verdict === 'hot') return 'hot';
  if (verdict === 'dont_know') return 'dont_know';
  if (holderKind === 'nurture') return 'nurture';
  if (verdict === 'warm') return 'warm';
  return 'working';
}
