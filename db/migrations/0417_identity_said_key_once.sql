-- What is said in plain letters with single spaces is as it is but for its capitals: 0.4 µs a title instead of 0.75.
create or replace function identity.said_key(said text) returns text language sql immutable parallel safe as
  $$ select case when said ~ '^[!-~]+( [!-~]+)*$' and octet_length(said) <= 200 then lower(said collate "C") collate "default"
    else left(lower(btrim(case when said ~ '\s\s|[^\S ]' then regexp_replace(said, '\s+', ' ', 'g') else said end)), 200) end $$;

-- And the views work it out once for each row, where a join would twice (to find the reading, and to see that it is the one): `offset 0` keeps
-- it by itself. Both together: a million people are read for an extract in 3.4 s of the processor instead of 4.6. Remembering the reading of
-- each title would be faster yet where few are said, and twice as slow where most people have one of their own.
create or replace view extract.organizations with (security_invoker = true) as
  select o.workspace_id, o.id, o.external_id, o.name, o.domain, o.website, o.phone, o.phone_e164, o.street, o.postal_code, o.city, o.state, o.country, o.industry, o.vertical, o.employees,
    o.annual_revenue_minor, o.is_customer, o.first_seen_at, o.last_seen_at, o.custom, o.naics, o.sic, o.parent, o.language, coalesce(rn.sector, rs.sector, ri.sector) as sector
  from identity.organization o
  cross join lateral (select identity.said_key(o.naics) as naics, identity.said_key(o.sic) as sic, identity.said_key(o.industry) as industry offset 0) said
  left join identity.reading rn on rn.workspace_id = o.workspace_id and rn.kind = 'naics' and rn.key = said.naics
  left join identity.reading rs on rs.workspace_id = o.workspace_id and rs.kind = 'sic' and rs.key = said.sic
  left join identity.reading ri on ri.workspace_id = o.workspace_id and ri.kind = 'industry' and ri.key = said.industry
  where o.survivor_id is null and o.retired_at is null;

create or replace view extract.people with (security_invoker = true) as
  select p.workspace_id, p.id, p.external_id, p.given_name, p.family_name, p.full_name, p.title, p.email, p.phone, p.phone_e164, p.mobile_e164,
    coalesce(o.survivor_id, p.organization_id) as organization_id, p.street, p.postal_code, p.city, p.state, p.country, p.language,
    p.do_not_contact, p.do_not_mail, p.do_not_call, p.unsubscribed_at, p.name_is_junk, p.sightings, p.first_seen_at, p.last_seen_at, p.custom,
    r.level as position_level, r.function as position_function
  from identity.person p
  left join identity.organization o on o.workspace_id = p.workspace_id and o.id = p.organization_id and o.survivor_id is not null
  cross join lateral (select identity.said_key(p.title) as title offset 0) said
  left join identity.reading r on r.workspace_id = p.workspace_id and r.kind = 'title' and r.key = said.title
  where p.survivor_id is null and p.retired_at is null;
