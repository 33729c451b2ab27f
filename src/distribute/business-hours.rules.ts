/**
 * Business time: how many open minutes lie between two instants, and when a number of open minutes has passed.
 *
 * An instant is open when its wall clock, in the holder's time zone, falls inside one of that weekday's spans and the local
 * date is no holiday. Minutes are real minutes: on the night the clocks go back, a span that covers the repeated hour is an
 * hour longer, and on the night they go forward it is an hour shorter. Work is done on whole UTC days, each cut where the zone's
 * offset changes, so gaps and repeated hours need no special case; the cuts are cached per zone and the open stretches per
 * calendar, because a batch asks for the same few days thousands of times.
 *
 * A calendar that is never open (no hours, or a year of holidays) runs around the clock: a promise without hours is still a promise.
 *
 * Example: Mon–Fri 08:00–17:00 in Zurich, Friday 16:30 + 60 business minutes = Monday 08:30.
 */
export interface WeeklyCalendar {
  /** Monday first, each day a list of ["08:00", "17:00"] spans. */
  hours: Partial<Record<Weekday, [string, string][]>>;
  /** Local dates, "2026-12-25". */
  holidays: string[];
}
export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';
export const weekdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

export const officeHours: WeeklyCalendar = {
  hours: {
    mon: [['08:00', '17:00']],
    tue: [['08:00', '17:00']],
    wed: [['08:00', '17:00']],
    thu: [['08:00', '17:00']],
    fri: [['08:00', '17:00']],
  },
  holidays: [],
};

const dayMs = 86_400_000;
const minuteMs = 60_000;
const farthestDays = 400;

interface Stretch {
  fromMs: number;
  untilMs: number;
}
export interface BusinessClock {
  timeZone: string;
  /** spans by weekday, Monday = 0, in ms from midnight, merged and sorted */
  week: Stretch[][];
  holidays: ReadonlySet<number>;
  open: boolean;
  days: Map<number, Stretch[]>;
}

/** Reads a stored calendar once; unknown zones fall back to UTC so that one typo in a calendar never stops the routing. */
export function businessClock(calendar: Partial<WeeklyCalendar> | null | undefined, timeZone: string): BusinessClock {
  // Holidays may be known of somebody who never said their hours.
  const given = { hours: calendar?.hours ?? officeHours.hours, holidays: calendar?.holidays };
  const week = weekdays.map((day) =>
    merged((given.hours[day] ?? []).map(([from, until]) => ({ fromMs: wallMs(from), untilMs: until === '00:00' ? dayMs : wallMs(until) }))),
  );
  const holidays = new Set((given.holidays ?? []).map((day) => Math.floor(Date.parse(`${day}T00:00:00Z`) / dayMs)));
  return { timeZone: knownZone(timeZone), week, holidays, open: week.some((day) => day.length > 0), days: new Map() };
}

export function isOpen(clock: BusinessClock, at: Date): boolean {
  const ms = at.getTime();
  return !clock.open || openStretches(clock, Math.floor(ms / dayMs)).some((s) => s.fromMs <= ms && ms < s.untilMs);
}

/** The first instant at which `minutes` of open time have passed since `from`. */
export function addBusinessMinutes(clock: BusinessClock, from: Date, minutes: number): Date {
  let left = minutes * minuteMs;
  const start = from.getTime();
  if (left <= 0) return new Date(start);
  const firstDay = Math.floor(start / dayMs);
  if (clock.open)
    for (let day = firstDay; day < firstDay + farthestDays + minutes / 60; day++)
      for (const stretch of openStretches(clock, day)) {
        const begin = Math.max(stretch.fromMs, start);
        const length = stretch.untilMs - begin;
        if (length <= 0) continue;
        if (length >= left) return new Date(Math.round(begin + left));
        left -= length;
      }
  return new Date(start + minutes * minuteMs);
}

/** The last instant from which `minutes` of open time have passed by `until`: what began then or earlier has lasted that long. */
export function businessMinutesBefore(clock: BusinessClock, until: Date, minutes: number): Date {
  let left = minutes * minuteMs;
  const end = until.getTime();
  if (left <= 0) return new Date(end);
  const lastDay = Math.floor(end / dayMs);
  if (clock.open)
    for (let day = lastDay; day > lastDay - farthestDays - minutes / 60; day--)
      for (const stretch of openStretches(clock, day).toReversed()) {
        const stop = Math.min(stretch.untilMs, end);
        const length = stop - stretch.fromMs;
        if (length <= 0) continue;
        if (length >= left) return new Date(stop - left);
        left -= length;
      }
  return new Date(end - minutes * minuteMs);
}

/** Open minutes between two instants; negative when `until` lies before `from`. */
export function businessMinutesBetween(clock: BusinessClock, from: Date, until: Date): number {
  if (until < from) return -businessMinutesBetween(clock, until, from);
  const [start, end] = [from.getTime(), until.getTime()];
  if (!clock.open) return (end - start) / minuteMs;
  let sum = 0;
  for (let day = Math.floor(start / dayMs); day * dayMs < end; day++)
    for (const stretch of openStretches(clock, day)) sum += Math.max(0, Math.min(stretch.untilMs, end) - Math.max(stretch.fromMs, start));
  return sum / minuteMs;
}

/** The local date ("2026-11-21") at an instant: absences and holidays are given as local dates. */
export function localDate(timeZone: string, at: Date): string {
  const ms = at.getTime();
  const cut = offsetCuts(knownZone(timeZone), Math.floor(ms / dayMs)).find((c) => c.fromMs <= ms && ms < c.untilMs);
  return new Date(ms + (cut?.offsetMs ?? 0)).toISOString().slice(0, 10);
}

/** The first instant of the local day after `date`: when an absence through that date is over. */
export function dayAfter(timeZone: string, date: string): Date {
  const hour = 3_600_000;
  let ms = Date.parse(`${date}T00:00:00Z`) + 10 * hour;
  // offsets are multiples of a quarter of an hour, from −12 to +14 hours
  while (localDate(timeZone, new Date(ms)) <= date) ms += hour / 4;
  return new Date(ms);
}

function openStretches(clock: BusinessClock, day: number): Stretch[] {
  const known = clock.days.get(day);
  if (known) return known;
  const found: Stretch[] = [];
  for (const cut of offsetCuts(clock.timeZone, day)) {
    const wallFrom = cut.fromMs + cut.offsetMs;
    const wallUntil = cut.untilMs + cut.offsetMs;
    for (let local = Math.floor(wallFrom / dayMs); local * dayMs < wallUntil; local++) {
      if (clock.holidays.has(local)) continue;
      // 1970-01-01 was a Thursday, so Monday = 0 is shifted by three
      for (const span of clock.week[(((local + 3) % 7) + 7) % 7] ?? []) {
        const from = Math.max(local * dayMs + span.fromMs, wallFrom);
        const until = Math.min(local * dayMs + span.untilMs, wallUntil);
        if (from < until) found.push({ fromMs: from - cut.offsetMs, untilMs: until - cut.offsetMs });
      }
    }
  }
  clock.days.set(day, found);
  return found;
}

interface OffsetCut extends Stretch {
  offsetMs: number;
}
const cutsByZone = new Map<string, Map<number, OffsetCut[]>>();

/** One UTC day cut into stretches of constant offset: one, or two on the day the clocks change. */
function offsetCuts(timeZone: string, day: number): OffsetCut[] {
  let days = cutsByZone.get(timeZone);
  if (!days) cutsByZone.set(timeZone, (days = new Map()));
  const known = days.get(day);
  if (known) return known;
  const start = day * dayMs;
  const end = start + dayMs;
  const before = offsetMs(timeZone, start);
  const after = offsetMs(timeZone, end - 1000);
  const cuts: OffsetCut[] = [];
  if (before === after) cuts.push({ fromMs: start, untilMs: end, offsetMs: before });
  else {
    let [low, high] = [start / 1000, end / 1000 - 1];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (offsetMs(timeZone, middle * 1000) === before) low = middle;
      else high = middle;
    }
    cuts.push({ fromMs: start, untilMs: high * 1000, offsetMs: before }, { fromMs: high * 1000, untilMs: end, offsetMs: after });
  }
  days.set(day, cuts);
  return cuts;
}

const formats = new Map<string, Intl.DateTimeFormat>();
function offsetMs(timeZone: string, ms: number): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(ms)) part[type] = Number(value);
  return Date.UTC(part.year!, part.month! - 1, part.day, part.hour, part.minute, part.second) - Math.floor(ms / 1000) * 1000;
}

const zones = new Map<string, string>();
function knownZone(timeZone: string): string {
  let zone = zones.get(timeZone);
  if (zone === undefined) {
    try {
      zone = new Intl.DateTimeFormat('en-US', { timeZone }).resolvedOptions().timeZone && timeZone;
    } catch {
      zone = 'UTC';
    }
    zones.set(timeZone, zone);
  }
  return zone;
}

function wallMs(text: string): number {
  const [hours, minutes] = text.split(':').map(Number);
  return Math.min(dayMs, ((hours ?? 0) * 60 + (minutes ?? 0)) * minuteMs);
}

function merged(spans: Stretch[]): Stretch[] {
  const out: Stretch[] = [];
  for (const span of spans.filter((s) => s.fromMs < s.untilMs).sort((a, b) => a.fromMs - b.fromMs)) {
    const last = out.at(-1);
    if (last && span.fromMs <= last.untilMs) last.untilMs = Math.max(last.untilMs, span.untilMs);
    else out.push({ ...span });
  }
  return out;
}
