-- Whom and what a file's opportunity names, as it says it: what was not known yet is linked when it comes, whatever is taken back is looked for anew.
create table revenue.opportunity_reference (
  workspace_id uuid not null,
  opportunity_id uuid not null,
  -- of several imports that told of it the latest is believed; taken back with it
  import_id uuid not null,
  kind text not null check (kind in ('lead', 'contact', 'mail', 'account', 'company', 'program')),
  -- what it is looked for by: as said, but for addresses and names of companies
  key text not null,
  said text not null,
  primary key (workspace_id, opportunity_id, import_id, kind),
  foreign key (workspace_id, opportunity_id) references revenue.opportunity (workspace_id, id) on delete cascade
);
create index opportunity_reference_key on revenue.opportunity_reference (workspace_id, kind, key);
create index opportunity_reference_import on revenue.opportunity_reference (workspace_id, import_id);
select platform.guard('revenue.opportunity_reference', partner => 'none');
