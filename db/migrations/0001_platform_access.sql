-- The application's role: it owns nothing and cannot bypass row-level security.
do $$ begin
  if not exists (select from pg_roles where rolname = 'baton_app') then
    create role baton_app nologin nosuperuser nobypassrls nocreatedb nocreaterole;
  end if;
exception when duplicate_object or unique_violation then null; -- another database of this server made it just now
end $$;
do $$ begin
  if not pg_has_role(current_user, 'baton_app', 'member') then execute format('grant baton_app to %I', current_user); end if;
end $$;

create schema platform;
grant usage on schema platform to baton_app;

-- In whose name a transaction runs; null outside one, and then nothing is visible.
create function platform.current_workspace() returns uuid language sql stable parallel safe as
  $$ select nullif(current_setting('baton.workspace_id', true), '')::uuid $$;
create function platform.current_holder() returns uuid language sql stable parallel safe as
  $$ select nullif(current_setting('baton.holder_id', true), '')::uuid $$;
create function platform.current_user_id() returns uuid language sql stable parallel safe as
  $$ select nullif(current_setting('baton.user_id', true), '')::uuid $$;

-- Puts a table under guard: row-level security, the workspace policy, the application's grants.
-- partner: 'all' (a partner sees every row of its workspace), 'none' (a partner sees nothing), 'own' (a policy of the table's own follows).
create function platform.guard(target regclass, partner text default 'all') returns void language plpgsql as $$
begin
  if partner not in ('all', 'none', 'own') then raise exception 'guard: partner must be all, none or own'; end if;
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy workspace on %s using (workspace_id = platform.current_workspace())', target);
  if partner = 'none' then
    execute format('create policy partner on %s as restrictive using (platform.current_holder() is null)', target);
  end if;
  execute format('grant select, insert, update, delete on %s to baton_app', target);
end $$;

create table platform.workspace (
  id uuid primary key,
  name text not null,
  currency char(3) not null default 'EUR',
  locale text not null default 'en',
  time_zone text not null default 'UTC',
  country char(2),
  is_demo boolean not null default false,
  created_at timestamptz not null
);
alter table platform.workspace enable row level security;
alter table platform.workspace force row level security;
create policy workspace on platform.workspace using (id = platform.current_workspace());
grant select, insert, update, delete on platform.workspace to baton_app;

-- The only questions asked across workspaces: which there are, and where somebody may sign in.
create function platform.workspace_ids() returns table (id uuid) language sql stable security definer set search_path = '' as
  $$ select w.id from platform.workspace w order by w.created_at, w.id $$;

create table platform.app_user (
  workspace_id uuid not null references platform.workspace (id) on delete cascade,
  id uuid not null,
  email text,
  name text not null,
  roles text[] not null default '{}',
  holder_id uuid,
  external_id text,
  status text not null default 'invited' check (status in ('active', 'invited', 'disabled')),
  password_hash text,
  created_at timestamptz not null,
  import_id uuid,
  primary key (workspace_id, id)
);
create unique index app_user_email on platform.app_user (workspace_id, lower(email));
create unique index app_user_external on platform.app_user (workspace_id, external_id);
create index app_user_by_email on platform.app_user (lower(email));
select platform.guard('platform.app_user', partner => 'own');
create policy partner on platform.app_user as restrictive
  using (platform.current_holder() is null or holder_id = platform.current_holder() or id = platform.current_user_id());

create function platform.workspaces_of(address text) returns table (workspace_id uuid, user_id uuid, password_hash text) language sql stable security definer set search_path = '' as
  $$ select u.workspace_id, u.id, u.password_hash from platform.app_user u where lower(u.email) = lower(address) and u.status = 'active' and u.password_hash is not null $$;
revoke all on function platform.workspaces_of(text) from public;
grant execute on function platform.workspaces_of(text) to baton_app;

create table platform.session (
  workspace_id uuid not null references platform.workspace (id) on delete cascade,
  token_hash bytea not null,
  user_id uuid not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  device text,
  primary key (workspace_id, token_hash),
  foreign key (workspace_id, user_id) references platform.app_user (workspace_id, id) on delete cascade
);
create index session_by_user on platform.session (workspace_id, user_id);
select platform.guard('platform.session');

create table platform.invitation (
  workspace_id uuid not null references platform.workspace (id) on delete cascade,
  token_hash bytea not null,
  user_id uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (workspace_id, token_hash),
  foreign key (workspace_id, user_id) references platform.app_user (workspace_id, id) on delete cascade
);
select platform.guard('platform.invitation', partner => 'none');

create table platform.api_token (
  workspace_id uuid not null references platform.workspace (id) on delete cascade,
  id uuid not null,
  token_hash bytea not null,
  name text not null,
  roles text[] not null,
  created_by uuid,
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (workspace_id, id)
);
create unique index api_token_hash on platform.api_token (workspace_id, token_hash);
select platform.guard('platform.api_token', partner => 'none');

create table platform.audit (
  workspace_id uuid not null references platform.workspace (id) on delete cascade,
  id uuid not null,
  at timestamptz not null,
  user_id uuid,
  what text not null,
  subject_id uuid,
  detail jsonb not null default '{}',
  primary key (workspace_id, id)
);
select platform.guard('platform.audit', partner => 'own');
create policy partner on platform.audit as restrictive using (platform.current_holder() is null or user_id = platform.current_user_id());
revoke update, delete on platform.audit from baton_app;

create table platform.setting (
  workspace_id uuid not null references platform.workspace (id) on delete cascade,
  key text not null,
  value jsonb not null,
  changed_at timestamptz not null,
  changed_by uuid,
  primary key (workspace_id, key)
);
select platform.guard('platform.setting');

-- One row for the installation: the key all its signatures derive from, shared by its processes.
create table platform.installation (
  one boolean primary key default true check (one),
  id uuid not null default gen_random_uuid(),
  secret bytea not null,
  created_at timestamptz not null default now()
);
grant select on platform.installation to baton_app;
insert into platform.installation (secret)
select decode(string_agg(replace(gen_random_uuid()::text, '-', ''), ''), 'hex') from generate_series(1, 4);
