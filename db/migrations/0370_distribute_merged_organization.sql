-- A partner sees the organization behind a lead of its own, also where the person or the organization was merged into another since.
create or replace function distribute.holds_organization(organization uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog
  as $$
    with same as (
      select array(select o.id from identity.organization o where o.workspace_id = platform.current_workspace() and (o.id = organization or o.survivor_id = organization)) as ids
    )
    select exists (
      select 1 from distribute.assignment a
      join qualify.lead l on l.workspace_id = a.workspace_id and l.id = a.lead_id
      left join identity.person p on p.workspace_id = l.workspace_id and p.id = l.person_id
      left join identity.person s on s.workspace_id = p.workspace_id and s.id = p.survivor_id
      cross join same
      where a.workspace_id = platform.current_workspace() and a.holder_id = platform.current_holder()
        and (l.organization_id = any(same.ids) or p.organization_id = any(same.ids) or s.organization_id = any(same.ids))
    )
  $$;
