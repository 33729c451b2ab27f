/** Territories under each other: a tree by `parentId`, whose siblings have an order. */
import { isAccountsOnly } from './territory.rules.ts';
import type { TerritoryRules } from './territory.rules.ts';

interface InTree {
  id: string;
  parentId: string | null;
}

/**
 * In the order in which they are asked for a lead: whatever lies under a territory before it, else as given. Each with those it lies under, the nearest first.
 * One under which others lie and that has no holders is a frame: it takes nothing itself, and is left out. So is what lies under one that is not given.
 */
export function inDealingOrder<T extends InTree & { holders: readonly unknown[] | null }>(territories: readonly T[]): (T & { under: T[] })[] {
  const below = Map.groupBy(territories, ({ parentId }) => parentId);
  const lay = (parentId: string | null, under: T[]): (T & { under: T[] })[] =>
    (below.get(parentId) ?? []).flatMap((one) => {
      const isFrame = below.has(one.id) && !one.holders?.length;
      return [...lay(one.id, [one, ...under]), ...(isFrame ? [] : [{ ...one, under }])];
    });
  return lay(null, []);
}

/** Whether a territory would lie under itself, if it were put under that parent. */
export function wouldCircle(territories: readonly InTree[], id: string, parentId: string): boolean {
  const parents = new Map(territories.map((one) => [one.id, one.parentId]));
  for (let at: string | null | undefined = parentId; at; at = parents.get(at)) if (at === id) return true;
  return false;
}

/** What one asks that moves up because its parent is taken away: what only the parent asked for stays with it, so that it does not take in more than before. */
export function liftedRules(rules: TerritoryRules, parent: TerritoryRules): TerritoryRules {
  const asked = (all: TerritoryRules): TerritoryRules => Object.fromEntries(Object.entries(all).filter(([, one]) => Object.keys(one).length > 0));
  return isAccountsOnly(rules) ? rules : { ...asked({ ...parent, accounts: [] }), ...asked(rules) };
}
