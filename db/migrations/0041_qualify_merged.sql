-- Which lead an inquiry belonged to before its lead was merged into another: undoing a merge of people gives it back.
alter table qualify.lead_inquiry add column from_lead_id uuid;
create index lead_inquiry_from on qualify.lead_inquiry (workspace_id, from_lead_id) where from_lead_id is not null;
create index lead_merged on qualify.lead (workspace_id, merged_into_id) where merged_into_id is not null;
