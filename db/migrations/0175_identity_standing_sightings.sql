-- Withdrawn sightings find nobody, so they need not be in the indexes that arrivals are recognised by: taking a list back wrote each of
-- them eight times anew. The same for retired organizations.
drop index identity.sighting_by_company, identity.sighting_by_external_id, identity.sighting_by_local, identity.sighting_by_mail,
  identity.sighting_by_mobile, identity.sighting_by_name, identity.sighting_by_phone, identity.sighting_by_place;
create index sighting_by_company on identity.sighting (workspace_id, company_block) where company_block is not null and withdrawn_at is null;
create index sighting_by_external_id on identity.sighting (workspace_id, external_id) where external_id is not null and withdrawn_at is null;
create index sighting_by_local on identity.sighting (workspace_id, local_block) where local_block is not null and withdrawn_at is null;
create index sighting_by_mail on identity.sighting (workspace_id, mail_key) where mail_key is not null and withdrawn_at is null;
create index sighting_by_mobile on identity.sighting (workspace_id, mobile) where mobile is not null and withdrawn_at is null;
create index sighting_by_name on identity.sighting (workspace_id, name_block) where name_block is not null and withdrawn_at is null;
create index sighting_by_phone on identity.sighting (workspace_id, phone) where phone is not null and withdrawn_at is null;
create index sighting_by_place on identity.sighting (workspace_id, place_block) where place_block is not null and withdrawn_at is null;

drop index identity.organization_by_domain, identity.organization_by_external_id, identity.organization_by_name;
create index organization_by_domain on identity.organization (workspace_id, domain) where domain is not null and retired_at is null;
create index organization_by_external_id on identity.organization (workspace_id, external_id) where external_id is not null and retired_at is null;
create index organization_by_name on identity.organization (workspace_id, name_key) where retired_at is null;
