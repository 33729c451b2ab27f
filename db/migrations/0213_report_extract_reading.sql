-- What positions and businesses say, for a warehouse: beside the words, never instead of them.
create or replace view extract.organizations with (security_invoker = true) as
  select o.workspace_id, o.id, o.external_id, o.name, o.domain, o.website, o.phone, o.phone_e164, o.street, o.postal_code, o.city, o.state, o.country, o.industry, o.vertical, o.employees,
    o.annual_revenue_minor, o.is_customer, o.first_seen_at, o.last_seen_at, o.custom, o.naics, o.sic, o.parent, o.language, coalesce(rn.sector, rs.sector, ri.sector) as sector
  from identity.organization o
  left join identity.reading rn on rn.workspace_id = o.workspace_id and rn.kind = 'naics' and rn.key = identity.said_key(o.naics)
  left join identity.reading rs on rs.workspace_id = o.workspace_id and rs.kind = 'sic' and rs.key = identity.said_key(o.sic)
  left join identity.reading ri on ri.workspace_id = o.workspace_id and ri.kind = 'industry' and ri.key = identity.said_key(o.industry)
  where o.survivor_id is null and o.retired_at is null;

create or replace view extract.people with (security_invoker = true) as
  select p.workspace_id, p.id, p.external_id, p.given_name, p.family_name, p.full_name, p.title, p.email, p.phone, p.phone_e164, p.mobile_e164,
    coalesce(o.survivor_id, p.organization_id) as organization_id, p.street, p.postal_code, p.city, p.state, p.country, p.language,
    p.do_not_contact, p.do_not_mail, p.do_not_call, p.unsubscribed_at, p.name_is_junk, p.sightings, p.first_seen_at, p.last_seen_at, p.custom,
    r.level as position_level, r.function as position_function
  from identity.person p
  left join identity.organization o on o.workspace_id = p.workspace_id and o.id = p.organization_id and o.survivor_id is not null
  left join identity.reading r on r.workspace_id = p.workspace_id and r.kind = 'title' and r.key = identity.said_key(p.title)
  where p.survivor_id is null and p.retired_at is null;

grant select (workspace_id, kind, key, level, function, sector) on identity.reading to baton_reader;
