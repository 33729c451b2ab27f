/**
 * Whom a lead would be asked of, pool after pool, by the rules in force and then by territory, as if nobody were away or full: what is to come is
 * measured against their room. Who is named or already works with somebody is not known of leads that are still to come.
 */
import type { RoutableLead } from '../route.rules.ts';
import { askBank, coveringTerritories, type Bank, type Skills, type Table } from '../seats.rules.ts';
import { bankOf, skillsOf } from './apply-rules.rules.ts';

export interface PoolAsked {
  id: string;
  name: string;
  kind: 'territory' | 'team' | 'partners';
  /** who of them works with such a lead, and their shares */
  holders: { holderId: string; weight: number }[];
}

/** The first has it before the second is asked. Empty: it waits for a person, or nobody is there for it. */
export function poolsAsked(lead: RoutableLead, table: Table): PoolAsked[] {
  const pools = new Map<string, PoolAsked>();
  const add = (bank: Bank, kind: PoolAsked['kind'], skills: Skills = {}): void => {
    const { candidates } = askBank(lead, bank, table, skills);
    pools.set(bank.id, { id: bank.id, name: bank.name, kind, holders: candidates.map(({ seat, weight }) => ({ holderId: seat.holder.id, weight })) });
  };
  const byTerritory = (): void => {
    for (const { territory } of coveringTerritories(lead, table)) {
      add(territory, 'territory');
      if (!territory.overflow) return;
    }
  };
  const rules = table.books.routing?.rules;
  for (const first of [true, false])
    for (const rule of rules?.holding(lead.facts ?? {}, new Date(lead.atMs), first) ?? []) {
      if (rule.pool.kind === 'desk' || rule.pool.kind === 'nurture') return [...pools.values()];
      if (rule.pool.kind === 'territory') byTerritory();
      else {
        const bank = bankOf(rule, table);
        if (bank) add(bank, rule.pool.kind === 'team' ? 'team' : 'partners', skillsOf(rule));
      }
      // For an owner nobody knows of yet a lead would wait as well, but most have none.
      if (rule.otherwise === 'wait' && !rule.waitMost && rule.pool.kind !== 'owner') return [...pools.values()];
    }
  byTerritory();
  return [...pools.values()];
}
