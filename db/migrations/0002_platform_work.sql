-- Mail that waits, was sent, or was captured because no server is configured.
create table platform.mail (
  workspace_id uuid not null references platform.workspace (id) on delete cascade,
  id uuid not null,
  kind text not null,
  to_address text not null,
  subject text not null,
  text_body text not null,
  html_body text,
  headers jsonb not null default '{}',
  person_id uuid,
  lead_id uuid,
  holder_id uuid,
  state text not null default 'queued' check (state in ('queued', 'sent', 'captured', 'failed', 'blocked')),
  attempts int not null default 0,
  due_at timestamptz not null,
  created_at timestamptz not null,
  sent_at timestamptz,
  problem text,
  primary key (workspace_id, id)
);
create index mail_due on platform.mail (workspace_id, due_at) where state = 'queued';
create index mail_lead on platform.mail (workspace_id, lead_id) where lead_id is not null;
select platform.guard('platform.mail', partner => 'none');

-- Coarse work: imports, training, demo, mail batches. A worker holds a lease; a dead worker's job is taken up again.
create table platform.job (
  workspace_id uuid not null references platform.workspace (id) on delete cascade,
  id uuid not null,
  name text not null,
  payload jsonb not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  done bigint not null default 0,
  total bigint,
  note text,
  problem text,
  attempts int not null default 0,
  cancel_requested boolean not null default false,
  due_at timestamptz not null,
  leased_until timestamptz,
  created_at timestamptz not null,
  created_by uuid,
  started_at timestamptz,
  finished_at timestamptz,
  primary key (workspace_id, id)
);
create index job_due on platform.job (workspace_id, due_at) where state in ('waiting', 'running');
select platform.guard('platform.job', partner => 'none');
