/** How many leads a program is expected to bring, and in which weeks: by its goal, else by what programs like it brought; over the weeks theirs came in. */
import { addDays, daysBetween } from '../../platform/values/period.rules.ts';

export interface Planned {
  id: string;
  channel: string | null;
  startsOn: string | null;
  endsOn: string | null;
  goalLeads: number | null;
  goalInquiries: number | null;
}
export interface PastProgram {
  id: string;
  name: string;
  channel: string | null;
  startsOn: string | null;
  endsOn: string | null;
  /** inquiries and the leads that came of them, by day, in order */
  days: { on: string; inquiries: number; leads: number }[];
}
export interface LikeProgram {
  id: string;
  name: string;
  startsOn: string;
  inquiries: number;
  leads: number;
  /** leads by week from its start on; what came before it is in the first */
  weeks: number[];
}

const weeksOf = (startsOn: string, endsOn: string): number => Math.max(1, Math.ceil((daysBetween(startsOn, endsOn) + 1) / 7));
const fewestWeeks = 13;
const mostWeeks = 52;
const tailWeeks = 4;
/** Where nothing says when leads come: evenly over so many weeks. */
const evenWeeks = 4;

/** For how long after its start leads of a program are looked for: a quarter, or as long as it runs and four weeks; a year at most. */
export const spanOf = ({ startsOn, endsOn }: Pick<Planned, 'startsOn' | 'endsOn'>): number =>
  Math.min(mostWeeks, Math.max(fewestWeeks, startsOn && endsOn ? weeksOf(startsOn, endsOn) + tailWeeks : 0));

/**
 * The programs a new one is measured by: those of its channel that brought leads and began long enough ago that what they bring is known, if there are any, else all
 * such; and of them those that ran between half and twice as long, if there are any and it is known how long.
 */
export function likePrograms(planned: Planned, past: readonly PastProgram[], todayOn: string): { like: LikeProgram[]; byChannel: boolean } {
  const span = spanOf(planned);
  const settled = past.flatMap((one): (LikeProgram & { channel: string | null; runs: number | null })[] => {
    const startsOn = one.startsOn ?? one.days.find(({ leads }) => leads > 0)?.on;
    if (one.id === planned.id || startsOn === undefined) return [];
    const isKnown = addDays(startsOn, 7 * span) <= todayOn || (one.endsOn !== null && addDays(one.endsOn, 7 * tailWeeks) <= todayOn);
    if (!isKnown) return [];
    const weeks = Array.from({ length: span }, () => 0);
    let [inquiries, leads] = [0, 0];
    for (const day of one.days) {
      const week = Math.max(0, Math.floor(daysBetween(startsOn, day.on) / 7));
      if (week >= span) continue;
      weeks[week]! += day.leads;
      inquiries += day.inquiries;
      leads += day.leads;
    }
    const { id, name, channel, endsOn } = one;
    return leads === 0 ? [] : [{ id, name, channel, startsOn, runs: endsOn ? weeksOf(startsOn, endsOn) : null, inquiries, leads, weeks }];
  });
  const key = (channel: string | null): string => (channel ?? '').trim().toLowerCase();
  const same = planned.channel === null ? [] : settled.filter(({ channel }) => key(channel) === key(planned.channel));
  const those = same.length > 0 ? same : settled;
  const runs = planned.startsOn && planned.endsOn ? weeksOf(planned.startsOn, planned.endsOn) : null;
  const alike = runs === null ? [] : those.filter((one) => one.runs !== null && one.runs <= 2 * runs && 2 * one.runs >= runs);
  return {
    like: (alike.length > 0 ? alike : those).map(({ id, name, startsOn, inquiries, leads, weeks }) => ({ id, name, startsOn, inquiries, leads, weeks })),
    byChannel: same.length > 0,
  };
}

type Basis = 'asked' | 'goal' | 'inquiries' | 'history' | 'nothing';

/** Leads in all: as asked; else its goal of leads; else its goal of inquiries by the share of which leads came elsewhere; else the median of what programs like it brought. */
export function leadsExpected(
  planned: Pick<Planned, 'goalLeads' | 'goalInquiries'>,
  like: readonly LikeProgram[],
  asked: number | undefined,
): { leads: number; basis: Basis; share: number | null } {
  const inquiries = like.reduce((sum, one) => sum + one.inquiries, 0);
  const share = inquiries === 0 ? null : Math.min(1, like.reduce((sum, one) => sum + one.leads, 0) / inquiries);
  if (asked !== undefined) return { leads: asked, basis: 'asked', share };
  if (planned.goalLeads) return { leads: planned.goalLeads, basis: 'goal', share };
  if (planned.goalInquiries && share !== null) return { leads: planned.goalInquiries * share, basis: 'inquiries', share };
  const sorted = like.map(({ leads }) => leads).toSorted((a, b) => a - b);
  if (sorted.length === 0) return { leads: 0, basis: 'nothing', share };
  return { leads: (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2, basis: 'history', share };
}

/**
 * In which weeks they come, as shares that add up to 1: those in which the leads of like programs came, all put together; without such, evenly over the weeks it
 * runs, or over four.
 */
export function arrivalsOf(planned: Pick<Planned, 'startsOn' | 'endsOn'>, like: readonly LikeProgram[]): number[] {
  const total = like.reduce((sum, { leads }) => sum + leads, 0);
  if (total === 0) {
    const length = planned.startsOn && planned.endsOn ? Math.min(mostWeeks, weeksOf(planned.startsOn, planned.endsOn)) : evenWeeks;
    return Array.from({ length }, () => 1 / length);
  }
  const span = Math.max(...like.map(({ weeks }) => weeks.length));
  const shares = Array.from({ length: span }, (_, week) => like.reduce((sum, { weeks }) => sum + (weeks[week] ?? 0), 0) / total);
  return shares.slice(0, shares.findLastIndex((share) => share > 0) + 1);
}
