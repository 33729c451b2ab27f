import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { RoutingRule } from './routing-rule.rules.ts';

export interface RulesetRow {
  version: number;
  rules: RoutingRule[];
  note: string | null;
  changedAt: Date;
  changedBy: string | null;
  publishedAt: Date | null;
  publishedBy: string | null;
}

const columns = sql`r.version, r.rules, r.note, r.changed_at, c.name as changed_by, r.published_at, p.name as published_by
  from distribute.ruleset r left join platform.app_user c on c.workspace_id = r.workspace_id and c.id = r.changed_by
  left join platform.app_user p on p.workspace_id = r.workspace_id and p.id = r.published_by`;

/** Every version, the latest first; the draft, where there is one, is the first. */
export const listRulesets = (tx: Tx): Promise<RulesetRow[]> =>
  tx.rows(sql`select ${columns} where r.workspace_id = ${tx.scope.workspaceId} order by r.version desc limit 200`);

export const findRuleset = (tx: Tx, version: number): Promise<RulesetRow | undefined> =>
  tx.maybe(sql`select ${columns} where r.workspace_id = ${tx.scope.workspaceId} and r.version = ${version}`);

export const findRulesOf = (tx: Tx, versions: readonly number[]): Promise<{ version: number; rules: RoutingRule[] }[]> =>
  tx.rows(
    sql`select version, rules from distribute.ruleset where workspace_id = ${tx.scope.workspaceId} and version = any(${versions}::int[])`,
  );

/** The one draft is written over, or begun after the last version. */
export async function saveDraft(tx: Tx, rules: readonly RoutingRule[], note: string | null, at: Date): Promise<number> {
  const { workspaceId, userId } = tx.scope;
  const { version } = await tx.one<{
    version: number;
  }>(sql`insert into distribute.ruleset (workspace_id, version, rules, note, changed_at, changed_by)
    values (${workspaceId}, 1 + coalesce((select max(version) from distribute.ruleset where workspace_id = ${workspaceId} and published_at is not null), 0),
      ${JSON.stringify(rules)}::jsonb, ${note}, ${at}, ${userId ?? null})
    on conflict (workspace_id) where published_at is null do update set rules = excluded.rules, note = excluded.note, changed_at = excluded.changed_at, changed_by = excluded.changed_by
    returning version`);
  return version;
}

export const dropDraft = (tx: Tx): Promise<number> =>
  tx.run(sql`delete from distribute.ruleset where workspace_id = ${tx.scope.workspaceId} and published_at is null`);

export const publishDraft = (tx: Tx, note: string | null, at: Date): Promise<{ version: number } | undefined> =>
  tx.maybe(sql`update distribute.ruleset set published_at = ${at}, published_by = ${tx.scope.userId ?? null}, note = coalesce(${note}, note)
    where workspace_id = ${tx.scope.workspaceId} and published_at is null returning version`);

/** How many leads each rule gave since. */
export const countTaken = (tx: Tx, since: Date): Promise<{ ruleId: string; leads: number }[]> =>
  tx.rows(sql`select rule_id, count(distinct lead_id)::int as leads from distribute.assignment
    where workspace_id = ${tx.scope.workspaceId} and rule_id is not null and started_at >= ${since} group by 1`);

/** What rules need to know beyond the books; what nothing asks for is not read. */
export async function loadAround(
  tx: Tx,
  needs: { loads: boolean; records: boolean },
): Promise<{
  teams: { id: string; name: string; members: { holderId: string; weight: number }[] | null }[] | null;
  loads: Record<string, number> | null;
  records: { holderId: string; productKey: string; leads: number; sales: number }[] | null;
}> {
  const { workspaceId } = tx.scope;
  return tx.one(sql`select
    (select json_agg(json_build_object('id', t.id, 'name', t.name, 'members',
        (select json_agg(json_build_object('holderId', m.holder_id, 'weight', (m.weight * h.weight * h.share_part)::float8) order by m.holder_id)
          from distribute.team_holder m join distribute.holder h on h.workspace_id = m.workspace_id and h.id = m.holder_id
          where m.workspace_id = t.workspace_id and m.team_id = t.id)))
      from distribute.team t where t.workspace_id = ${workspaceId}) as teams,
    case when ${needs.loads} then (select json_object_agg(a.holder_id, a.n) from (select holder_id, count(*)::int as n from distribute.assignment
      where workspace_id = ${workspaceId} and ended_at is null group by 1) a) end as loads,
    case when ${needs.records} then (select json_agg(json_build_object('holderId', r.holder_id, 'productKey', r.product_key, 'leads', r.leads, 'sales', r.sales))
      from distribute.holder_record r where r.workspace_id = ${workspaceId}) end as records`);
}

/** What became of the leads each holder worked last, over two years. */
export async function countRecords(tx: Tx, since: Date): Promise<number> {
  const { workspaceId } = tx.scope;
  await tx.run(sql`delete from distribute.holder_record where workspace_id = ${workspaceId}`);
  return tx.run(sql`insert into distribute.holder_record (workspace_id, holder_id, product_key, leads, sales)
    select ${workspaceId}, e.holder_id, coalesce(e.product_key, ''), count(*)::int, (count(*) filter (where e.sold))::int
    from (select distinct on (l.id) a.holder_id, lower(btrim(l.product)) as product_key, l.fate = 'sold' as sold
      from qualify.lead l join distribute.assignment a on a.workspace_id = l.workspace_id and a.lead_id = l.id
      join distribute.holder h on h.workspace_id = a.workspace_id and h.id = a.holder_id and h.kind in ('rep', 'partner')
      where l.workspace_id = ${workspaceId} and l.closed_at >= ${since} and l.fate in ('sold', 'bad', 'lost') and a.declined_at is null
      order by l.id, a.sequence desc) e
    group by grouping sets ((e.holder_id), (e.holder_id, e.product_key))
    having grouping(e.product_key) = 1 or nullif(e.product_key, '') is not null`);
}
