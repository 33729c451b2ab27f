import { namedByLead } from '../../identity/index.ts';
import { sql } from '../../platform/db/index.ts';
import type { Sql, Tx } from '../../platform/db/index.ts';
import { toldApart } from '../../distribute/index.ts';
import type { ForeseenLead, TerritoryRules } from '../../distribute/index.ts';
import type { PastProgram, Planned } from './expected.rules.ts';

type PlannedRow = Planned & { name: string };

export const findPlanned = (tx: Tx, id: string): Promise<PlannedRow | undefined> =>
  tx.maybe(sql`select id, name, channel, starts_on, ends_on, goal_leads, goal_inquiries from capture.program
    where workspace_id = ${tx.scope.workspaceId} and id = ${id} and status <> 'withdrawn'`);

/** Programs of these years that something came of, and this one, with what came by day. */
export const listPastPrograms = (tx: Tx, id: string, sinceOn: string): Promise<PastProgram[]> =>
  tx.rows(sql`select p.id, p.name, p.channel, p.starts_on, p.ends_on, came.days from capture.program p
    join (select d.program_id, json_agg(json_build_object('on', d.on_date, 'inquiries', d.inquiries, 'leads', d.leads) order by d.on_date) as days
      from (select program_id, on_date, sum(inquiries)::int as inquiries, sum(leads)::int as leads from report.arrival_cell
        where workspace_id = ${tx.scope.workspaceId} and grain = 'd' and on_date >= ${sinceOn}::date and program_id is not null and state not in ('withdrawn', 'merged') group by 1, 2) d
      group by 1) came on came.program_id = p.id
    where p.workspace_id = ${tx.scope.workspaceId} and (p.status not in ('planned', 'withdrawn') or p.id = ${id})`);

/** `rows`: a select of lead_id. */
const leadsOf = (tx: Tx, rows: Sql): Promise<ForeseenLead[]> =>
  tx.rows(sql`select l.id as lead_id, l.person_id, coalesce(o.id, l.organization_id) as organization_id, l.inquiry_id, l.grade, l.country, l.state, l.postal_code, l.vertical, l.product, o.employees, o.annual_revenue_minor, p.language
    from (${rows}) r join qualify.lead l on l.workspace_id = ${tx.scope.workspaceId} and l.id = r.lead_id
    ${namedByLead(sql`l`)}`);

/** The latest leads of each of these programs. */
export const listLeadsLike = (tx: Tx, programIds: readonly string[], ofEach: number): Promise<ForeseenLead[]> =>
  leadsOf(
    tx,
    sql`select own.lead_id from unnest(${programIds}::uuid[]) as g (id) cross join lateral (select x.lead_id from report.lead_row x
      where x.workspace_id = ${tx.scope.workspaceId} and x.program_id = g.id and x.counted order by x.qualified_at desc, x.lead_id desc limit ${ofEach}) own`,
  );

/** The latest leads there are. */
export const listLatestLeads = (tx: Tx, limit: number): Promise<ForeseenLead[]> =>
  leadsOf(tx, sql`select lead_id from report.lead_row where workspace_id = ${tx.scope.workspaceId} and counted order by qualified_at desc, lead_id desc limit ${limit}`);

interface AudiencePlace {
  country: string | null;
  state: string | null;
  postalCode: string | null;
  vertical: string | null;
  product: string | null;
  organizationId: string | null;
  employees: number | null;
  annualRevenueMinor: number | null;
  language: string | null;
  members: number;
}

/** Where the members of a segment are, the places with most of them first; told apart as far as the rules of territories do. */
export const listAudience = (tx: Tx, { subject, ids }: { subject: 'person' | 'organization'; ids: Sql }, rules: readonly TerritoryRules[], limit: number): Promise<AudiencePlace[]> => {
  const { workspaceId } = tx.scope;
  return tx.rows(
    subject === 'person'
      ? sql`select coalesce(p.country, o.country) as country, coalesce(p.state, o.state) as state, coalesce(p.postal_code, o.postal_code) as postal_code, o.vertical, ${toldApart(rules, sql`o.id`)}, p.language, count(*)::int as members
          from identity.person p left join identity.organization o on o.workspace_id = p.workspace_id and o.id = p.organization_id
          where p.workspace_id = ${workspaceId} and p.id in (${ids}) group by 1, 2, 3, 4, 5, 6, 7, 8, 9 order by members desc, 1, 2, 3, 4, 5, 6, 7, 9 limit ${limit}`
      : sql`select o.country, o.state, o.postal_code, o.vertical, ${toldApart(rules, sql`o.id`)}, null as language, count(*)::int as members
          from identity.organization o where o.workspace_id = ${workspaceId} and o.id in (${ids}) group by 1, 2, 3, 4, 5, 6, 7, 8 order by members desc, 1, 2, 3, 4, 5, 6, 7 limit ${limit}`,
  );
};
