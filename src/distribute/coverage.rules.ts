/** Coverage: which places of recent leads fall in no territory, or in one that nobody works; which territories nothing falls into; and where one has what another covers, too. */
import { asksNothing, compileTerritory, covering } from './territory.rules.ts';
import { inDealingOrder } from './tree.rules.ts';
import type { Place, TerritoryRules } from './territory.rules.ts';

export interface CoveringTerritory {
  id: string;
  parentId: string | null;
  name: string;
  rules: TerritoryRules;
  overflow: boolean;
  active: boolean;
  startsOn: string | null;
  endsOn: string | null;
  holders: { active: boolean; weight: number }[];
}
export interface Gap {
  country: string | null;
  state: string | null;
  vertical: string | null;
  /** told only where territories ask for products */
  product: string | null;
  leads: number;
  why: string;
}
export interface Coverage {
  leads: number;
  uncovered: number;
  gaps: Gap[];
  unused: { territoryId: string; name: string }[];
  /** leads that a territory covers and an earlier one has that lies not under it; those that cover everything are for what is left, and overlap with nothing */
  overlaps: { territoryId: string; name: string; hasId: string; hasName: string; leads: number }[];
}

/** Whether a territory has leads on a day of the company. */
export const inForceOn = (territory: { active: boolean; startsOn: string | null; endsOn: string | null }, on: string): boolean =>
  territory.active && (territory.startsOn ?? on) <= on && on <= (territory.endsOn ?? on);

/** @param todayOn territories that begin later or are over count as if they were not there */
export function coverageOf(all: readonly CoveringTerritory[], places: readonly (Place & { leads: number })[], todayOn: string): Coverage {
  const territories = inDealingOrder(all.filter((territory) => inForceOn(territory, todayOn)));
  const compiled = territories.map(compileTerritory);
  const used = new Set<string>();
  const gaps = new Map<string, Gap>();
  const result: Coverage = { leads: 0, uncovered: 0, gaps: [], unused: [], overlaps: [] };
  const overlaps = new Map<string, Coverage['overlaps'][number]>();
  for (const place of places) {
    result.leads += place.leads;
    const those = covering(compiled, place).map((t) => t.territory);
    const reached = those.slice(0, 1 + those.findIndex((t) => !t.overflow) || those.length);
    reached.forEach((t) => used.add(t.id));
    const has = reached.at(-1);
    if (has)
      for (const { id, name, rules, under } of those.slice(reached.length)) {
        const isAboveOrBelow = has.under.some((one) => one.id === id) || under.some((one) => one.id === has.id);
        if (isAboveOrBelow || [{ rules }, ...under].every((one) => asksNothing(one.rules))) continue;
        const key = `${has.id} ${id}`;
        const overlap = overlaps.get(key) ?? { territoryId: id, name, hasId: has.id, hasName: has.name, leads: 0 };
        overlap.leads += place.leads;
        overlaps.set(key, overlap);
      }
    if (reached.some((t) => t.holders.some((h) => h.active && h.weight > 0))) continue;
    result.uncovered += place.leads;
    const why = reached[0] ? `${reached[0].name} has nobody` : 'no territory covers it';
    const key = `${place.country}|${place.state}|${place.vertical}|${place.product}|${why}`;
    const gap = gaps.get(key) ?? { country: place.country, state: place.state, vertical: place.vertical, product: place.product, leads: 0, why };
    gap.leads += place.leads;
    gaps.set(key, gap);
  }
  result.gaps = [...gaps.values()].toSorted((a, b) => b.leads - a.leads);
  result.overlaps = [...overlaps.values()].toSorted((a, b) => b.leads - a.leads);
  result.unused = territories.filter((t) => !used.has(t.id)).map((t) => ({ territoryId: t.id, name: t.name }));
  return result;
}
