import { sql, type Sql } from '../platform/db/index.ts';

/** Rows of `key` (an organization's or person's id), `holder_id` and `at`: who has open business with these (expressions of uuid[]), as a later room knows it. */
export type OpenBusiness = (workspaceId: string, organizationIds: Sql, personIds: Sql) => Sql;

let known: OpenBusiness | undefined;

/** Called once, by house.ts: open opportunities are kept by a room after this one. */
export function knowOpenBusiness(given: OpenBusiness): void {
  known = given;
}
export const openBusiness: OpenBusiness = (workspaceId, organizationIds, personIds) =>
  known?.(workspaceId, organizationIds, personIds) ??
  sql`select null::uuid as key, null::uuid as holder_id, null::timestamptz as at where false`;
