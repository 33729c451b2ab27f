create schema journal;
grant usage on schema journal to baton_app;

-- Facts are appended, never changed. `xact` is the writing transaction: subscribers read only below the oldest one still
-- running, so a fact that commits late is never skipped. No foreign keys: a million facts must pass in seconds.
-- The key (chain, number) is what makes a chain a chain: two writers cannot add the same link, and its newest link is one
-- look-up away. A chain's id is a UUIDv7, which begins with its millisecond, so a range of ids is a range of time.
create table journal.fact (
  workspace_id uuid not null,
  chain_id uuid not null,
  seq int not null,
  id uuid not null,
  xact xid8 not null default pg_current_xact_id(),
  type text not null,
  subject_id uuid not null,
  at timestamptz not null,
  actor text not null,
  data jsonb not null,
  hash bytea not null,
  primary key (workspace_id, chain_id, seq)
) partition by range (chain_id);
do $$
declare
  bounds text[];
begin
  for y in 2024..2030 loop
    select array_agg(substr(b, 1, 8) || '-' || substr(b, 9, 4) || '-0000-0000-000000000000' order by b) into bounds
      from (select lpad(to_hex((extract(epoch from make_timestamptz(n, 1, 1, 0, 0, 0, 'UTC')) * 1000)::bigint), 12, '0') as b from generate_series(y, y + 1) n) hex;
    execute format('create table journal.fact_%s partition of journal.fact for values from (%L) to (%L)', y, bounds[1], bounds[2]);
  end loop;
end $$;
create table journal.fact_other partition of journal.fact default;
create index fact_order on journal.fact (workspace_id, xact, id);
select platform.guard('journal.fact', partner => 'own');
revoke update, delete on journal.fact from baton_app;

create table journal.cursor (
  workspace_id uuid not null references platform.workspace (id) on delete cascade,
  subscriber text not null,
  xact xid8 not null,
  fact_id uuid not null,
  moved_at timestamptz not null,
  primary key (workspace_id, subscriber)
);
select platform.guard('journal.cursor');

-- Facts a subscriber could not digest after several tries: kept, shown as an alarm, retried on demand.
create table journal.parked (
  workspace_id uuid not null references platform.workspace (id) on delete cascade,
  subscriber text not null,
  fact_id uuid not null,
  problem text not null,
  parked_at timestamptz not null,
  primary key (workspace_id, subscriber, fact_id)
);
select platform.guard('journal.parked', partner => 'none');
