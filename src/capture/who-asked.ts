import type { Context } from '../platform/context.ts';
import type { Sql, Tx } from '../platform/db/index.ts';

/** Whoever asked: conditions, and the organization they are from. */
interface WhoAsked {
  where?: string | undefined;
  organizationId?: string | undefined;
}
/** Selects of the ids of such inquiries, one for each thing asked: who somebody is, a later room knows. */
export type FindByWhoAsked = (tx: Tx, cx: Context, asked: WhoAsked) => Promise<Sql[]>;

let find: FindByWhoAsked;

/** Called once by house.ts. */
export function knowWhoAsked(given: FindByWhoAsked): void {
  find = given;
}
export const inquiriesOf: FindByWhoAsked = (tx, cx, asked) => find(tx, cx, asked);
