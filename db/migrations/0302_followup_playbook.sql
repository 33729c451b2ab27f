-- What is to be done with a kind of lead, step by step. A version never changes; leads begun by one are finished by it.
create table followup.playbook_version (
  workspace_id uuid not null references platform.workspace (id) on delete cascade,
  version integer not null,
  playbooks jsonb not null,
  made_at timestamptz not null,
  made_by uuid,
  primary key (workspace_id, version)
);
select platform.guard('followup.playbook_version');

-- A lead on its way through a playbook.
create table followup.playbook_run (
  workspace_id uuid not null,
  lead_id uuid not null,
  version integer not null,
  playbook_id uuid not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  primary key (workspace_id, lead_id)
);
create index playbook_run_of on followup.playbook_run (workspace_id, playbook_id, started_at);
select platform.guard('followup.playbook_run', partner => 'own');
create policy partner on followup.playbook_run as restrictive using ((select platform.current_holder()) is null or distribute.holds(lead_id));

create table followup.playbook_step (
  workspace_id uuid not null,
  lead_id uuid not null,
  step_id uuid not null,
  place integer not null,
  due_at timestamptz not null,
  attempts integer not null default 0,
  reached_at timestamptz,
  done_at timestamptz,
  skipped_at timestamptz,
  skip_reason text,
  primary key (workspace_id, lead_id, step_id)
);
create index playbook_step_of on followup.playbook_step (workspace_id, step_id);
select platform.guard('followup.playbook_step', partner => 'own');
create policy partner on followup.playbook_step as restrictive using ((select platform.current_holder()) is null or distribute.holds(lead_id));
