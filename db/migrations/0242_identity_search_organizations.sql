-- Companies among all that a frequent name finds: an index of their own, so that nobody looks through the people for them. The kind is written out in
-- the statement, where the planner sees that the index answers it.
create index search_entry_organizations on identity.search_entry using gin (text gin_trgm_ops) where kind = 'o';
CREATE OR REPLACE FUNCTION identity.search_any(words jsonb, wanted text, at_most integer)
 RETURNS TABLE(kind character, id uuid, text text)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  filters text := '';
begin
  if platform.current_workspace() is null or platform.current_holder() is not null then
    return;
  end if;
  select coalesce(string_agg(' and (' || one.patterns || ')', ''), '') into filters from (
    select (select string_agg(format('e.text like %L', p.pattern), ' or ') from jsonb_array_elements_text(w.value) p (pattern)) as patterns
    from jsonb_array_elements(words) w) one;
  return query execute
    'select e.kind, e.id, e.text from identity.search_entry e where e.workspace_id = $1'
    || case when wanted is null then '' else format(' and e.kind = %L', wanted) end || filters || ' limit $2'
    using platform.current_workspace(), at_most;
end
$function$;
