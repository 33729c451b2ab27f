import { namedByLead } from '../../identity/index.ts';
import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Grade } from '../route.rules.ts';
import type { Standing } from './even-out.rules.ts';

export interface OpenLead extends Standing {
  leadId: string;
  label: string;
  holderId: string;
  territoryId: string | null;
  startedAt: Date;
  grade: Grade;
  score: number;
  personId: string | null;
  organizationId: string | null;
  country: string | null;
  state: string | null;
  postalCode: string | null;
  vertical: string | null;
  product: string | null;
  employees: number | null;
  annualRevenueMinor: number | null;
  language: string | null;
  declined: string[] | null;
  silent: string[] | null;
}

/** Every open lead of these holders, with what it has been through. */
export const loadOpenLeads = (tx: Tx, holderIds: readonly string[]): Promise<OpenLead[]> =>
  tx.rows(sql`
    with open as materialized (
      select a.* from distribute.assignment a where a.workspace_id = ${tx.scope.workspaceId} and a.holder_id = any(${holderIds}::uuid[]) and a.ended_at is null
    ), leads as materialized (
      select o.holder_id, o.id as assignment_id, l.* from open o join qualify.lead l on l.workspace_id = o.workspace_id and l.id = o.lead_id
    ), counted as (
      select l.*, count(*) over (partition by l.holder_id, l.person_id) as of_person, count(*) over (partition by l.holder_id, l.organization_id) as of_organization from leads l
    )
    select l.id as lead_id, coalesce(nullif(p.full_name, ''), p.email, 'Without a name') as label, held.holder_id, held.territory_id, held.started_at, held.accepted_at, held.first_followup_at,
      held.paused_at, held.reminded_at, held.respond_by, held.follow_by, held.passes_on, held.decided->>'rule' as dealt_by,
      (l.person_id is not null and l.of_person > 1) or (l.organization_id is not null and l.of_organization > 1) as is_one_of_several,
      l.grade, l.score, l.person_id, coalesce(o.id, l.organization_id) as organization_id, l.country, l.state, l.postal_code, l.vertical, l.product, o.employees, o.annual_revenue_minor, p.language, past.declined, past.silent
    from counted l
    join open held on held.id = l.assignment_id
    ${namedByLead(sql`l`)}
    left join lateral (
      select array_agg(a.holder_id) filter (where a.declined_at is not null) as declined, array_agg(a.holder_id) filter (where a.end_reason = 'redirected') as silent
      from distribute.assignment a where a.workspace_id = l.workspace_id and a.lead_id = l.id
    ) past on true
    order by l.id`);

export const findTeam = (tx: Tx, id: string): Promise<{ name: string; holders: { holderId: string; weight: number }[] | null } | undefined> =>
  tx.maybe(sql`select t.name, (select json_agg(json_build_object('holderId', m.holder_id, 'weight', (m.weight * h.weight * h.share_part)::float8) order by m.holder_id)
      from distribute.team_holder m join distribute.holder h on h.workspace_id = m.workspace_id and h.id = m.holder_id
      where m.workspace_id = t.workspace_id and m.team_id = t.id) as holders
    from distribute.team t where t.workspace_id = ${tx.scope.workspaceId} and t.id = ${id}`);
