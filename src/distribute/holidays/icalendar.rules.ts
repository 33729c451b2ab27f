/**
 * Public holidays out of an iCalendar text (RFC 5545): whole days with their names. A moment is read as the day it is written on. What comes again every
 * year, on its date or on a weekday of its month, is spelled out over the years asked for; what repeats otherwise is told and left out.
 */
import { addDays, daysBetween, isDate } from '../../platform/values/period.rules.ts';

export interface Holiday {
  /** a local date, "2026-12-25" */
  on: string;
  name: string;
}
export interface ReadHolidays {
  /** in order, each day once */
  days: Holiday[];
  skipped: { name: string; why: string }[];
}

interface Property {
  value: string;
  isDay: boolean;
}
type Found = Map<string, Property[]>;

const longestDays = 31;
const nameMax = 120;

/** @param fromYear and `untilYear`: the first and the last year of which days are wanted */
export function readHolidays(text: string, fromYear: number, untilYear: number): ReadHolidays {
  const names = new Map<string, string[]>();
  const skipped: ReadHolidays['skipped'] = [];
  for (const event of eventsIn(text)) {
    const name = wordsOf(event.get('SUMMARY')?.[0]?.value ?? '') || 'Holiday';
    if (event.get('STATUS')?.[0]?.value.toUpperCase() === 'CANCELLED') continue;
    const starts = dayOf(event.get('DTSTART')?.[0]);
    if (starts === undefined) {
      skipped.push({ name, why: 'it has no day' });
      continue;
    }
    const lasts = lengthOf(event, starts);
    if (lasts > longestDays) {
      skipped.push({ name, why: 'it lasts longer than a month' });
      continue;
    }
    const again = event.get('RRULE')?.[0]?.value;
    const first = again === undefined ? [starts] : everyYear(again, starts, untilYear);
    if (first === undefined) {
      skipped.push({ name, why: `it repeats in a way that is not read here (${again})` });
      continue;
    }
    const extra = (event.get('RDATE') ?? []).flatMap(listed);
    const without = new Set((event.get('EXDATE') ?? []).flatMap(listed));
    for (const day of [...first, ...extra]) {
      if (without.has(day)) continue;
      for (let i = 0; i < lasts; i++) {
        const on = addDays(day, i);
        const year = Number(on.slice(0, 4));
        if (year < fromYear || year > untilYear) continue;
        const known = names.get(on) ?? [];
        if (!known.includes(name)) names.set(on, [...known, name]);
      }
    }
  }
  const days = [...names].map(([on, called]) => ({ on, name: called.join(' · ').slice(0, nameMax) }));
  return { days: days.toSorted((a, b) => (a.on < b.on ? -1 : 1)), skipped };
}

/** The properties of each event; what is nested in one (an alarm, say) is not its own. */
function eventsIn(text: string): Found[] {
  const events: Found[] = [];
  const open: string[] = [];
  let event: Found | undefined;
  for (const line of unfolded(text)) {
    const read = /^([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)$/.exec(line);
    if (!read) continue;
    const [, name = '', parameters = '', value = ''] = read;
    const key = name.toUpperCase();
    if (key === 'BEGIN') {
      open.push(value.trim().toUpperCase());
      if (open.at(-1) === 'VEVENT') events.push((event = new Map()));
    } else if (key === 'END') {
      open.pop();
      if (value.trim().toUpperCase() === 'VEVENT') event = undefined;
    } else if (event && open.at(-1) === 'VEVENT')
      event.set(key, [...(event.get(key) ?? []), { value: value.trim(), isDay: /;VALUE=DATE(;|$)/i.test(parameters) }]);
  }
  return events;
}

/** A line that begins with a space or a tab goes on from the one before. */
function unfolded(text: string): string[] {
  const lines: string[] = [];
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/))
    if (/^[ \t]/.test(line) && lines.length > 0) lines[lines.length - 1] += line.slice(1);
    else lines.push(line);
  return lines;
}

const wordsOf = (value: string): string =>
  value
    .replaceAll(/\\([nN,;\\])/g, (_, escaped: string) => (escaped.toLowerCase() === 'n' ? ' ' : escaped))
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, nameMax);

function dayOf(property: Property | undefined): string | undefined {
  const read = /^(\d{4})(\d{2})(\d{2})/.exec(property?.value ?? '');
  const day = read ? `${read[1]}-${read[2]}-${read[3]}` : '';
  return isDate(day) ? day : undefined;
}
const listed = ({ value, isDay }: Property): string[] => value.split(',').flatMap((one) => dayOf({ value: one.trim(), isDay }) ?? []);

/** In days. The end is the first moment after: the day before a whole day, or before midnight. */
function lengthOf(event: Found, starts: string): number {
  const duration = /^\+?P(?:(\d+)W)?(?:(\d+)D)?/.exec(event.get('DURATION')?.[0]?.value ?? '');
  if (duration) return Math.max(1, 7 * Number(duration[1] ?? 0) + Number(duration[2] ?? 0));
  const end = event.get('DTEND')?.[0];
  const ends = dayOf(end);
  if (!end || ends === undefined) return 1;
  const isWhole = end.isDay || !/T/.test(end.value) || /T0{4,6}Z?$/.test(end.value);
  return Math.max(1, daysBetween(starts, ends) + (isWhole ? 0 : 1));
}

const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/** The days of a rule that is yearly, on one date or on one weekday of a month; undefined of any other. */
function everyYear(rule: string, starts: string, untilYear: number): string[] | undefined {
  const parts = new Map(rule.split(';').map((part) => part.toUpperCase().split('=', 2) as [string, string | undefined]));
  const known = new Set(['FREQ', 'INTERVAL', 'UNTIL', 'COUNT', 'BYMONTH', 'BYMONTHDAY', 'BYDAY', 'WKST']);
  if (parts.get('FREQ') !== 'YEARLY' || [...parts.keys()].some((key) => key !== '' && !known.has(key))) return undefined;
  const number = (key: string, otherwise: number): number => (parts.has(key) ? Number(parts.get(key)) : otherwise);
  const [year, startMonth, startDay] = starts.split('-').map(Number) as [number, number, number];
  const month = number('BYMONTH', startMonth);
  const dayOfMonth = number('BYMONTHDAY', startDay);
  const step = number('INTERVAL', 1);
  const most = number('COUNT', Infinity);
  const until = parts.has('UNTIL') ? dayOf({ value: parts.get('UNTIL') ?? '', isDay: true }) : '9999-12-31';
  const byDay = parts.has('BYDAY') ? /^([+-]?[1-5])(SU|MO|TU|WE|TH|FR|SA)$/.exec(parts.get('BYDAY') ?? '') : undefined;
  if (byDay === null || until === undefined || ![month, dayOfMonth, step].every(Number.isInteger) || step < 1 || Number.isNaN(most)) return undefined;
  if (month < 1 || month > 12 || (byDay && parts.has('BYMONTHDAY'))) return undefined;
  const days: string[] = [];
  for (let y = year; y <= untilYear && days.length < most; y += step) {
    const day = byDay ? weekdayOf(y, month, Number(byDay[1]), weekdays.indexOf(byDay[2]!)) : dateOf(y, month, dayOfMonth);
    if (day === undefined || day < starts) continue;
    if (day > until) break;
    days.push(day);
  }
  return days;
}

function dateOf(year: number, month: number, day: number): string | undefined {
  const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return isDate(text) ? text : undefined;
}

/** The nth such weekday of a month, or counted from its end where n is below zero. */
function weekdayOf(year: number, month: number, n: number, weekday: number): string | undefined {
  const last = new Date(Date.UTC(year, month, 0));
  const first = new Date(Date.UTC(year, month - 1, 1));
  const day =
    n > 0
      ? 1 + ((weekday - first.getUTCDay() + 7) % 7) + 7 * (n - 1)
      : last.getUTCDate() - ((last.getUTCDay() - weekday + 7) % 7) + 7 * (n + 1);
  return dateOf(year, month, day);
}
