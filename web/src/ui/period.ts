/** Periods have names in the address (period=this-quarter), so a saved link keeps meaning "this quarter". Days are the company's own. */
export const periods = [
  { value: 'today', label: 'Today' },
  { value: 'last-7-days', label: 'Last 7 days' },
  { value: 'this-month', label: 'This month' },
  { value: 'last-month', label: 'Last month' },
  { value: 'this-quarter', label: 'This quarter' },
  { value: 'last-quarter', label: 'Last quarter' },
  { value: 'this-year', label: 'This year' },
  { value: 'last-year', label: 'Last year' },
  { value: 'last-12-months', label: 'Last 12 months' },
  { value: 'all', label: 'All time' },
] as const;

const iso = (year: number, month: number, day: number): string => new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);

/** First and last day (both included) of a named period, or of 'YYYY-MM-DD..YYYY-MM-DD'. Nothing for all time. */
export function periodDays(name: string, today: string): { from?: string; to?: string } {
  const [year, month, day] = [Number(today.slice(0, 4)), Number(today.slice(5, 7)) - 1, Number(today.slice(8, 10))];
  const quarter = Math.floor(month / 3) * 3;
  const custom = /^(\d{4}-\d\d-\d\d)?\.\.(\d{4}-\d\d-\d\d)?$/.exec(name);
  if (custom) return { from: custom[1], to: custom[2] };
  switch (name) {
    case 'today':
      return { from: today, to: today };
    case 'last-7-days':
      return { from: iso(year, month, day - 6), to: today };
    case 'this-month':
      return { from: iso(year, month, 1), to: iso(year, month + 1, 0) };
    case 'last-month':
      return { from: iso(year, month - 1, 1), to: iso(year, month, 0) };
    case 'this-quarter':
      return { from: iso(year, quarter, 1), to: iso(year, quarter + 3, 0) };
    case 'last-quarter':
      return { from: iso(year, quarter - 3, 1), to: iso(year, quarter, 0) };
    case 'this-year':
      return { from: iso(year, 0, 1), to: iso(year, 11, 31) };
    case 'last-year':
      return { from: iso(year - 1, 0, 1), to: iso(year - 1, 11, 31) };
    case 'last-12-months':
      return { from: iso(year - 1, month, day + 1), to: today };
    default:
      return {};
  }
}

export function periodLabel(name: string, date: (day: string) => string): string {
  const known = periods.find((period) => period.value === name);
  if (known) return known.label;
  const { from, to } = periodDays(name, '2000-01-01');
  if (from && to) return `${date(from)} – ${date(to)}`;
  if (from) return `since ${date(from)}`;
  return to ? `until ${date(to)}` : 'All time';
}
