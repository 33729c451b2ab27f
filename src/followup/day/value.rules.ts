import { amountShown, moneyText } from '../../platform/values/money.rules.ts';
import { readMoney } from '../../platform/values/money-text.rules.ts';

/** What is known of how much a lead may bring, in minor units of the company's currency. */
export interface Valued {
  /** of the largest open opportunity that came of it */
  opportunityMinor: number | null;
  /** what the partner who registered it expects */
  registeredMinor: number | null;
  /** as it was said */
  budget: string | null;
  currency: string;
}

/** What a lead may bring, and how that is known: the opportunity goes before what a partner expects, and that before a budget. Null where nobody said. */
export function valueOf({ opportunityMinor, registeredMinor, budget, currency }: Valued): { valueMinor: number | null; valueWhy: string | null } {
  const shown = (minor: number): string => `${currency} ${amountShown({ minor, currency })}`;
  if (opportunityMinor) return { valueMinor: opportunityMinor, valueWhy: `an open opportunity of ${shown(opportunityMinor)}` };
  if (registeredMinor) return { valueMinor: registeredMinor, valueWhy: `its partner expects ${shown(registeredMinor)}` };
  const said = budget === null ? null : amountSaid(budget, currency);
  return { valueMinor: said, valueWhy: said === null ? null : `a budget of “${budget!.trim()}”` };
}

const about =
  /^(?:(?:up to|at most|max(?:imum|\.)?|at least|min(?:imum|\.)?|about|around|approx(?:imately|\.)?|roughly|between|from|over|under|less than|more than|circa|ca\.?|bis zu|bis|etwa|rund|ungefähr|zwischen|von|ab|über|unter|jusqu['’]à|environ|entre|de|hasta|unos|aproximadamente|fino a|circa|tussen|tot|ongeveer|até)(?=[\s\d])|[<>~≈≤≥])\s*/iu;
const range = /\s*(?:[–—]|(?<=[\p{L}\p{Sc}\d])\s*-\s*(?=[\p{Sc}\d])|\s(?:to|and|bis|und|à|a|et|y|e|en|tot)\s)\s*/iu;
/** Less is a number of something else. */
const leastMajor = 100;

/**
 * The amount of a budget as people say it, in minor units of `currency`; of a range its middle. Null for what is no amount, or in another
 * currency, and for what may be a year or a number of pieces.
 *
 *   amountSaid('20–30k', 'EUR')          → 2 500 000
 *   amountSaid('bis zu CHF 50’000', 'CHF') → 5 000 000
 *   amountSaid('approved for 2027', 'EUR') → null
 */
export function amountSaid(text: string, currency: string): number | null {
  let rest = text.trim();
  for (let word = about.exec(rest); word; word = about.exec(rest)) rest = rest.slice(word[0].length);
  const parts = rest.split(range);
  if (parts.length > 2) return null;
  // What stands beside the second amount is meant of the first, too: “20–30k”, “20 to 30 TEUR”.
  const [first, last] = [parts[0]!, parts.at(-1)!];
  const unit = /[^\d.,'’]+$/u.exec(last)?.[0].trim() ?? '';
  const amounts = [/^[\d.,'’\s]+$/u.test(first) && parts.length === 2 ? `${first}${unit && ` ${unit}`}` : first, last].map((part) => amountOf(part, currency));
  if (amounts.some((amount) => amount === null) || amounts[0]! > amounts[1]!) return null;
  return Math.round((amounts[0]! + amounts[1]!) / 2);
}

function amountOf(text: string, currency: string): number | null {
  if (/^(?:19|20)\d\d$/.test(text.trim())) return null;
  // Nobody says a budget to a tenth of a cent: three digits after a mark are thousands.
  const decimal = /\.\d{3}(?!\d)/.test(text) ? ',' : null;
  const { value } = readMoney(text, { currency, decimal });
  if (!value || (value.currency !== null && value.currency !== currency)) return null;
  return Number(moneyText({ minor: value.minor, currency })) >= leastMajor ? value.minor : null;
}
