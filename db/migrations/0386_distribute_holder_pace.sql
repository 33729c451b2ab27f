-- How a holder kept what was promised of late, beside what became of its leads: in the row of all products. Counted anew with the rest.
alter table distribute.holder_record
  -- answers and first contacts that were due, and those in time
  add column clocks int not null default 0,
  add column in_time int not null default 0,
  -- verdicts that were due, and those told in time
  add column verdicts int not null default 0,
  add column told int not null default 0;
