import type { QueueTerms, SourceCurve } from '../queue.rules.ts';
import type { Decays } from './decay-fit.rules.ts';
import { publishedCurve } from './decay.rules.ts';

/** What is kept of a sale, in percent: of every sale, and of products that differ. */
export interface Margins {
  percent: number;
  products: { product: string; percent: number }[];
}
export const wholeSale: Margins = { percent: 100, products: [] };
/** A source with fewer leads than this in its history is said to go by the company's: its own weighs next to nothing. */
const ownFrom = 30;

/** Curve by source and margin by product, as the queue looks them up. */
export function termsOf(
  found: { decays: Decays | null; margins: Margins | null },
  averageSaleMinor: number,
  minutesUntil: QueueTerms['minutesUntil'],
): QueueTerms {
  const published: SourceCurve = { ...publishedCurve, from: 'published', leads: 0 };
  const company: SourceCurve = found.decays && found.decays.company.leads > 0 ? { ...found.decays.company, from: 'company' } : published;
  const curves = new Map<string | null, SourceCurve>(
    found.decays?.sources.map((one) => [one.sourceId, one.leads < ownFrom ? { ...one, from: 'company', leads: company.leads } : { ...one, from: 'source' }]),
  );
  const margins = found.margins ?? wholeSale;
  const ofProduct = new Map(margins.products.map(({ product, percent }) => [plain(product), percent]));
  return {
    averageSaleMinor,
    curveOf: (sourceId) => curves.get(sourceId) ?? company,
    marginOf: (product) => (product === null ? undefined : ofProduct.get(plain(product))) ?? margins.percent,
    minutesUntil,
  };
}

const plain = (text: string): string => text.trim().toLowerCase();
