-- A mail that answers one of ours: the id its address carries, and the lead it was filed with, by which an erasure finds it.
alter table capture.lead_mail add column reply_to uuid, add column lead_id uuid;
create index lead_mail_lead on capture.lead_mail (workspace_id, lead_id) where lead_id is not null;
