/** A month after the day they asked, as the law counts: the same day of the next month, or its last where that month is shorter. */
export function dueAfter(askedOn: string): string {
  const [year, month, day] = askedOn.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, Math.min(day, last))).toISOString().slice(0, 10);
}
