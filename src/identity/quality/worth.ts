/** What people are worth, as later rooms know it: identity only asks (house.ts). */
import { join, sql, type Sql } from '../../platform/db/index.ts';

export interface PeopleWorth {
  /** select person_id, worth_minor, kind, label, chance, of_minor: a row a reason; people by any id they ever had */
  rows(workspaceId: string): Sql;
  /** select person_id, sold_minor: what was sold to them, in the workspace's currency */
  sold?(workspaceId: string): Sql;
}

const known: PeopleWorth[] = [];

/** Called once, by house.ts. */
export function knowPeopleWorth(given: readonly PeopleWorth[]): void {
  known.push(...given);
}

export const worthRows = (workspaceId: string): Sql =>
  known.length === 0
    ? sql`select null::uuid as person_id, 0::bigint as worth_minor, '' as kind, '' as label, 0.0 as chance, 0::bigint as of_minor where false`
    : join(
        known.map((one) => one.rows(workspaceId)),
        ' union all ',
      );

export const soldRows = (workspaceId: string): Sql => {
  const told = known.flatMap((one) => one.sold?.(workspaceId) ?? []);
  return told.length === 0 ? sql`select null::uuid as person_id, 0::bigint as sold_minor where false` : join(told, ' union all ');
};
