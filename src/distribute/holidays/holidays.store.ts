import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Holiday } from './icalendar.rules.ts';

export const saveHolidayList = (tx: Tx, one: { id: string; name: string; country: string | null; days: readonly Holiday[] }): Promise<number> =>
  tx.run(sql`insert into distribute.holiday_list (workspace_id, id, name, country, days)
    values (${tx.scope.workspaceId}, ${one.id}, ${one.name}, ${one.country}, ${JSON.stringify(one.days)}::jsonb)
    on conflict (workspace_id, id) do update set name = excluded.name, country = excluded.country, days = excluded.days`);

/** Exactly these have the list, whoever had it before. The desk, too: its hours are the company's. */
export async function saveHolidayHolders(tx: Tx, listId: string, holderIds: readonly string[]): Promise<void> {
  await tx.run(sql`delete from distribute.holiday_holder where workspace_id = ${tx.scope.workspaceId} and list_id = ${listId}`);
  await tx.run(sql`insert into distribute.holiday_holder (workspace_id, holder_id, list_id)
    select h.workspace_id, h.id, ${listId} from distribute.holder h
    where h.workspace_id = ${tx.scope.workspaceId} and h.id = any(${holderIds}::uuid[]) and h.kind <> 'nurture'`);
}

export const removeHolidayList = (tx: Tx, id: string): Promise<number> =>
  tx.run(sql`delete from distribute.holiday_list where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);

/** The days of all their lists, written into the rows of these holders. */
export const spreadHolidays = (tx: Tx, holderIds: readonly string[]): Promise<number> =>
  tx.run(sql`update distribute.holder h set public_holidays = coalesce((
      select array_agg(distinct (d.day->>'on')::date order by (d.day->>'on')::date)
      from distribute.holiday_holder x
      join distribute.holiday_list l on l.workspace_id = x.workspace_id and l.id = x.list_id
      cross join lateral jsonb_array_elements(l.days) as d (day)
      where x.workspace_id = h.workspace_id and x.holder_id = h.id), '{}')
    where h.workspace_id = ${tx.scope.workspaceId} and h.id = any(${holderIds}::uuid[])`);
