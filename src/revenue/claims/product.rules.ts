import { fold } from '../../platform/values/fold.rules.ts';

export type Agreement = 'same' | 'line' | 'unknown' | 'different';

/** words that every product may carry */
const general = new Set(['with', 'type', 'model', 'series', 'serie', 'unit', 'version', 'item', 'article', 'artikel', 'product', 'produkt', 'inch', 'standard', 'complete', 'system', 'systems']);

interface Named {
  text: string;
  /** 'fm200' of "FM-200" */
  models: Set<string>;
  /** 'fm' of "FM-200" */
  families: Set<string>;
  words: Set<string>;
}

function read(product: string): Named {
  const text = fold(product).replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  const models = new Set<string>();
  const families = new Set<string>();
  for (const [, letters, rest] of text.matchAll(/(?<![\p{L}\p{N}])(\p{L}{1,6}) ?(\d{1,6}\p{L}?)(?![\p{L}\p{N}])/gu)) {
    models.add(`${letters}${rest}`);
    families.add(letters!);
  }
  // A plural is the same word.
  const words = new Set(text.split(' ').filter((word) => /^\p{L}{4,}$/u.test(word) && !general.has(word)).map((word) => word.replace(/(?<=.{4})(s|en|e)$/u, '')));
  return { text, models, families, words };
}

const share = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean => [...one].some((word) => other.has(word));

/**
 * Whether two texts name one product, two of one line, or two that have nothing in common. A bare article number says nothing
 * about a name, so it is neither for nor against.
 *
 *   productAgreement('FM-200', 'Flow meter FM 200 DN50') → 'same'; ('FM-200', 'FM-300') → 'line'; ('Dosing pump', 'Valve') → 'different'
 */
export function productAgreement(a: string | null, b: string | null): Agreement {
  if (!a || !b) return 'unknown';
  const [one, other] = [read(a), read(b)];
  if (one.text === other.text && one.text !== '') return 'same';
  if (share(one.models, other.models)) return 'same';
  if (share(one.families, other.families) || share(one.words, other.words)) return 'line';
  const namesSomething = (of: Named): boolean => of.models.size + of.words.size > 0;
  // A model number and a word cannot be held against each other: the one may well be the other.
  if (!namesSomething(one) || !namesSomething(other)) return 'unknown';
  if ((one.words.size === 0) !== (other.words.size === 0) && (one.models.size === 0) !== (other.models.size === 0)) return 'unknown';
  return 'different';
}
