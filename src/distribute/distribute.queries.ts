import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { Running } from './clocks.rules.ts';
import type { HolderRow } from './holders.store.ts';
import type { Decided, Grade } from './route.rules.ts';

export interface HolderSeen extends HolderRow {
  openLeads: number;
  unanswered: number;
  lastWeek: number;
  lastWeekByGrade: Record<Grade, number>;
  absences: { id: string; holderId: string; startsOn: string; endsOn: string; note: string | null; catchUp: boolean }[];
  holidays: { id: string; name: string }[];
  territories: { id: string; name: string; weight: number }[];
}

export async function listHolders(
  tx: Tx,
  now: Date,
  given: { id?: string; kind?: string | undefined; active?: boolean | undefined },
): Promise<HolderSeen[]> {
  return tx.rows<HolderSeen>(sql`
    select h.id, h.kind, h.name, h.email, h.phone, h.user_id, h.external_id, h.country, h.postal_code, h.capacity_per_week, h.capacity_by_grade, h.open_most, h.weight, h.calendar, h.time_zone, h.languages,
      h.verticals, h.tier, h.product_lines, h.certificates, h.active, coalesce(load.open_leads, 0)::int as open_leads, coalesce(load.unanswered, 0)::int as unanswered, coalesce(week.n, 0)::int as last_week,
      json_build_object('hot', coalesce(week.hot, 0), 'warm', coalesce(week.warm, 0), 'cold', coalesce(week.cold, 0)) as last_week_by_grade,
      coalesce((select json_agg(json_build_object('id', a.id, 'holderId', a.holder_id, 'startsOn', a.starts_on, 'endsOn', a.ends_on, 'note', a.note, 'catchUp', a.catch_up) order by a.starts_on)
        from distribute.absence a where a.workspace_id = h.workspace_id and a.holder_id = h.id and a.ends_on >= ${now}::timestamptz::date - 30), '[]') as absences,
      coalesce((select json_agg(json_build_object('id', l.id, 'name', l.name) order by lower(l.name))
        from distribute.holiday_holder x join distribute.holiday_list l on l.workspace_id = x.workspace_id and l.id = x.list_id
        where x.workspace_id = h.workspace_id and x.holder_id = h.id), '[]') as holidays,
      coalesce((select json_agg(json_build_object('id', t.id, 'name', t.name, 'weight', th.weight::float8) order by t.position)
        from distribute.territory_holder th join distribute.territory t on t.workspace_id = th.workspace_id and t.id = th.territory_id
        where th.workspace_id = h.workspace_id and th.holder_id = h.id), '[]') as territories
    from distribute.holder h
    left join (
      select holder_id, count(*) as open_leads, count(*) filter (where accepted_at is null) as unanswered from distribute.assignment
      where workspace_id = ${tx.scope.workspaceId} and ended_at is null group by 1
    ) load on load.holder_id = h.id
    left join (
      select given.holder_id, count(*) as n, count(*) filter (where given.grade = 'hot') as hot, count(*) filter (where given.grade = 'warm') as warm,
        count(*) filter (where given.grade = 'cold') as cold
      from (select a.holder_id, coalesce(a.grade, (select l.grade from qualify.lead l where l.workspace_id = a.workspace_id and l.id = a.lead_id)) as grade
        from distribute.assignment a where a.workspace_id = ${tx.scope.workspaceId} and a.counted and a.started_at > ${now}::timestamptz - interval '7 days') given
      group by 1
    ) week on week.holder_id = h.id
    where h.workspace_id = ${tx.scope.workspaceId} and (${given.id ?? null}::uuid is null or h.id = ${given.id ?? null})
      and (${given.kind ?? null}::text is null or h.kind = ${given.kind ?? null}) and (${given.active ?? null}::boolean is null or h.active = ${given.active ?? null})
      -- Who only an undone import knew, and holds nothing, is found by id alone.
      and (${given.id ?? null}::uuid is not null or h.active or h.import_id is null or load.open_leads > 0
        or not exists (select from capture.import m where m.workspace_id = h.workspace_id and m.id = h.import_id and m.status = 'undone'))
    order by array_position(array['rep', 'partner', 'desk', 'nurture'], h.kind), lower(h.name), h.id`);
}

export interface PathStep extends Running {
  id: string;
  leadId: string;
  sequence: number;
  holderId: string;
  holderName: string;
  holderKind: HolderRow['kind'];
  territoryId: string | null;
  territoryName: string | null;
  remindedAt: Date | null;
  declineReason: string | null;
  pauseReason: string | null;
  endReason: string | null;
  clockAt: Date | null;
  /** the version of the agreement in force when it was given */
  agreedVersion: number | null;
  reasons: {
    because?: { label: string; detail: string }[];
    passedOver?: { holderId: string; name: string; because: string; detail: string }[];
  };
  decided: (Decided & { credits?: number[] }) | null;
  poolHolders: string[] | null;
  poolShares: number[] | null;
  names: Record<string, string> | null;
  /** since when the turn is given back, as the lead was none, and why */
  creditBackAt: Date | null;
  creditBackReason: string | null;
}

export async function listPath(tx: Tx, leadId: string): Promise<PathStep[]> {
  return tx.rows<PathStep>(sql`
    select a.id, a.lead_id, a.sequence, a.holder_id, h.name as holder_name, h.kind as holder_kind, a.territory_id, t.name as territory_name, a.why, a.started_at,
      a.respond_by, a.follow_by, a.tries_by, a.tries_owed, a.judge_by, a.remind_at, a.tries_remind_at, a.judge_remind_at, a.paused_at, a.paused_until, a.pause_reason, a.reminded_at, a.accepted_at, a.declined_at, a.decline_reason, a.first_followup_at, a.ended_at, a.end_reason, a.clock_at, a.reasons, a.decided,
      agreed.version as agreed_version,
      array(select b.clock from distribute.breach b where b.workspace_id = a.workspace_id and b.assignment_id = a.id) as broken,
      p.holders as pool_holders, p.shares as pool_shares,
      (select json_object_agg(x.id, x.name) from distribute.holder x where x.workspace_id = a.workspace_id
        and x.id = any(p.holders)) as names,
      c.given_at as credit_back_at, c.reason as credit_back_reason
    from distribute.assignment a
    join distribute.holder h on h.workspace_id = a.workspace_id and h.id = a.holder_id
    left join lateral (select g.version from qualify.agreement g
      where g.workspace_id = a.workspace_id and g.from_at <= a.started_at order by g.from_at desc, g.version desc limit 1) agreed on true
    left join distribute.territory t on t.workspace_id = a.workspace_id and t.id = a.territory_id
    left join distribute.turn_pool p on p.workspace_id = a.workspace_id and p.id = (a.decided ->> 'pool')::uuid
    left join distribute.credit_back c on c.workspace_id = a.workspace_id and c.assignment_id = a.id and c.taken_at is null
    where a.workspace_id = ${tx.scope.workspaceId} and a.lead_id = ${leadId} order by a.sequence, a.started_at`);
}
