import type { Criteria } from '../../platform/values/criteria.rules.ts';
import { wantedWeights, type Wanted } from './wanted.rules.ts';
import type { Group, Level } from './levels.rules.ts';

/** What the board counts, and the conditions that find the very people behind each figure. */
export const fieldLabels: Record<Wanted, string> = {
  mail: 'Mail',
  phone: 'Phone or mobile',
  name: 'Last name',
  organization: 'Company',
  country: 'Country',
  title: 'Position',
  postcode: 'Postcode',
};
export const wantedFields = Object.keys(wantedWeights) as Wanted[];

const isEmpty = (field: string): Criteria => ({ field, op: 'isEmpty' });
const missing: Record<Wanted, Criteria> = {
  mail: isEmpty('email'),
  phone: { all: [isEmpty('phone'), isEmpty('mobile')] },
  name: isEmpty('familyName'),
  organization: isEmpty('organization.name'),
  country: isEmpty('country'),
  title: isEmpty('title'),
  postcode: isEmpty('postalCode'),
};

export const whereMissing = (field: Wanted): Criteria => missing[field];
export const whereLevel = (group: Group, level: Level): Criteria => ({ field: `level.${group}`, op: 'equals', value: level });

const usable = (group: Group): Criteria => ({ field: `level.${group}`, op: 'in', value: ['verified', 'plausible', 'doubtful'] });
/** A mail or a number that is not bad. */
export const whereReachable: Criteria = { any: [usable('mail'), usable('phone'), usable('mobile')] };
export const whereOutOfReach: Criteria = { not: whereReachable };
/** Nothing missing, nothing bad. */
export const whereWhole: Criteria = { field: 'level.lacking', op: 'equals', value: 0 };
