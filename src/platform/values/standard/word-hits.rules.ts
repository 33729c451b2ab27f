import { fold, foldDigraphs } from '../fold.rules.ts';

// Finding the words of a table in a text of a few words: phrases, words, and pieces of compounds (title-words.rules.ts tells how they are written).

/** The words of a title: folded, the marks of gender taken off (“Leiter:in”, “Einkäufer/-in”, “(m/w/d)”), “C.E.O.” as one word. */
export function wordsOf(title: string): string[] {
  const bare = title
    .replace(/\(\s*[mwfdxhv](?:\s*[/|]\s*[mwfdxhva])+\s*\)/gi, ' ')
    .replace(/(?:[:*_]|\/-?)in(?:nen)?(?!\p{L})|\((?:in|e|a|ne|trice)\)|(?<=\p{L})[/.·](?:e|a|ne|trice|rice)(?!\p{L})/giu, '')
    .replace(/\b(\p{L})\.(?=\p{L}\b)/gu, '$1')
    .replace(/['’`´]/g, ' ');
  return foldDigraphs(fold(bare)).split(' ').filter(Boolean);
}

export interface Hit<T> {
  of: T;
  order: number;
  from: number;
  to: number;
  word: string;
}

export interface WordIndex<T> {
  /** phrases by their first word */
  phrases: Map<string, { words: string[]; of: T; order: number }[]>;
  starts: { piece: string; of: T; order: number }[];
  ends: { piece: string; of: T; order: number }[];
}

export function indexWords<T>(table: readonly (readonly [T, readonly string[]])[]): WordIndex<T> {
  const index: WordIndex<T> = { phrases: new Map(), starts: [], ends: [] };
  table.forEach(([of, words], order) => {
    for (const word of words.map(foldDigraphs)) {
      if (word.endsWith('…')) index.starts.push({ piece: word.slice(0, -1), of, order });
      else if (word.startsWith('…')) index.ends.push({ piece: word.slice(1), of, order });
      else {
        const parts = word.split(' ');
        index.phrases.set(parts[0]!, [...(index.phrases.get(parts[0]!) ?? []), { words: parts, of, order }]);
      }
    }
  });
  return index;
}
/** Every hit; where two overlap in several words, the longer phrase only. */
export function hitsIn<T>(index: WordIndex<T>, words: readonly string[]): Hit<T>[] {
  const hits: Hit<T>[] = [];
  words.forEach((word, at) => {
    for (const { words: parts, of, order } of index.phrases.get(word) ?? [])
      if (parts.every((part, n) => words[at + n] === part)) hits.push({ of, order, from: at, to: at + parts.length, word: parts.join(' ') });
    if (hits.some((hit) => hit.from <= at && at < hit.to)) return;
    for (const { piece, of, order } of index.ends) if (word.length > piece.length && word.endsWith(piece)) hits.push({ of, order, from: at, to: at + 1, word });
    for (const { piece, of, order } of index.starts) if (word.startsWith(piece)) hits.push({ of, order, from: at, to: at + 1, word });
  });
  return hits.filter((one) => !hits.some((other) => other !== one && other.from <= one.from && other.to >= one.to && other.to - other.from > one.to - one.from));
}

export const firstHit = <T>(hits: readonly Hit<T>[]): Hit<T> | undefined => hits.toSorted((one, other) => one.order - other.order || one.from - other.from)[0];
export const earliestHit = <T>(hits: readonly Hit<T>[]): Hit<T> | undefined => hits.toSorted((one, other) => one.from - other.from || other.to - one.to || one.order - other.order)[0];

