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
}

/** So few peers would give each other away. */
export const peersMin = 3;

/**
 * The figures of some spells of one holder. A lead counts once where leads are counted, and each time it was given where offers are; a
 * promise counts once its outcome is known. Shares of nothing are null, never 0.
 */
export function figuresOf(spells: readonly Spell[], businessMinutes: (from: Date, until: Date) => number, currency: string): Figures {
  const promised = spells.filter(({ isInTime }) => isInTime !== null);
  const worked = new Map(spells.filter(({ isDeclined, isSilent }) => !isDeclined && !isSilent).map((spell) => [spell.leadId, spell]));
  const judged = [...worked.values()].filter(({ verdict, verdictAt, startedAt }) => verdict !== null && verdictAt !== null && verdictAt >= startedAt);
  const sold = judged.filter(({ verdict }) => verdict === 'sale');
  const silent = spells.filter(({ isSilent }) => isSilent).length;
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
  };
}

/** The middle of what others reach, figure by figure; null where there are too few of them. Who was given nothing says nothing. */
export function mediansOf(others: readonly Figures[]): Partial<Figures> | null {
  const counted = others.filter(({ offered }) => offered > 0);
  if (counted.length < peersMin) return null;
  const keys = ['offered', 'inTimePercent', 'acceptMinutes', 'contactMinutes', 'verdictPercent', 'verdictDays', 'salePercent', 'sales', 'soldMinor', 'silent', 'silentPercent', 'declined'] as const;
  const whole = new Set<string>(['offered', 'sales', 'soldMinor', 'silent', 'declined']);
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
