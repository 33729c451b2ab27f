import type { Context } from '../platform/context.ts';
import type { Sql, Tx } from '../platform/db/index.ts';

/** Conditions on whoever asked, as a select of the ids of such inquiries: who somebody is, a later room knows. */
export type FindByWhoAsked = (tx: Tx, cx: Context, where: string) => Promise<Sql>;

let find: FindByWhoAsked;

/** Called once by house.ts. */
export function knowWhoAsked(given: FindByWhoAsked): void {
  find = given;
}
export const inquiriesOf: FindByWhoAsked = (tx, cx, where) => find(tx, cx, where);
