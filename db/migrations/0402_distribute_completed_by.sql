-- A rep known by name only, from a file of sales, whom a list of users told the rest of: taking that list back takes it from them again.
alter table distribute.holder add column completed_import_id uuid;
