/**
 * What territories of the house are made of: country and state, or country and the first digits of the postcode (the letters, where a code begins
 * with letters).
 */
import { compileTerritory, covers, namesAccount } from '../territory.rules.ts';
import type { Place, TerritoryRules } from '../territory.rules.ts';
import type { Position } from './map.rules.ts';
import { namedBy, partOf } from './unit-areas.rules.ts';
import type { Area, UnitKind } from './unit-areas.rules.ts';

export const figureNames = ['customers', 'worthMinor', 'prospects', 'openLeads', 'calls', 'potential'] as const;
export type FigureName = (typeof figureNames)[number];
export type UnitFigures = Record<FigureName, number>;

/** Everybody of one place and class. */
export interface CountedPlace extends Place {
  records: number;
  /** one of the customers that make most of what is invoiced is among them */
  hasBest: boolean;
  /** with how many of them somebody works already: their next lead goes there, whatever territory they are in */
  worked: number;
  figures: UnitFigures;
}
export interface ProposalUnit extends Area {
  /** as people write it: "DE 40", "US NY" */
  id: string;
  /** the id of the territory that has it, or most of it */
  today: string;
  hasBest: boolean;
  worked: number;
  position: Position | null;
  figures: UnitFigures;
}
export interface LaidUnits {
  kind: UnitKind;
  /** how many digits of a postcode; null for states */
  digits: number | null;
  units: ProposalUnit[];
  /** what was left out or decided, in sentences */
  notes: string[];
}
interface Ruled {
  id: string;
  rules: TerritoryRules;
  under?: readonly { rules: TerritoryRules }[];
}

const digitsMost = 3;
/** a unit should have so many records on average, so that one customer more does not decide */
const recordsWanted = 20;

/** As people write it: "DE 40", "US NY". */
export const unitName = (country: string, part: string): string => `${country.toUpperCase()} ${part}`;
const keyOf = (country: string, part: string): string => unitName(country, part).toLowerCase();

/**
 * @param territories all that are active, in order: a place belongs to the first that covers it
 * @param chosen those to be balanced; what falls into others is left alone
 * @param kind null: postcodes where rules of the chosen name such, states where they name states, else what more records have
 * @param digits null: as many as leave each unit enough records on average, and each territory enough units
 */
export function layUnits(territories: readonly Ruled[], chosen: ReadonlySet<string>, places: readonly CountedPlace[], kind: UnitKind | null, digits: number | null): LaidUnits {
  const compiled = territories.map(compileTerritory);
  const own = places.flatMap((place) => {
    // An account that is named stays where it is named.
    if (compiled.some((one) => namesAccount(one, place))) return [];
    const first = compiled.find((one) => covers(one, place))?.territory.id;
    return first !== undefined && chosen.has(first) && place.country !== null ? [{ place, country: place.country, today: first }] : [];
  });
  const mine = territories.filter(({ id }) => chosen.has(id));
  const by = kind ?? kindOf(mine, own.map(({ place }) => place));
  const length = by === 'state' ? 1 : (digits ?? digitsFor(own.map(({ place }) => place), mine.length));
  const units = new Map<string, ProposalUnit & { held: Map<string, number> }>();
  const unit = (country: string, part: string): ProposalUnit & { held: Map<string, number> } => {
    const key = keyOf(country, part);
    let found = units.get(key);
    if (!found)
      units.set(key, (found = { id: unitName(country, part), country: country.toUpperCase(), part, today: '', hasBest: false, worked: 0, position: null, figures: noFigures(), held: new Map() }));
    return found;
  };
  let without = 0;
  for (const { place, country, today } of own) {
    const part = partOf(place, by, length);
    if (part === null) {
      without += place.records;
      continue;
    }
    const one = unit(country, part);
    one.hasBest ||= place.hasBest;
    one.worked += place.worked;
    one.held.set(today, (one.held.get(today) ?? 0) + place.records);
    for (const name of figureNames) one.figures[name] += place.figures[name];
  }
  // What rules name and nobody lives in yet stays where it is; else it would be forgotten when rules are written anew.
  for (const { id, rules } of mine)
    for (const { country, part } of namedBy(rules, by, length)) {
      const one = unit(country, part);
      if (one.held.size === 0) one.held.set(id, 0);
    }
  const several = [...units.values()].filter(({ held }) => held.size > 1).map(({ id }) => id);
  const notes = [
    by === 'state' ? 'Units are country and state.' : `Units are country and the first ${length === 1 ? 'digit' : `${length} digits`} of the postcode (the letters, where it begins with letters).`,
    ...(without > 0 ? [`${without.toLocaleString('en')} customers, prospects and leads have no ${by === 'state' ? 'state' : 'postcode'} that can be read: they stay where they are.`] : []),
    ...(several.length > 0
      ? [`${several.length === 1 ? 'One unit lies' : `${several.length} units lie`} in several territories today and ${several.length === 1 ? 'counts' : 'count'} where most of it is: ${several.slice(0, 8).join(', ')}${several.length > 8 ? ' …' : ''}. What is accepted may take the rest of it along.`]
      : []),
  ];
  return {
    kind: by,
    digits: by === 'state' ? null : length,
    units: [...units.values()]
      .map(({ held, ...one }) => ({ ...one, today: [...held].reduce((most, next) => (next[1] > most[1] ? next : most))[0] }))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    notes,
  };
}

export const noFigures = (): UnitFigures => ({ customers: 0, worthMinor: 0, prospects: 0, openLeads: 0, calls: 0, potential: 0 });

function kindOf(chosen: readonly Ruled[], places: readonly CountedPlace[]): UnitKind {
  if (chosen.some(({ rules }) => rules.postalRanges?.length)) return 'postcode';
  if (chosen.some(({ rules }) => rules.states?.length)) return 'state';
  const having = (kind: UnitKind): number => places.reduce((sum, place) => sum + (partOf(place, kind, 1) === null ? 0 : place.records), 0);
  return having('postcode') > having('state') ? 'postcode' : 'state';
}

function digitsFor(places: readonly CountedPlace[], territories: number): number {
  const records = places.reduce((sum, place) => sum + place.records, 0);
  const count = (digits: number): number => new Set(places.map((place) => `${place.country} ${partOf(place, 'postcode', digits)}`)).size;
  for (let digits = digitsMost; digits > 1; digits--) if (records >= recordsWanted * count(digits)) return digits;
  return count(1) >= 4 * territories ? 1 : 2;
}
