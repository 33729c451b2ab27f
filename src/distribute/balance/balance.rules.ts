/**
 * Units (postcodes, counties, accounts) divided into territories that are each in one piece, even in several measures at once, short of border
 * and, where asked, close to what they are today.
 *
 * Several starts (today's division where it is to be kept; else recursive bisection by random spanning trees, start.rules.ts) are each annealed
 * (exchange.rules.ts); the best is warmed up again a few times from where it stands (short bursts, Cannon et al. 2023). The same seed gives the same division. What is better is decided by what
 * exceeds the tolerances first, then by borders cut and value moved.
 */
import { chanceFrom } from './chance.rules.ts';
import { divisionOf } from './division.rules.ts';
import type { Task } from './division.rules.ts';
import { better, exchange, meritOf } from './exchange.rules.ts';
import type { Merit } from './exchange.rules.ts';
import { judge } from './judge.rules.ts';
import type { Judged } from './judge.rules.ts';
import { layMap } from './map.rules.ts';
import type { Pair, Position, UnitMap } from './map.rules.ts';
import { nameTerritories, relabel } from './names.rules.ts';
import { asToday, bisected, grown, piecesOf } from './start.rules.ts';

export interface BalanceUnit {
  readonly id: string;
  readonly position: Position | null;
  /** one number at least 0 for each measure */
  readonly values: readonly number[];
  /** the territory it is in today; null where in none */
  readonly today: string | null;
  /** the territory it must be in; null where it may be in any */
  readonly fixed: string | null;
}
export interface Measure {
  readonly name: string;
  /** how far a territory may be from an even share: 0.01 is one per cent */
  readonly tolerance: number;
}
export interface BalanceAsk {
  readonly units: readonly BalanceUnit[];
  /** pairs of units by their place in the list; null where nothing is known of who borders on whom */
  readonly borders: readonly Pair[] | null;
  readonly territories: number;
  readonly measures: readonly Measure[];
  /** stay close to today */
  readonly keep: boolean;
  readonly seed: number;
  /** how long to search, 1 unless said: time and quality both grow with it */
  readonly effort?: number;
}
export interface Balanced extends Judged {
  /** by unit: the name of its territory */
  of: string[];
  /** parts of the map that bordered on nothing and were taken as neighbours of the nearest, as pairs of units */
  links: readonly Pair[];
  /** what could not be had, and why, in sentences */
  sentences: string[];
}

/** Steps that can be watched and stopped between; the last value is the answer. What cannot be asked is refused before (`check.rules.ts`). */
export function* balancing(ask: BalanceAsk): Generator<{ done: number; total: number }, Balanced> {
  const names = nameTerritories(ask);
  const map = layMap(ask.units.length, ask.borders ?? [], ask.units.map(({ position }) => position));
  const task = taskOf(ask, map, names);
  const chance = chanceFrom(ask.seed);
  const hasToday = ask.keep && task.today.some((own) => own >= 0);
  const isPinned = task.pinned.some((own) => own >= 0);
  const fresh = (): Int32Array => {
    if (!task.contiguous || isPinned) return grown(task, new Int32Array(map.units).fill(-1), chance);
    const of = bisected(task, chance);
    return hasToday ? relabel(task, of) : of;
  };
  // dear enough that no border is worth a move; only a tolerance is
  const keep = hasToday ? 20 * map.units : 0;
  const effort = Math.ceil(Math.max(500_000, 200 * map.units) * (ask.effort ?? 1));
  const [starts, bursts] = [4, 6];
  let best: Int32Array | undefined;
  let merit: Merit & { pieces: number } = { pieces: Infinity, excess: Infinity, cost: Infinity };
  const offer = (of: Int32Array): void => {
    const own = { ...meritOf(task, divisionOf(task, of), { keep }), pieces: task.contiguous ? piecesOf(map, of).length : 0 };
    if (best && (own.pieces > merit.pieces || (own.pieces === merit.pieces && !better(own, merit)))) return;
    best = of;
    merit = own;
  };
  // the more units, the fewer proposals each: a large map is only warmed, a small one melted
  const melt = Math.min(1, Math.sqrt(100 / map.units));
  const warm = { proposals: effort, hot: 3 * melt, cold: 0.6 * melt, loose: 600, strict: 12_000, keep };
  for (let start = 0; start < starts; start++) {
    // half of the starts stay where things are today, warm enough to move only what must
    const fromToday = hasToday && start % 2 === 0;
    const of = fromToday ? grown(task, asToday(task), chance) : fresh();
    if (fromToday || start === 0) offer(of);
    offer(exchange(task, of, chance, fromToday ? warm : { ...warm, hot: 6 * melt, loose: 30 }));
    yield { done: start + 1, total: starts + bursts };
  }
  for (let burst = 0; burst < bursts; burst++) {
    offer(exchange(task, best!, chance, { ...warm, proposals: Math.ceil(effort / 1.5) }));
    yield { done: starts + burst + 1, total: starts + bursts };
  }
  return tell(ask, names, map, best!);
}

export function balance(ask: BalanceAsk): Balanced {
  const steps = balancing(ask);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Random growth from seeds and nothing else: what a division is measured by that took more trouble. */
export function balanceByGrowth(ask: BalanceAsk): Balanced {
  const names = nameTerritories(ask);
  const map = layMap(ask.units.length, ask.borders ?? [], ask.units.map(({ position }) => position));
  const task = taskOf(ask, map, names);
  return tell(ask, names, map, grown(task, new Int32Array(map.units).fill(-1), chanceFrom(ask.seed)));
}

function taskOf(ask: BalanceAsk, map: UnitMap, names: readonly string[]): Task {
  const { units, measures, territories } = ask;
  const place = new Map(names.map((name, at) => [name, at]));
  const wholes = measures.map((_, m) => units.reduce((sum, unit) => sum + unit.values[m]!, 0));
  const shares = measures.map((_, m) =>
    // a measure nobody has anything of is even however it is divided
    Float64Array.from(units, ({ values }) => (wholes[m] === 0 ? territories / units.length : (values[m]! * territories) / wholes[m]!)),
  );
  return {
    map,
    territories,
    shares: shares.filter((_, m) => wholes[m]! > 0),
    tolerances: measures.filter((_, m) => wholes[m]! > 0).map(({ tolerance }) => tolerance),
    weights: measures.filter((_, m) => wholes[m]! > 0).map(() => 1),
    pinned: Int32Array.from(units, ({ fixed }) => (fixed === null ? -1 : place.get(fixed)!)),
    today: Int32Array.from(units, ({ today }) => (ask.keep && today !== null ? (place.get(today) ?? -1) : -1)),
    // what moves is counted as the mean of what it is of each measure, so that an empty unit still counts a little
    worth: Float64Array.from(units, (_, u) => (shares.reduce((sum, share) => sum + share[u]!, 0) / shares.length / territories) * 0.95 + 0.05 / units.length),
    contiguous: map.borders > 0,
  };
}

function tell(ask: BalanceAsk, names: readonly string[], map: UnitMap, division: Int32Array): Balanced {
  const of = Array.from(division, (own) => names[own]!);
  const { units, measures } = ask;
  const borders = map.borders > 0 ? ask.borders : null;
  const judged = judge(
    {
      values: units.map(({ values }) => values),
      positions: units.map(({ position }) => position),
      borders: borders && distinct(borders, units.length),
      today: units.map(({ today }) => today),
      names,
    },
    of,
  );
  const sentences = measures.flatMap(({ name, tolerance }, m) => {
    const off = judged.deviations[m]!;
    if (off <= tolerance + 1e-9) return [];
    const whole = units.reduce((sum, unit) => sum + unit.values[m]!, 0);
    const heavy = units.filter(({ values }) => values[m]! * ask.territories > whole * (1 + tolerance));
    const why = heavy.length > 0 ? ` ${naming(heavy.map(({ id }) => id))} alone ${heavy.length > 1 ? 'have each' : 'has'} more than an even share.` : '';
    return [`${name}: the closest found is ${percent(off)} from even, not ${percent(tolerance)}.${why}`];
  });
  if (map.links.length > 0)
    sentences.push(
      `${map.links.length === 1 ? 'One part of the map borders' : `${map.links.length} parts of the map border`} on nothing else: taken as a neighbour of the nearest (${naming(map.links.map(([a, b]) => `${units[a]!.id}–${units[b]!.id}`))}).`,
    );
  const torn = judged.territories.filter(({ pieces }) => pieces !== null && pieces > 1);
  if (torn.length > 0)
    sentences.push(`${naming(torn.map(({ name }) => name))} ${torn.length === 1 ? 'is' : 'are'} not in one piece: ${map.links.length > 0 ? (torn.length === 1 ? 'an island belongs to it' : 'islands belong to them') : `units fixed to ${torn.length === 1 ? 'it' : 'them'} lie apart`}.`);
  if (!borders) sentences.push('Nothing is known of who borders on whom: divided without regard to where units lie.');
  return { ...judged, of, links: map.links, sentences };
}

function distinct(pairs: readonly Pair[], units: number): Pair[] {
  return [...new Map(pairs.filter(([a, b]) => a !== b).map(([a, b]) => [Math.min(a, b) * units + Math.max(a, b), [a, b] as const])).values()];
}

const percent = (share: number): string => `${(share * 100).toLocaleString('en', { maximumSignificantDigits: 3 })}%`;
const naming = (names: readonly string[]): string => (names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', '));
