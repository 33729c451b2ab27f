/** One of several who can all take a lead, by the method of the rule; what the methods leave equal is decided by whose turn it is. */
import { distanceKm, type Position } from '../balance/map.rules.ts';
import { nextTurn } from '../fair-share.rules.ts';
import type { Method } from './routing-rule.rules.ts';

export interface Candidate {
  holderId: string;
  weight: number;
  credit: number;
  /** leastLoaded: open leads for the weight. bestMatch: points. nearest: tens of kilometres. */
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
  const best = method === 'leastLoaded' || method === 'nearest' ? Math.min(...candidates.map((one) => one.mark)) : Math.max(...candidates.map((one) => one.mark));
  const marked = method === 'leastLoaded' || method === 'bestMatch' || method === 'nearest';
  const tied = candidates.flatMap((one, place) => (!marked || one.mark === best ? [place] : []));
  const { index, shares } = nextTurn(tied.map((place) => candidates[place]!), everybody.slice(candidates.length));
  return { index: tied[index]!, tied: [...tied, ...everybody.keys().drop(candidates.length)], shares };
}

export interface HolderRecord {
  /** leads that came to an end with this holder, and sales among them: of all products, and of each */
  all: { leads: number; sales: number };
  byProduct: ReadonlyMap<string, { leads: number; sales: number }>;
  /** of late: answers and first contacts that were due, and those in time */
  answers?: { due: number; kept: number };
  /** of late: verdicts that were due, and those told in time */
  verdicts?: { due: number; kept: number };
}
/** The same shares over all holders together. */
export interface Usual {
  sold: number;
  inTime: number;
  told: number;
}
export interface Fit {
  speaks: boolean;
  hasProduct: boolean;
  record: HolderRecord | undefined;
  /** the lead's, as it is compared; null where none is known */
  productKey: string | null;
}
export interface Points {
  language: number;
  product: number;
  sold: number;
  inTime: number;
  told: number;
}

/** As much as ten leads, what is usual counts beside a holder's own record. */
const leaning = 10;

/**
 * Points for one lead: one for the language; one for the product line; up to one for what they sell, a half being what is usual here; up to a
 * half each for answering in time and for telling in time what became of leads. Few leads say little, so each share leans on the company's own
 * (`usual`), and that of this product on the holder's over all products.
 */
export function pointsOf({ speaks, hasProduct, record, productKey }: Fit, usual: Usual): Points {
  const leant = (part: number, of: number, towards: number): number => (part + leaning * towards) / (of + leaning);
  const { all = { leads: 0, sales: 0 }, answers = { due: 0, kept: 0 }, verdicts = { due: 0, kept: 0 } } = record ?? {};
  const own = leant(all.sales, all.leads, usual.sold);
  const product = record?.byProduct.get(productKey ?? '');
  const share = product ? leant(product.sales, product.leads, own) : own;
  const rounded = (points: number): number => Math.round(points * 100) / 100;
  return {
    language: Number(speaks),
    product: Number(hasProduct),
    sold: share === 0 ? 0 : rounded(share / (share + usual.sold)),
    inTime: rounded(leant(answers.kept, answers.due, usual.inTime) / 2),
    told: rounded(leant(verdicts.kept, verdicts.due, usual.told) / 2),
  };
}

export const sumOf = ({ language, product, sold, inTime, told }: Points): number => Math.round((language + product + sold + inTime + told) * 100) / 100;

export const pointsInWords = (points: Points): string =>
  `${sumOf(points).toFixed(2)} points: language ${points.language}, product ${points.product}, sales ${points.sold.toFixed(2)}, answers in time ${points.inTime.toFixed(2)}, verdicts ${points.told.toFixed(2)}`;

/** Farther than anything on earth: of whom it is not known, or of a lead. */
const farAway = 10_000;
/** How far a holder is from the lead as the crow flies, in tens of kilometres: between neighbours their turn decides. */
export const tensOfKm = (lead: Position | null | undefined, holder: Position | null | undefined): number => (lead && holder ? Math.round(distanceKm(lead, holder) / 10) : farAway);

export const nearestInWords = (name: string, tens: number): string =>
  tens === farAway ? `How far anybody is from the lead is not known` : `${name} is nearest, ${tens === 0 ? 'less than 5' : `about ${(tens * 10).toLocaleString('en')}`} km away`;
