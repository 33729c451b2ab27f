/** A proposal as it was asked for, what the engine is asked by it, and what it would change: all told from what is stored. */
import type { TerritoryRules } from '../territory.rules.ts';
import type { Balanced, BalanceAsk } from './balance.rules.ts';
import { judge } from './judge.rules.ts';
import type { Judged } from './judge.rules.ts';
import type { Pair } from './map.rules.ts';
import { assign } from './names.rules.ts';
import { tourKm } from './tour.rules.ts';
import type { UnitKind } from './unit-areas.rules.ts';
import { figureNames, noFigures } from './units.rules.ts';
import type { FigureName, ProposalUnit, UnitFigures } from './units.rules.ts';

export interface AskedMeasure {
  figure: FigureName;
  /** 0.1 is ten per cent */
  tolerance: number;
}
export interface Asked {
  /** as they were, in order */
  territories: { id: string; name: string; rules: TerritoryRules; position: number }[];
  kind: UnitKind;
  digits: number | null;
  measures: AskedMeasure[];
  /** move as little as can be */
  keep: boolean;
  /** units where one of the best customers is stay where they are */
  stayBest: boolean;
  /** units where somebody already works with people stay where they are */
  stayWorked: boolean;
  /** units that stay where they are, by name */
  stay: string[];
  seed: number;
  effectiveOn: string;
  days: number;
  potential: string | null;
}
export interface Proposed {
  asked: Asked;
  units: ProposalUnit[];
  borders: Pair[] | null;
}
export interface ProposalResult {
  /** by unit: the territory it would be in, by its place among those asked for */
  of: number[];
  sentences: string[];
}

export const figureLabels: Record<FigureName, string> = {
  customers: 'Customers',
  worthMinor: 'Invoiced',
  prospects: 'Prospects',
  openLeads: 'Open leads',
  calls: 'Calls needed',
  potential: 'Potential',
};

/** Names that tell territories apart in sentences, two of one name too. */
export function labelsOf(territories: Asked['territories']): string[] {
  const seen = new Map<string, number>();
  return territories.map(({ name }) => {
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    return before === 0 ? name : `${name} (${before + 1})`;
  });
}

/** Which units were asked to stay where they are. */
export function stayingOf({ stay, stayBest, stayWorked }: Pick<Asked, 'stay' | 'stayBest' | 'stayWorked'>): (unit: Pick<ProposalUnit, 'id' | 'hasBest' | 'worked'>) => boolean {
  const named = new Set(stay);
  return ({ id, hasBest, worked }) => (stayBest && hasBest) || (stayWorked && worked > 0) || named.has(id);
}

export function askOf({ asked, units, borders }: Proposed): BalanceAsk {
  const labels = labelsOf(asked.territories);
  const label = new Map(asked.territories.map(({ id }, at) => [id, labels[at]!]));
  const isStaying = stayingOf(asked);
  return {
    units: units.map((unit) => ({
      id: unit.id,
      position: unit.position,
      // credit notes can leave less than nothing, which nobody can have a share of
      values: asked.measures.map(({ figure }) => Math.max(0, unit.figures[figure])),
      today: label.get(unit.today) ?? null,
      fixed: isStaying(unit) ? (label.get(unit.today) ?? null) : null,
    })),
    borders,
    territories: asked.territories.length,
    measures: asked.measures.map(({ figure, tolerance }) => ({ name: figureLabels[figure], tolerance })),
    keep: asked.keep,
    seed: asked.seed,
  };
}

/**
 * Which of the territories asked for each part of the division is: as the engine named it where it kept something in place; where it was free to
 * put everything anywhere, so that as much as can be stays.
 */
export function settle({ asked }: Pick<Proposed, 'asked'>, ask: BalanceAsk, balanced: Pick<Balanced, 'of' | 'sentences'>): ProposalResult {
  const labels = labelsOf(asked.territories);
  const parts = [...new Set(balanced.of)].toSorted();
  const partAt = new Map(parts.map((part, at) => [part, at]));
  const labelAt = new Map(labels.map((label, at) => [label, at]));
  const gain = labels.map(() => new Float64Array(labels.length));
  const wholes = ask.measures.map((_, m) => ask.units.reduce((sum, { values }) => sum + values[m]!, 0));
  for (const [u, { today, values }] of ask.units.entries()) {
    if (today === null) continue;
    gain[partAt.get(balanced.of[u]!)!]![labelAt.get(today)!]! += 1 / ask.units.length + values.reduce((sum, value, m) => sum + (wholes[m]! > 0 ? value / wholes[m]! : 0), 0);
  }
  const isFree = !ask.keep && ask.units.every(({ fixed }) => fixed === null);
  if (!isFree)
    for (const [at, part] of parts.entries()) {
      const own = labelAt.get(part);
      if (own !== undefined) gain[at]![own]! += 1e6;
    }
  const named = assign(gain);
  const said = new Map(parts.map((part, at) => [part, labels[named[at]!]!]));
  return {
    of: balanced.of.map((part) => named[partAt.get(part)!]!),
    sentences: balanced.sentences.map((sentence) => {
      const split = / (?:is|are) not in one piece/.exec(sentence)?.index;
      return split === undefined ? sentence : sentence.slice(0, split).split(', ').map((name) => said.get(name) ?? name).join(', ') + sentence.slice(split);
    }),
  };
}

export interface Side {
  units: number;
  figures: UnitFigures;
  /** how far each figure is from an even share: 0.1 is ten per cent above */
  deviations: UnitFigures;
  pieces: number | null;
  radiusKm: number | null;
  /** of a round trip through the units where somebody is; null where no centre is known */
  tourKm: number | null;
}
export interface Whole {
  /** by figure, the largest deviation */
  deviations: UnitFigures;
  contiguous: boolean | null;
  radiusKm: number | null;
  /** of all round trips */
  tourKm: number | null;
}
export interface Compared {
  territories: { territoryId: string; name: string; today: Side; proposed: Side | null }[];
  today: Whole;
  proposed: Whole | null;
  moves: (UnitFigures & { units: number; worked: number }) | null;
}

const figuresFrom = (values: readonly number[]): UnitFigures => Object.fromEntries(figureNames.map((name, at) => [name, values[at]!])) as UnitFigures;

/** Somebody is there, and it is known where that is. */
const isVisited = ({ position, figures: { customers, prospects, openLeads } }: ProposalUnit): boolean => position !== null && customers + prospects + openLeads > 0;

/** Today beside what is proposed, told from the units alone. */
export function compare({ asked, units, borders }: Proposed, result: Pick<ProposalResult, 'of'> | null): Compared {
  const ids = asked.territories.map(({ id }) => id);
  const given = {
    values: units.map(({ figures }) => figureNames.map((name) => figures[name])),
    positions: units.map(({ position }) => position),
    borders,
    today: units.map(({ today }) => today),
    names: ids,
  };
  const of = result && result.of.map((at) => ids[at]!);
  const [now, then] = [judge(given, given.today), of && judge(given, of)];
  const sides = ({ territories }: Judged, of: readonly string[]): Side[] => {
    const stops = Map.groupBy(units.keys().filter((u) => isVisited(units[u]!)), (u) => of[u]!);
    return territories.map(({ name, units: count, sums, pieces, radiusKm }) => ({
      units: count,
      figures: figuresFrom(sums.map(({ value }) => value)),
      deviations: figuresFrom(sums.map(({ deviation }) => deviation)),
      pieces,
      radiusKm,
      tourKm: tourKm((stops.get(name) ?? []).map((u) => units[u]!.position!)),
    }));
  };
  const whole = ({ deviations, contiguous, radiusKm }: Judged, all: readonly Side[]): Whole => ({
    deviations: figuresFrom(deviations),
    contiguous,
    radiusKm,
    tourKm: all.every((one) => one.tourKm === null) ? null : all.reduce((sum, one) => sum + (one.tourKm ?? 0), 0),
  });
  const [nowSides, thenSides] = [sides(now, given.today), then && sides(then, of!)];
  return {
    territories: asked.territories.map(({ id, name }, at) => ({ territoryId: id, name, today: nowSides[at]!, proposed: thenSides && thenSides[at]! })),
    today: whole(now, nowSides),
    proposed: then && whole(then, thenSides!),
    moves: then && {
      units: then.moved?.units ?? 0,
      worked: units.reduce((sum, { worked, today }, u) => sum + (of![u] === today ? 0 : worked), 0),
      ...(then.moved ? figuresFrom(then.moved.values) : noFigures()),
    },
  };
}
