-- How complete and how trustworthy what is known of people was, a day at a time: of all, and by who or what brought them or holds them. A row of a
-- past day is never changed, so that what is drawn over time is what was true.
create table identity.quality_day (
  workspace_id uuid not null,
  on_date date not null,
  -- 'all', 'source', 'program', 'list', 'rep', 'partner'
  cut text not null,
  -- of the source, program …; nobody's id for 'all'
  key uuid not null,
  people integer not null,
  -- who can be reached by mail or phone, and of whom nothing is missing or bad
  reachable integer not null,
  whole integer not null,
  -- of how many each is known: {mail, phone, name, organization, country, title, postcode}
  known jsonb not null,
  -- by kind of value, how many have each level: {mail: {verified, plausible, doubtful, bad}, …}
  levels jsonb not null,
  measured_at timestamptz not null,
  primary key (workspace_id, on_date, cut, key)
);
create index quality_day_of on identity.quality_day (workspace_id, cut, key, on_date);
select platform.guard('identity.quality_day', partner => 'none');
