-- How long, in business minutes of the company, a lead nobody here can take waits before it overflows; null: not at all.
alter table distribute.territory add column wait_most integer check (wait_most > 0);
