-- Which import put an address on its list, to take it off again.
alter table identity.suppression add column import_id uuid;
create index suppression_of_import on identity.suppression (workspace_id, import_id) where import_id is not null;
