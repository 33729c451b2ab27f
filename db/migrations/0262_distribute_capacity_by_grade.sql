-- How many leads of each grade a holder takes a week, beside the total, and how many open leads it holds at most.
alter table distribute.holder
  add column capacity_by_grade jsonb not null default '{}',
  add column open_most integer check (open_most >= 0);
-- The grade a lead had when it was given, by which capacities count. Where a row does not say, it is the lead's own.
alter table distribute.assignment add column grade text;
