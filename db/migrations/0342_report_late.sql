-- What is late, by one expression: the earliest of its clocks. Lists of it, newest first, were thought to be short and sorted whole (112 ms at a million
-- leads); with how many there are known, they are read in their order. The clocks for the first contact and the verdict get an index each, as the answer's.
drop index report.lead_row_owed;
create index lead_row_owed on report.lead_row (workspace_id, holder_id, territory_id) include (awaited_by, contact_by, verdict_by, counted, lead_id)
  where least(awaited_by, contact_by, verdict_by) is not null;
create index lead_row_contact on report.lead_row (workspace_id, contact_by) where contact_by is not null;
create index lead_row_verdict on report.lead_row (workspace_id, verdict_by) where verdict_by is not null;
create statistics report.lead_row_late on (least(awaited_by, contact_by, verdict_by)) from report.lead_row;
