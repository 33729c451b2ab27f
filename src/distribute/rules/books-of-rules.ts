import type { Tx } from '../../platform/db/index.ts';
import type { Routed } from '../route.rules.ts';
import { compileRules, type CompiledRules, type Method, type RoutingRule } from './routing-rule.rules.ts';
import { findRulesOf, loadAround } from './ruleset.store.ts';

/** What was published stays as it is: each workspace's version in force is read and compiled once in a process. */
const inForce = new Map<string, CompiledRules>();

/** The rules in force and what they need to know; none where the company has none. */
export async function loadRouted(tx: Tx, version: number | null): Promise<Routed | undefined> {
  if (version === null) return undefined;
  const { workspaceId } = tx.scope;
  let rules = inForce.get(workspaceId);
  if (rules?.version !== version) {
    const [row] = await findRulesOf(tx, [version]);
    rules = compileRules(version, row?.rules ?? []);
    inForce.set(workspaceId, rules);
  }
  return rules.rules.length === 0 ? undefined : routedBy(tx, rules);
}

export const uses = (rules: readonly RoutingRule[], method: Method): boolean => rules.some((rule) => rule.method === method);

export async function routedBy(tx: Tx, rules: CompiledRules): Promise<Routed> {
  const { teams, loads, records } = await loadAround(tx, {
    loads: uses(rules.rules, 'leastLoaded'),
    records: uses(rules.rules, 'bestMatch'),
  });
  const known = new Map<string, { all: { leads: number; sales: number }; byProduct: Map<string, { leads: number; sales: number }> }>();
  let [ended, sold] = [0, 0];
  for (const { holderId, productKey, leads, sales } of records ?? []) {
    const record = known.get(holderId) ?? { all: { leads: 0, sales: 0 }, byProduct: new Map() };
    known.set(holderId, record);
    if (productKey !== '') record.byProduct.set(productKey, { leads, sales });
    else {
      record.all = { leads, sales };
      [ended, sold] = [ended + leads, sold + sales];
    }
  }
  return {
    rules,
    teams: new Map((teams ?? []).map((team) => [team.id, { name: team.name, members: team.members ?? [] }])),
    loads: new Map(Object.entries(loads ?? {})),
    records: known,
    usual: ended === 0 ? 0 : sold / ended,
  };
}
