import { industryWords } from './industry-words.rules.ts';
import { sectorOfNace, sectorOfNaics, sectorOfSic, type Sector } from './sectors.rules.ts';
import { earliestHit, hitsIn, indexWords, wordsOf } from './word-hits.rules.ts';

export interface IndustryReading {
  sector: Sector | null;
  /** What decided: a word of it, or the code with its classification (“NACE 28.13”). */
  word: string | null;
}

const words = indexWords(industryWords);
const none: IndustryReading = { sector: null, word: null };
const by = (sector: Sector | undefined, word: string): IndustryReading => (sector ? { sector, word } : none);

/**
 * What somebody says their business is, as a sector: a code that names its classification (NAICS, SIC, NACE, WZ), a bare one by its form (28.13
 * or C28 are NACE, five or six digits NAICS, four SIC, two NAICS), else the first of its words that is known, longer phrases before their words.
 */
export function readIndustry(text: string): IndustryReading {
  const named = /\b(naics|sic|nace|wz|ateco|naf|cnae|sbi)\b[\s:.-]*(?:rev\.?\s*\d|code|20\d\d|19\d\d)?[\s:.-]*([a-u]?\s?\d[\d.]*|[a-u]\b)/i.exec(text);
  if (named) {
    const [, kind, code] = named as unknown as [string, string, string];
    const digits = code.replaceAll(/\D/g, '');
    const sector = /naics/i.test(kind) ? sectorOfNaics(digits) : /sic/i.test(kind) ? sectorOfSic(digits) : sectorOfNace(code);
    return by(sector, `${kind.toUpperCase()} ${code.trim()}`);
  }
  const bare = /^\s*(?:([a-u])[\s.-]?)?(\d{2}(?:\.\d{1,2}){1,2}|\d{2,6})(?:[.\s–-]|$)/i.exec(text);
  if (bare) {
    const [, letter, code] = bare as unknown as [string, string | undefined, string];
    const read: [string, Sector | undefined] =
      letter !== undefined || code.includes('.') ? ['NACE', sectorOfNace(`${letter ?? ''}${code}`)] : code.length === 4 ? ['SIC', sectorOfSic(code)] : ['NAICS', sectorOfNaics(code)];
    if (read[1]) return by(read[1], `${read[0]} ${letter ?? ''}${code}`);
  }
  const hit = earliestHit(hitsIn(words, wordsOf(text)));
  return hit ? { sector: hit.of, word: hit.word } : none;
}

/** An organization's codes count before what it is called. */
export function readBusiness(naics: string | null, sic: string | null, text: string | null): IndustryReading {
  const coded = naics === null ? undefined : sectorOfNaics(naics);
  if (coded) return by(coded, `NAICS ${naics}`);
  const older = sic === null ? undefined : sectorOfSic(sic);
  if (older) return by(older, `SIC ${sic}`);
  return text === null ? none : readIndustry(text);
}
