-- The company's routing rules: one draft at most, and every version that was ever in force, as it was.
create table distribute.ruleset (
  workspace_id uuid not null references platform.workspace(id),
  version int not null,
  rules jsonb not null,
  note text,
  changed_at timestamptz not null,
  changed_by uuid,
  published_at timestamptz,
  published_by uuid,
  primary key (workspace_id, version)
);
create unique index ruleset_draft on distribute.ruleset (workspace_id) where published_at is null;

-- Decisions name the version they were made by: what was published stays word for word.
create function distribute.ruleset_stands() returns trigger language plpgsql as $$
  begin
    raise exception 'Version % of the routing rules was published and stays as it is.', old.version;
  end $$;
create trigger ruleset_stands before update on distribute.ruleset for each row when (old.published_at is not null) execute function distribute.ruleset_stands();

create table distribute.team (
  workspace_id uuid not null references platform.workspace(id),
  id uuid not null,
  name text not null,
  primary key (workspace_id, id)
);
create table distribute.team_holder (
  workspace_id uuid not null,
  team_id uuid not null,
  holder_id uuid not null,
  weight numeric not null default 1 check (weight >= 0),
  primary key (workspace_id, team_id, holder_id),
  foreign key (workspace_id, team_id) references distribute.team (workspace_id, id) on delete cascade,
  foreign key (workspace_id, holder_id) references distribute.holder (workspace_id, id) on delete cascade
);

alter table distribute.holder add column tier text, add column product_lines text[] not null default '{}';

-- The rule that gave it, and in which version.
alter table distribute.assignment add column rule_id uuid, add column rule_version int;
create index assignment_rule on distribute.assignment (workspace_id, rule_id, started_at) where rule_id is not null;

-- A lead the desk holds while it is offered to several; open as long as that custody is.
create table distribute.offer (
  workspace_id uuid not null,
  assignment_id uuid not null,
  holder_id uuid not null,
  lead_id uuid not null,
  rule_id uuid not null,
  offered_at timestamptz not null,
  until timestamptz not null,
  primary key (workspace_id, assignment_id, holder_id)
);
create index offer_holder on distribute.offer (workspace_id, holder_id, until);

-- What became of the leads each holder had, by product ('' for all): counted anew every few minutes where a rule asks for the best match.
create table distribute.holder_record (
  workspace_id uuid not null,
  holder_id uuid not null,
  product_key text not null,
  leads int not null,
  sales int not null,
  primary key (workspace_id, holder_id, product_key)
);

select platform.guard('distribute.ruleset', partner => 'none');
select platform.guard('distribute.team', partner => 'none');
select platform.guard('distribute.team_holder', partner => 'none');
select platform.guard('distribute.offer', partner => 'none');
select platform.guard('distribute.holder_record', partner => 'none');
