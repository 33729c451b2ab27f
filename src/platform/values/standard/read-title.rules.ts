import { functionWords, levelWords, weakFunctions, type TitleFunction, type TitleLevel } from './title-words.rules.ts';
import { earliestHit, firstHit, hitsIn, indexWords, wordsOf } from './word-hits.rules.ts';

export interface TitleReading {
  level: TitleLevel;
  function: TitleFunction;
  /** What decided, as it stands in the title (folded); null where nothing did. */
  levelWord: string | null;
  functionWord: string | null;
}

const levels = indexWords(levelWords);
const strong = indexWords(functionWords);
const weak = indexWords(weakFunctions);

/**
 * What a position says of rank and of what somebody does there, and by which words. Rank: the first level of the list with a word in the title,
 * a longer phrase covering the words in it. What they do: the first such word of the title; words that go with anything (engineer, assistant,
 * owner) only where there is no other.
 */
export function readTitle(title: string): TitleReading {
  const words = wordsOf(title);
  const level = firstHit(hitsIn(levels, words));
  const isAssistant = level?.of === 'assistant' || level?.of === 'other';
  const own = earliestHit(hitsIn(strong, words)) ?? firstHit(hitsIn(weak, words).filter((hit) => !isAssistant || hit.of !== 'management'));
  return { level: level?.of ?? 'unknown', function: own?.of ?? 'unknown', levelWord: level?.word ?? null, functionWord: own?.word ?? null };
}
