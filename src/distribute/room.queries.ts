import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { Grade } from './route.rules.ts';

/**
 * How many leads of each grade everybody who works leads was given a week, on average over the weeks before `now`, or since they are here; but for those of one program.
 */
export const listUsual = (tx: Tx, now: Date, weeks: number, exceptProgramId: string): Promise<{ holderId: string; grade: Grade; perWeek: number }[]> =>
  tx.rows(sql`select given.holder_id, given.grade, given.n / greatest(1, least(${weeks}::float8, extract(epoch from ${now}::timestamptz - h.created_at)::float8 / 604800)) as per_week
    from (
      select a.holder_id, coalesce(a.grade, l.grade) as grade, count(*)::float8 as n
      from distribute.assignment a join qualify.lead l on l.workspace_id = a.workspace_id and l.id = a.lead_id
      where a.workspace_id = ${tx.scope.workspaceId} and a.counted and a.started_at > ${now}::timestamptz - make_interval(weeks => ${weeks}) and a.started_at <= ${now}
        and l.program_id is distinct from ${exceptProgramId}::uuid
      group by 1, 2) given
    join distribute.holder h on h.workspace_id = ${tx.scope.workspaceId} and h.id = given.holder_id
    where h.kind in ('rep', 'partner')`);
