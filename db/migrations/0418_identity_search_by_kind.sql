-- An organization was filed twice, among all and among the organizations, and a trigram index is the dearest to insert into. Each kind has its own now;
-- who looks for both looks into both, so that neither takes the other's place among the first so many.
drop index identity.search_entry_text;
create index search_entry_people on identity.search_entry using gin (text gin_trgm_ops) where kind = 'p';

-- Up to at_most of the kind wanted; of each where none is.
create or replace function identity.search_any(words jsonb, wanted text, at_most integer) returns table (kind char(1), id uuid, text text)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  filters text := '';
begin
  if platform.current_workspace() is null or platform.current_holder() is not null then
    return;
  end if;
  select coalesce(string_agg(' and (' || one.patterns || ')', ''), '') into filters from (
    select (select string_agg(format('e.text like %L', p.pattern), ' or ') from jsonb_array_elements_text(w.value) p (pattern)) as patterns
    from jsonb_array_elements(words) w) one;
  -- The kind is written out, so that the planner sees which index answers.
  return query execute (
    select string_agg('(select e.kind, e.id, e.text from identity.search_entry e where e.workspace_id = $1' || format(' and e.kind = %L', k) || filters || ' limit $2)', ' union all ')
    from unnest(case when wanted is null then array['p', 'o'] else array[wanted] end) k)
    using platform.current_workspace(), at_most;
end
$$;
