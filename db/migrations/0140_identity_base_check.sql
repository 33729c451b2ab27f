-- The base looked through for people who are one: each time it was, and what came of it.
create table identity.base_check (
  workspace_id uuid not null references platform.workspace(id),
  id uuid not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  started_by text not null,
  -- what the base had seen by then: nothing new, nothing to look for
  seen text not null,
  people integer not null default 0,
  compared bigint not null default 0,
  joined integer not null default 0,
  asked integer not null default 0,
  -- found, and left for the next time
  remaining integer not null default 0,
  primary key (workspace_id, id)
);
create index base_check_latest on identity.base_check (workspace_id, started_at desc);
select platform.guard('identity.base_check', partner => 'none');
