/** How texts of many writing habits are made comparable: `fold('Straße  Ørsted-Łódź')` → `'strasse orsted lodz'`. */

const plain = /^[a-z0-9 ]*$/;
const special: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
  ħ: 'h',
  ĸ: 'k',
  ŋ: 'n',
};

/** lower case, no accents, letters and digits only, single blanks */
export function fold(text: string): string {
  let out = text.toLowerCase();
  if (!plain.test(out)) {
    out = out
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .replace(/[ßæœøđðþłıħĸŋ]/g, (letter) => special[letter] ?? letter)
      .replace(/['’`´ʼ]/g, '')
      .replace(/[^\p{L}\p{N}]+/gu, ' ');
  }
  return out.includes('  ') || out.startsWith(' ') || out.endsWith(' ') ? out.replace(/ +/g, ' ').trim() : out;
}

/** German and Nordic writers spell ü as ue; both spellings meet here: 'mueller' and 'müller' (folded 'muller') → 'muller' */
export function foldDigraphs(folded: string): string {
  return digraph.test(folded) ? folded.replace(/ae/g, 'a').replace(/oe/g, 'o').replace(/ue/g, 'u') : folded;
}

const digraph = /[aou]e/;

/** what people write when a form insists: 'n/a', '-', 'none', 'test', 'asdf', 'xxx' */
export function isFiller(text: string): boolean {
  const bare = text.trim();
  // the longest is 'not available'; a sentence or an address is none, which is nearly always
  if (bare.length > 16) return false;
  if (bare === '' || !anyLetter.test(bare)) return true;
  if (bare.length > 2 && bare[0] === bare[1] && bare[1] === bare[2] && /^(.)\1+$/.test(bare)) return true;
  return fillers.has(bare.toLowerCase());
}
const anyLetter = /[\p{L}\p{N}]/u;

const fillers = new Set([
  ...'n/a,na,n.a.,n.a,none,null,nil,unknown,undefined,not provided,not available,not given,(blank),blank'.split(','),
  ...'keine,keine angabe,k.a.,k. a.,unbekannt,inconnu,desconocido,desconhecido,sconosciuto,onbekend,tbd,tba,#n/a'.split(','),
]);
