create schema capture;
grant usage on schema capture to baton_app;

-- Where an inquiry came from. Names are as people wrote them; two spellings that differ only in case are one source.
create table capture.source (
  workspace_id uuid not null references platform.workspace (id) on delete cascade,
  id uuid not null,
  name text not null,
  channel text,
  import_id uuid,
  created_at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index source_name on capture.source (workspace_id, lower(name));
select platform.guard('capture.source');

-- A marketing activity. Withdrawn: an import that made it was undone; it stays because others may point at it.
create table capture.program (
  workspace_id uuid not null references platform.workspace (id) on delete cascade,
  id uuid not null,
  external_id text,
  name text not null,
  channel text,
  status text not null default 'planned' check (status in ('planned', 'active', 'paused', 'finished', 'withdrawn')),
  starts_on date,
  ends_on date,
  budget_minor bigint,
  expected_minor bigint,
  currency char(3),
  goal_inquiries int,
  goal_leads int,
  goal_sales int,
  owner_name text,
  note text,
  -- The public write key of its form and the form itself; see form.contract.ts.
  form_key text,
  form jsonb,
  custom jsonb not null default '{}',
  import_id uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index program_external on capture.program (workspace_id, external_id) where status <> 'withdrawn';
create unique index program_form_key on capture.program (workspace_id, form_key);
create index program_name on capture.program (workspace_id, lower(name));
create index program_created on capture.program (workspace_id, created_at desc, id desc);
select platform.guard('capture.program');

-- What a program cost, on which day: return on investment needs dates, not totals.
create table capture.program_cost (
  workspace_id uuid not null,
  id uuid not null,
  program_id uuid not null,
  on_date date not null,
  amount_minor bigint not null,
  currency char(3) not null,
  note text,
  import_id uuid,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, program_id) references capture.program (workspace_id, id) on delete cascade
);
create index program_cost_program on capture.program_cost (workspace_id, program_id, on_date);
create index program_cost_import on capture.program_cost (workspace_id, import_id) where import_id is not null;
select platform.guard('capture.program_cost', partner => 'none');
