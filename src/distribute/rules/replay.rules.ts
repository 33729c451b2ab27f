/** A decision made again from what was stored of it: the conditions of its version over what they looked at, and the choice from its numbers. */
import type { Decided } from '../route.rules.ts';
import { choose } from './choose.rules.ts';
import { factsStored, type CompiledRules, type Method } from './routing-rule.rules.ts';

export interface StoredDecision {
  decided: Decided & { credits?: number[] };
  /** who took part, and each one's share; null where nobody had to be chosen among several */
  pool: { holders: string[]; shares: number[] } | null;
}
export interface Replayed {
  /** null: nobody; it waited at the desk */
  holderId: string | null;
  /** what does not come out as it was stored; none where the decision stands */
  differences: string[];
}

/** @param rules of the version the decision names; undefined where it names none, or where they are not known any more */
export function replay({ decided, pool }: StoredDecision, rules: CompiledRules | undefined): Replayed {
  const differences: string[] = [];
  const { by } = decided;
  if (by && rules) {
    const facts = factsStored(by.facts);
    const at = new Date(by.atMs);
    const held: string[] = [];
    const ended = (): boolean => held.length === by.path.length && by.path.length > 0 && by.path.at(-1)!.came !== 'passed';
    for (const first of [true, false]) {
      // Whoever was named or known came before the rules that are asked afterwards.
      if (!first && decided.claim !== undefined && !by.path.some(({ came }) => came === 'took' || came === 'offered')) break;
      for (const rule of rules.holding(facts, at, first)) {
        if (ended()) break;
        held.push(rule.id);
        if (by.path[held.length - 1]?.ruleId !== rule.id) break;
      }
    }
    if (held.join() !== by.path.map(({ ruleId }) => ruleId).join())
      differences.push('The conditions hold of other rules than those that were followed.');
  } else if (by) differences.push(`Version ${by.version} of the rules is not known.`);
  if (decided.claim !== undefined) return { holderId: decided.claim, differences };
  if (!pool || !decided.credits) return { holderId: null, differences };
  const { holderId } = turnOf(decided, pool, decided.credits);
  return { holderId, differences };
}

/** The turn made again: who got it, and who earned which part of the lead by it. */
export function turnOf(
  decided: Pick<Decided, 'by' | 'marks' | 'absent'>,
  pool: NonNullable<StoredDecision['pool']>,
  credits: readonly number[],
): { holderId: string; holders: string[]; shares: number[] } {
  const method: Method = decided.marks ? (decided.by?.method ?? 'turns') : 'turns';
  const { index, tied, shares } = choose(
    method,
    pool.holders.map((holderId, i) => ({ holderId, weight: pool.shares[i]!, credit: credits[i]!, mark: decided.marks?.[i] ?? 0 })),
    decided.absent,
  );
  return { holderId: pool.holders[index]!, holders: tied.map((place) => pool.holders[place]!), shares };
}
