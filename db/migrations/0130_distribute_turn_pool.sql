-- Who took part in a turn and with what share is the same for thousands of leads: it is kept once, and the assignment keeps what differs. A third
-- of what an import writes about a lead was this, said again each time.
create table distribute.turn_pool (
  workspace_id uuid not null,
  -- made from what is in it: the same pool is the same row
  id uuid not null,
  holders uuid[] not null,
  shares double precision[] not null,
  primary key (workspace_id, id),
  check (cardinality(holders) = cardinality(shares))
);
select platform.guard('distribute.turn_pool', partner => 'none');

create temporary table told on commit drop as
  select a.workspace_id, a.id, md5((a.decided -> 'shares')::text)::uuid as pool,
    (select array_agg(s.key::uuid order by s.key) from jsonb_each(a.decided -> 'shares') s) as holders,
    (select array_agg(s.value::float8 order by s.key) from jsonb_each(a.decided -> 'shares') s) as shares,
    (select jsonb_agg(coalesce(a.decided -> 'credits' -> s.key, '0') order by s.key) from jsonb_each(a.decided -> 'shares') s) as credits
  from distribute.assignment a where jsonb_typeof(a.decided -> 'shares') = 'object' and a.decided -> 'shares' <> '{}';
insert into distribute.turn_pool (workspace_id, id, holders, shares) select distinct on (workspace_id, pool) workspace_id, pool, holders, shares from told;
update distribute.assignment a set decided = (a.decided - 'shares' - 'credits') || jsonb_build_object('pool', t.pool, 'credits', t.credits)
  from told t where a.workspace_id = t.workspace_id and a.id = t.id;
