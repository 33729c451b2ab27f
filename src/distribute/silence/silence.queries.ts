import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { silenceDays } from './silence.rules.ts';

export interface HeardOf {
  holderId: string;
  silent: number;
  offered: number;
  liftedUntil: string | null;
  measuredAt: Date | null;
}
/** How often each partner was silent of late. What still may be answered, was withdrawn or given back counts for neither side. */
export const countSilence = (tx: Tx, now: Date): Promise<HeardOf[]> =>
  tx.rows(sql`
    select h.id as holder_id, count(a.id) filter (where a.end_reason = 'redirected')::int as silent, count(a.id)::int as offered, to_char(c.lifted_until, 'YYYY-MM-DD') as lifted_until, c.measured_at
    from distribute.holder h
    left join distribute.assignment a on a.workspace_id = h.workspace_id and a.holder_id = h.id and a.started_at > ${now}::timestamptz - make_interval(days => ${silenceDays}::int)
      and a.why <> 'restored' and a.end_reason is distinct from 'withdrawn' and (a.accepted_at is not null or a.ended_at is not null or a.respond_by <= ${now})
    left join distribute.share_cut c on c.workspace_id = h.workspace_id and c.holder_id = h.id
    where h.workspace_id = ${tx.scope.workspaceId} and h.kind = 'partner'
    group by h.id, c.lifted_until, c.measured_at`);

/** Any partner measured so lately that nobody need look again. */
export const measuredSince = async (tx: Tx, since: Date): Promise<boolean> =>
  (await tx.one<{ any: boolean }>(sql`select exists (select from distribute.share_cut where workspace_id = ${tx.scope.workspaceId} and measured_at > ${since}) as "any"`)).any;

export const dayOfCompany = async (tx: Tx, now: Date): Promise<string> =>
  (await tx.one<{ day: string }>(sql`select to_char(${now}::timestamptz at time zone time_zone, 'YYYY-MM-DD') as day from platform.workspace where id = ${tx.scope.workspaceId}`)).day;

export interface CutSeen {
  holderId: string;
  holderName: string;
  part: number;
  silent: number;
  offered: number;
  since: Date;
  contestedAt: Date | null;
  contestNote: string | null;
  liftedUntil: string | null;
  partToday: number;
}
export const listCuts = (tx: Tx, holderId: string | null): Promise<CutSeen[]> =>
  tx.rows(sql`
    select c.holder_id, h.name as holder_name, c.part::float8 as part, c.silent, c.offered, c.since, c.contested_at, c.contest_note, to_char(c.lifted_until, 'YYYY-MM-DD') as lifted_until, h.share_part::float8 as part_today
    from distribute.share_cut c join distribute.holder h on h.workspace_id = c.workspace_id and h.id = c.holder_id
    where c.workspace_id = ${tx.scope.workspaceId} and (${holderId}::uuid is null or c.holder_id = ${holderId}) and (c.part < 1 or ${holderId}::uuid is not null)
    order by c.part, lower(h.name)`);

export const findSalesManagers = (tx: Tx): Promise<{ email: string; name: string }[]> =>
  tx.rows(sql`select email, name from platform.app_user where workspace_id = ${tx.scope.workspaceId} and 'sales_manager' = any(roles) and status = 'active' and email is not null order by lower(name) limit 20`);
