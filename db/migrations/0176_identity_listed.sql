-- Those of a list in the order of their ids, page by page, however long the list.
drop index identity.sighting_listed, identity.person_imported;
create index sighting_listed on identity.sighting (workspace_id, import_id, person_id) where import_id is not null and inquiry_id is null;
create index person_imported on identity.person (workspace_id, import_id, id) where import_id is not null;
