/**
 * Reads a date or an instant as people and programs write it, in the main languages of Europe and the Americas.
 *
 *   readDate('26 Mar, 2021 00:02:00')           → 2021-03-26 00:02:00, no zone
 *   readDate('03/04/2021', { order: 'dmy' })    → 2021-04-03
 *
 * `03/04/2021` alone is undecidable. `dateConvention` asks the whole column and says in a sentence how it decided.
 */
export interface WrittenDate {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
  hasTime: boolean;
  /** Minutes east of UTC; null when the text names no zone. */
  offset: number | null;
}
export type DayOrder = 'dmy' | 'mdy';
export interface DateConvention {
  order: DayOrder;
  /** Whole numbers are days since 1900 as spreadsheets count them. */
  serial: boolean;
  reason: string;
}
export type DateReading = { value: WrittenDate; problem?: undefined } | { value?: undefined; problem: string };

// prettier-ignore
const MONTHS: Record<string, number> = Object.fromEntries(
  [
    'jan january januar jänner januari janvier janv enero ene janeiro gennaio gen',
    'feb february februar februari feber février fevrier févr fevr fév fev febrero fevereiro febbraio',
    'mar march mär märz mrz maart mrt mars marzo março marco',
    'apr april avril avr abril abr aprile',
    'may mai mei mayo maio maggio mag',
    'jun june juni juin junio junho giugno giu',
    'jul july juli juillet juil julio julho luglio lug',
    'aug august augustus août aout agosto ago',
    'sep sept september septembre septiembre setiembre set setembro settembre',
    'oct october okt oktober octobre octubre outubro out ottobre ott',
    'nov november novembre noviembre novembro',
    'dec december dez dezember décembre decembre déc diciembre dic dezembro dicembre',
  ].flatMap((names, index) => names.split(' ').map((name) => [name, index + 1])),
);
const DAYS_IN = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const leap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

const TIME = String.raw`(?:[T\s,]+(?:at\s+|um\s+)?(\d{1,2})[:h.](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,9}))?)?\s*(am|pm|a\.m\.|p\.m\.|uhr)?)?`;
const ZONE = String.raw`\s*(Z|UTC|GMT)?\s*([+-]\d{1,2}:?\d{2}|[+-]\d{2})?(?:\s*\([^)]*\))?\s*`;
const YMD = new RegExp(`^(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})${TIME}${ZONE}$`, 'iu');
const COMPACT = new RegExp(String.raw`^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?())?()${ZONE}$`, 'iu');
const NUMERIC = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})${TIME}${ZONE}$`, 'iu');
const WEEKDAY = String.raw`^(?:\p{L}{2,12}\.?,?\s+)?`;
const DAY_FIRST = new RegExp(
  String.raw`${WEEKDAY}(\d{1,2})(?:st|nd|rd|th|er|\.|º)?[\s/-]*(?:de |of )?\s*(\p{L}{3,10})\.?,?[\s/-]*(?:de |del )?\s*(\d{4}|\d{2})${TIME}${ZONE}$`,
  'iu',
);
const MONTH_FIRST = new RegExp(String.raw`${WEEKDAY}(\p{L}{3,10})\.?[\s-]+(\d{1,2})(?:st|nd|rd|th)?,?[\s-]+(\d{4})${TIME}${ZONE}$`, 'iu');
const MONTH_FIRST_YEAR_LAST = new RegExp(String.raw`${WEEKDAY}(\p{L}{3,10})\.?\s+(\d{1,2})${TIME}${ZONE}\s*(\d{4})$`, 'iu');
const MONTH_ONLY = /^(?:(\d{4})[-/.](\d{1,2})|(\p{L}{3,10})\.?[\s,-]+(\d{4}))$/u;

const fullYear = (text: string): number => {
  const year = Number(text);
  return text.length === 2 ? year + (year < 70 ? 2000 : 1900) : year;
};

function build(
  year: number,
  month: number,
  day: number,
  time: readonly (string | undefined)[],
  zone: readonly (string | undefined)[],
  given: string,
): DateReading {
  const no = (why: string): DateReading => ({ problem: `“${given.slice(0, 40)}” ${why}.` });
  if (year < 1800 || year > 2200) return no(`lies in the year ${year}`);
  if (month < 1 || month > 12) return no(`has no month ${month}`);
  if (day < 1 || day > DAYS_IN[month - 1]! || (month === 2 && day === 29 && !leap(year))) return no(`has no day ${day} in month ${month}`);
  const [hours, minutes, seconds, fraction, half] = time;
  let hour = hours === undefined ? 0 : Number(hours);
  const afternoon = half?.toLowerCase().startsWith('p');
  const morning = half?.toLowerCase().startsWith('a');
  if ((afternoon || morning) && (hour < 1 || hour > 12)) return no(`has no hour ${hour} ${half}`);
  if (afternoon && hour < 12) hour += 12;
  if (morning && hour === 12) hour = 0;
  const minute = Number(minutes ?? 0);
  const second = Number(seconds ?? 0);
  if (hour > 23 || minute > 59 || second > 60) return no('has no such time of day');
  const [utc, shift] = zone;
  let offset: number | null = utc ? 0 : null;
  if (shift) {
    const digits = shift.slice(1).replace(':', '').padEnd(4, '0').padStart(4, '0');
    const size = shift.length === 3 ? Number(digits.slice(0, 2)) * 60 : Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
    offset = shift.startsWith('-') ? -size : size;
  }
  const millisecond = fraction ? Number(fraction.padEnd(3, '0').slice(0, 3)) : 0;
  return { value: { year, month, day, hour, minute, second: Math.min(second, 59), millisecond, hasTime: hours !== undefined, offset } };
}

const fromUtc = (ms: number, hasTime: boolean, offset: number | null): DateReading => {
  const at = new Date(ms);
  if (Number.isNaN(at.getTime())) return { problem: 'The number is not a date.' };
  const value = {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
    millisecond: at.getUTCMilliseconds(),
    hasTime,
    offset,
  };
  return { value };
};

export function readDate(text: string, convention: Partial<Pick<DateConvention, 'order' | 'serial'>> = {}): DateReading {
  const given = text.trim().replace(/[\u00a0\u202f\u2009]/g, ' ');
  const order = convention.order ?? 'dmy';
  let match = YMD.exec(given);
  if (match) return build(+match[1]!, +match[2]!, +match[3]!, match.slice(4, 9), match.slice(9, 11), given);
  match = NUMERIC.exec(given);
  if (match) {
    const [first, second] = [Number(match[1]), Number(match[3])];
    const [day, month] = order === 'dmy' ? [first, second] : [second, first];
    if (month > 12 && day <= 12) {
      return {
        problem: `“${given.slice(0, 40)}” has no month ${month}: this column is read as ${order === 'dmy' ? 'day-month-year' : 'month-day-year'}.`,
      };
    }
    return build(fullYear(match[4]!), month, day, match.slice(5, 10), match.slice(10, 12), given);
  }
  match = DAY_FIRST.exec(given);
  if (match && MONTHS[match[2]!.toLowerCase()])
    return build(fullYear(match[3]!), MONTHS[match[2]!.toLowerCase()]!, +match[1]!, match.slice(4, 9), match.slice(9, 11), given);
  match = MONTH_FIRST.exec(given);
  if (match && MONTHS[match[1]!.toLowerCase()])
    return build(+match[3]!, MONTHS[match[1]!.toLowerCase()]!, +match[2]!, match.slice(4, 9), match.slice(9, 11), given);
  match = MONTH_FIRST_YEAR_LAST.exec(given);
  if (match && MONTHS[match[1]!.toLowerCase()])
    return build(+match[10]!, MONTHS[match[1]!.toLowerCase()]!, +match[2]!, match.slice(3, 8), match.slice(8, 10), given);
  if (/^\d{5}(\.\d+)?$/.test(given) && convention.serial !== false) return fromSerial(Number(given));
  if (/^\d{1,6}(\.\d+)?$/.test(given) && convention.serial) return fromSerial(Number(given));
  if (/^\d{10}$/.test(given)) return fromUtc(Number(given) * 1000, true, 0);
  if (/^\d{13}$/.test(given)) return fromUtc(Number(given), true, 0);
  match = COMPACT.exec(given);
  if (match) return build(+match[1]!, +match[2]!, +match[3]!, match.slice(4, 7), match.slice(9, 11), given);
  match = MONTH_ONLY.exec(given);
  if (match) {
    const month = match[2] ? Number(match[2]) : MONTHS[match[3]!.toLowerCase()];
    if (month) return build(Number(match[1] ?? match[4]), month, 1, [], [], given);
  }
  return { problem: `“${given.slice(0, 40)}” is not a date Baton can read.` };
}

/** Spreadsheet day numbers: 1 is 1 January 1900, and 1900 is wrongly a leap year there, hence the base of 30 December 1899. */
function fromSerial(serial: number): DateReading {
  if (serial < 1 || serial > 109_574) return { problem: `“${serial}” is not a day number of a spreadsheet.` };
  const seconds = Math.round(serial * 86_400);
  return fromUtc(Date.UTC(1899, 11, 30) + seconds * 1000, seconds % 86_400 !== 0, null);
}

/** Decides for a whole column how its dates are to be read, and says why. */
export function dateConvention(samples: readonly string[], localeOrder: DayOrder): DateConvention {
  let firstBig = 0;
  let secondBig = 0;
  let numeric = 0;
  let serials = 0;
  let firstProof = '';
  let secondProof = '';
  const pairs: { dmy: number; mdy: number }[] = [];
  for (const sample of samples) {
    const text = sample.trim();
    if (/^\d{1,6}(\.\d+)?$/.test(text)) serials++;
    const match = NUMERIC.exec(text);
    if (!match) continue;
    numeric++;
    const [first, second, year] = [Number(match[1]), Number(match[3]), fullYear(match[4]!)];
    if (first > 12 && first <= 31 && second <= 12) [firstBig, firstProof] = [firstBig + 1, firstProof || text];
    else if (second > 12 && second <= 31 && first <= 12) [secondBig, secondProof] = [secondBig + 1, secondProof || text];
    else if (first <= 12 && second <= 12) pairs.push({ dmy: year * 400 + second * 31 + first, mdy: year * 400 + first * 31 + second });
  }
  const named = (order: DayOrder) => (order === 'dmy' ? 'day-month-year' : 'month-day-year');
  if (serials > 0 && serials >= samples.length / 2)
    return { order: localeOrder, serial: true, reason: 'Whole numbers were read as the day numbers of a spreadsheet.' };
  if (numeric === 0)
    return { order: localeOrder, serial: false, reason: 'Dates name their year or month plainly, nothing had to be guessed.' };
  if (firstBig || secondBig) {
    const order: DayOrder = firstBig >= secondBig ? 'dmy' : 'mdy';
    const proof = order === 'dmy' ? firstProof : secondProof;
    const against = Math.min(firstBig, secondBig);
    return {
      order,
      serial: false,
      reason: `Dates were read as ${named(order)} because of values such as ${proof.split(/[\sT]/)[0]}${against ? `; ${against} of the sampled values only fit the other order and are reported` : ''}.`,
    };
  }
  // A file sorted by date stays sorted only when it is read the right way.
  if (pairs.length >= 6) {
    const breaks = (key: DayOrder) => {
      let up = 0;
      let down = 0;
      for (let i = 1; i < pairs.length; i++) {
        if (pairs[i]![key] < pairs[i - 1]![key]) down++;
        else if (pairs[i]![key] > pairs[i - 1]![key]) up++;
      }
      return Math.min(up, down);
    };
    const [dmy, mdy] = [breaks('dmy'), breaks('mdy')];
    if (dmy === 0 && mdy > 1)
      return { order: 'dmy', serial: false, reason: 'Dates were read as day-month-year because the file is in date order only that way.' };
    if (mdy === 0 && dmy > 1)
      return { order: 'mdy', serial: false, reason: 'Dates were read as month-day-year because the file is in date order only that way.' };
  }
  return {
    order: localeOrder,
    serial: false,
    reason: `Dates were read as ${named(localeOrder)}, the habit of this company’s language: no value proves the order.`,
  };
}

const two = (n: number) => String(n).padStart(2, '0');
export const toIsoDate = (at: WrittenDate): string => `${at.year}-${two(at.month)}-${two(at.day)}`;

const formatters = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();
/** Minutes east of UTC of a zone at an instant. */
function zoneOffset(zone: string, utcMs: number): number {
  const hourKey = `${zone}${Math.floor(utcMs / 3_600_000)}`;
  const known = offsets.get(hourKey);
  if (known !== undefined) return known;
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(zone, formatter);
  }
  const part: Record<string, number> = {};
  for (const { type, value } of formatter.formatToParts(utcMs)) part[type] = Number(value);
  const local = Date.UTC(part['year']!, part['month']! - 1, part['day'], part['hour'], part['minute'], part['second']);
  const offset = Math.round((local - Math.floor(utcMs / 1000) * 1000) / 60_000);
  if (offsets.size > 50_000) offsets.clear();
  offsets.set(hourKey, offset);
  return offset;
}

/** The instant a written date means in a zone; a zone written in the text itself wins. */
export function toInstant(at: WrittenDate, zone: string): Date {
  const naive = Date.UTC(at.year, at.month - 1, at.day, at.hour, at.minute, at.second, at.millisecond);
  if (at.offset !== null) return new Date(naive - at.offset * 60_000);
  if (zone === 'UTC') return new Date(naive);
  const guess = naive - zoneOffset(zone, naive) * 60_000;
  return new Date(naive - zoneOffset(zone, guess) * 60_000);
}
