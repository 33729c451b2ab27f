-- What is worth buying about a company, beside what arrivals say: codes of its business, what it belongs to, the language it is written to in.
-- The parent stays as it was said (a name or a domain) and is looked up where it is shown: it need not be known, and may be merged or parted.
alter table identity.organization
  add column naics text,
  add column sic text,
  add column parent text,
  add column language text;

create or replace view extract.organizations with (security_invoker = true) as
  select workspace_id, id, external_id, name, domain, website, phone, phone_e164, street, postal_code, city, state, country, industry, vertical, employees,
    annual_revenue_minor, is_customer, first_seen_at, last_seen_at, custom, naics, sic, parent, language
  from identity.organization where survivor_id is null and retired_at is null;

grant select (naics, sic, parent, language) on identity.organization to baton_reader;
