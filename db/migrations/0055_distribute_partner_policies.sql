-- What a partner sees of the rooms before this one: the leads it holds or held, and the persons, organizations, inquiries, sightings
-- and facts that belong to them. Everything else stays closed. Each policy asks first, once a statement, whether a partner is
-- asking at all, so nobody else pays for it.

-- These run as the owner of the tables, whom the policies do not narrow, or they would ask each other in a circle. Each names the
-- workspace itself and answers only for the partner at hand.
create function distribute.holds_person(person uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog
  as $$
    select exists (
      select 1 from qualify.lead l
      where l.workspace_id = platform.current_workspace()
        and l.person_id in (select p.id from identity.person p where p.workspace_id = l.workspace_id and (p.id = person or p.survivor_id = person))
        and distribute.holds(l.id)
    )
  $$;
create function distribute.holds_organization(organization uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog
  as $$
    select exists (
      select 1 from distribute.assignment a
      join qualify.lead l on l.workspace_id = a.workspace_id and l.id = a.lead_id
      left join identity.person p on p.workspace_id = l.workspace_id and p.id = l.person_id
      where a.workspace_id = platform.current_workspace() and a.holder_id = platform.current_holder()
        and (l.organization_id = organization or p.organization_id = organization)
    )
  $$;
create function distribute.holds_inquiry(inquiry uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog
  as $$
    select exists (
      select 1 from qualify.lead_inquiry li
      where li.workspace_id = platform.current_workspace() and li.inquiry_id = inquiry and distribute.holds(li.lead_id)
    ) or exists (
      select 1 from qualify.lead l where l.workspace_id = platform.current_workspace() and l.inquiry_id = inquiry and distribute.holds(l.id)
    )
  $$;
grant execute on function distribute.holds_person(uuid), distribute.holds_organization(uuid), distribute.holds_inquiry(uuid) to baton_app;

drop policy if exists partner on qualify.lead;
create policy partner on qualify.lead as restrictive using ((select platform.current_holder()) is null or distribute.holds(id));
drop policy if exists partner on qualify.lead_inquiry;
create policy partner on qualify.lead_inquiry as restrictive using ((select platform.current_holder()) is null or distribute.holds(lead_id));
drop policy if exists partner on identity.person;
create policy partner on identity.person as restrictive using ((select platform.current_holder()) is null or distribute.holds_person(id));
drop policy if exists partner on identity.organization;
create policy partner on identity.organization as restrictive using ((select platform.current_holder()) is null or distribute.holds_organization(id));
drop policy if exists partner on identity.sighting;
create policy partner on identity.sighting as restrictive using ((select platform.current_holder()) is null or distribute.holds_person(person_id));
drop policy if exists partner on capture.inquiry;
create policy partner on capture.inquiry as restrictive using ((select platform.current_holder()) is null or distribute.holds_inquiry(id));
drop policy if exists partner on journal.fact;
create policy partner on journal.fact as restrictive using ((select platform.current_holder()) is null or distribute.holds_inquiry(chain_id));
