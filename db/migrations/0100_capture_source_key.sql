-- A public key by which a website or a partner posts inquiries of one source, and of nothing else.
alter table capture.source add column write_key text collate "C";
create unique index source_write_key on capture.source (workspace_id, write_key) where write_key is not null;
