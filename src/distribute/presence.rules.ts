import { addDays } from '../platform/values/period.rules.ts';
import { businessClock, type WeeklyCalendar } from './business-hours.rules.ts';

/**
 * Of each of so many weeks from `fromOn` on, the part of the working days on which somebody is there: 1 all, 0 none. Public holidays take nothing away, as leads are
 * given on them, too, and capacity is counted over any seven days.
 */
export function presenceByWeek(
  fromOn: string,
  weeks: number,
  calendar: Partial<WeeklyCalendar> | null,
  absences: readonly { startsOn: string; endsOn: string }[],
): number[] {
  if (absences.length === 0) return Array.from({ length: weeks }, () => 1);
  const { week, open } = businessClock(calendar, 'UTC');
  return Array.from({ length: weeks }, (_, n) => {
    const days = Array.from({ length: 7 }, (_, i) => addDays(fromOn, 7 * n + i));
    const working = open ? days.filter((day) => week[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7]!.length > 0) : days;
    const there = working.filter((day) => !absences.some(({ startsOn, endsOn }) => startsOn <= day && day <= endsOn));
    return there.length / working.length;
  });
}
