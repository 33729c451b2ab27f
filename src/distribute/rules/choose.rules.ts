/** One of several who can all take a lead, by the method of the rule; what the methods leave equal is decided by whose turn it is. */
import { nextTurn } from '../fair-share.rules.ts';
import type { Method } from './routing-rule.rules.ts';

export interface Candidate {
  holderId: string;
  weight: number;
  credit: number;
  /** leastLoaded: open leads for the weight. bestMatch: points. */
  mark: number;
}
export interface Choice {
  index: number;
  /** those whose turn it could have been, then who earns while absent, by their place */
  tied: number[];
  /** what each of them was due of this lead */
  shares: number[];
}

/** @param absent so many of the candidates, the last ones, cannot take it and earn their part all the same; only where it goes by turns */
export function choose(method: Method, everybody: readonly Candidate[], absent = 0): Choice {
  const candidates = absent === 0 ? everybody : everybody.slice(0, everybody.length - absent);
  const best = method === 'leastLoaded' ? Math.min(...candidates.map((one) => one.mark)) : Math.max(...candidates.map((one) => one.mark));
  const marked = method === 'leastLoaded' || method === 'bestMatch';
  const tied = candidates.flatMap((one, place) => (!marked || one.mark === best ? [place] : []));
  const { index, shares } = nextTurn(tied.map((place) => candidates[place]!), everybody.slice(candidates.length));
  return { index: tied[index]!, tied: [...tied, ...everybody.keys().drop(candidates.length)], shares };
}

export interface Fit {
  speaks: boolean;
  hasProduct: boolean;
  /** leads that came to an end with this holder, and sales among them: of this product, and of all */
  product: { leads: number; sales: number };
  all: { leads: number; sales: number };
}

/** As much as ten leads, what is usual counts beside a holder's own record. */
const leaning = 10;

/**
 * Points for one lead: one for the language, one for the product line, and the share of leads sold. Few leads say little, so the share of this
 * product leans on the holder's own over all products, and that on the company's (`usual`).
 */
export function pointsOf(fit: Fit, usual: number): number {
  const own = (fit.all.sales + leaning * usual) / (fit.all.leads + leaning);
  const share = (fit.product.sales + leaning * own) / (fit.product.leads + leaning);
  return Math.round((Number(fit.speaks) + Number(fit.hasProduct) + share) * 100) / 100;
}
