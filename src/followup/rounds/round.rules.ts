/**
 * When holders are asked for their overdue verdicts, and what comes of saying nothing. Each week's round is more insistent about what was asked before:
 * the second says so, the last one before silence counts tells sales managers as well; and where the next would come, no answer is taken
 * as "don't know", said by the holder's silence. It runs out like any other, and the asking begins again.
 *
 *   silentAfter 3, one lead: asked on the 3rd · again on the 10th · on the 17th for the last time, managers are told · on the 24th don't know
 */
export interface RoundSettings {
  on: boolean;
  /** 1 is Monday */
  weekday: number;
  /** of the day, in the company's time zone */
  hour: number;
  afterDays: number;
  /** reps as well as partners */
  reps: boolean;
  /** so many times asked in vain is don't know; null: nobody's silence counts as a verdict */
  silentAfter: number | null;
}
export const usualRounds: RoundSettings = { on: false, weekday: 1, hour: 8, afterDays: 7, reps: false, silentAfter: 3 };

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
  /** how often it was asked for in vain before */
  asked: number;
}
interface Round {
  holderId: string;
  timeZone: string;
  leadIds: string[];
  due: number;
  /** of those, asked for before */
  again: number;
  /** of those, asked for the last time before silence counts */
  last: number;
}
/** One round for each holder that has something overdue: the leads are in order already. */
export function roundsOf(overdue: readonly OverdueLead[], silentAfter: number | null): Round[] {
  return [...Map.groupBy(overdue, ({ holderId }) => holderId)].map(([holderId, all]) => {
    const leads = all.slice(0, leadsMax);
    const count = (when: (asked: number) => boolean): number => leads.filter(({ asked }) => when(asked)).length;
    return {
      holderId,
      timeZone: leads[0]!.timeZone,
      leadIds: leads.map(({ leadId }) => leadId),
      due: leads[0]!.due,
      again: count((asked) => asked > 0),
      last: count((asked) => asked + 1 === silentAfter),
    };
  });
}

/** Asked often enough in vain: their silence is an answer. */
export const silentOf = (overdue: readonly OverdueLead[], silentAfter: number | null): OverdueLead[] => (silentAfter === null ? [] : overdue.filter(({ asked }) => asked >= silentAfter));

export type RoundState = 'good' | 'expired' | 'revoked';
export function roundState(round: { expiresAt: Date; revokedAt: Date | null; active: boolean }, now: Date): RoundState {
  return round.revokedAt || !round.active ? 'revoked' : now >= round.expiresAt ? 'expired' : 'good';
}
