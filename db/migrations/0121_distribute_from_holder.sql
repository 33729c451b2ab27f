-- From whose hands a lead was taken stands in the assignment itself: who passes how much on to whom is counted from one index, where looking
-- every earlier assignment up took most of the time of the report.
alter table distribute.assignment add column from_holder_id uuid;
update distribute.assignment a set from_holder_id = f.holder_id
  from distribute.assignment f where f.workspace_id = a.workspace_id and f.id = a.redirected_from;
drop index distribute.assignment_redirected;
create index assignment_redirected on distribute.assignment (workspace_id, started_at) include (from_holder_id, holder_id, lead_id, why)
  where from_holder_id is not null;
