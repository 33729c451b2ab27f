-- With the workspace in front like everywhere: on a table without statistics yet the planner cannot tell one column from another, and
-- took the primary key's workspace for the better way in.
drop index identity.sighting_by_name;
drop index identity.sighting_by_company;
drop index identity.sighting_by_place;
drop index identity.sighting_by_local;
create index sighting_by_name on identity.sighting (workspace_id, name_block) where name_block is not null;
create index sighting_by_company on identity.sighting (workspace_id, company_block) where company_block is not null;
create index sighting_by_place on identity.sighting (workspace_id, place_block) where place_block is not null;
create index sighting_by_local on identity.sighting (workspace_id, local_block) where local_block is not null;
-- Only lists of people are taken back by their import; inquiries are taken back one by one.
drop index identity.sighting_imported;
create index sighting_listed on identity.sighting (workspace_id, import_id) where import_id is not null and inquiry_id is null;
-- The mail of a person is looked for among all sightings, not here.
drop index identity.person_by_mail;
