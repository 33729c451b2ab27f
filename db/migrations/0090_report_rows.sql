-- The read model: one wide row per lead, one narrow row per inquiry, and sums of both by day, week and month. Nothing here is a
-- source of truth; every row can be made again from the rooms' own tables (report/rebuild.ts).
create schema report;
grant usage on schema report to baton_app;

-- Where a lead is now. src/report/state.rules.ts says the same in TypeScript; a test holds the two together.
create function report.lead_state(fate text, closed boolean, verdict text, holder_kind text) returns text language sql immutable parallel safe as $$
  select case
    when closed or fate is not null then case fate when 'sold' then 'sale' when 'withdrawn' then 'withdrawn' when 'merged' then 'merged' when 'lost' then 'lost' else 'bad' end
    when holder_kind is null or holder_kind = 'desk' then 'waiting'
    when verdict in ('hot', 'dont_know') then verdict
    when holder_kind = 'nurture' then 'nurture'
    when verdict = 'warm' then 'warm'
    else 'working' end
$$;

-- Waits are counted in buckets that grow by 4 %, so that a median needs to read one bucket only. quantile.rules.ts says the same.
create function report.wait_bucket(seconds double precision) returns int language sql immutable parallel safe as
  $$ select floor(ln(greatest(0, seconds) + 1) * 25)::int $$;

-- How long the first contact took, in the bands people speak of; decay.rules.ts says the same.
create function report.wait_band(seconds double precision) returns text language sql immutable parallel safe as $$
  select case when seconds is null then 'none' when seconds < 300 then '5min' when seconds < 1800 then '30min' when seconds < 3600 then '1h' when seconds < 14400 then '4h'
    when seconds < 86400 then '1day' when seconds < 259200 then '3days' when seconds < 604800 then 'week' else 'later' end
$$;

create table report.lead_row (
  workspace_id uuid not null,
  lead_id uuid not null,
  inquiry_id uuid not null,
  receipt text,
  person_id uuid not null,
  person_name text not null,
  title text,
  email text,
  phone text,
  organization_id uuid,
  organization_name text,
  country char(2),
  region text,
  city text,
  postal_code text,
  product text,
  vertical text,
  program_id uuid,
  source_id uuid,
  channel text,
  territory_id uuid,
  -- the holder now; of a closed lead, who held it last
  holder_id uuid,
  holder_kind text,
  assignment_id uuid,
  grade text not null,
  score int not null,
  occurred_at timestamptz not null,
  occurred_on date not null,
  qualified_at timestamptz not null,
  qualified_on date not null,
  first_assigned_at timestamptz,
  assigned_at timestamptz,
  accepted_at timestamptz,
  respond_by timestamptz,
  -- set while an answer is still owed: open, with a rep or partner, neither accepted nor followed up
  awaited_by timestamptz,
  first_followup_at timestamptz,
  -- seconds from the first hand-over to the first follow-up by anybody
  wait_seconds double precision,
  redirects int not null default 0,
  verdict text,
  verdict_reason text,
  verdict_at timestamptz,
  state text not null,
  -- the five verdicts and open: how the status reports count it
  status text not null generated always as (
    case when state = 'sale' then 'sale' when state in ('bad', 'lost') then 'bad' when state in ('withdrawn', 'merged') then 'gone' when verdict in ('hot', 'warm', 'dont_know') then verdict else 'open' end) stored,
  -- false for what was withdrawn or joined with another lead: it is in no figure
  counted boolean not null generated always as (state not in ('withdrawn', 'merged')) stored,
  fate text,
  closed_at timestamptz,
  sold_on date,
  -- seconds from the first contact (the inquiry) to the sale
  sale_seconds double precision,
  sold_by uuid,
  value_minor bigint,
  currency char(3),
  next_action text,
  -- the last one ever set: a done next action still tells what worked
  last_next_action text,
  next_action_due_at timestamptz,
  calls int not null default 0,
  mails int not null default 0,
  visits int not null default 0,
  meetings int not null default 0,
  quotes int not null default 0,
  literature int not null default 0,
  notes int not null default 0,
  first_activity text,
  last_activity_at timestamptz,
  inquiries int not null default 1,
  primary key (workspace_id, lead_id)
);
-- Each list a screen offers is one of these read from its end; a test proves it by plan.
create index lead_row_qualified on report.lead_row (workspace_id, qualified_at desc, lead_id desc);
create index lead_row_program on report.lead_row (workspace_id, program_id, qualified_at desc, lead_id desc);
create index lead_row_source on report.lead_row (workspace_id, source_id, qualified_at desc, lead_id desc);
create index lead_row_channel on report.lead_row (workspace_id, channel, qualified_at desc, lead_id desc);
create index lead_row_holder on report.lead_row (workspace_id, holder_id, qualified_at desc, lead_id desc);
create index lead_row_territory on report.lead_row (workspace_id, territory_id, qualified_at desc, lead_id desc);
create index lead_row_status on report.lead_row (workspace_id, status, qualified_at desc, lead_id desc);
create index lead_row_score on report.lead_row (workspace_id, score desc, lead_id desc);
create index lead_row_value on report.lead_row (workspace_id, value_minor desc, lead_id desc) where value_minor is not null;
create index lead_row_aside on report.lead_row (workspace_id, holder_kind, qualified_at desc, lead_id desc) where closed_at is null and holder_kind in ('desk', 'nurture');
create index lead_row_unheld on report.lead_row (workspace_id, lead_id) where closed_at is null and holder_id is null;
create index lead_row_awaited on report.lead_row (workspace_id, awaited_by) where awaited_by is not null;
create index lead_row_due on report.lead_row (workspace_id, next_action_due_at) where next_action_due_at is not null and closed_at is null;
create index lead_row_person on report.lead_row (workspace_id, person_id);
create index lead_row_organization on report.lead_row (workspace_id, organization_id) where organization_id is not null;
create index lead_row_sold on report.lead_row (workspace_id, occurred_on) include (sale_seconds, sold_by, source_id, program_id, channel, value_minor) where state = 'sale';
create index lead_row_gone on report.lead_row (workspace_id, lead_id) where not counted;
select platform.guard('report.lead_row', partner => 'own');
create policy partner on report.lead_row as restrictive using ((select platform.current_holder()) is null or distribute.holds(lead_id));

-- The words a lead is found by, apart from its row, because a lead's row changes often and its words seldom.
create table report.lead_search (
  workspace_id uuid not null,
  lead_id uuid not null,
  words tsvector not null,
  primary key (workspace_id, lead_id)
);
create index lead_search_words on report.lead_search using gin (words);
select platform.guard('report.lead_search', partner => 'none');

-- Matching words is not leakproof, so under row-level security the planner may not use their index. This function belongs to the table's
-- owner, names the workspace itself and gives out ids only; the leads behind them are read under the caller's own policies.
create function report.find_leads(query text, at_most int) returns setof uuid language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s.lead_id from report.lead_search s where s.workspace_id = platform.current_workspace() and s.words @@ to_tsquery('simple', query) order by s.lead_id desc limit at_most
$$;
revoke all on function report.find_leads(text, int) from public;
grant execute on function report.find_leads(text, int) to baton_app;

create table report.inquiry_row (
  workspace_id uuid not null,
  inquiry_id uuid not null,
  occurred_on date not null,
  source_id uuid,
  program_id uuid,
  channel text,
  status text not null,
  lead_id uuid,
  -- the inquiry the lead began with, as against one that joined it
  is_origin boolean not null default false,
  -- false while nobody said yet whether it is a lead: what stays so is unaccounted for
  decided boolean not null,
  primary key (workspace_id, inquiry_id)
);
create index inquiry_row_day on report.inquiry_row (workspace_id, occurred_on desc, inquiry_id desc);
create index inquiry_row_undecided on report.inquiry_row (workspace_id, inquiry_id) where not decided;
create index inquiry_row_lead on report.inquiry_row (workspace_id, lead_id) where lead_id is not null;
select platform.guard('report.inquiry_row', partner => 'none');

-- Days whose sums are out of date: by the day of the inquiry, of qualification, of the assignment.
create table report.dirty_day (
  workspace_id uuid not null,
  cube text not null check (cube in ('arrival', 'cohort', 'assigned')),
  on_date date not null,
  primary key (workspace_id, cube, on_date)
);
select platform.guard('report.dirty_day', partner => 'none');

-- grain d: the day itself; w: its Monday; m: its first of month. Weeks and months are sums of days.
create table report.arrival_cell (
  workspace_id uuid not null,
  grain char(1) not null,
  on_date date not null,
  source_id uuid,
  program_id uuid,
  channel text,
  holder_kind text,
  state text not null,
  inquiries bigint not null,
  leads bigint not null,
  hot bigint not null,
  sales bigint not null,
  value_minor bigint not null
);
create index arrival_cell_day on report.arrival_cell (workspace_id, grain, on_date);
select platform.guard('report.arrival_cell', partner => 'none');

create table report.cohort_cell (
  workspace_id uuid not null,
  grain char(1) not null,
  on_date date not null,
  holder_id uuid,
  territory_id uuid,
  leads bigint not null,
  followed_up bigint not null,
  next_action_set bigint not null,
  calls bigint not null,
  mails bigint not null,
  visits bigint not null,
  meetings bigint not null,
  quotes bigint not null,
  literature bigint not null,
  notes bigint not null,
  hot bigint not null,
  warm bigint not null,
  bad bigint not null,
  sale bigint not null,
  dont_know bigint not null,
  open bigint not null,
  silent bigint not null,
  value_minor bigint not null
);
create index cohort_cell_day on report.cohort_cell (workspace_id, grain, on_date);
select platform.guard('report.cohort_cell', partner => 'none');

-- What works: how many leads had this (an activity, a source, a next action, a wait) and how many of them bought.
create table report.works_cell (
  workspace_id uuid not null,
  grain char(1) not null,
  on_date date not null,
  dimension text not null,
  value text not null,
  leads bigint not null,
  sales bigint not null
);
create index works_cell_day on report.works_cell (workspace_id, grain, on_date);
select platform.guard('report.works_cell', partner => 'none');

create table report.assigned_cell (
  workspace_id uuid not null,
  grain char(1) not null,
  on_date date not null,
  holder_id uuid not null,
  territory_id uuid,
  assigned bigint not null,
  accepted bigint not null,
  declined bigint not null,
  followed_up bigint not null,
  redirected bigint not null,
  open bigint not null,
  wait_seconds double precision not null
);
create index assigned_cell_day on report.assigned_cell (workspace_id, grain, on_date);
select platform.guard('report.assigned_cell', partner => 'none');

create table report.wait_cell (
  workspace_id uuid not null,
  grain char(1) not null,
  on_date date not null,
  holder_id uuid not null,
  bucket int not null,
  followed_up bigint not null
);
create index wait_cell_day on report.wait_cell (workspace_id, grain, on_date);
select platform.guard('report.wait_cell', partner => 'none');

-- The read model asks the custody record by day, by the length of the wait, and who took over from whom.
create index assignment_redirected on distribute.assignment (workspace_id, started_at) include (holder_id, redirected_from, lead_id, why) where redirected_from is not null;
create index assignment_started on distribute.assignment (workspace_id, started_at);
create index assignment_wait on distribute.assignment
  (workspace_id, holder_id, report.wait_bucket(extract(epoch from first_followup_at - started_at)::double precision), started_at)
  where first_followup_at is not null;

create table report.saved_view (
  workspace_id uuid not null,
  id uuid not null,
  user_id uuid,
  name text not null,
  screen text not null,
  query jsonb not null,
  shared boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id)
);
create index saved_view_user on report.saved_view (workspace_id, screen, user_id);
select platform.guard('report.saved_view', partner => 'own');
create policy partner on report.saved_view as restrictive using ((select platform.current_holder()) is null or user_id = platform.current_user_id());
