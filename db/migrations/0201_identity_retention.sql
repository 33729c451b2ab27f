-- Each time a rule of retention was tried or worked, and what it found and did; nothing of whom.
create table identity.retention_run (
  workspace_id uuid not null references platform.workspace (id),
  id uuid not null,
  rule text not null,
  months int not null,
  -- a trial counts and writes nothing
  trial boolean not null,
  before timestamptz not null,
  found int not null,
  cleared int not null default 0,
  began_at timestamptz not null,
  ended_at timestamptz,
  began_by text not null,
  primary key (workspace_id, id)
);
create index retention_run_latest on identity.retention_run (workspace_id, began_at desc);
select platform.guard('identity.retention_run', partner => 'none');
