-- A balancing proposed: with everything it was made from, so that it can be told again, and what came of it.
create table distribute.proposal (
  workspace_id uuid not null references platform.workspace(id),
  id uuid not null,
  job_id uuid not null,
  asked jsonb not null,
  units jsonb not null,
  borders jsonb,
  notes jsonb not null,
  made_at timestamptz not null,
  made_by uuid,
  result jsonb,
  primary key (workspace_id, id)
);
create index proposal_latest on distribute.proposal (workspace_id, made_at desc, id desc);

-- Of a proposal, what was accepted: from when, which units, and the rules of territories before and after.
create table distribute.acceptance (
  workspace_id uuid not null references platform.workspace(id),
  id uuid not null,
  proposal_id uuid not null,
  job_id uuid,
  state text not null check (state in ('due', 'in_force', 'refused', 'cancelled', 'undone')),
  effective_on date not null,
  effective_at timestamptz not null,
  moved jsonb not null,
  changes jsonb not null,
  added jsonb not null,
  problem text,
  accepted_at timestamptz not null,
  accepted_by uuid,
  settled_at timestamptz,
  undone_at timestamptz,
  undone_by uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, proposal_id) references distribute.proposal (workspace_id, id) on delete cascade
);
-- One at a time of a proposal: the next would start from other rules.
create unique index acceptance_open on distribute.acceptance (workspace_id, proposal_id) where state in ('due', 'in_force');
select platform.guard('distribute.proposal', partner => 'none');
select platform.guard('distribute.acceptance', partner => 'none');
