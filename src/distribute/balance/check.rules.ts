/** What cannot be asked of a balancing, as one sentence that says what, where and what to do; null where it can be asked. */
import type { BalanceAsk } from './balance.rules.ts';

export function whyNot({ units, borders, territories, measures }: Omit<BalanceAsk, 'keep' | 'seed'>): string | null {
  if (!Number.isInteger(territories) || territories < 1) return 'The number of territories must be a whole number, 1 or more.';
  if (units.length === 0) return 'There are no units to divide.';
  if (territories > units.length)
    return `There are ${units.length} units and ${territories} territories asked for: each needs a unit at least. Ask for ${units.length} or fewer.`;
  if (measures.length === 0) return 'Say at least one measure to balance by.';
  const seen = new Map<string, number>();
  for (const [at, { id }] of units.entries()) {
    if (id === '') return `Unit ${at + 1} has no name. Give every unit its own.`;
    const before = seen.get(id);
    if (before !== undefined) return `“${id}” is the name of unit ${before + 1} and of unit ${at + 1}. Each unit needs its own.`;
    seen.set(id, at);
  }
  for (const [m, { name, tolerance }] of measures.entries()) {
    if (!(tolerance >= 0 && tolerance < 1)) return `The tolerance of “${name}” must be between 0% and 100%.`;
    const bad = units.find(({ values }) => !(values[m]! >= 0 && values[m]! < Infinity));
    if (bad) return `“${name}” of unit “${bad.id}” is ${Number.isNaN(bad.values[m]!) ? 'not a number' : bad.values[m]}; it must be a number, 0 or more.`;
  }
  if (measures.every((_, m) => units.every(({ values }) => values[m] === 0))) return `“${measures[0]!.name}” is 0 for every unit: there is nothing to divide.`;
  const fixed = new Set(units.flatMap(({ fixed }) => fixed ?? []));
  if (fixed.size > territories)
    return `Units are fixed to ${fixed.size} territories (${[...fixed].slice(0, 5).join(', ')}${fixed.size > 5 ? ' …' : ''}), but only ${territories} are asked for.`;
  const free = units.filter((unit) => unit.fixed === null).length;
  if (free < territories - fixed.size) return `All but ${free} units are fixed to ${fixed.size} territories: too few are left for ${territories - fixed.size} more.`;
  for (const [a, b] of borders ?? [])
    if (!(units[a] && units[b])) return `A border names a unit that is not there.`;
  return null;
}
