import type { Tx } from '../../platform/db/index.ts';
import type { PathStep } from '../distribute.queries.ts';
import { replay } from './replay.rules.ts';
import { compileRules, type RoutingRule } from './routing-rule.rules.ts';
import { findRulesOf } from './ruleset.store.ts';
import type { Came } from '../route.rules.ts';

export interface Judged {
  version: number | null;
  /** the rules that held, in order, and what came of each */
  rules: { ruleId: string; name: string; came: Came }[];
  /** what the conditions looked at */
  facts: Record<string, unknown>;
  /** made again from what is stored; null where a person decided, or what it was made from is erased */
  again: { holderId: string | null; same: boolean; differences: string[] } | null;
}

/** Each decision of a lead's path, made again from what was stored of it. */
export async function judgeSteps(tx: Tx, steps: readonly PathStep[]): Promise<Map<string, Judged>> {
  const versions = [...new Set(steps.flatMap((step) => step.decided?.by?.version ?? []))];
  const known = new Map<number, RoutingRule[]>(
    (versions.length === 0 ? [] : await findRulesOf(tx, versions)).map((row) => [row.version, row.rules]),
  );
  return new Map(
    steps.map((step): [string, Judged] => {
      const by = step.decided?.by;
      const rules = by && known.get(by.version);
      const names = new Map((rules ?? []).map((rule) => [rule.id, rule.name]));
      return [
        step.id,
        {
          version: by?.version ?? null,
          rules: (by?.path ?? []).map(({ ruleId, came }) => ({ ruleId, came, name: names.get(ruleId) ?? 'a rule that is not known' })),
          facts: by?.facts ?? {},
          again: again(step, rules),
        },
      ];
    }),
  );
}

function again(step: PathStep, rules: RoutingRule[] | undefined): Judged['again'] {
  // By hand, or of a time before this was stored.
  const { decided } = step;
  if (!decided?.exact || step.why === 'restored') return null;
  const pool = step.poolHolders && step.poolShares ? { holders: step.poolHolders, shares: step.poolShares } : null;
  const made = replay({ decided, pool }, rules && decided.by ? compileRules(decided.by.version, rules) : undefined);
  const was = step.holderKind === 'desk' ? null : step.holderId;
  return { ...made, same: made.holderId === was && made.differences.length === 0 };
}
