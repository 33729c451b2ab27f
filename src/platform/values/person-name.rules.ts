/**
 * A person's name taken apart: order, titles, particles, case.
 *
 *   parsePersonName({ fullName: 'VAN DER BERG, Dr. hans-peter' })
 *   → { given: 'Hans-Peter', family: 'van der Berg', full: 'Hans-Peter van der Berg', title: 'Dr.', … keys for comparing }
 */
import { fold, foldDigraphs, isFiller } from './fold.rules.ts';
import { formalName } from './nickname.rules.ts';

export interface PersonName {
  given: string | null;
  family: string | null;
  full: string;
  /** Dr., Prof., Mrs … as written */
  title: string | null;
  /** folded, for comparing */
  givenKey: string;
  familyKey: string;
  /** the first given name's formal form: bill → william */
  formalKey: string;
  /** plainly not a name: 'asdf', 'Test Test', 'Mickey Mouse' */
  junk: boolean;
}

const titles = new Set(
  'mr mrs ms miss mx sir dame lord lady dr prof professor rev fr hon capt col maj gen lt sgt herr frau fraulein hr fr monsieur madame mademoiselle m mme mlle sr sra srta senor senora senorita don dona sig sigra signor signora dott dottssa ing dipl diplom dipling mag mba phd md dds jd esq mevr dhr mw bsc msc ba ma cpa pe rn'.split(
    ' ',
  ),
);
const suffixes = new Set('jr sr ii iii iv junior senior phd md dds jd esq mba cpa pe rn filho neto'.split(' '));
const particles = new Set(
  'van von vom zu zum zur der den de del della di da do dos das du des la le les los las el al bin ibn ben ter ten te af av st san santa mac mc'.split(
    ' ',
  ),
);
const junkNames = new Set(
  'test tester testing prueba teste prova essai probe asdf asdfgh qwerty qwer abc abcd xyz foo bar foobar fake dummy sample example nobody noone anonymous anon unknown someone user admin administrator sdf dfg fgh aaa bbb xxx yyy zzz blah hello nope noname vorname nachname firstname lastname'
    .split(' ')
    .flatMap((word) => [word, foldDigraphs(word)]),
);
const junkFull = new Set([
  'mickey mouse',
  'donald duck',
  'john q public',
  'james bond',
  'santa claus',
  'bart simpson',
  'homer simpson',
  'max mustermann',
  'erika mustermann',
  'darth vader',
  'batman',
  'superman',
]);

export function parsePersonName(from: { given?: unknown; family?: unknown; full?: unknown; title?: unknown }): PersonName | undefined {
  let given = text(from.given);
  let family = text(from.family);
  let title = text(from.title) || null;
  const whole = text(from.full);
  if (!given && !family && whole) ({ given, family, title } = split(whole, title));
  else if (whole && (!given || !family)) {
    const parts = split(whole, title);
    given ||= parts.given === family ? '' : parts.given;
    family ||= parts.family === given ? '' : parts.family;
  } else if (given && !family && /[\s,]/.test(given)) ({ given, family, title } = split(given, title));
  else if (given || family) {
    const bare = stripTitles(given);
    given = bare.rest;
    title ??= bare.title;
  }
  if (given && family && given.length > family.length && fold(given).endsWith(` ${fold(family)}`))
    given = given.slice(0, given.length - family.length).trim();
  if (!given && !family) return undefined;
  given = cased(given);
  family = cased(family);
  const givenKey = fold(given);
  const familyKey = foldDigraphs(fold(family));
  const first = givenKey.split(' ')[0] ?? '';
  const full = [given, family].filter(Boolean).join(' ');
  return {
    given: given || null,
    family: family || null,
    full,
    title,
    givenKey,
    familyKey,
    formalKey: foldDigraphs(formalName(first)),
    junk: isJunk(givenKey, familyKey, full),
  };
}

/** One word that is a name whatever stands beside it: nothing to take apart, no digits, not what people type who would rather not say. */
export function isPlainName(name: string): boolean {
  if (!oneWord.test(name) || !/[aeiouy]/i.test(name)) return false;
  const key = fold(name);
  return !junkNames.has(key) && !nobodies.has(key) && !/^(.)\1+$/.test(key) && !isFiller(name);
}
const oneWord = /^[\p{L}'’-]{2,200}$/u;
const nobodies = new Set([...junkFull].flatMap((name) => name.split(' ')));

function text(value: unknown): string {
  if (typeof value !== 'string') return '';
  const bare = value
    .normalize('NFC')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim()
    .slice(0, 200);
  return isFiller(bare) ? '' : bare;
}

function stripTitles(value: string): { rest: string; title: string | null } {
  const blank = value.indexOf(' ');
  // most names carry no title: one look at the first word settles it
  if (blank < 0 || !titles.has(fold(value.slice(0, blank)).replaceAll(' ', ''))) return { rest: value, title: null };
  const words = value.split(' ');
  const found: string[] = [];
  while (words.length > 1 && titles.has(fold(words[0] ?? '').replace(/ /g, '')) && (words[0]?.length ?? 0) > 1)
    found.push(words.shift() ?? '');
  return { rest: words.join(' '), title: found.length > 0 ? found.join(' ') : null };
}

function split(whole: string, known: string | null): { given: string; family: string; title: string | null } {
  const { rest, title } = stripTitles(whole.replace(/\s*\([^)]*\)/g, ''));
  const comma = rest.split(/\s*,\s*/).filter(Boolean);
  const named = known ?? title;
  if (comma.length >= 2 && !suffixes.has(fold(comma[1] ?? '').replace(/ /g, ''))) {
    const after = stripTitles(comma.slice(1).join(' '));
    return { given: after.rest, family: comma[0] ?? '', title: named ?? after.title };
  }
  const words = (comma[0] ?? '').split(' ');
  while (words.length > 2 && suffixes.has(fold(words.at(-1) ?? '').replace(/ /g, ''))) words.pop();
  if (words.length === 1) return { given: '', family: words[0] ?? '', title: named };
  // SCHMIDT Anna: a word in capitals before one that is not is the family name, as the French and Hungarians write it
  const [first = '', ...others] = words;
  if (words.length === 2 && first.length > 2 && first === first.toUpperCase() && /\p{Lu}/u.test(first) && /\p{Ll}/u.test(words[1] ?? '')) {
    return { given: words[1] ?? '', family: first, title: named };
  }
  let cut = words.length - 1;
  while (cut > 1 && particles.has((words[cut - 1] ?? '').toLowerCase().replace('.', ''))) cut--;
  if (others.length > 0 && cut === 0) cut = 1;
  return { given: words.slice(0, cut).join(' '), family: words.slice(cut).join(' '), title: named };
}

/** only names written in one case are touched: 'McDonald' and 'van Dyk' stay as their bearer wrote them */
function cased(name: string): string {
  if (name === '' || (name !== name.toUpperCase() && name !== name.toLowerCase())) return name;
  return name
    .toLowerCase()
    .replace(/\p{L}[\p{L}\p{M}]*/gu, (word, at: number) =>
      particles.has(word) && name.length > word.length && word.length > 1
        ? word
        : at > 0 && name[at - 1] === '’' && word.length === 1
          ? word
          : (word[0] ?? '').toUpperCase() + word.slice(1),
    )
    .replace(/\bMc(\p{Ll})/gu, (_, letter: string) => `Mc${letter.toUpperCase()}`)
    .replace(/^\p{Ll}/u, (letter) => (name.includes(' ') ? letter : letter.toUpperCase()));
}

function isJunk(givenKey: string, familyKey: string, full: string): boolean {
  const all = givenKey === '' ? familyKey : familyKey === '' ? givenKey : `${givenKey} ${familyKey}`;
  if (junkFull.has(all)) return true;
  if (suspicious.test(all) || (full.length > 6 && /https?:|www\./i.test(full))) return true;
  const words = all.split(' ');
  if (words.every((word) => junkNames.has(word) || (word.length > 2 && word[0] === word[1] && /^(.)\1+$/.test(word)))) return true;
  // no vowel at all: somebody ran a hand over the keys
  return all.length >= 5 && !/[aeiouy]/.test(all) && /^[a-z ]{5,}$/.test(all) && all.replaceAll(' ', '').length >= 5;
}
const suspicious = /\d{3,}/;
