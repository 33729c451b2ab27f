-- A row of a large import should cost few index entries. Keys compare by byte; what most rows lack is indexed only where it is; the rows of an
-- import are found by the range of ids it made, since ids follow time.
drop index capture.inquiry_import;
drop index capture.inquiry_source;
drop index capture.inquiry_program;
alter table capture.inquiry alter column receipt type text collate "C", alter column external_id type text collate "C";
alter table capture.delivery_key alter column key type text collate "C";
create index inquiry_source on capture.inquiry (workspace_id, source_id, id) where source_id is not null;
create index inquiry_program on capture.inquiry (workspace_id, program_id, id) where program_id is not null;
alter table capture.import add column first_inquiry_id uuid, add column last_inquiry_id uuid;
