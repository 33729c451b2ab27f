-- Whom a key leads to stands beside it: looking up the keys of an arrival, or of a row of a list, does not read the sightings themselves, which
-- lie all over the disk.
do $$
declare
  key record;
begin
  for key in select * from (values ('external_id', 'external_id'), ('mail', 'mail_key'), ('phone', 'phone'), ('mobile', 'mobile'), ('name', 'name_block'),
    ('company', 'company_block'), ('place', 'place_block'), ('local', 'local_block')) k (name, col)
  loop
    execute format('drop index identity.sighting_by_%s', key.name);
    execute format('create index sighting_by_%1$s on identity.sighting (workspace_id, %2$I) include (person_id) where %2$I is not null and withdrawn_at is null', key.name, key.col);
  end loop;
end $$;
-- Files come in as they are: the server's own packing is slow, and what can be packed well mostly arrives packed.
alter table capture.import_chunk alter column bytes set storage external;
