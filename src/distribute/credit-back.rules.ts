/**
 * Credit back for a bad lead. What was dealt to somebody and turns out to be none, for a reason that is not theirs (the data was wrong, it was a student
 * or a competitor, we do not sell such things), shall not cost their turn. It is taken out of the accounts as if it had never been dealt: the one who
 * got it has received one less, and everybody who had earned a part of it loses that part. So what all are owed still adds up to nothing.
 *
 *   A, B and C share alike and are owed nothing. A gets the first lead: A −⅔, B +⅓, C +⅓. It was a student: all are at nothing again, and A is next.
 *
 * Which reasons count is what marketing promised in the agreement the lead was given under; where that names none, the usual ones.
 */
import type { Agreed } from './agreed-promise.rules.ts';
import { turnOf } from './rules/replay.rules.ts';
import type { Decided, Grade } from './route.rules.ts';

const usualWrongReasons: readonly string[] = ['Wrong contact data', 'Student, competitor or supplier', 'Outside our range'];

export interface DealtTurn {
  assignmentId: string;
  leadId: string;
  decided: Decided & { credits?: number[] };
  pool: { holders: string[]; shares: number[] } | null;
}
export interface CreditBack {
  assignmentId: string;
  leadId: string;
  accountId: string;
  grade: Grade;
  /** who got the lead */
  holderId: string;
  holders: string[];
  shares: number[];
  reason: string;
}

/** Whether a verdict gives the turn back: the reason, or null. */
export function reasonToGiveBack(verdict: string | null, reason: string | null, agreed: Pick<Agreed, 'wrongReasons'> | undefined): string | null {
  if (verdict !== 'bad' || reason === null) return null;
  const wrong = agreed?.wrongReasons?.length ? agreed.wrongReasons : usualWrongReasons;
  return wrong.includes(reason) ? reason : null;
}

/** What is taken out of the accounts; null where nobody's turn was booked, or what it was made from is not known any more. */
export function creditBackOf({ decided, pool, assignmentId, leadId }: DealtTurn, reason: string): CreditBack | null {
  if (!decided.account || !pool || !decided.credits) return null;
  return { assignmentId, leadId, accountId: decided.account, grade: decided.grade, reason, ...turnOf(decided, pool, decided.credits) };
}

export interface AccountChange {
  territoryId: string;
  grade: Grade;
  holderId: string;
  entitled: number;
  received: number;
}

/** What changes in the accounts when these turns are taken out of them, or (`back` false) put in again; one line for each account and holder. */
export function accountChanges(turns: readonly { of: Pick<CreditBack, 'accountId' | 'grade' | 'holderId' | 'holders' | 'shares'>; back: boolean }[]): AccountChange[] {
  const changes = new Map<string, AccountChange>();
  for (const { of, back } of turns)
    for (const [i, holderId] of of.holders.entries()) {
      const key = `${of.accountId}/${of.grade}/${holderId}`;
      const change = changes.get(key) ?? { territoryId: of.accountId, grade: of.grade, holderId, entitled: 0, received: 0 };
      changes.set(key, change);
      const sign = back ? -1 : 1;
      change.entitled += sign * of.shares[i]!;
      if (holderId === of.holderId) change.received += sign;
    }
  return [...changes.values()].toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}
const keyOf = ({ territoryId, grade, holderId }: AccountChange): string => `${territoryId}/${grade}/${holderId}`;
