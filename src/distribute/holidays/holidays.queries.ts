import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Holiday } from './icalendar.rules.ts';

export interface HolidayListSeen {
  id: string;
  name: string;
  country: string | null;
  days: Holiday[];
  holders: { id: string; name: string }[];
}

export const listHolidays = (tx: Tx): Promise<HolidayListSeen[]> =>
  tx.rows(sql`select l.id, l.name, l.country, l.days, coalesce((
      select json_agg(json_build_object('id', h.id, 'name', h.name) order by lower(h.name), h.id)
      from distribute.holiday_holder x join distribute.holder h on h.workspace_id = x.workspace_id and h.id = x.holder_id
      where x.workspace_id = l.workspace_id and x.list_id = l.id), '[]') as holders
    from distribute.holiday_list l where l.workspace_id = ${tx.scope.workspaceId} order by lower(l.name), l.id`);
