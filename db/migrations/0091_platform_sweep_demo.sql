-- A telling of the demo company that died half way leaves half a past. Nobody can go on from there, since what everybody meant to do next died
-- with it; so the workspace is swept and told anew. Facts may not be deleted by the application: this function may, and only in the workspace
-- the transaction is scoped to, and only while that is a demo whose telling has begun and not ended. Who has joined stays, with their
-- sessions, and so do the jobs (one of them may be the one that sweeps) and the audit.
create function platform.sweep_demo(target uuid) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
  left_over regclass[];
  blocked regclass[];
  t regclass;
begin
  if target is distinct from platform.current_workspace()
    or not exists (select from platform.workspace w where w.id = target and w.is_demo and w.paused) then
    raise exception 'Only a demo whose telling was interrupted is swept.';
  end if;
  select array_agg(c.oid::regclass) into left_over from pg_class c
    where c.relkind in ('r', 'p') and not c.relispartition and c.relrowsecurity
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped)
      and c.oid <> all (array['platform.app_user', 'platform.session', 'platform.job', 'platform.audit']::regclass[]);
  -- What others point at goes once they are gone.
  while left_over is not null loop
    blocked := null;
    foreach t in array left_over loop
      begin
        execute format('delete from %s where workspace_id = $1', t) using target;
      exception when foreign_key_violation then
        blocked := blocked || t;
      end;
    end loop;
    if blocked = left_over then raise exception 'These tables point at each other: %', blocked; end if;
    left_over := blocked;
  end loop;
  delete from platform.app_user where workspace_id = target and status = 'invited';
end $$;
revoke all on function platform.sweep_demo(uuid) from public;
grant execute on function platform.sweep_demo(uuid) to baton_app;
