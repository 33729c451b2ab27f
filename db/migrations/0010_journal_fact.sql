create schema journal;
grant usage on schema journal to baton_app;

-- Facts are appended, never changed. `xact` is the writing transaction: subscribers read only below the oldest one still
-- running, so a fact that commits late is never skipped. No foreign keys: a million facts must pass in seconds.
create table journal.fact (
  workspace_id uuid not null,
  id uuid not null,
  xact xid8 not null default pg_current_xact_id(),
  chain_id uuid not null,
  seq int not null,
  type text not null,
  subject_id uuid not null,
  at timestamptz not null,
  actor text not null,
  data jsonb not null,
  hash bytea not null,
  primary key (workspace_id, id)
) partition by range (id);
-- UUIDv7 begins with its millisecond, so a range of ids is a range of time.
do $$
declare
  y int;
  bound text;
begin
  for y in 2024..2030 loop
    bound := lpad(to_hex((extract(epoch from make_timestamptz(y, 1, 1, 0, 0, 0, 'UTC')) * 1000)::bigint), 12, '0');
    execute format('create table journal.fact_%s partition of journal.fact for values from (%L) to (%L)', y,
      (substr(bound, 1, 8) || '-' || substr(bound, 9, 4) || '-0000-0000-000000000000'),
      (select substr(b, 1, 8) || '-' || substr(b, 9, 4) || '-0000-0000-000000000000'
         from (select lpad(to_hex((extract(epoch from make_timestamptz(y + 1, 1, 1, 0, 0, 0, 'UTC')) * 1000)::bigint), 12, '0') as b) n));
  end loop;
end $$;
create table journal.fact_other partition of journal.fact default;
create index fact_order on journal.fact (workspace_id, xact, id);
create index fact_chain on journal.fact (workspace_id, chain_id, seq);
select platform.guard('journal.fact', partner => 'own');
revoke update, delete on journal.fact from baton_app;

-- The last link of every chain: it orders writers of one chain and carries the hash the next fact builds on.
create table journal.chain (
  workspace_id uuid not null,
  chain_id uuid not null,
  seq int not null,
  hash bytea not null,
  primary key (workspace_id, chain_id)
) with (fillfactor = 80);
select platform.guard('journal.chain');

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
