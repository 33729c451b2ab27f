-- Changes made to many people or companies at once: what was asked, of whom, and what each row said before and says since, so that it goes back exactly.
create table identity.bulk_run (
  workspace_id uuid not null references platform.workspace (id) on delete cascade,
  id uuid not null,
  subject text not null check (subject in ('person', 'organization')),
  action jsonb not null,
  state text not null check (state in ('waiting', 'running', 'finished', 'cancelled', 'undoing', 'undone')),
  total integer not null,
  changed integer not null default 0,
  -- of an undo: rows somebody changed since, and which were left as they are
  kept integer not null default 0,
  job_id uuid,
  made_at timestamptz not null,
  made_by uuid,
  finished_at timestamptz,
  undone_at timestamptz,
  primary key (workspace_id, id)
);
create index bulk_run_listed on identity.bulk_run (workspace_id, made_at desc, id desc);
select platform.guard('identity.bulk_run', partner => 'none');

-- Whom it is about, as they were found when it was asked; `before` and `after` hold columns by the ids of the rows they are in.
create table identity.bulk_change (
  workspace_id uuid not null,
  run_id uuid not null,
  subject_id uuid not null,
  done boolean not null default false,
  before jsonb,
  after jsonb,
  undone_at timestamptz,
  primary key (workspace_id, run_id, subject_id)
);
create index bulk_change_of on identity.bulk_change (workspace_id, subject_id);
select platform.guard('identity.bulk_change', partner => 'none');
