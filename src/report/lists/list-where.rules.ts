import type { Criteria } from '../../platform/values/criteria.rules.ts';

// What is counted of a list's names, as conditions that find the very people behind each figure. count-lists.store.ts says the same in SQL; a test compares.

const usable = ['verified', 'plausible', 'doubtful'];
const ways = ['mail', 'phone', 'mobile', 'address'] as const;
const has = (field: string): Criteria => ({ field, op: 'isSet' });
const level = (group: string, value: string | string[]): Criteria =>
  typeof value === 'string' ? { field: `level.${group}`, op: 'equals', value } : { field: `level.${group}`, op: 'in', value };

/** A mail or a number that is not bad, or a street in a country whose address is not bad. */
const someWay: Criteria = { any: [level('mail', usable), level('phone', usable), level('mobile', usable), { all: [level('address', usable), has('street'), has('country')] }] };

/** Some way to them, and they have not asked to be left alone. */
export const whereReachable: Criteria = { all: [someWay, { field: 'doNotContact', op: 'isFalse' }] };
/** A made-up name, or everything that should lead to them is wrong. */
export const whereJunk: Criteria = { any: [level('name', 'bad'), { all: [{ not: someWay }, { any: ways.map((way) => level(way, 'bad')) }] }] };
export const whereGood: Criteria = { all: [{ not: whereJunk }, whereReachable] };
export const whereOutOfReach: Criteria = { all: [{ not: whereJunk }, { not: whereReachable }] };
export const whereUseless: Criteria = { not: whereGood };
