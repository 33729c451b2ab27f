-- A past dealt again by other rules: what it added up to, and what came of each lead.
create table distribute.simulation (
  workspace_id uuid not null references platform.workspace(id),
  id uuid not null,
  job_id uuid not null,
  rules jsonb not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  made_at timestamptz not null,
  made_by uuid,
  result jsonb,
  primary key (workspace_id, id)
);
create table distribute.simulated (
  workspace_id uuid not null,
  simulation_id uuid not null,
  lead_id uuid not null,
  at timestamptz not null,
  holder_id uuid,
  was_holder_id uuid,
  rule_id uuid,
  came text not null check (came in ('placed', 'person', 'waits', 'nowhere', 'open')),
  because text not null,
  primary key (workspace_id, simulation_id, lead_id),
  foreign key (workspace_id, simulation_id) references distribute.simulation (workspace_id, id) on delete cascade
);
create index simulated_list on distribute.simulated (workspace_id, simulation_id, at desc, lead_id desc);
create index simulated_holder on distribute.simulated (workspace_id, simulation_id, holder_id, at desc, lead_id desc);
select platform.guard('distribute.simulation', partner => 'none');
select platform.guard('distribute.simulated', partner => 'none');
