-- What was done about leads before, or elsewhere, comes in by lists: each knows its list, and its own number there.
alter table followup.activity add column import_id uuid, add column reference text;
create index activity_imported on followup.activity (workspace_id, import_id, id) where import_id is not null;
create unique index activity_reference on followup.activity (workspace_id, reference) where reference is not null;
