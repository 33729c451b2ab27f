import { headerFit, termsOf, wordsOf } from './header-words.rules.ts';
import { inquiryFields } from './inquiry-words.rules.ts';

const known = inquiryFields.map((field) => ({ name: field.name, terms: termsOf(field.synonyms) }));

/** The inquiry field whose words a header uses, in any of the seven languages; undefined when it says none clearly. */
export function fieldOfHeader(header: string): string | undefined {
  const words = wordsOf(header);
  let best: { name: string | undefined; fit: number } = { name: undefined, fit: 0.6 };
  for (const { name, terms } of known) {
    const fit = headerFit(words, terms);
    if (fit > best.fit) best = { name, fit };
  }
  return best.name;
}
