/** When partners are asked for their overdue verdicts. */
export interface RoundSettings {
  on: boolean;
  /** 1 is Monday */
  weekday: number;
  /** of the day, in the company's time zone */
  hour: number;
  afterDays: number;
}
export const usualRounds: RoundSettings = { on: false, weekday: 1, hour: 8, afterDays: 7 };

/** A page that a thumb gets through; the longest overdue come first, the others wait for the next week. */
export const leadsMax = 60;
/** A slot nobody woke for (the house was down, or rounds were switched on later that day) is let go after so long. */
export const lateHoursMax = 6;
export const roundDays = 14;

/** Whether the slot that began last is still to be kept. */
export const isSlotOpen = (slotAt: Date, now: Date): boolean => now.getTime() - slotAt.getTime() < lateHoursMax * 3_600_000;

export interface OverdueLead {
  holderId: string;
  timeZone: string;
  leadId: string;
  /** of the same holder, in all */
  due: number;
}
/** One round for each holder that has something overdue: the leads are in order already. */
export function roundsOf(overdue: readonly OverdueLead[]): { holderId: string; timeZone: string; leadIds: string[]; due: number }[] {
  return [...Map.groupBy(overdue, ({ holderId }) => holderId)].map(([holderId, leads]) => ({ holderId, timeZone: leads[0]!.timeZone, leadIds: leads.slice(0, leadsMax).map(({ leadId }) => leadId), due: leads[0]!.due }));
}

export type RoundState = 'good' | 'expired' | 'revoked';
export function roundState(round: { expiresAt: Date; revokedAt: Date | null; active: boolean }, now: Date): RoundState {
  return round.revokedAt || !round.active ? 'revoked' : now >= round.expiresAt ? 'expired' : 'good';
}
