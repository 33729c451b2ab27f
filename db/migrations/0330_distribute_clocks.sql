-- Every promise of a hand-off runs by a clock: to answer, to be in contact, to have tried, to have judged. Each clock's instants stand in the
-- hand-off itself, when to remind until somebody was reminded; `clock_at` is the next of them, also of one that ended before anybody noticed.
alter table distribute.assignment
  add column remind_at timestamptz,
  add column tries_remind_at timestamptz,
  add column judge_remind_at timestamptz,
  -- nobody moved in time: the next scan passes it on
  add column passes_on boolean not null default false,
  -- since when attempts or a verdict are owed, once they are late
  add column owes_since timestamptz;
update distribute.assignment set remind_at = clock_at where ended_at is null and respond_by is not null and first_followup_at is null and reminded_at is null;
update distribute.assignment set clock_at = least(clock_at, tries_by, judge_by) where ended_at is null and accepted_at is not null and (tries_by is not null or judge_by is not null);

drop index distribute.assignment_clock;
create index assignment_clock on distribute.assignment (workspace_id, clock_at) where clock_at is not null;
create index assignment_owes on distribute.assignment (workspace_id, owes_since) where ended_at is null and owes_since is not null;
create index assignment_passes_on on distribute.assignment (workspace_id, id) where passes_on;

-- A promise not kept is an event at the instant it was due: once for each clock of a hand-off, by this key.
create table distribute.breach (
  workspace_id uuid not null,
  assignment_id uuid not null,
  clock text not null check (clock in ('accept', 'contact', 'attempts', 'verdict')),
  lead_id uuid not null,
  holder_id uuid not null,
  due_at timestamptz not null,
  noticed_at timestamptz not null,
  primary key (workspace_id, assignment_id, clock)
);
create index breach_due on distribute.breach (workspace_id, clock, due_at);
select platform.guard('distribute.breach', partner => 'own');
create policy partner on distribute.breach as restrictive using ((select platform.current_holder()) is null or holder_id = (select platform.current_holder()));
