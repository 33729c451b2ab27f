-- FORCE would also narrow the owner, and with an owner that is no superuser (any DATABASE_URL) that breaks the few functions that
-- answer across workspaces, and backup. The application never is the owner: it runs as baton_app, which row-level security always narrows.
create or replace function platform.guard(target regclass, partner text default 'all') returns void language plpgsql as $$
begin
  if partner not in ('all', 'none', 'own') then raise exception 'guard: partner must be all, none or own'; end if;
  execute format('alter table %s enable row level security', target);
  execute format('create policy workspace on %s using (workspace_id = platform.current_workspace())', target);
  if partner = 'none' then
    execute format('create policy partner on %s as restrictive using (platform.current_holder() is null)', target);
  end if;
  execute format('grant select, insert, update, delete on %s to baton_app', target);
end $$;

do $$
declare t regclass;
begin
  for t in select c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and c.relforcerowsecurity and n.nspname not in ('pg_catalog', 'information_schema')
  loop
    execute format('alter table %s no force row level security', t);
  end loop;
end $$;
