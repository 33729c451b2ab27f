/** What becomes of two people of the base whom the engine took for one. */
import { compare, type Evidence, type Profile } from './compare.rules.ts';
import type { Weights } from './person-weights.rules.ts';

export interface FoundPair {
  /** by the whole base's own weights */
  zone: 'sure' | 'ask';
  weight: number;
  evidence: Evidence[];
  /** what it shows has own fields in it, which arrivals are not compared by */
  hasMore?: boolean;
  /** how many bear this very name */
  namesakes: number;
}

export interface Judged {
  what: 'join' | 'ask' | 'leave';
  weight: number;
  evidence: Evidence[];
}

/**
 * Joined are only those of whom the engine is sure among all people *and* who would be recognised as one if either arrived now. Two
 * numbers of one's own are two people's until somebody says otherwise; whoever was kept apart stays apart.
 */
export function judgePair(
  a: Profile,
  b: Profile,
  found: FoundPair,
  spoken: { asked: boolean; apart: boolean },
  among: { people: number; weights: Weights },
): Judged {
  const result = compare(a, b, {}, { people: among.people, namesakes: found.namesakes }, among.weights);
  const told = result.zone === 'no' || found.hasMore ? found : result;
  const judged = (what: Judged['what']): Judged => ({ what, weight: told.weight, evidence: told.evidence });
  if (spoken.apart) return judged('leave');
  const numbersDiffer = a.externalId !== null && b.externalId !== null && a.externalId !== b.externalId;
  if (found.zone === 'sure' && result.zone === 'sure' && !numbersDiffer) return judged('join');
  return judged(spoken.asked || (found.zone === 'ask' && result.zone === 'no') ? 'leave' : 'ask');
}
