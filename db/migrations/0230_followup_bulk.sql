-- Changes of many leads: given to a holder, judged, a question answered. What each was before and is since, so that it goes back exactly;
-- `why` says why a lead could not be changed.
create table followup.bulk_run (
  workspace_id uuid not null references platform.workspace (id) on delete cascade,
  id uuid not null,
  subject text not null check (subject = 'lead'),
  action jsonb not null,
  state text not null check (state in ('waiting', 'running', 'finished', 'cancelled', 'undoing', 'undone')),
  total integer not null,
  changed integer not null default 0,
  kept integer not null default 0,
  job_id uuid,
  made_at timestamptz not null,
  made_by uuid,
  finished_at timestamptz,
  undone_at timestamptz,
  primary key (workspace_id, id)
);
create index bulk_run_listed on followup.bulk_run (workspace_id, made_at desc, id desc);
select platform.guard('followup.bulk_run', partner => 'none');

create table followup.bulk_change (
  workspace_id uuid not null,
  run_id uuid not null,
  subject_id uuid not null,
  done boolean not null default false,
  before jsonb,
  after jsonb,
  why text,
  undone_at timestamptz,
  primary key (workspace_id, run_id, subject_id)
);
create index bulk_change_of on followup.bulk_change (workspace_id, subject_id);
select platform.guard('followup.bulk_change', partner => 'none');
