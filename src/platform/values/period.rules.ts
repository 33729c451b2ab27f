// A period is whole days in the workspace's time zone, first and last day included: that is how people say it
// ("from 1 January to 31 December"). Instants are made from it only at the edge of a query.

export interface Period {
  readonly fromOn: string;
  readonly toOn: string;
}

const dayMs = 86_400_000;
const datePattern = /^\d{4}-\d{2}-\d{2}$/;

export function isDate(text: string): boolean {
  if (!datePattern.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

export function addDays(on: string, days: number): string {
  return new Date(Date.parse(`${on}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

export function daysBetween(fromOn: string, toOn: string): number {
  return Math.round((Date.parse(`${toOn}T00:00:00Z`) - Date.parse(`${fromOn}T00:00:00Z`)) / dayMs);
}

export function startOfMonth(on: string): string {
  return `${on.slice(0, 7)}-01`;
}

export function addMonths(on: string, months: number): string {
  const [year = 0, month = 1] = on.split('-').map(Number);
  const index = year * 12 + (month - 1) + months;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}-01`;
}

/** The Monday of the week (ISO 8601). */
export function startOfWeek(on: string): string {
  const weekday = (new Date(`${on}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(on, -weekday);
}

/** The day an instant falls on in a time zone. */
export function dateIn(at: Date, timeZone: string): string {
  const parts = formatter(timeZone).formatToParts(at);
  const part = (type: string): string => parts.find((candidate) => candidate.type === type)?.value ?? '00';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}

/** The instant a day begins in a time zone. Where clocks jump over midnight, the first instant that exists. */
export function startOfDay(on: string, timeZone: string): Date {
  const at = hourOf(on, 0, timeZone);
  return dateIn(at, timeZone) < on ? new Date(at.getTime() + 3_600_000) : at;
}

/** An hour (0 to 23) of a day by the clocks of a time zone, also on the days they change. */
export function hourOf(on: string, hour: number, timeZone: string): Date {
  const wanted = Date.parse(`${on}T00:00:00Z`) + hour * 3_600_000;
  let guess = wanted;
  // Two steps settle every zone: the first finds the offset near the hour, the second the offset at the answer itself.
  for (let turn = 0; turn < 2; turn++) guess = wanted - offsetMs(new Date(guess), timeZone);
  return new Date(guess);
}

/** When what waits until a day goes on: before anybody begins to work. */
export const morningOf = (on: string, timeZone: string): Date => hourOf(on, 6, timeZone);

/** The half-open range of instants a period covers. */
export function instantsOf(period: Period, timeZone: string): { fromAt: Date; untilAt: Date } {
  return { fromAt: startOfDay(period.fromOn, timeZone), untilAt: startOfDay(addDays(period.toOn, 1), timeZone) };
}

/** The period of the same length just before this one: what a figure is compared with. */
export function previousPeriod(period: Period): Period {
  const length = daysBetween(period.fromOn, period.toOn) + 1;
  return { fromOn: addDays(period.fromOn, -length), toOn: addDays(period.fromOn, -1) };
}

/**
 * Covers a period with whole months (or weeks) and the days left over at its ends, so that sums are read from monthly rows.
 *
 *   coverBy('month', { fromOn: '2026-01-15', toOn: '2026-03-31' })
 *     → { whole: { fromOn: '2026-02-01', untilOn: '2026-04-01' }, days: [{ fromOn: '2026-01-15', untilOn: '2026-02-01' }] }
 */
export function coverBy(unit: 'month' | 'week', period: Period): { whole?: Span; days: Span[] } {
  const startOf = unit === 'month' ? startOfMonth : startOfWeek;
  const next = (on: string): string => (unit === 'month' ? addMonths(on, 1) : addDays(on, 7));
  const untilOn = addDays(period.toOn, 1);
  const first = startOf(period.fromOn);
  const fromOn = first === period.fromOn ? first : next(first);
  const end = startOf(untilOn);
  if (fromOn >= end) return { days: [{ fromOn: period.fromOn, untilOn }] };
  const days: Span[] = [];
  if (period.fromOn < fromOn) days.push({ fromOn: period.fromOn, untilOn: fromOn });
  if (end < untilOn) days.push({ fromOn: end, untilOn });
  return { whole: { fromOn, untilOn: end }, days };
}

export interface Span {
  readonly fromOn: string;
  /** first day that no longer belongs */
  readonly untilOn: string;
}

const formatters = new Map<string, Intl.DateTimeFormat>();
function formatter(timeZone: string): Intl.DateTimeFormat {
  let found = formatters.get(timeZone);
  if (!found) {
    found = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formatters.set(timeZone, found);
  }
  return found;
}

function offsetMs(at: Date, timeZone: string): number {
  const parts = formatter(timeZone).formatToParts(at);
  const part = (type: string): number => Number(parts.find((candidate) => candidate.type === type)?.value ?? 0);
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return local - Math.floor(at.getTime() / 1000) * 1000;
}
