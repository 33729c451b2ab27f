/** What accepting a proposal, or a part of it, makes of territories' rules. */
import type { TerritoryRules } from '../territory.rules.ts';
import type { ProposalResult, Proposed } from './proposal.rules.ts';
import { isOfUnits, mayTakeIn, pieceOf, rulesOf } from './unit-areas.rules.ts';
import type { Piece } from './unit-areas.rules.ts';
import type { ProposalUnit } from './units.rules.ts';

export interface Picked {
  /** names of units; null: any */
  units: readonly string[] | null;
  /** ids of territories: what goes into or out of one of them; null: any */
  territories: readonly string[] | null;
}
export interface MovedUnit {
  unit: string;
  from: string;
  to: string;
}
export interface RuleChange {
  territoryId: string;
  name: string;
  before: TerritoryRules;
  after: TerritoryRules;
  /** its place in the order before; afterwards all that change stand where the first of them stood */
  positionBefore: number;
  position: number;
}
/** A territory's old rules where they stood, but behind the new ones, so that whoever no unit holds is where they were. */
export interface Remainder {
  of: string;
  name: string;
  rules: TerritoryRules;
  position: number;
}
export interface AcceptancePlan {
  moved: MovedUnit[];
  changes: RuleChange[];
  added: Remainder[];
}

interface Standing {
  id: string;
  name: string;
  position: number;
  rules: TerritoryRules;
}

/** as many as rules of a territory may have */
const rangesMost = 2000;

/**
 * The plan, or the sentence that says why there is none. `active` is every territory there is, in order: the new rules stand where the first of
 * those that change stood, and no other that stands behind it may lose anybody by that.
 */
export function planAcceptance({ asked, units }: Pick<Proposed, 'asked' | 'units'>, { of }: Pick<ProposalResult, 'of'>, picked: Picked, active: readonly Standing[]): AcceptancePlan | string {
  const { kind } = asked;
  const [known, chosen] = [new Set(units.map(({ id }) => id)), new Map(asked.territories.map((one) => [one.id, one]))];
  const strange = picked.units?.find((name) => !known.has(name)) ?? picked.territories?.find((id) => !chosen.has(id));
  if (strange !== undefined) return `“${strange}” is no part of this proposal.`;
  const [wantedUnits, wantedTerritories] = [picked.units && new Set(picked.units), picked.territories && new Set(picked.territories)];
  const moved = units.flatMap(({ id, today }, u): MovedUnit[] => {
    const to = asked.territories[of[u]!]!.id;
    if (to === today || (wantedUnits && !wantedUnits.has(id)) || (wantedTerritories && !wantedTerritories.has(today) && !wantedTerritories.has(to))) return [];
    return [{ unit: id, from: today, to }];
  });
  if (moved.length === 0) return 'Nothing of what was picked moves: every unit of it stays where it is.';
  const goes = new Map(moved.map(({ unit, to }) => [unit, to]));
  const held = Map.groupBy(units, ({ id, today }) => goes.get(id) ?? today);
  const concerned = new Set(moved.flatMap(({ from, to }) => [from, to]));
  const touched = asked.territories.filter(({ id }) => concerned.has(id));
  // A unit is what today's territory has of it; what others have of it stays theirs.
  const piece = (unit: ProposalUnit): Piece => pieceOf(chosen.get(unit.today)!.rules, unit, kind);
  const others = active.filter(({ id }) => !concerned.has(id));
  for (const { id, name } of touched) {
    const own = held.get(id);
    if (!own) return `“${name}” would be left with nothing. Accept more of the proposal, or take the territory away yourself.`;
    const clash = kind === 'state' ? clashOf(own, held, id, others) : null;
    if (clash !== null) return `“${name}” would take in ${clash}, which belongs to another territory: states of one name in two countries cannot be told apart in one territory. Make territories by country.`;
  }
  const position = Math.min(...touched.map((one) => one.position));
  const whom = asked.territories[0]!.rules;
  for (const other of others) {
    const beside = touched.find((one) => one.position === other.position);
    if (beside) return `“${beside.name}” and “${other.name}” have the same place in the order. Put the territories in order, and ask again.`;
    if (other.position < position) continue;
    const behind = units.find((unit) => concerned.has(goes.get(unit.id) ?? unit.today) && chosen.get(unit.today)!.position > other.position && mayTakeIn(other.rules, piece(unit), kind, whom));
    if (behind) return `“${other.name}” stands between the territories that would change, and covers some of ${behind.id}: it would lose that. Move it in front of them, or behind, and ask again.`;
  }
  const changes = touched.map(({ id, name, rules, position: positionBefore }): RuleChange => ({ territoryId: id, name, before: rules, after: rulesOf(held.get(id)!.map(piece), kind, rules), positionBefore, position }));
  const long = changes.find(({ after }) => (after.postalRanges?.length ?? 0) > rangesMost);
  if (long) return `“${long.name}” would need more than ${rangesMost.toLocaleString('en')} ranges of postcodes. Ask for units of fewer digits.`;
  const remains = ({ id, rules }: Standing): boolean =>
    !isOfUnits(rules, kind) || units.some((unit) => unit.today !== id && mayTakeIn(rules, { country: unit.country, part: unit.part, ranges: null }, kind));
  return { moved, changes, added: touched.filter(remains).map((one) => ({ of: one.id, name: `${one.name.slice(0, 190)}, all else`, rules: one.rules, position: one.position })) };
}

/** A state that rules of these countries and states would take in as well: a unit of another territory, or named by the rules of one that is not balanced. */
function clashOf(own: readonly ProposalUnit[], held: ReadonlyMap<string, readonly ProposalUnit[]>, id: string, others: readonly Standing[]): string | null {
  const key = (text: string): string => text.trim().toLowerCase();
  const [countries, parts, mine] = [new Set(own.map(({ country }) => key(country))), new Set(own.map(({ part }) => key(part))), new Set(own.map((unit) => unit.id))];
  for (const [other, units] of held) {
    const found = other === id ? undefined : units.find(({ country, part }) => countries.has(key(country)) && parts.has(key(part)));
    if (found) return found.id;
  }
  if (countries.size < 2) return null;
  for (const { rules } of others)
    for (const country of rules.countries ?? [])
      for (const state of rules.states ?? []) {
        const found = `${country.toUpperCase()} ${state}`;
        if (countries.has(key(country)) && parts.has(key(state)) && !mine.has(found)) return found;
      }
  return null;
}
