-- An index on an expression is not looked into under row-level security, because functions may leak what they see; one on a plain column is.
alter table distribute.assignment add column wait_bucket int
  generated always as (report.wait_bucket(extract(epoch from first_followup_at - started_at)::double precision)) stored;
drop index distribute.assignment_wait;
create index assignment_wait on distribute.assignment (workspace_id, holder_id, wait_bucket, started_at) where first_followup_at is not null;
