-- Where postcodes lie, from lists the company brought; of one code in several lists the newest counts (ids of imports are in order of time).
-- `code` as codes are compared: capitals and digits.
create table distribute.postcode (
  workspace_id uuid not null references platform.workspace(id),
  country text not null,
  code text not null,
  import_id uuid not null,
  name text,
  state text,
  county text,
  lat double precision not null check (lat between -90 and 90),
  lon double precision not null check (lon between -180 and 180),
  primary key (workspace_id, country, code, import_id)
);
select platform.guard('distribute.postcode', partner => 'none');
create index postcode_import on distribute.postcode (workspace_id, import_id);
