-- What people type into the search box is found here. Written behind the flow, by a subscriber, because a trigram index is the
-- dearest kind to insert into and nobody waits for it.
create table identity.search_entry (
  workspace_id uuid not null,
  kind char(1) not null check (kind in ('p', 'o')),
  id uuid not null,
  text text not null,
  primary key (workspace_id, kind, id)
);
create index search_entry_text on identity.search_entry using gin (text gin_trgm_ops);
select platform.guard('identity.search_entry', partner => 'none');

-- LIKE is not leakproof, so under row-level security the planner may not use the trigram index. This function belongs to the
-- table's owner, names the workspace itself and gives out ids only; the rows behind them are read under the caller's own policies.
alter table identity.search_entry no force row level security;
create function identity.search(terms text[], wanted text, at_most integer) returns table (kind char(1), id uuid, text text)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  filters text := '';
  term text;
begin
  if platform.current_workspace() is null or platform.current_holder() is not null then
    return;
  end if;
  foreach term in array terms loop
    filters := filters || format(' and e.text like %L', term);
  end loop;
  return query execute
    'select e.kind, e.id, e.text from identity.search_entry e where e.workspace_id = $1 and ($2 is null or e.kind = $2)' || filters || ' limit $3'
    using platform.current_workspace(), wanted, at_most;
end
$$;
revoke all on function identity.search(text[], text, integer) from public;
grant execute on function identity.search(text[], text, integer) to baton_app;
