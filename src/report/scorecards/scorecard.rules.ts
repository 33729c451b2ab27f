import { addDays } from '../../platform/values/period.rules.ts';
import { quantileOfList } from '../quantile.rules.ts';
import type { Figures } from './scorecard.contract.ts';

/** One holder's spell with a lead. */
export interface Spell {
  holderId: string;
  leadId: string;
  startedAt: Date;
  /** Whether it was answered within the promise; null where that was not asked, or not yet. */
  isInTime: boolean | null;
  acceptedAt: Date | null;
  firstFollowupAt: Date | null;
  isDeclined: boolean;
  /** passed on because nobody answered, or followed up, in time */
  isSilent: boolean;
  /** What the holder itself last said of the lead, where that stands. */
  verdict: string | null;
  verdictAt: Date | null;
  valueMinor: number | null;
  currency: string | null;
  hasReason: boolean;
  isOpen: boolean;
  hasNextAction: boolean;
  /** on which they answered, made the first contact or gave the verdict */
  days: readonly string[];
}

/** Working days that are over (or on which they were there) and those on which they were there. */
export interface Presence {
  workDays: readonly string[];
  seen: ReadonlySet<string>;
}

/**
 * The working days of somebody from a day to another, both included: what the calendar says, less absences. Today is not over, so that it counts
 * only once they were there; nobody is measured before their first day.
 */
export function presenceOf(
  given: { from: string; today: string; firstDay: string; away: readonly { from: string; to: string }[]; seen: ReadonlySet<string> },
  isWorkDay: (on: string) => boolean,
): Presence {
  const workDays: string[] = [];
  for (let on = given.from > given.firstDay ? given.from : given.firstDay; on <= given.today; on = addDays(on, 1)) {
    if (on === given.today && !given.seen.has(on)) break;
    if (isWorkDay(on) && !given.away.some(({ from, to }) => from <= on && on <= to)) workDays.push(on);
  }
  return { workDays, seen: given.seen };
}

/** What is asked to be told of a lead they kept, and how much of it was. */
function toldOf({ firstFollowupAt, verdict, hasReason, valueMinor, isOpen, hasNextAction }: Spell): { asked: number; told: number } {
  const fields = [
    firstFollowupAt !== null,
    verdict !== null,
    ...(verdict === 'bad' ? [hasReason] : []),
    ...(verdict === 'sale' ? [valueMinor !== null] : []),
    ...(isOpen ? [hasNextAction] : []),
  ];
  return { asked: fields.length, told: fields.filter(Boolean).length };
}

/** So few peers would give each other away. */
export const peersMin = 3;

/**
 * The figures of some spells of one holder. A lead counts once where leads are counted, and each time it was given where offers are; a
 * promise counts once its outcome is known. Shares of nothing are null, never 0.
 */
export function figuresOf(spells: readonly Spell[], businessMinutes: (from: Date, until: Date) => number, currency: string, presence: Presence): Figures {
  const promised = spells.filter(({ isInTime }) => isInTime !== null);
  const worked = new Map(spells.filter(({ isDeclined, isSilent }) => !isDeclined && !isSilent).map((spell) => [spell.leadId, spell]));
  const judged = [...worked.values()].filter(({ verdict, verdictAt, startedAt }) => verdict !== null && verdictAt !== null && verdictAt >= startedAt);
  const sold = judged.filter(({ verdict }) => verdict === 'sale');
  const silent = spells.filter(({ isSilent }) => isSilent).length;
  const told = [...worked.values()].filter(({ isInTime, acceptedAt }) => acceptedAt !== null || isInTime !== null).map(toldOf);
  const sum = (of: 'asked' | 'told'): number => told.reduce((all, one) => all + one[of], 0);
  const { workDays, seen } = presence;
  const median = (values: number[]): number | null => round(quantileOfList(values, 0.5));
  return {
    offered: spells.length,
    inTimePercent: percent(promised.filter(({ isInTime }) => isInTime).length, promised.length),
    acceptMinutes: median(spells.flatMap(({ startedAt, acceptedAt }) => (acceptedAt ? [businessMinutes(startedAt, acceptedAt)] : []))),
    contactMinutes: median(spells.flatMap(({ startedAt, firstFollowupAt }) => (firstFollowupAt ? [businessMinutes(startedAt, firstFollowupAt)] : []))),
    verdictPercent: percent(judged.length, worked.size),
    verdictDays: median(judged.map(({ startedAt, verdictAt }) => (verdictAt!.getTime() - startedAt.getTime()) / 86_400_000)),
    salePercent: percent(sold.length, worked.size),
    sales: sold.length,
    soldMinor: sold.reduce((sum, one) => sum + (one.currency === currency ? (one.valueMinor ?? 0) : 0), 0),
    silent,
    silentPercent: percent(silent, spells.length),
    declined: spells.filter(({ isDeclined }) => isDeclined).length,
    fieldsPercent: percent(sum('told'), sum('asked')),
    workDays: workDays.length,
    daysSeen: workDays.filter((on) => seen.has(on)).length,
    offeredPerDay: workDays.length > 0 ? Math.round((spells.length / workDays.length) * 100) / 100 : null,
  };
}

/** The middle of what others reach, figure by figure; null where there are too few of them. Who was given nothing says nothing. */
export function mediansOf(others: readonly Figures[]): Partial<Figures> | null {
  const counted = others.filter(({ offered }) => offered > 0);
  if (counted.length < peersMin) return null;
  const keys = ['offered', 'inTimePercent', 'acceptMinutes', 'contactMinutes', 'verdictPercent', 'verdictDays', 'salePercent', 'sales', 'soldMinor', 'silent', 'silentPercent', 'declined', 'fieldsPercent', 'workDays', 'daysSeen', 'offeredPerDay'] as const;
  const whole = new Set<string>(['offered', 'sales', 'soldMinor', 'silent', 'declined', 'workDays', 'daysSeen']);
  return Object.fromEntries(
    keys.flatMap((key) => {
      const values = counted.flatMap((one) => one[key] ?? []);
      const middle = values.length < peersMin ? null : round(quantileOfList(values, 0.5));
      return middle === null ? [] : [[key, whole.has(key) ? Math.round(middle) : middle]];
    }),
  );
}

/** The first day of each month of a period, the latest first: '2026-03-01'. */
export function monthsBack(today: string, count: number): string[] {
  const [year, month] = today.split('-').map(Number) as [number, number];
  return Array.from({ length: count }, (_, back) => new Date(Date.UTC(year, month - 1 - back, 1)).toISOString().slice(0, 10));
}

const percent = (part: number, of: number): number | null => (of > 0 ? Math.round((part / of) * 1000) / 10 : null);
const round = (value: number | undefined): number | null => (value === undefined ? null : Math.round(value * 10) / 10);
