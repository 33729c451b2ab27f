/** Coverage: which places of recent leads fall in no territory, or in one that nobody works, and which territories nothing falls into. */
import { compileTerritory, covers } from './territory.rules.ts';
import type { Place, TerritoryRules } from './territory.rules.ts';

export interface CoveringTerritory {
  id: string;
  name: string;
  rules: TerritoryRules;
  overflow: boolean;
  active: boolean;
  holders: { active: boolean; weight: number }[];
}
export interface Gap {
  country: string | null;
  state: string | null;
  vertical: string | null;
  leads: number;
  why: string;
}
export interface Coverage {
  leads: number;
  uncovered: number;
  gaps: Gap[];
  unused: { territoryId: string; name: string }[];
}

export function coverageOf(territories: readonly CoveringTerritory[], places: readonly (Place & { leads: number })[]): Coverage {
  const compiled = territories.filter((t) => t.active).map(compileTerritory);
  const used = new Set<string>();
  const gaps = new Map<string, Gap>();
  const result: Coverage = { leads: 0, uncovered: 0, gaps: [], unused: [] };
  for (const place of places) {
    result.leads += place.leads;
    const covering = compiled.filter((t) => covers(t, place)).map((t) => t.territory);
    const reached = covering.slice(0, 1 + covering.findIndex((t) => !t.overflow) || covering.length);
    reached.forEach((t) => used.add(t.id));
    if (reached.some((t) => t.holders.some((h) => h.active && h.weight > 0))) continue;
    result.uncovered += place.leads;
    const why = reached[0] ? `${reached[0].name} has nobody` : 'no territory covers it';
    const key = `${place.country}|${place.state}|${place.vertical}|${why}`;
    const gap = gaps.get(key) ?? { country: place.country, state: place.state, vertical: place.vertical, leads: 0, why };
    gap.leads += place.leads;
    gaps.set(key, gap);
  }
  result.gaps = [...gaps.values()].toSorted((a, b) => b.leads - a.leads);
  result.unused = territories.filter((t) => t.active && !used.has(t.id)).map((t) => ({ territoryId: t.id, name: t.name }));
  return result;
}
