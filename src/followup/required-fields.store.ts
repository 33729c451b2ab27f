import { sql, type Tx } from '../platform/db/index.ts';

type Custom = Record<string, unknown> | null;

/** Own fields of who is behind these leads: of the person, the company, and whatever any inquiry of the lead said. */
export function loadKnownOf(tx: Tx, leadIds: readonly string[]): Promise<{ leadId: string; name: string; hasOrganization: boolean; person: Custom; organization: Custom; inquiry: Custom }[]> {
  const { workspaceId } = tx.scope;
  return tx.rows(sql`
    select l.id as lead_id, coalesce(nullif(s.full_name, ''), s.email, 'This lead') as name, s.custom as person, o.id is not null as has_organization, o.custom as organization, (
      select jsonb_object_agg(c.key, c.value order by i.id) from qualify.lead_inquiry li join capture.inquiry i on i.workspace_id = ${workspaceId} and i.id = li.inquiry_id
        cross join jsonb_each(case when jsonb_typeof(i.fields->'custom') = 'object' then i.fields->'custom' else '{}' end) c
      where li.workspace_id = ${workspaceId} and li.lead_id = l.id and li.withdrawn_at is null) as inquiry
    from qualify.lead l
    join identity.person p on p.workspace_id = ${workspaceId} and p.id = l.person_id
    join identity.person s on s.workspace_id = ${workspaceId} and s.id = case when p.survivor_id is null then p.id else p.survivor_id end
    left join identity.organization g on g.workspace_id = ${workspaceId} and g.id = case when s.organization_id is null then l.organization_id else s.organization_id end
    left join identity.organization o on o.workspace_id = ${workspaceId} and o.id = case when g.survivor_id is null then g.id else g.survivor_id end
    where l.workspace_id = ${workspaceId} and l.id = any(${leadIds}::uuid[]) order by l.id`);
}
