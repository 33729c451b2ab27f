import { readDate } from '../platform/values/date-text.rules.ts';
import { fold } from '../platform/values/fold.rules.ts';
import { readMoney, readNumber } from '../platform/values/money-text.rules.ts';
import { isGivenName } from '../platform/values/nickname.rules.ts';
import { readYesNo } from '../platform/values/yes-no.rules.ts';

/** What the cells of a column look like, whatever its header says. */
export type Content = 'empty' | 'email' | 'url' | 'phone' | 'date' | 'datetime' | 'money' | 'boolean' | 'integer' | 'number' | 'country' | 'state' | 'code' | 'postcode' | 'organization' | 'person' | 'given name' | 'text';
export interface ColumnContent {
  content: Content;
  filled: number;
  distinct: number;
  /** Share of the filled cells that look like `content`. */
  share: number;
  /** How often a legal form (GmbH, Inc.) or a business word stands in the cells. */
  organizations: number;
  /** Share of the filled cells that can be read as each type, whatever most of them are. */
  shares: { email: number; phone: number; date: number; money: number; number: number };
  /** All numbers, of one length that postal codes have: they may be such where nothing says otherwise. */
  plainPostcodes: boolean;
}

const EMAIL = /^[^\s@<>]+@[^\s@]+\.[\p{L}]{2,}$/u;
const URL_TEXT = /^(https?:\/\/|www\.)\S+$|^[\w-]+(\.[\w-]+)*\.(com|org|net|de|io|co|eu|fr|it|es|nl|ch|at|uk|biz|info|dk|se|pl|be|cz|us|ca|br|mx|jp|cn|au)(\/\S*)?$/i;
const LEGAL = /(^|[\s,.(])(gmbh|ag|inc|incorporated|llc|ltd|limited|corp|corporation|co|company|plc|kg|ohg|ug|s\.?a\.?|s\.?a\.?s|s\.?r\.?l|s\.?p\.?a|b\.?v|n\.?v|a\/s|aps|ab|oy|oyj|as|sp\.? z ?o\.? ?o|sarl|sl|s\.l|lda|ltda|pty|kft|d\.?o\.?o|s\.?r\.?o|a\.s|k\.k|gbr|e\.?v|sro|ltd\.? sti|group|holding|holdings|industries|systems|solutions|services|technologies|partners|associates|enterprises|international|university|bank|institute|verein|stiftung)\.?($|[\s,.)])/i;
// prettier-ignore
const US_STATES = new Set('AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR'.split(' '));
// prettier-ignore
const COUNTRIES = new Set('germany deutschland alemania allemagne germania france francia frankreich italy italien italia italie spain spanien españa espagne portugal austria österreich switzerland schweiz suisse belgium belgien netherlands niederlande nederland uk united\u00a0kingdom usa united\u00a0states united\u00a0states\u00a0of\u00a0america canada mexico méxico brazil brasil argentina chile colombia denmark dänemark sweden schweden norway finland poland polen czech\u00a0republic czechia hungary romania bulgaria greece turkey türkei russia ukraine china japan india taiwan south\u00a0korea korea singapore malaysia thailand vietnam indonesia australia new\u00a0zealand ireland israel egypt south\u00a0africa slovenia slovakia croatia serbia estonia latvia lithuania luxembourg hong\u00a0kong saudi\u00a0arabia united\u00a0arab\u00a0emirates'.split(' ').map((name) => name.replaceAll('\u00a0', ' ')));
const ISO2 = new Set('DE FR IT ES PT AT CH BE NL GB UK US CA MX BR AR CL CO DK SE NO FI PL CZ HU RO BG GR TR RU UA CN JP IN TW KR SG MY TH VN ID AU NZ IE IL EG ZA SI SK HR RS EE LV LT LU HK SA AE'.split(' '));

/** Codes that are nothing but postal codes: British, Canadian, Dutch, Polish, Czech and Swedish, Portuguese and Brazilian, ZIP+4, D-10115. */
const POSTCODE = /^([A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d|\d{4} ?[A-Z]{2}|\d{2}-\d{3}|\d{3} \d{2}|\d{4}-\d{3}|\d{5}-\d{3,4}|(?:A|B|CH|D|F|I|NL|DK|FL|L|SE|FI)-\d{4,5})$/i;
function arePlainPostcodes(cells: readonly string[]): boolean {
  const [first = ''] = cells;
  const size = first.length;
  if ((size !== 4 && size !== 5) || cells.length < 3 || !cells.every((cell) => cell.length === size && /^\d+$/.test(cell))) return false;
  if (size === 4 && cells.every((cell) => Number(cell) >= 1900 && Number(cell) <= 2100)) return false;
  // Numbers that only count up are the rows' own.
  return new Set(cells).size < cells.length || !cells.every((cell, at) => at === 0 || Number(cell) === Number(cells[at - 1]) + 1);
}

export const isPhone = (text: string): boolean => {
  if (!/^[+\d(][\d\s().\-/+]*(\s*(ext|x|durchwahl|dw)\.?\s*\d+)?$/i.test(text)) return false;
  const digits = text.replace(/\D/g, '').length;
  return digits >= 6 && digits <= 20 && (/[+\s().\-/]/.test(text) || digits >= 9);
};

const looks: Record<string, (text: string) => boolean> = {
  email: (text) => EMAIL.test(text),
  url: (text) => URL_TEXT.test(text),
  // Figures are numbers first, also where they are all 1 and 0.
  boolean: (text) => !/^\d/.test(text) && readYesNo(text) !== undefined,
  integer: (text) => /^-?\d{1,3}(,\d{3})+$|^-?\d+$/.test(text),
  // A leading plus, zeros in front or loose groups of digits are a telephone or a key, not a quantity.
  number: (text) => !/^\+|^0\d|\d \d{1,2}(\s|$)|\d \d{4}/.test(text) && readNumber(text).value !== undefined,
  // The decimal marks and symbols of money; bare numbers are numbers.
  money: (text) => /\p{Sc}|\b[A-Z]{3}\b/u.test(text) && readMoney(text).value !== undefined,
  date: (text) => !/^\d+(\.\d+)?$/.test(text) && (readDate(text).value !== undefined || readDate(text, { order: 'mdy' }).value !== undefined),
  phone: isPhone,
  state: (text) => US_STATES.has(text),
  country: (text) => COUNTRIES.has(text.toLowerCase()) || ISO2.has(text),
};

/** Looks at the sampled cells of one column. */
export function contentOf(cells: readonly string[]): ColumnContent {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  const distinct = new Set(filled).size;
  if (filled.length === 0) return { content: 'empty', filled: 0, distinct: 0, share: 1, organizations: 0, shares: { email: 0, phone: 0, date: 0, money: 0, number: 0 }, plainPostcodes: false };
  const sample = filled.slice(0, 300);
  const shareOf = (look: (text: string) => boolean) => sample.reduce((n, text) => n + (look(text) ? 1 : 0), 0) / sample.length;
  const organizations = shareOf((text) => LEGAL.test(text));
  const shares = {
    email: shareOf(looks['email']!),
    phone: shareOf(isPhone),
    date: shareOf(looks['date']!),
    money: shareOf((text) => readMoney(text).value !== undefined),
    number: shareOf(looks['number']!),
  };
  const result = (content: Content, share: number): ColumnContent => ({ content, filled: filled.length, distinct, share, organizations, shares, plainPostcodes: arePlainPostcodes(sample) });
  for (const content of ['email', 'url', 'boolean', 'money'] as const) {
    const share = shareOf(looks[content]!);
    if (share >= 0.75) return result(content, share);
  }
  const postcodes = shareOf((text) => POSTCODE.test(text));
  if (postcodes >= 0.8) return result('postcode', postcodes);
  const numbers = shares.number;
  if (numbers < 0.75) {
    const dates = shares.date;
    if (dates >= 0.75) return result(shareOf((text) => readDate(text).value?.hasTime ?? readDate(text, { order: 'mdy' }).value?.hasTime ?? false) > 0.1 ? 'datetime' : 'date', dates);
  }
  const phones = shares.phone;
  if (phones >= 0.7 && (numbers < 0.9 || sample.every((text) => /^\d{9,15}$/.test(text)))) return result('phone', phones);
  if (numbers >= 0.9) return result(shareOf(looks['integer']!) >= 0.95 ? 'integer' : 'number', numbers);
  const states = shareOf(looks['state']!);
  const countries = shareOf(looks['country']!);
  if (states >= 0.8 && states >= countries) return result('state', states);
  if (countries >= 0.6) return result('country', countries);
  // Unique tokens without spaces that hold digits: an identifier.
  const tokens = shareOf((text) => /^[\w./#-]{3,64}$/.test(text) && /\d/.test(text));
  if (tokens >= 0.9 && distinct >= filled.length * 0.9) return result('code', tokens);
  const given = shareOf((text) => /^\p{L}+\.?(-\p{L}+)?$/u.test(text) && isGivenName(fold(text.split('-')[0]!)));
  if (given >= 0.4 && distinct > 3) return result('given name', given);
  const wordy = shareOf((text) => /^[\p{L}'’.-]+(,? [\p{L}'’.-]+){1,3}$/u.test(text));
  if (organizations >= 0.1 && distinct > filled.length * 0.5) return result('organization', organizations);
  if (wordy >= 0.7 && distinct > filled.length * 0.7) return result('person', wordy);
  return result('text', 1);
}
