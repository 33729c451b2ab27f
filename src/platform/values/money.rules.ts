import { minorDigits } from './money-text.rules.ts';

// Money is an integer of minor units and a currency; it is shared without losing a cent.

export interface Money {
  readonly minor: number;
  readonly currency: string;
}

export function majorOf(money: Money): number {
  return money.minor / 10 ** minorDigits(money.currency);
}

/** A decimal text without grouping, for files: { minor: 123456, EUR } → "1234.56". */
export function moneyText(money: Money): string {
  const digits = minorDigits(money.currency);
  const text = String(Math.abs(money.minor)).padStart(digits + 1, '0');
  const sign = money.minor < 0 ? '-' : '';
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** The same to be read by people: { minor: 1250050, EUR } → "12,500.50", { minor: 90000, JPY } → "90,000". */
export const amountShown = (money: Money): string => moneyText(money).replaceAll(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ',');

/**
 * Shares an amount by weights so that the parts add up to the amount exactly (largest remainder, earlier parts win ties).
 *
 *   share(100, [1, 1, 1]) → [34, 33, 33]
 */
export function share(minor: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (weights.length === 0 || !(total > 0)) return weights.map(() => 0);
  const size = Math.abs(minor);
  const exact = weights.map((weight) => (size * weight) / total);
  const parts = exact.map(Math.floor);
  let left = size - parts.reduce((sum, part) => sum + part, 0);
  const byRemainder = exact
    .map((value, index) => ({ index, rest: value - Math.floor(value) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index);
  for (let turn = 0; left > 0; turn = (turn + 1) % byRemainder.length, left--) parts[byRemainder[turn]!.index]!++;
  // Floating point can overshoot by a unit on huge amounts: take it back from the smallest remainders.
  for (let turn = byRemainder.length - 1; left < 0; turn = (turn + byRemainder.length - 1) % byRemainder.length) {
    const index = byRemainder[turn]!.index;
    if (parts[index]! > 0) {
      parts[index]!--;
      left++;
    }
  }
  return parts.map((part) => (part === 0 ? 0 : Math.sign(minor) * part));
}
