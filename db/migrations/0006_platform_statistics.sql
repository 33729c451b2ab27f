-- A table nobody has analysed yet is planned by guesswork: with workspace_id first in every key, each key looks as good as any other, and a
-- join of a thousand rows may scan the thousand once for each. Autovacuum comes a minute later; an import is over by then. So the first
-- large write to a table analyses it, in its own transaction, unless somebody else is at it.
create function platform.learn(target regclass) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  if (select c.reltuples from pg_class c where c.oid = target) < 0 then
    execute format('analyze (skip_locked) %s', target);
  end if;
end $$;
revoke all on function platform.learn(regclass) from public;
grant execute on function platform.learn(regclass) to baton_app;
