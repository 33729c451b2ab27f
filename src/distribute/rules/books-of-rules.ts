import type { Tx } from '../../platform/db/index.ts';
import type { Routed } from '../route.rules.ts';
import type { HolderRecord } from './choose.rules.ts';
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
  type Counted = HolderRecord & { byProduct: Map<string, { leads: number; sales: number }> };
  const known = new Map<string, Counted>();
  const sum = { leads: 0, sales: 0, clocks: 0, inTime: 0, verdicts: 0, told: 0 };
  for (const row of records ?? []) {
    const { holderId, productKey, leads, sales } = row;
    const record: Counted = known.get(holderId) ?? { all: { leads: 0, sales: 0 }, byProduct: new Map() };
    known.set(holderId, record);
    if (productKey !== '') record.byProduct.set(productKey, { leads, sales });
    else {
      record.all = { leads, sales };
      record.answers = { due: row.clocks, kept: row.inTime };
      record.verdicts = { due: row.verdicts, kept: row.told };
      for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += row[key];
    }
  }
  const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
  return {
    rules,
    teams: new Map((teams ?? []).map((team) => [team.id, { name: team.name, members: team.members ?? [] }])),
    loads: new Map(Object.entries(loads ?? {})),
    records: known,
    usual: { sold: share(sum.sales, sum.leads), inTime: share(sum.inTime, sum.clocks), told: share(sum.told, sum.verdicts) },
  };
}
