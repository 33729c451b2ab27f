-- Calling lists: leads that are called one after the other by whoever is free, with a script, and every call with what was answered.
create table followup.call_script (
  workspace_id uuid not null references platform.workspace (id) on delete cascade,
  id uuid not null,
  name text not null,
  steps jsonb not null,
  changed_at timestamptz not null,
  changed_by uuid,
  primary key (workspace_id, id)
);
select platform.guard('followup.call_script');

create table followup.call_list (
  workspace_id uuid not null references platform.workspace (id) on delete cascade,
  id uuid not null,
  name text not null,
  script_id uuid not null,
  -- which leads were chosen
  chosen jsonb not null,
  from_hour smallint not null check (from_hour between 0 and 23),
  until_hour smallint not null check (until_hour between 1 and 24),
  per_day_most smallint not null check (per_day_most between 1 and 10),
  attempts_most smallint not null check (attempts_most between 1 and 20),
  -- who is qualified is dealt anew, also where somebody has the lead
  deal_anew boolean not null,
  left_out integer not null default 0,
  made_at timestamptz not null,
  made_by uuid,
  closed_at timestamptz,
  primary key (workspace_id, id),
  check (from_hour < until_hour),
  foreign key (workspace_id, script_id) references followup.call_script (workspace_id, id)
);
select platform.guard('followup.call_list');

create table followup.call_target (
  workspace_id uuid not null,
  list_id uuid not null,
  lead_id uuid not null,
  added_at timestamptz not null,
  -- where the person may be, as zones of the clock
  zones text not null,
  state text not null default 'waiting' check (state in ('waiting', 'done')),
  outcome text,
  attempts integer not null default 0,
  -- of this lead, in whatever list: its day of the last call, and how often on it
  day date,
  day_calls integer not null default 0,
  due_at timestamptz,
  call_back boolean not null default false,
  leased_by uuid,
  leased_until timestamptz,
  primary key (workspace_id, list_id, lead_id)
);
create index call_target_waiting on followup.call_target (workspace_id, list_id, zones, due_at) where state = 'waiting';
create index call_target_lead on followup.call_target (workspace_id, lead_id);
select platform.guard('followup.call_target');

create table followup.call (
  workspace_id uuid not null,
  id uuid not null,
  list_id uuid not null,
  lead_id uuid not null,
  activity_id uuid not null,
  user_id uuid,
  at timestamptz not null,
  -- where it rang
  local_hour smallint not null,
  outcome text not null,
  reached boolean not null,
  answers jsonb not null default '[]',
  note text,
  primary key (workspace_id, id)
);
create index call_of_list on followup.call (workspace_id, list_id, at);
create index call_of_lead on followup.call (workspace_id, lead_id, at);
create index call_hour on followup.call (workspace_id, at) include (local_hour, reached);
select platform.guard('followup.call');
