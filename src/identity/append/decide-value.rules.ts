import { saysTheSame, type AppendField, type Values } from './append-fields.rules.ts';

/** Why an offered value is not used; the first that holds is told. */
export type Unused = 'unreadable' | 'verified' | 'same' | 'unsure' | 'old' | 'known';

export interface Offered {
  /** undefined where it could not be read */
  values: Values | undefined;
  /** from 0 to 1, as the provider has it */
  confidence: number;
  /** the day it was true, YYYY-MM-DD, where the provider says so */
  asOf: string | null;
}
export interface Rule {
  /** Whether a value takes the place of what is known otherwise. */
  replace: boolean;
  minConfidence: number;
  /** Values that were true only before this day are left, YYYY-MM-DD. */
  notBefore: string | null;
}

/**
 * Whether a value offered by a machine is written. What a person verified stands whatever is offered, empty fields are filled, a fuller
 * word takes the place of a part of it, and only a run told to replace puts its value in the place of another.
 * @returns why not, or null where it is used
 */
export function decideValue(field: AppendField, offered: Offered, known: Values, verified: boolean, rule: Rule): Unused | null {
  const { values } = offered;
  if (values === undefined) return 'unreadable';
  const has = field.columns.filter((column) => (known[column] ?? null) !== null);
  // What says less than is known, and nothing else, is the same.
  if (has.length > 0 && field.columns.every((column) => (values[column] ?? null) === null || saysTheSame(known[column], values[column]))) return 'same';
  if (verified) return 'verified';
  if (offered.confidence < rule.minConfidence) return 'unsure';
  if (rule.notBefore !== null && offered.asOf !== null && offered.asOf < rule.notBefore) return 'old';
  if (has.length === 0 || rule.replace) return null;
  return has.every((column) => saysTheSame(known[column], values[column])) ? null : 'known';
}

/**
 * What so many more units cost, in whole minor units, when `before` were priced already: rounded on the sum, so that shares add up to
 * the price of all of them.
 */
export const costOf = (thousandMinor: number, before: number, units: number): number =>
  Math.round((thousandMinor * (before + units)) / 1000) - Math.round((thousandMinor * before) / 1000);

/** A price in as many shares, whole minor units that add up to it. */
export function shareOut(priceMinor: number, shares: number): number[] {
  return Array.from({ length: shares }, (_, n) => Math.floor((priceMinor * (n + 1)) / shares) - Math.floor((priceMinor * n) / shares));
}
