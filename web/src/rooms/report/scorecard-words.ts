import type { Answer } from '../../api/contract.ts';

export type Scorecard = Answer<'GET /v1/scorecards/:id'>;
export type Figures = Scorecard['whole'];

/** Business time: eight hours are not a third of a day, so hours are never called days. */
export function businessTime(minutes: number | null | undefined): string {
  if (minutes === null || minutes === undefined) return '–';
  if (minutes < 60) return `${Math.round(minutes)} min`;
  const whole = Math.round(minutes);
  return whole >= 600 || whole % 60 === 0 ? `${Math.round(whole / 60)} h` : `${Math.floor(whole / 60)} h ${String(whole % 60).padStart(2, '0')}`;
}
export const percentText = (share: number | null | undefined): string => (share === null || share === undefined ? '–' : `${Math.round(share)}%`);
export const daysText = (days: number | null | undefined): string => (days === null || days === undefined ? '–' : `${days < 10 ? days : Math.round(days)} d`);

/** "17 of 20": days they were here of their working days. */
export const daysHere = ({ daysSeen, workDays }: Pick<Figures, 'daysSeen' | 'workDays'>): string => (workDays === 0 ? '–' : `${daysSeen} of ${workDays}`);
export const perDay = (count: number | null | undefined): string => (count === null || count === undefined ? '–' : count >= 10 ? String(Math.round(count)) : count.toFixed(1));

export const periods = [
  { value: '3', label: 'Last 3 months' },
  { value: '6', label: 'Last 6 months' },
  { value: '12', label: 'Last 12 months' },
];
