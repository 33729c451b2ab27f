-- Inquiries that meet the definition and are no leads only because an own field that a lead requires is not known: which. Filled in, or not
-- required any more, they are decided on again.
alter table qualify.dismissal add column lacks uuid[];
create index dismissal_lacking on qualify.dismissal (workspace_id, inquiry_id) where lacks is not null;
