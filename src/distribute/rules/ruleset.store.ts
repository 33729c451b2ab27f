import { sql } from '../../platform/db/index.ts';
import type { Sql, Tx } from '../../platform/db/index.ts';
import { acceptKept, promiseDue } from '../promise-kept.queries.ts';
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

interface RecordRow {
  holderId: string;
  /** '': all of them, and how the holder kept its promises */
  productKey: string;
  leads: number;
  sales: number;
  clocks: number;
  inTime: number;
  verdicts: number;
  told: number;
}

/** What rules need to know beyond the books; what nothing asks for is not read. */
export async function loadAround(
  tx: Tx,
  needs: { loads: boolean; records: boolean },
): Promise<{
  teams: { id: string; name: string; members: { holderId: string; weight: number }[] | null }[] | null;
  loads: Record<string, number> | null;
  records: RecordRow[] | null;
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
    case when ${needs.records} then (select json_agg(json_build_object('holderId', r.holder_id, 'productKey', r.product_key, 'leads', r.leads, 'sales', r.sales,
        'clocks', r.clocks, 'inTime', r.in_time, 'verdicts', r.verdicts, 'told', r.told))
      from distribute.holder_record r where r.workspace_id = ${workspaceId}) end as records`);
}

/**
 * What became of the leads each holder worked last, closed since `given.ended`, and how it kept what was promised of those it was given since
 * `given.promised`: answer and first contact, and the verdict where one was agreed. Whose lead was taken before a clock ended owes nothing by it.
 */
export async function countRecords(tx: Tx, given: { ended: Date; promised: Date; now: Date }): Promise<number> {
  const { workspaceId } = tx.scope;
  const { now } = given;
  const broken = (clock: string): Sql => sql`exists (select from distribute.breach b where b.workspace_id = a.workspace_id and b.assignment_id = a.id and b.clock = ${clock})`;
  const contacted = sql`a.follow_by is not null and (a.first_followup_at is not null or ${promiseDue(sql`a.follow_by`, now)})`;
  const judged = sql`a.judge_by is not null and (a.end_reason in ('bad', 'sold', 'nurtured') or ${promiseDue(sql`a.judge_by`, now)})`;
  await tx.run(sql`delete from distribute.holder_record where workspace_id = ${workspaceId}`);
  return tx.run(sql`insert into distribute.holder_record (workspace_id, holder_id, product_key, leads, sales, clocks, in_time, verdicts, told)
    select ${workspaceId}, coalesce(r.holder_id, k.holder_id), coalesce(r.product_key, ''), coalesce(r.leads, 0), coalesce(r.sales, 0), coalesce(k.clocks, 0), coalesce(k.in_time, 0),
      coalesce(k.verdicts, 0), coalesce(k.told, 0)
    from (
    select e.holder_id, coalesce(e.product_key, '') as product_key, count(*)::int as leads, (count(*) filter (where e.sold))::int as sales
    from (select distinct on (l.id) a.holder_id, lower(btrim(l.product)) as product_key, l.fate = 'sold' as sold
      from qualify.lead l join distribute.assignment a on a.workspace_id = l.workspace_id and a.lead_id = l.id
      join distribute.holder h on h.workspace_id = a.workspace_id and h.id = a.holder_id and h.kind in ('rep', 'partner')
      where l.workspace_id = ${workspaceId} and l.closed_at >= ${given.ended} and l.fate in ('sold', 'bad', 'lost') and a.declined_at is null
      order by l.id, a.sequence desc) e
    group by grouping sets ((e.holder_id), (e.holder_id, e.product_key))
    having grouping(e.product_key) = 1 or nullif(e.product_key, '') is not null) r
    full join (
      select a.holder_id, '' as product_key, (count(*) filter (where kept.answer is not null) + count(*) filter (where kept.contact is not null))::int as clocks,
        (count(*) filter (where kept.answer) + count(*) filter (where kept.contact))::int as in_time,
        (count(*) filter (where kept.verdict is not null))::int as verdicts, (count(*) filter (where kept.verdict))::int as told
      from distribute.assignment a join distribute.holder h on h.workspace_id = a.workspace_id and h.id = a.holder_id and h.kind in ('rep', 'partner')
      cross join lateral (select ${acceptKept(now)} as answer, case when ${contacted} then not ${broken('contact')} end as contact, case when ${judged} then not ${broken('verdict')} end as verdict) kept
      where a.workspace_id = ${workspaceId} and a.started_at >= ${given.promised} and a.why <> 'restored'
      group by 1
    ) k on k.holder_id = r.holder_id and k.product_key = r.product_key`);
}
