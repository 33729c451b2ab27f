-- Whoever gives values for money or for nothing: a file of one's own, a bureau, a service. Prices are told by the thousand, as bureaus tell them.
create table identity.append_provider (
  workspace_id uuid not null references platform.workspace (id),
  id uuid not null,
  name text not null,
  position int not null,
  price_thousand_minor bigint not null default 0 check (price_thousand_minor >= 0),
  -- what is counted: every row they give back, or only those that said something of somebody asked for
  price_per text not null default 'hit' check (price_per in ('row', 'hit')),
  currency char(3) not null,
  licence_days int check (licence_days > 0),
  confidence real not null default 0.8 check (confidence between 0 and 1),
  created_at timestamptz not null,
  created_by text not null,
  primary key (workspace_id, id)
);
create unique index append_provider_name on identity.append_provider (workspace_id, lower(name));
select platform.guard('identity.append_provider', partner => 'none');

-- One go at appending; that of a file bears the id of its import. What it wrote lies in import_change under this id.
create table identity.append_run (
  workspace_id uuid not null references platform.workspace (id),
  id uuid not null,
  kind text not null check (kind in ('person', 'organization')),
  way text not null check (way in ('file', 'answer', 'service')),
  provider_id uuid,
  terms jsonb not null,
  -- rows or questions; of whom we were sure, of whom somebody must decide, of nobody known
  given int not null default 0,
  sure int not null default 0,
  asked int not null default 0,
  unknown int not null default 0,
  used int not null default 0,
  unused int not null default 0,
  priced bigint not null default 0,
  cost_minor bigint not null default 0,
  currency char(3) not null,
  started_at timestamptz not null,
  started_by text not null,
  undone_at timestamptz,
  primary key (workspace_id, id)
);
select platform.guard('identity.append_run', partner => 'none');

-- The receipt of every value offered, used or not. It belongs to the row it was written for, whatever that is merged into.
create table identity.appended_value (
  workspace_id uuid not null references platform.workspace (id),
  id uuid not null,
  run_id uuid not null,
  provider_id uuid not null,
  kind text not null check (kind in ('person', 'organization')),
  subject_id uuid not null,
  field text not null,
  -- columns and what they were to say; taken out when the licence ends
  value jsonb,
  replaced jsonb,
  row_no int,
  at timestamptz not null,
  as_of date,
  expires_on date,
  confidence real not null,
  price_minor bigint not null default 0,
  currency char(3) not null,
  status text not null check (status in ('used', 'unused')),
  why text,
  ended_at timestamptz,
  ended_why text check (ended_why in ('expired', 'undone')),
  primary key (workspace_id, id)
);
create index appended_value_of_subject on identity.appended_value (workspace_id, subject_id);
create index appended_value_of_run on identity.appended_value (workspace_id, run_id, id);
create index appended_value_of_provider on identity.appended_value (workspace_id, provider_id);
create index appended_value_expiring on identity.appended_value (workspace_id, expires_on) where expires_on is not null and status = 'used' and ended_at is null;
select platform.guard('identity.appended_value', partner => 'none');

-- Rows that may be about somebody known: what they say waits until somebody decides.
create table identity.append_doubt (
  workspace_id uuid not null references platform.workspace (id),
  id uuid not null,
  run_id uuid not null,
  kind text not null check (kind in ('person', 'organization')),
  row_no int not null,
  label text not null,
  offers jsonb not null,
  candidates jsonb not null,
  status text not null default 'open' check (status in ('open', 'used', 'left')),
  decided_at timestamptz,
  decided_by text,
  primary key (workspace_id, id)
);
create index append_doubt_open on identity.append_doubt (workspace_id, run_id, id) where status = 'open';
select platform.guard('identity.append_doubt', partner => 'none');
