/**
 * Conditions made ready to be asked of many: the same answers as `evaluate`, without reading the conditions again for each subject; and,
 * where there are hundreds of them in order, without asking those that cannot hold.
 */
import { evaluate, listOf, plainText, type Condition, type Criteria, type Facts } from './criteria.rules.ts';

export type Predicate = (facts: Facts, now: Date) => boolean;

export function predicateOf(criteria: Criteria): Predicate {
  if ('all' in criteria) {
    const parts = criteria.all.map(predicateOf);
    return (facts, now) => parts.every((part) => part(facts, now));
  }
  if ('any' in criteria) {
    const parts = criteria.any.map(predicateOf);
    return (facts, now) => parts.some((part) => part(facts, now));
  }
  if ('not' in criteria) {
    const part = predicateOf(criteria.not);
    return (facts, now) => !part(facts, now);
  }
  const wanted = wordsWanted(criteria);
  if (!wanted) return (facts, now) => evaluate(criteria, facts, now);
  const { field } = criteria;
  return (facts, now) => {
    const actual = facts[field];
    // Only plain words are looked up; numbers, lists and what lies deeper are compared in full.
    if (typeof actual === 'string' && actual.trim() !== '') return wanted.has(plainText(actual));
    return actual === null ? false : evaluate(criteria, facts, now);
  };
}

/** The words one of which a field must be, where that is what is asked. */
function wordsWanted({ op, value }: Condition): Set<string> | undefined {
  return op === 'equals' || op === 'in' ? new Set((op === 'in' ? listOf(value) : [value]).map(plainText)) : undefined;
}

/** A condition without which the whole cannot hold, that asks for one of a few words. */
function anchorOf(criteria: Criteria): { field: string; words: Set<string> } | undefined {
  if ('all' in criteria) {
    for (const part of criteria.all) {
      const found = anchorOf(part);
      if (found) return found;
    }
    return undefined;
  }
  if (!('op' in criteria)) return undefined;
  const words = wordsWanted(criteria);
  return words && { field: criteria.field, words };
}

const rememberedMax = 5000;

/**
 * Those of many conditions, in their order, that hold of a subject, found one after another as they are asked for. Conditions that need a
 * certain word are only asked of subjects that have it.
 * @returns places in `all`
 */
export function finderOf(all: readonly Criteria[]): (facts: Facts, now: Date) => Generator<number, void> {
  const predicates = all.map(predicateOf);
  const anchors = all.map(anchorOf);
  const fields = [...new Set(anchors.flatMap((anchor) => anchor?.field ?? []))];
  const remembered = new Map<string, number[]>();
  const places = (facts: Facts): number[] | undefined => {
    let key = '';
    const words = new Map<string, string>();
    for (const field of fields) {
      const actual = facts[field];
      if (actual !== null && typeof actual !== 'string') return undefined;
      const word = actual === null ? '' : plainText(actual);
      words.set(field, word);
      key += `${word}\n`;
    }
    let found = remembered.get(key);
    if (!found) {
      found = anchors.flatMap((anchor, place) => {
        const word = anchor && words.get(anchor.field);
        return !anchor || (word && anchor.words.has(word)) ? [place] : [];
      });
      if (remembered.size >= rememberedMax) remembered.clear();
      remembered.set(key, found);
    }
    return found;
  };
  const every = all.map((_, place) => place);
  return function* holding(facts, now) {
    for (const place of places(facts) ?? every) if (predicates[place]!(facts, now)) yield place;
  };
}
