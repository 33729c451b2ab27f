-- Every arrival, immutable but for its reading. Partitioned by id, which is a UUIDv7 and so by time of arrival. It has no foreign
-- keys: it is the hottest table of the house, its rooms' own code is the only writer, and each key would cost a lookup a row.
create table capture.inquiry (
  workspace_id uuid not null,
  id uuid not null,
  receipt text not null,
  source_id uuid,
  program_id uuid,
  import_id uuid,
  import_row int,
  external_id text,
  idempotency_key text,
  channel text not null,
  received_at timestamptz not null,
  occurred_at timestamptz not null,
  -- The body as it came, byte for byte. null: it came from an import file, which is kept, at import_row.
  raw bytea,
  raw_type text,
  fields jsonb not null default '{}',
  first_touch jsonb,
  last_touch jsonb,
  status text not null check (status in ('parsed', 'quarantined', 'withdrawn')),
  problem text,
  replayed_at timestamptz,
  primary key (workspace_id, id)
) partition by range (id);
do $$
declare
  y int;
  edge text[];
begin
  for y in 2024..2036 loop
    select array_agg(substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-0000-0000-000000000000' order by n) into edge
      from generate_series(y, y + 1) n,
           lateral (select lpad(to_hex((extract(epoch from make_timestamptz(n, 1, 1, 0, 0, 0, 'UTC')) * 1000)::bigint), 12, '0') as h) x;
    execute format('create table capture.inquiry_%s partition of capture.inquiry for values from (%L) to (%L)', y, edge[1], edge[2]);
  end loop;
end $$;
create table capture.inquiry_other partition of capture.inquiry default;
create index inquiry_receipt on capture.inquiry (workspace_id, receipt);
create index inquiry_external on capture.inquiry (workspace_id, external_id) where external_id is not null;
create index inquiry_import on capture.inquiry (workspace_id, import_id, id) where import_id is not null;
create index inquiry_source on capture.inquiry (workspace_id, source_id, id);
create index inquiry_program on capture.inquiry (workspace_id, program_id, id);
create index inquiry_quarantined on capture.inquiry (workspace_id, id) where status = 'quarantined';
select platform.guard('capture.inquiry', partner => 'none');

-- What makes a second delivery of the same thing answer with the first one's receipt: an idempotency key, a spent proof of work, an
-- imported external id. Apart from the inquiry, because a unique key of a partitioned table would have to hold its time.
create table capture.delivery_key (
  workspace_id uuid not null,
  key text not null,
  inquiry_id uuid not null,
  import_id uuid,
  primary key (workspace_id, key)
);
create index delivery_key_import on capture.delivery_key (workspace_id, import_id) where import_id is not null;
select platform.guard('capture.delivery_key', partner => 'none');
