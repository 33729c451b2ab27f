/**
 * Reads an amount of money as people and programs write it.
 *
 *   readMoney('$1,209.48K')    → 120 948 000 minor units of USD
 *   readMoney('1.234,56 €')    → 123 456 minor units of EUR
 *   readMoney('(500)')         → −50 000, currency not written
 *
 * `1.234` alone is undecidable, so a column is asked first (`moneyConvention`) and its answer is passed as a hint.
 * Arithmetic is on digits, never on floats: the ledger is compared to the cent.
 */
import { unusualDigits } from './currency.contract.ts';

export interface MoneyHint {
  /** The decimal mark of the column this text stands in, when its other values gave it away. */
  decimal?: '.' | ',' | null;
  /** The currency to assume when none is written, and to prefer where a symbol such as `$` is shared. */
  currency?: string;
  /** What a bare `$` or `kr` means, where somebody said so; else it is the currency above where that is one of them, and `$` is USD. */
  symbol?: string | undefined;
}
export interface ReadMoney {
  minor: number;
  /** null: no currency was written. */
  currency: string | null;
}
export type MoneyReading = { value: ReadMoney; problem?: undefined } | { value?: undefined; problem: string };

const digitsBy = new Map<string, number>(Object.entries(unusualDigits));
/** How many digits of a currency stand behind the decimal mark; two where it is not known. */
export const minorDigits = (currency: string | null | undefined): number => digitsBy.get(currency ?? '') ?? 2;

const DOLLARS = new Set(['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'MXN', 'CLP', 'COP', 'ARS']);
const KRONER = new Set(['SEK', 'NOK', 'DKK', 'ISK', 'CZK']);
const SYMBOLS: Record<string, string> = {
  us$: 'USD',
  u$s: 'USD',
  ca$: 'CAD',
  c$: 'CAD',
  a$: 'AUD',
  au$: 'AUD',
  nz$: 'NZD',
  s$: 'SGD',
  hk$: 'HKD',
  r$: 'BRL',
  mx$: 'MXN',
  '€': 'EUR',
  '£': 'GBP',
  '¥': 'JPY',
  '￥': 'JPY',
  '₹': 'INR',
  rs: 'INR',
  'rs.': 'INR',
  '₽': 'RUB',
  '₺': 'TRY',
  '₩': 'KRW',
  '₪': 'ILS',
  '₫': 'VND',
  zł: 'PLN',
  zl: 'PLN',
  kč: 'CZK',
  ft: 'HUF',
  lei: 'RON',
  fr: 'CHF',
  'fr.': 'CHF',
  sfr: 'CHF',
  'sfr.': 'CHF',
  euro: 'EUR',
  euros: 'EUR',
  'eur.': 'EUR',
  dollar: '$',
  dollars: '$',
  pounds: 'GBP',
  $: '$',
  kr: 'kr',
  'kr.': 'kr',
};
// prettier-ignore
const ISO = new Set('AED ARS AUD BGN BHD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HRK HUF IDR ILS INR IQD ISK JOD JPY KES KRW KWD LYD MAD MXN MYR NGN NOK NZD OMR PEN PHP PKR PLN PYG QAR RON RSD RUB SAR SEK SGD THB TND TRY TWD UAH UGX USD UYU VND XAF XOF XPF ZAR'.split(' '));
const MULTIPLIERS: Record<string, number> = {
  k: 3,
  tsd: 3,
  'tsd.': 3,
  tausend: 3,
  thousand: 3,
  mil: 3,
  't€': 3,
  teur: 3,
  keur: 3,
  m: 6,
  mm: 6,
  mn: 6,
  mio: 6,
  'mio.': 6,
  mill: 6,
  'mill.': 6,
  million: 6,
  millions: 6,
  millionen: 6,
  millones: 6,
  b: 9,
  bn: 9,
  mrd: 9,
  'mrd.': 9,
  billion: 9,
  billions: 9,
  milliarden: 9,
};
const SPACES = /[\s\u00a0\u2007\u2009\u202f]+/g;
const NUMBER = /\d[\d.,'’\s\u00a0\u2007\u2009\u202f]*(?:e[+-]?\d{1,2}(?![\p{L}\d]))?|[.,]\d+/iu;

const currencyOf = (word: string, hint: MoneyHint): string | null | undefined => {
  const upper = word.toUpperCase();
  if (ISO.has(upper)) return upper;
  const known = SYMBOLS[word.toLowerCase()];
  if ((known === '$' || known === 'kr') && hint.symbol) return hint.symbol;
  if (known === '$') return hint.currency && DOLLARS.has(hint.currency) ? hint.currency : 'USD';
  if (known === 'kr') return hint.currency && KRONER.has(hint.currency) ? hint.currency : null;
  return known;
};

/** Splits a written number into whole digits and fraction digits, or says why it cannot. */
function splitNumber(text: string, decimal: '.' | ',' | null | undefined): { whole: string; fraction: string } | string {
  const plain = text.replace(/['’]/g, '').replace(SPACES, '');
  const dots = plain.split('.').length - 1;
  const commas = plain.split(',').length - 1;
  let mark: '.' | ',' | '' = '';
  if (dots && commas) {
    mark = plain.lastIndexOf('.') > plain.lastIndexOf(',') ? '.' : ',';
    if ((mark === '.' ? dots : commas) > 1) return 'has two decimal marks';
  } else if (dots + commas === 1) {
    const only = dots ? '.' : ',';
    const after = plain.length - plain.indexOf(only) - 1;
    if (decimal === only) mark = only;
    else if (decimal) mark = after === 3 ? '' : only;
    else mark = after === 3 && only === ',' && plain.indexOf(only) > 0 ? '' : only;
  }
  const [whole = '', fraction = ''] = mark ? [plain.slice(0, plain.lastIndexOf(mark)), plain.slice(plain.lastIndexOf(mark) + 1)] : [plain];
  const digits = whole.replace(/[.,]/g, '');
  if (!/^\d*$/.test(digits) || !/^\d*$/.test(fraction) || digits.length + fraction.length === 0) return 'is not a number';
  return { whole: digits, fraction };
}

export function readMoney(text: string, hint: MoneyHint = {}): MoneyReading {
  const given = text.trim();
  const no = (why: string): MoneyReading => ({ problem: `“${given.slice(0, 60)}” ${why}.` });
  let rest = given;
  let negative = false;
  const bracketed = /^\((.*)\)$/s.exec(rest);
  if (bracketed) [negative, rest] = [true, bracketed[1]!.trim()];
  const found = NUMBER.exec(rest);
  if (!found) return no('has no amount in it');
  let before = rest.slice(0, found.index).trim();
  let after = rest.slice(found.index + found[0].length).trim();
  if (/[-−–]/.test(before)) [negative, before] = [!negative, before.replace(/[-−–]/, '').trim()];
  else if (/^[-−–]/.test(after)) {
    // ",-" closes a round amount in German and Dutch price lists; a bare trailing minus is an accountant's.
    if (!/[.,]\s*$/.test(found[0])) negative = !negative;
    after = after.replace(/^[-−–]+/, '').trim();
  }
  before = before.replace(/^\+/, '').trim();

  let numeral = found[0].trim();
  let exponent = 0;
  const scientific = /e([+-]?\d+)$/i.exec(numeral);
  if (scientific) [exponent, numeral] = [Number(scientific[1]), numeral.slice(0, scientific.index)];
  const trailing = /[.,]$/.exec(numeral);
  if (trailing) numeral = numeral.slice(0, -1);
  const parts = splitNumber(numeral, hint.decimal);
  if (typeof parts === 'string') return no(parts);

  let currency: string | null = null;
  let power = exponent;
  const words = `${before} ${after}`.split(/\s+/).filter(Boolean);
  for (let word of words) {
    const lower = word.toLowerCase();
    if (lower === 't€' || lower === 'teur' || lower === 'k€' || lower === 'keur') {
      [power, currency] = [power + 3, 'EUR'];
      continue;
    }
    const multiplier = MULTIPLIERS[lower];
    if (multiplier !== undefined) {
      power += multiplier;
      continue;
    }
    const glued = /^(k|m|mm|mn|mio\.?|b|bn|mrd\.?|tsd\.?)(\p{Sc}|[a-z]{3})$/iu.exec(word);
    if (glued && currencyOf(glued[2]!, hint) !== undefined) [power, word] = [power + MULTIPLIERS[glued[1]!.toLowerCase()]!, glued[2]!];
    const known = currencyOf(word, hint);
    if (known === undefined) return no(`is not an amount: “${word.slice(0, 20)}” is neither a currency nor a unit`);
    currency ??= known;
  }
  const shift = minorDigits(currency ?? hint.currency) + power;
  const digits = parts.whole + parts.fraction;
  const places = parts.fraction.length - shift;
  const scaled = places <= 0 ? digits + '0'.repeat(Math.min(-places, 40)) : digits.padStart(places + 1, '0').slice(0, -places);
  let minor = Number(scaled || '0');
  if (places > 0 && digits.padStart(places + 1, '0').at(-places)! >= '5') minor += 1;
  if (!Number.isSafeInteger(minor)) return no('is larger than any amount Baton can hold');
  return { value: { minor: negative && minor !== 0 ? -minor : minor, currency } };
}

/** Asks a column which mark is its decimal mark; null when no value gives it away. */
export function moneyConvention(samples: readonly string[]): '.' | ',' | null {
  let dot = 0;
  let comma = 0;
  for (const sample of samples) {
    const found = NUMBER.exec(sample);
    if (!found) continue;
    const plain = found[0]
      .replace(/['’]/g, '')
      .replace(SPACES, '')
      .replace(/[.,]$/, '')
      .replace(/e[+-]?\d+$/i, '');
    const lastDot = plain.lastIndexOf('.');
    const lastComma = plain.lastIndexOf(',');
    const last = Math.max(lastDot, lastComma);
    if (last < 0) continue;
    const [mark, other] = lastDot > lastComma ? ['.', ','] : [',', '.'];
    let decimal: string | undefined;
    if (lastDot >= 0 && lastComma >= 0) decimal = mark;
    else if (plain.indexOf(mark) !== last) decimal = other;
    else if (plain.length - last - 1 !== 3) decimal = mark;
    if (decimal === '.') dot++;
    else if (decimal === ',') comma++;
  }
  return dot === comma ? null : dot > comma ? '.' : ',';
}

/** A plain number in the same writing (no currency): `1,234.5`, `12 %`. */
export function readNumber(
  text: string,
  decimal?: '.' | ',' | null,
): { value: number; problem?: undefined } | { value?: undefined; problem: string } {
  const given = text.trim();
  if (/^-?\d+(\.\d+)?$/.test(given) && decimal !== ',') return { value: Number(given) };
  const match = /^([-−–+(]?)\s*(\d[\d.,'’\s\u00a0\u202f]*(?:e[+-]?\d+)?|[.,]\d+)\s*(%|k|m)?\s*\)?$/iu.exec(given);
  if (!match) return { problem: `“${given.slice(0, 60)}” is not a number.` };
  let numeral = match[2]!.trim();
  const scientific = /e([+-]?\d+)$/i.exec(numeral);
  if (scientific) numeral = numeral.slice(0, scientific.index);
  const parts = splitNumber(numeral, decimal);
  if (typeof parts === 'string') return { problem: `“${given.slice(0, 60)}” ${parts}.` };
  const unit = match[3]?.toLowerCase();
  const size =
    Number(`${parts.whole || '0'}.${parts.fraction || '0'}`) *
    10 ** (Number(scientific?.[1] ?? 0) + (unit === 'k' ? 3 : unit === 'm' ? 6 : 0));
  const value = /[-−–(]/.test(match[1]!) ? -size : size;
  return Number.isFinite(value) ? { value } : { problem: `“${given.slice(0, 60)}” is too large a number.` };
}
