import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';

/** Hears of open leads, by their ids, of which more or something else is known than before. */
export type HearRefreshed = (tx: Tx, cx: Context, leadIds: readonly string[]) => Promise<void>;

let hears: HearRefreshed = () => Promise.resolve();

/** Called once, by house.ts: who waits for what a lead lacks is a room after this one. */
export function tellRefreshed(given: HearRefreshed): void {
  hears = given;
}
export const refreshed: HearRefreshed = (tx, cx, leadIds) => hears(tx, cx, leadIds);
