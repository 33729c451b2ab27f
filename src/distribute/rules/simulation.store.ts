import { namedByLead } from '../../identity/index.ts';
import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { OwnLeadRow } from './own-leads.queries.ts';
import type { RoutingRule } from './routing-rule.rules.ts';
import type { Simulated, SimulationResult } from './simulate.rules.ts';

export interface SimulationRow {
  id: string;
  rules: RoutingRule[];
  fromAt: Date;
  untilAt: Date;
}
const keptMax = 10;

/** Begins one; the oldest beyond the last few go. */
export async function insertSimulation(tx: Tx, one: SimulationRow & { jobId: string; madeAt: Date }): Promise<void> {
  const { workspaceId, userId } = tx.scope;
  await tx.run(sql`insert into distribute.simulation (workspace_id, id, job_id, rules, from_at, until_at, made_at, made_by)
    values (${workspaceId}, ${one.id}, ${one.jobId}, ${JSON.stringify(one.rules)}::jsonb, ${one.fromAt}, ${one.untilAt}, ${one.madeAt}, ${userId ?? null})`);
  await tx.run(sql`delete from distribute.simulation where workspace_id = ${workspaceId} and id in (select id from distribute.simulation
    where workspace_id = ${workspaceId} order by made_at desc, id desc offset ${keptMax})`);
}

export const getSimulation = (tx: Tx, id: string): Promise<SimulationRow | undefined> =>
  tx.maybe(sql`select id, rules, from_at, until_at from distribute.simulation where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);

export const clearSimulated = (tx: Tx, id: string): Promise<number> =>
  tx.run(sql`delete from distribute.simulated where workspace_id = ${tx.scope.workspaceId} and simulation_id = ${id}`);

export async function saveSimulated(tx: Tx, id: string, leads: readonly (Simulated & { was: string | null })[]): Promise<void> {
  await tx.copy(
    'distribute.simulated',
    ['workspace_id', 'simulation_id', 'lead_id', 'at', 'holder_id', 'was_holder_id', 'rule_id', 'came', 'because'],
    leads.map((one) => [tx.scope.workspaceId, id, one.leadId, new Date(one.atMs), one.holderId, one.was, one.ruleId, one.end, one.because]),
  );
}

export const saveResult = (tx: Tx, id: string, result: SimulationResult): Promise<number> =>
  tx.run(
    sql`update distribute.simulation set result = ${JSON.stringify(result)}::jsonb where workspace_id = ${tx.scope.workspaceId} and id = ${id}`,
  );

export interface PastLead extends OwnLeadRow {
  at: Date;
  closedAt: Date | null;
  /** the same moment to the last microsecond, to go on from */
  exactAt: string;
  score: number;
  language: string | null;
  ownerName: string | null;
  ownerExternalId: string | null;
  /** who worked it first in truth */
  was: string | null;
}

/** Leads as they came, a page at a time. */
export const listPast = (
  tx: Tx,
  from: Date,
  until: Date,
  after: { at: string; id: string } | undefined,
  limit: number,
): Promise<PastLead[]> =>
  tx.rows(sql`with page as materialized (
      select l.workspace_id, l.id, l.person_id, l.organization_id, l.inquiry_id, l.grade, l.score, l.country, l.state, l.postal_code, l.vertical, l.product, l.qualified_at, l.closed_at from qualify.lead l
      where l.workspace_id = ${tx.scope.workspaceId} and l.qualified_at >= ${after?.at ?? from}::timestamptz and l.qualified_at < ${until} and (l.fate is null or l.fate not in ('withdrawn', 'merged'))
        and (${after?.id ?? null}::uuid is null or (l.qualified_at, l.id) > (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
      order by l.qualified_at, l.id limit ${limit})
    select l.id as lead_id, l.person_id, coalesce(o.id, l.organization_id) as organization_id, l.inquiry_id, l.grade, l.score, l.country, l.state, l.postal_code, l.vertical, l.product, o.employees, o.annual_revenue_minor, l.qualified_at as at, l.closed_at, l.qualified_at::text as exact_at, p.language,
      i.fields->>'ownerName' as owner_name, i.fields->'custom'->>'ownerExternalId' as owner_external_id, first.holder_id as was
    from page l
    ${namedByLead(sql`l`)}
    left join capture.inquiry i on i.workspace_id = ${tx.scope.workspaceId} and i.id = l.inquiry_id
    left join lateral (select a.holder_id from distribute.assignment a where a.workspace_id = ${tx.scope.workspaceId} and a.lead_id = l.id and a.counted order by a.started_at, a.sequence limit 1) first on true
    order by l.qualified_at, l.id`);

export const countPast = async (tx: Tx, from: Date, until: Date): Promise<number> =>
  (
    await tx.one<{ n: number }>(sql`select count(*)::int as n from qualify.lead
      where workspace_id = ${tx.scope.workspaceId} and qualified_at >= ${from} and qualified_at < ${until} and (fate is null or fate not in ('withdrawn', 'merged'))`)
  ).n;

/** Who worked the last lead of each organization before. */
export const listFormer = (tx: Tx, before: Date): Promise<{ organizationId: string; holderId: string }[]> =>
  tx.rows(sql`select distinct on (1) coalesce(o.id, l.organization_id) as organization_id, a.holder_id from qualify.lead l ${namedByLead(sql`l`)}
    join distribute.assignment a on a.workspace_id = l.workspace_id and a.lead_id = l.id and a.counted and a.declined_at is null and a.started_at < ${before}
    where l.workspace_id = ${tx.scope.workspaceId} and l.organization_id is not null and l.qualified_at < ${before} order by 1, a.started_at desc`);
