-- What imports wrote over one another is a pile: taking one out of the middle changes only what the one above it remembers. The order of
-- the pile is that of these ids, which follow time.
alter table identity.import_change add column id uuid;
create index import_change_subject on identity.import_change (workspace_id, subject_id);

-- A list of people names a company by its number in the other system before that company is known: whichever list comes second joins them.
create table identity.account_ref (
  workspace_id uuid not null references platform.workspace (id) on delete cascade,
  import_id uuid not null,
  person_id uuid not null,
  external_id text not null,
  -- the list of companies that brought it, and what the person belonged to before
  linked_by uuid,
  was_organization_id uuid,
  organization_id uuid,
  primary key (workspace_id, import_id, person_id)
);
create index account_ref_waiting on identity.account_ref (workspace_id, external_id) where linked_by is null;
create index account_ref_linked on identity.account_ref (workspace_id, linked_by) where linked_by is not null;
create index account_ref_person on identity.account_ref (workspace_id, person_id);
select platform.guard('identity.account_ref', partner => 'none');
