-- Who works leads, where, and who holds which lead now. The open assignment is the custody record: the partial unique index is what
-- makes two holders impossible; every action that ends one assignment of an open lead starts the next in the same transaction.
create schema distribute;
grant usage on schema distribute to baton_app;

create table distribute.holder (
  workspace_id uuid not null references platform.workspace(id),
  id uuid not null,
  kind text not null check (kind in ('rep', 'partner', 'desk', 'nurture')),
  name text not null,
  email text,
  phone text,
  user_id uuid,
  external_id text,
  country char(2),
  capacity_per_week numeric(10, 3) check (capacity_per_week >= 0),
  weight numeric(10, 3) not null default 1 check (weight >= 0),
  calendar jsonb,
  time_zone text not null default 'UTC',
  languages text[] not null default '{}',
  verticals text[] not null default '{}',
  active boolean not null default true,
  import_id uuid,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create unique index holder_external_key on distribute.holder (workspace_id, external_id) where external_id is not null;
create unique index holder_user_key on distribute.holder (workspace_id, user_id) where user_id is not null;
-- exactly one desk and one nurture holder
create unique index holder_house_key on distribute.holder (workspace_id, kind) where kind in ('desk', 'nurture');

create table distribute.absence (
  workspace_id uuid not null,
  id uuid not null,
  holder_id uuid not null,
  starts_on date not null,
  ends_on date not null,
  note text,
  primary key (workspace_id, id),
  foreign key (workspace_id, holder_id) references distribute.holder (workspace_id, id) on delete cascade,
  check (ends_on >= starts_on)
);
create index absence_holder on distribute.absence (workspace_id, holder_id, ends_on);

create table distribute.territory (
  workspace_id uuid not null references platform.workspace(id),
  id uuid not null,
  name text not null,
  position int not null,
  rules jsonb not null default '{}',
  overflow boolean not null default false,
  active boolean not null default true,
  primary key (workspace_id, id)
);

create table distribute.territory_holder (
  workspace_id uuid not null,
  territory_id uuid not null,
  holder_id uuid not null,
  weight numeric(10, 3) not null default 1 check (weight >= 0),
  primary key (workspace_id, territory_id, holder_id),
  foreign key (workspace_id, territory_id) references distribute.territory (workspace_id, id) on delete cascade,
  foreign key (workspace_id, holder_id) references distribute.holder (workspace_id, id) on delete cascade
);

-- the credit bank: entitled − received, per territory and grade. Outlives the pool it came from, so editing a pool resets nothing.
create table distribute.balance (
  workspace_id uuid not null,
  territory_id uuid not null,
  grade text not null,
  holder_id uuid not null,
  entitled double precision not null,
  received int not null,
  primary key (workspace_id, territory_id, grade, holder_id)
);

create table distribute.assignment (
  workspace_id uuid not null,
  id uuid not null,
  lead_id uuid not null,
  holder_id uuid not null,
  territory_id uuid,
  why text not null check (why in ('new', 'redirect', 'declined', 'returned', 'manual', 'handover', 'nurtured', 'restored')),
  started_at timestamptz not null,
  respond_by timestamptz,
  follow_by timestamptz,
  -- when the clock next has something to do with this assignment: remind, redirect, or ask again for a holder; null = never
  clock_at timestamptz,
  reminded_at timestamptz,
  accepted_at timestamptz,
  declined_at timestamptz,
  decline_reason text,
  first_followup_at timestamptz,
  ended_at timestamptz,
  end_reason text,
  reasons jsonb not null,
  decided jsonb,
  redirected_from uuid,
  sequence int not null default 1,
  -- how often in a row this lead was passed on unanswered
  redirects int not null default 0,
  -- whether it took a place of the holder's capacity; custody given back by an undo takes none
  counted boolean not null default true,
  -- no foreign keys: an import fills this table by the hundred thousand, and this room is its only writer
  primary key (workspace_id, id)
);
create unique index assignment_custody on distribute.assignment (workspace_id, lead_id) where ended_at is null;
create index assignment_lead on distribute.assignment (workspace_id, lead_id, started_at);
create index assignment_holder on distribute.assignment (workspace_id, holder_id, started_at);
create index assignment_open on distribute.assignment (workspace_id, holder_id) where ended_at is null;
create index assignment_clock on distribute.assignment (workspace_id, clock_at) where ended_at is null and clock_at is not null;

create function distribute.holds(lead uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog
  as $$
    select exists (
      select 1 from distribute.assignment a
      where a.workspace_id = platform.current_workspace() and a.lead_id = lead and a.holder_id = platform.current_holder()
    )
  $$;
grant execute on function distribute.holds(uuid) to baton_app;

select platform.guard('distribute.holder', partner => 'own');
select platform.guard('distribute.absence', partner => 'none');
select platform.guard('distribute.territory', partner => 'none');
select platform.guard('distribute.territory_holder', partner => 'none');
select platform.guard('distribute.balance', partner => 'none');
select platform.guard('distribute.assignment', partner => 'own');
create policy partner on distribute.holder as restrictive
  using ((select platform.current_holder()) is null or id = (select platform.current_holder()) or kind in ('desk', 'nurture'));
create policy partner on distribute.assignment as restrictive
  using ((select platform.current_holder()) is null or holder_id = (select platform.current_holder()));
