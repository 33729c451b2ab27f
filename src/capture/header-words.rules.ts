/** Header words of strangers' files, compared without case, accents, punctuation or camel humps. */

/** 'Lead_SourceName' → 'lead source name' */
export function wordsOf(header: string): string {
  return header
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{L})(\d)/gu, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
export const compact = (words: string): string => words.replaceAll(' ', '');

const LINK_WORDS = new Set(['of', 'de', 'del', 'della', 'do', 'da', 'di', 'du', 'des', 'd', 'dell', 'van', 'von', 'der', 'the', 'el', 'la', 'le', 'het']);
/** Words that only decorate: 'customer e-mail', 'email address *', 'your name'. */
const DECORATION = new Set(['customer', 'client', 'kunde', 'your', 'ihr', 'ihre', 'votre', 'primary', 'main', 'the', 'lead', 'contact', 'prospect', 'mql', 'required', 'optional', 'text', 'value', 'wert', '1']);

/** Words that mean nothing without the one before them: "Owner Id" is not an "id", "Call Type" is not a "type". */
const GENERIC = new Set(['id', 'name', 'number', 'no', 'nr', 'type', 'typ', 'tipo', 'code', 'codigo', 'ref', 'reference', 'key', 'nome', 'nom', 'nombre', 'naam', 'uid', 'uuid', 'state', 'status', 'when', 'to', 'from', 'end', 'start', 'item', 'note', 'notes', 'company', 'organization', 'organisation', 'business']);

export interface HeaderTerm {
  words: string;
  joined: string;
}
export const termsOf = (synonyms: readonly string[]): HeaderTerm[] =>
  synonyms.map((synonym) => {
    const words = wordsOf(synonym);
    return { words, joined: compact(words) };
  });

/**
 * How well a header names a field, from 0 to 1. 1: the very words. Otherwise the field's words must be the head of the header: its end
 * ("first contact date" ends in "contact date"), or its beginning before a genitive ("nombre de la empresa" is not a "nombre").
 */
export function headerFit(headerWords: string, terms: readonly HeaderTerm[]): number {
  if (headerWords === '') return 0;
  const joined = compact(headerWords);
  const tokens = headerWords.split(' ');
  let best = 0;
  for (const term of terms) {
    if (term.joined === joined) return 1;
    const size = term.words.split(' ').length;
    if (tokens.length > size && tokens.slice(-size).join(' ') === term.words) {
      const before = tokens.slice(0, -size);
      // "name" after a genitive belongs to something else: "date of last name change".
      if (before.some((token) => LINK_WORDS.has(token))) continue;
      if (before.every((token) => DECORATION.has(token))) best = Math.max(best, 0.92);
      else if (!GENERIC.has(term.words)) best = Math.max(best, 0.5 + 0.35 * (size / tokens.length));
    } else if (tokens.length > size + 1 && LINK_WORDS.has(tokens[size]!) && tokens.slice(0, size).join(' ') === term.words) {
      best = Math.max(best, 0.45 + 0.3 * (size / tokens.length));
    }
  }
  return best;
}
