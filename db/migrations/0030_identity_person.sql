create schema identity;
grant usage on schema identity to baton_app;
create extension if not exists pg_trgm;

-- The tables that every import fills by the hundred thousand carry no foreign keys: a check per row costs more than the row. The
-- workspace is enforced by row-level security, the rest by the single writer of each table (and by `baton verify`).

create table identity.organization (
  workspace_id uuid not null,
  id uuid not null,
  survivor_id uuid,
  external_id text,
  name text not null,
  name_key text not null,
  domain text,
  website text,
  phone text,
  phone_e164 text,
  street text,
  postal_code text,
  city text,
  state text,
  country char(2),
  industry text,
  vertical text,
  employees integer,
  annual_revenue_minor bigint,
  is_customer boolean not null default false,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  import_id uuid,
  retired_at timestamptz,
  custom jsonb,
  -- what the row said before it became the survivor of a merge; null while nothing is merged into it
  own jsonb,
  primary key (workspace_id, id)
);
create index organization_by_domain on identity.organization (workspace_id, domain) where domain is not null;
create index organization_by_name on identity.organization (workspace_id, name_key);
create index organization_listed on identity.organization (workspace_id, last_seen_at desc, id desc) where survivor_id is null and retired_at is null;
create index organization_merged on identity.organization (workspace_id, survivor_id) where survivor_id is not null;
create index organization_by_external_id on identity.organization (workspace_id, external_id) where external_id is not null;
create index organization_imported on identity.organization (workspace_id, import_id) where import_id is not null;
select platform.guard('identity.organization', partner => 'none');

create table identity.person (
  workspace_id uuid not null,
  id uuid not null,
  -- set when merged: always the last survivor of the chain, so that one step resolves any old id
  survivor_id uuid,
  external_id text,
  given_name text,
  family_name text,
  full_name text,
  title text,
  email text,
  email_key text,
  phone text,
  phone_e164 text,
  mobile_e164 text,
  organization_id uuid,
  street text,
  postal_code text,
  city text,
  state text,
  country char(2),
  language text,
  do_not_contact boolean not null default false,
  do_not_mail boolean not null default false,
  do_not_call boolean not null default false,
  unsubscribed_at timestamptz,
  name_is_junk boolean not null default false,
  sightings integer not null default 1,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  import_id uuid,
  retired_at timestamptz,
  custom jsonb,
  own jsonb,
  primary key (workspace_id, id)
);
create index person_listed on identity.person (workspace_id, last_seen_at desc, id desc) where survivor_id is null and retired_at is null;
create index person_merged on identity.person (workspace_id, survivor_id) where survivor_id is not null;
create index person_by_organization on identity.person (workspace_id, organization_id, last_seen_at desc, id desc) where organization_id is not null;
create index person_by_country on identity.person (workspace_id, country, last_seen_at desc, id desc) where survivor_id is null and retired_at is null;
create index person_by_mail on identity.person (workspace_id, email_key) where email_key is not null;
create index person_imported on identity.person (workspace_id, import_id) where import_id is not null;
create index person_silent on identity.person (workspace_id, last_seen_at desc, id desc) where do_not_contact or do_not_mail or do_not_call or unsubscribed_at is not null;
select platform.guard('identity.person', partner => 'none');

-- Every arrival's word on who it came from, never rewritten. Its key columns are the index by which later arrivals are matched: a
-- person is found under every mail, phone and name ever seen, and a withdrawn arrival takes its keys along.
create table identity.sighting (
  workspace_id uuid not null,
  id uuid not null,
  inquiry_id uuid,
  person_id uuid not null,
  organization_id uuid,
  import_id uuid,
  seen_at timestamptz not null,
  method text not null,
  weight real,
  evidence jsonb not null default '[]',
  -- fields of the person that were empty until this sighting
  filled jsonb,
  withdrawn_at timestamptz,
  external_id text,
  mail_key text,
  phone text,
  mobile text,
  name_block bigint,
  company_block bigint,
  place_block bigint,
  local_block bigint,
  primary key (workspace_id, id)
);
create unique index sighting_of_inquiry on identity.sighting (workspace_id, inquiry_id) where inquiry_id is not null;
create index sighting_of_person on identity.sighting (workspace_id, person_id);
create index sighting_imported on identity.sighting (workspace_id, import_id) where import_id is not null;
create index sighting_by_external_id on identity.sighting (workspace_id, external_id) where external_id is not null;
create index sighting_by_mail on identity.sighting (workspace_id, mail_key) where mail_key is not null;
create index sighting_by_phone on identity.sighting (workspace_id, phone) where phone is not null;
create index sighting_by_mobile on identity.sighting (workspace_id, mobile) where mobile is not null;
-- the workspace is part of these hashes already
create index sighting_by_name on identity.sighting (name_block) where name_block is not null;
create index sighting_by_company on identity.sighting (company_block) where company_block is not null;
create index sighting_by_place on identity.sighting (place_block) where place_block is not null;
create index sighting_by_local on identity.sighting (local_block) where local_block is not null;
select platform.guard('identity.sighting', partner => 'none');

-- how many people there are to be mistaken for: sureness depends on it
create table identity.tally (
  workspace_id uuid not null primary key references platform.workspace(id),
  people integer not null default 0,
  organizations integer not null default 0
);
select platform.guard('identity.tally', partner => 'none');

create table identity.possible_duplicate (
  workspace_id uuid not null references platform.workspace(id),
  id uuid not null,
  person_id uuid not null,
  other_id uuid not null,
  weight real not null,
  evidence jsonb not null,
  found_at timestamptz not null,
  status text not null default 'open' check (status in ('open', 'joined', 'different')),
  decided_at timestamptz,
  decided_by uuid,
  primary key (workspace_id, id),
  check (person_id < other_id)
);
create unique index possible_duplicate_pair on identity.possible_duplicate (workspace_id, person_id, other_id);
create index possible_duplicate_other on identity.possible_duplicate (workspace_id, other_id);
create index possible_duplicate_listed on identity.possible_duplicate (workspace_id, status, weight desc, id desc);
select platform.guard('identity.possible_duplicate', partner => 'none');

-- One edge per merge, kept when undone: what hangs below which survivor is always computed from the edges that stand.
create table identity.merge (
  workspace_id uuid not null references platform.workspace(id),
  id uuid not null,
  kind text not null check (kind in ('person', 'organization')),
  survivor_id uuid not null,
  merged_id uuid not null,
  merged_at timestamptz not null,
  merged_by text not null,
  reason jsonb,
  undone_at timestamptz,
  undone_by text,
  primary key (workspace_id, id)
);
create unique index merge_standing on identity.merge (workspace_id, merged_id) where undone_at is null;
create index merge_into on identity.merge (workspace_id, survivor_id) where undone_at is null;
select platform.guard('identity.merge', partner => 'none');

create table identity.import_change (
  workspace_id uuid not null references platform.workspace(id),
  import_id uuid not null,
  kind text not null check (kind in ('person', 'organization')),
  subject_id uuid not null,
  before jsonb not null,
  primary key (workspace_id, import_id, kind, subject_id)
);
select platform.guard('identity.import_change', partner => 'none');

create view identity.identity_map with (security_invoker = true) as
  select workspace_id, id as old_id, coalesce(survivor_id, id) as survivor_id, 'person' as kind from identity.person
  union all
  select workspace_id, id, coalesce(survivor_id, id), 'organization' from identity.organization;
grant select on identity.identity_map to baton_app;
