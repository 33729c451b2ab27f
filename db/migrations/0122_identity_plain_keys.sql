-- Keys are compared, never read: byte order is several times quicker than the order of a language, in every index they stand in.
alter table identity.sighting alter column external_id type text collate "C", alter column mail_key type text collate "C",
  alter column phone type text collate "C", alter column mobile type text collate "C";
alter table identity.organization alter column external_id type text collate "C", alter column name_key type text collate "C",
  alter column domain type text collate "C";
