-- What each list of names yielded, as it was last counted: who is on it, whom it brought first, what can be used of them, and what became of those
-- it brought. Derived (a job makes it anew); cost and verdict are told from it when it is read.
create table report.list_count (
  workspace_id uuid not null,
  list_id uuid not null,
  people integer not null,
  -- rows of somebody the list had named before
  again integer not null,
  -- people nobody knew before this list
  fresh integer not null,
  reachable integer not null,
  junk integer not null,
  good integer not null,
  out_of_reach integer not null,
  -- nobody has judged yet how far what is known of them can be trusted
  unjudged integer not null,
  leads integer not null,
  -- how many of those it brought became leads: one of them may be several
  lead_people integer not null,
  qualified integer not null,
  sales integer not null,
  won_minor bigint not null,
  -- sales in other currencies than the workspace's: they are in no sum
  foreign_sales integer not null,
  primary key (workspace_id, list_id)
);
select platform.guard('report.list_count', partner => 'none');

create table report.list_counting (
  workspace_id uuid not null primary key references platform.workspace (id) on delete cascade,
  counted_at timestamptz,
  took_ms integer not null default 0,
  -- something happened since that may change a figure
  stale boolean not null default true
);
select platform.guard('report.list_counting', partner => 'none');
