import { readBusiness, readIndustry } from '../../platform/values/standard/read-industry.rules.ts';
import { readTitle } from '../../platform/values/standard/read-title.rules.ts';
import type { Sector } from '../../platform/values/standard/sectors.rules.ts';
import type { TitleFunction, TitleLevel } from '../../platform/values/standard/title-words.rules.ts';

/** Changed with the words or the rules: what older ones read is read anew. */
export const readingRules = 'readings 1';

export interface Reading {
  level: TitleLevel | null;
  function: TitleFunction | null;
  sector: Sector | null;
  words: { level?: string; function?: string; sector?: string };
}

/** What rules make of a text. */
export function read(kind: 'title' | 'industry' | 'naics' | 'sic', said: string): Reading {
  if (kind === 'title') {
    const { level, function: does, levelWord, functionWord } = readTitle(said);
    return { level, function: does, sector: null, words: { ...(levelWord ? { level: levelWord } : {}), ...(functionWord ? { function: functionWord } : {}) } };
  }
  const { sector, word } = kind === 'industry' ? readIndustry(said) : readBusiness(kind === 'naics' ? said : null, kind === 'sic' ? said : null, null);
  return { level: null, function: null, sector, words: word ? { sector: word } : {} };
}
