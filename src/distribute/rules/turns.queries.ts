import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Grade } from '../route.rules.ts';

export interface TurnAccount {
  accountId: string;
  kind: 'territory' | 'team' | 'rule';
  name: string;
  grade: Grade;
  /** leads of this grade that were given and not given back */
  leads: number;
  holders: { holderId: string; name: string; active: boolean; received: number; entitled: number; owed: number; givenBack: number }[];
}

/** Every account of turns in which something was dealt, as it stands: the most leads first. What a territory, team or rule that is gone dealt is left out. */
export const listTurns = (tx: Tx): Promise<TurnAccount[]> =>
  tx.rows(sql`
    with named as (
      select id, 'territory' as kind, name from distribute.territory where workspace_id = ${tx.scope.workspaceId} and active
      union all select id, 'team', name from distribute.team where workspace_id = ${tx.scope.workspaceId}
      union all select (r.value ->> 'id')::uuid, 'rule', r.value ->> 'name' from (
        select rules from distribute.ruleset where workspace_id = ${tx.scope.workspaceId} and published_at is not null order by version desc limit 1) f
        cross join lateral jsonb_array_elements(f.rules) r
    ), back as (
      select account_id, grade, holder_id, count(*)::int as n from distribute.credit_back where workspace_id = ${tx.scope.workspaceId} and taken_at is null group by 1, 2, 3
    )
    select b.territory_id as account_id, n.kind, n.name, b.grade, sum(b.received)::int as leads,
      json_agg(json_build_object('holderId', h.id, 'name', h.name, 'active', h.active, 'received', b.received, 'entitled', round(b.entitled::numeric, 2)::float8,
        'owed', round((b.entitled - b.received)::numeric, 2)::float8, 'givenBack', coalesce(back.n, 0)) order by lower(h.name), h.id) as holders
    from distribute.balance b join named n on n.id = b.territory_id
    join distribute.holder h on h.workspace_id = b.workspace_id and h.id = b.holder_id
    left join back on back.account_id = b.territory_id and back.grade = b.grade and back.holder_id = b.holder_id
    where b.workspace_id = ${tx.scope.workspaceId} and (b.received <> 0 or abs(b.entitled - b.received) >= 0.005)
    group by b.territory_id, n.kind, n.name, b.grade
    order by max(sum(b.received)) over (partition by b.territory_id) desc, n.name, b.territory_id, case b.grade when 'hot' then 1 when 'warm' then 2 else 3 end`);
