-- Verdicts that come in files: which file each came by, so that the file can be taken back; and whose file it is, where a partner brought it.
alter table followup.disposition add column import_id uuid;
create index disposition_of_import on followup.disposition (workspace_id, import_id, lead_id) where import_id is not null;

create table followup.partner_file (
  workspace_id uuid not null,
  import_id uuid not null,
  holder_id uuid not null,
  primary key (workspace_id, import_id)
);
create index partner_file_holder on followup.partner_file (workspace_id, holder_id, import_id desc);
select platform.guard('followup.partner_file', partner => 'own');
create policy partner on followup.partner_file as restrictive using ((select platform.current_holder()) is null or holder_id = (select platform.current_holder()));
