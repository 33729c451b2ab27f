-- Every word that somebody can be found by, once: what was mistyped is looked up here for the words it may have been meant for, which is
-- a hundredth of looking through everybody.
create table identity.search_word (
  workspace_id uuid not null,
  word text not null,
  primary key (workspace_id, word)
);
create index search_word_like on identity.search_word using gin (word gin_trgm_ops);
select platform.guard('identity.search_word', partner => 'none');

-- As with identity.search: likeness is not leakproof, so the owner looks, in the caller's workspace only, and gives out words of it.
alter table identity.search_word no force row level security;
create function identity.near_words(asked text, at_most integer) returns table (word text)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if platform.current_workspace() is null or platform.current_holder() is not null then
    return;
  end if;
  -- Two letters changed about cost a short word most of what it shares with the one that was meant, a long one less than half.
  perform set_config('pg_trgm.similarity_threshold', case when length(asked) >= 9 then '0.38' when length(asked) >= 7 then '0.3' else '0.2' end, true);
  return query select w.word from identity.search_word w
    where w.workspace_id = platform.current_workspace() and w.word operator(public.%) asked and length(w.word) >= length(asked) - 1
    order by public.similarity(w.word, asked) desc, w.word limit at_most;
end
$$;
revoke all on function identity.near_words(text, integer) from public;
grant execute on function identity.near_words(text, integer) to baton_app;

-- The search, where each of several words may have been one of several.
create function identity.search_any(words jsonb, wanted text, at_most integer) returns table (kind char(1), id uuid, text text)
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
  return query execute
    'select e.kind, e.id, e.text from identity.search_entry e where e.workspace_id = $1 and ($2 is null or e.kind = $2)' || filters || ' limit $3'
    using platform.current_workspace(), wanted, at_most;
end
$$;
revoke all on function identity.search_any(jsonb, text, integer) from public;
grant execute on function identity.search_any(jsonb, text, integer) to baton_app;

insert into identity.search_word (workspace_id, word)
  select distinct e.workspace_id, w.word from identity.search_entry e cross join lateral regexp_split_to_table(btrim(e.text), ' ') w (word)
  where w.word ~ '^[[:alpha:]]{3,24}$';
