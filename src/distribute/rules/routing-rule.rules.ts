/**
 * Routing rules: in order, whose leads go to whom, how one is chosen among several, and by which clock.
 *
 * A rule set is versioned: what a version says never changes, so a decision can be checked against the words it was made by.
 */
import { finderOf } from '../../platform/values/criteria-predicate.rules.ts';
import { fieldsOf, readFact, type Criteria, type Facts } from '../../platform/values/criteria.rules.ts';

/**
 * territory: the holders of the first territory that covers the lead. owner: who is named on the inquiry, else who works with the organization
 * or person. team: a named list. partners: by tier (none given: any) and, where asked, only those whose product lines take in the lead's
 * product, and those who hold each of the certificates. desk: nobody; a person decides. nurture: nobody; it is kept warm until its date, and then asked again.
 */
export type Pool =
  | { kind: 'territory' }
  | { kind: 'owner' }
  | { kind: 'team'; teamId: string }
  | { kind: 'partners'; tiers: string[]; byProduct: boolean; certificates?: string[] | undefined }
  | { kind: 'desk' }
  | { kind: 'nurture' };

/** turns: by credit and weight. leastLoaded: fewest open leads for their weight. bestMatch: language, product, record. nearest: as the crow flies. firstToClaim: offered to all. */
export type Method = 'turns' | 'leastLoaded' | 'bestMatch' | 'nearest' | 'firstToClaim';

export interface RoutingRule {
  id: string;
  name: string;
  when: Criteria;
  /** asked before the named owner and existing relationships */
  first: boolean;
  pool: Pool;
  method: Method;
  /** business minutes to accept by grade; null: the company's promise */
  promise: { hot: number; warm: number; cold: number } | null;
  /** when nobody in the pool can take it: wait for them, or go on to the next rule */
  otherwise: 'wait' | 'next';
  /** so long at most, in business minutes of the company, and then on to the next rule; null: as long as it takes */
  waitMost?: number | null | undefined;
}

export interface CompiledRules {
  version: number;
  rules: readonly RoutingRule[];
  /** the rules that hold of a lead, in their order; `first`: those asked before relationships, else those after */
  holding(facts: Facts, now: Date, first: boolean): Generator<RoutingRule, void>;
  /** every field the conditions ask about */
  fields: readonly string[];
}

export function compileRules(version: number, rules: readonly RoutingRule[]): CompiledRules {
  const stage = (first: boolean) => {
    const those = rules.filter((rule) => rule.first === first);
    const find = finderOf(those.map((rule) => rule.when));
    return function* (facts: Facts, now: Date): Generator<RoutingRule, void> {
      for (const place of find(facts, now)) yield those[place]!;
    };
  };
  const [before, after] = [stage(true), stage(false)];
  return {
    version,
    rules,
    holding: (facts, now, first) => (first ? before : after)(facts, now),
    fields: [...new Set(rules.flatMap((rule) => [...fieldsOf(rule.when)]))],
  };
}

/** What the conditions looked at, as it is stored with a decision: one flat record, instants told apart from text. */
export function factsAsked(rules: CompiledRules, facts: Facts): Facts {
  const asked: Facts = {};
  for (const field of rules.fields) {
    const value = readFact(facts, field);
    if (value === undefined || value === null) continue;
    asked[field] = value instanceof Date ? { instant: value.toISOString() } : value;
  }
  return asked;
}

export const factsStored = (stored: Facts): Facts =>
  Object.fromEntries(
    Object.entries(stored).map(([field, value]) => {
      const instant = typeof value === 'object' && value !== null && 'instant' in value ? value.instant : undefined;
      return [field, typeof instant === 'string' ? new Date(instant) : value];
    }),
  );
