/** 'YYYY-MM-DD' by the clock of who looks, as the date inputs of a browser mean it. */
export const localDay = (at: Date): string => `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`;

/** The day that many days after a moment, by the same clock. */
export function dayIn(days: number, from = new Date()): string {
  const at = new Date(from);
  at.setDate(at.getDate() + days);
  return localDay(at);
}

/** When something planned for a day is due: at the time it had if it stays on its day, else at nine in the morning. */
export function dueOn(day: string, was: string | null | undefined): string | null {
  if (!day) return null;
  return was && localDay(new Date(was)) === day ? was : new Date(`${day}T09:00:00`).toISOString();
}
