import { fold } from '../../platform/values/fold.rules.ts';
import { readMoney } from '../../platform/values/money-text.rules.ts';
import type { Verdict } from '../disposition.rules.ts';
import { readAmount } from '../link-page.rules.ts';

/** What somebody wrote in answer to a mail about a lead. */
export interface Reply {
  /** without the closing words below it */
  text: string;
  /** The verdict its first line begins with: to be asked about, never simply given. */
  said: { verdict: Verdict; words: string; reason: string | null; valueMinor: number | null; currency: string | null } | null;
}

// As `fold` leaves them, the longer before the shorter; in English, German, French, Spanish, Italian, Dutch and Portuguese.
const words: readonly [Verdict, readonly string[]][] = [
  ['dont_know', ['dont know', 'dont know yet', 'i dont know', 'i dont know yet', 'do not know', 'not sure', 'not sure yet', 'weiss nicht', 'noch nicht', 'weiss es nicht', 'weiss noch nicht', 'ich weiss es nicht', 'ich weiss nicht', 'keine ahnung', 'je ne sais pas', 'je ne sais pas encore', 'ne sais pas', 'sais pas', 'no lo se', 'no se', 'non lo so', 'non so', 'ik weet het niet', 'weet ik niet', 'weet het niet', 'weet niet', 'nao sei']],
  ['hot', ['hot', 'heiss', 'chaud', 'chaude', 'caliente', 'bollente', 'heet', 'quente']],
  ['warm', ['warm', 'lauwarm', 'tiede', 'tibio', 'tibia', 'templado', 'tiepido', 'tiepida', 'lauw', 'morno', 'morna']],
  ['sale', ['sale', 'sold', 'verkauft', 'verkauf', 'vendu', 'vendue', 'vente', 'vendido', 'vendida', 'venta', 'venduto', 'venduta', 'vendita', 'verkocht', 'verkoop', 'venda']],
  ['bad', ['bad', 'schlecht', 'mauvais', 'mauvaise', 'malo', 'mala', 'cattivo', 'cattiva', 'slecht', 'mau', 'ruim']],
];
const spoken = words.flatMap(([verdict, all]) => all.map((word) => ({ verdict, word: word.split(' ') })));

/** A line that is nothing but a farewell: what follows is a name and an address. */
const farewell =
  /^(with )?((kind|best|warm)(est)? )?(regards|wishes)$|^(many )?thanks( (a lot|again|and regards))?$|^thank you$|^cheers$|^(yours )?(sincerely|faithfully|truly)( yours)?$|^(mit )?(freundlichen?|besten?|herzlichen?|vielen?|liebe|schonen?) (grussen?|dank|gruss)$|^(mfg|lg|vg|gruss|grusse)$|^(bien )?(cordialement|a vous|sincerement)( votre)?$|^(salutations|merci)( distinguees| d avance)?$|^(un )?(cordial )?saludos?( cordiales)?$|^atentamente$|^gracias$|^(cordiali|distinti) saluti$|^(saluti|grazie)$|^(met )?(vriendelijke?|hartelijke?) groet(en)?$|^groet(en|jes)?$|^(com os melhores |melhores )?cumprimentos$|^atenciosamente$|^(um )?abraco$|^obrigad[oa]$/;

/** "Hi Ann," says nothing yet. */
const greeting = /^(hi|hello|hey|dear|good (morning|afternoon|evening)|guten (tag|morgen|abend)|hallo|lieber?|sehr geehrter?|gruezi|bonjour|bonsoir|salut|hola|buen[oa]s( dias| tardes)?|estimad[oa]s?|ciao|buongiorno|buonasera|gentile|beste|geachte|dag|goedemorgen|goedemiddag|ola|bom dia|boa tarde|prezad[oa]s?)( \w+){0,3}$/;

const textMax = 5000;

/**
 * Reads what its writer wrote (the mail answered is cut off already). A verdict counts only as the first words of the first line, and the rest
 * of that line is its reason or its value, in `currency` where it names none: "Sold, 12.500 EUR" → a sale of 12,500.00; "Schlecht: kein Budget" → bad, "kein Budget".
 */
export function readReply(own: string, currency: string): Reply {
  const lines = own.split('\n').map((line) => line.trim());
  const first = lines.findIndex((line) => line !== '');
  const end = lines.findIndex((line, at) => at > first && farewell.test(fold(line)));
  const text = lines.slice(Math.max(first, 0), end === -1 ? undefined : end).join('\n').replaceAll(/\n{3,}/g, '\n\n').trim().slice(0, textMax);
  return { text, said: verdictIn(text, currency) };
}

function verdictIn(text: string, home: string): Reply['said'] {
  const lines = text.split('\n').filter((line) => line !== '');
  const [line = '', ...below] = lines.slice(lines.findIndex((one) => !greeting.test(fold(one)) && !farewell.test(fold(one))));
  const found = spoken
    .filter(({ verdict, word: all }) => all.every((one, at) => fold(wordsOf(line)[at] ?? '') === one) && (verdict !== 'dont_know' || endsThere(line, all.length)))
    .toSorted((a, b) => b.word.length - a.word.length)[0];
  if (!found) return null;
  const { verdict } = found;
  const rest = afterWords(line, found.word.length);
  const more = rest || (below[0] ?? '');
  const money = verdict === 'sale' ? moneyIn(rest || more, home) : undefined;
  return { verdict, words: line.slice(0, 200), reason: verdict === 'sale' || more === '' ? null : more.slice(0, 500), valueMinor: money?.minor ?? null, currency: money?.currency ?? null };
}

/** Words as somebody would count them: "don't" is one, "12.500" too; what stands between them is none. */
const word = /\p{N}+(?:[.,'’]\p{N}+)*|[\p{L}\p{M}\p{N}]+(?:['’`][\p{L}\p{M}]+)*/gu;
const wordsOf = (line: string): string[] => (line.match(word) ?? []).map((one) => one.replaceAll(/['’`]/g, ''));

function behind(line: string, count: number): string {
  const last = [...line.matchAll(word)][count - 1]!;
  return line.slice(last.index + last[0].length);
}
const afterWords = (line: string, count: number): string => behind(line, count).replace(/^[\s:;,.!–—-]+/u, '').trim();

/** "No sé" is an answer, "No se puede" is not. */
const endsThere = (line: string, count: number): boolean => /^\s*(?:$|[^\p{L}\p{N}\s])/u.test(behind(line, count));

const number = String.raw`\d{1,3}(?:[.,'’ \u00A0\u202F]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?`;
const thousand = String.raw`(?:\s*(k|tsd|mille|mil)\b\.?)?`;
const sign = String.raw`€|£|\$|chf|eur(?:os?)?|usd|gbp|sek|nok|dkk|pln|czk|fr\.|dollars?|pounds?`;
const patterns = [
  // € 12,500 · 12.500 EUR · for 12500 · 12500 alone
  new RegExp(String.raw`(?<sign>${sign})\s*(?<number>${number})${thousand}`, 'iu'),
  new RegExp(String.raw`(?<number>${number})${thousand}\s*(?<sign>${sign})`, 'iu'),
  new RegExp(String.raw`(?:^|\s)(?:for|at|für|zu|pour|à|por|per|a|voor)\s+(?<number>${number})${thousand}(?=\s*(?:[.,;!–-]|$))`, 'iu'),
  new RegExp(String.raw`^(?<number>${number})${thousand}(?=\s*(?:[.;!–-]|$))`, 'iu'),
];

/** The money in a line: a number with a currency, after "for", or alone. A number of things ("two", "3 pumps") is none. */
function moneyIn(line: string, home: string): { minor: number; currency: string | null } | undefined {
  for (const pattern of patterns) {
    const found = pattern.exec(line);
    if (!found?.groups) continue;
    const isThousands = /(k|tsd|mille|mil)\b\.?/iu.test(found[0].replace(found.groups['sign'] ?? '', ''));
    // A bare "$" or "fr." is whatever the company counts in.
    const written = found.groups['sign'];
    const currency = written && !/[$.]|dollar/i.test(written) ? (readMoney(`1 ${written}`).value?.currency ?? null) : null;
    const minor = readAmount(found.groups['number'], currency ?? home);
    if (typeof minor !== 'number') continue;
    return { minor: isThousands ? minor * 1000 : minor, currency };
  }
  return undefined;
}
