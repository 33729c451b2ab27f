-- What only an undone import knew is in no extract: sources nobody standing came from, reps that hold and held nothing that stands.
create or replace view extract.sources with (security_invoker = true) as
  select s.workspace_id, s.id, s.name, s.channel, s.created_at from capture.source s
  where s.import_id is null or not exists (select from capture.import m where m.workspace_id = s.workspace_id and m.id = s.import_id and m.status = 'undone')
    or exists (select from capture.inquiry i where i.workspace_id = s.workspace_id and i.source_id = s.id and i.status <> 'withdrawn');

create or replace view extract.holders with (security_invoker = true) as
  select h.workspace_id, h.id, h.kind, h.name, h.email, h.external_id, h.country, h.time_zone, h.active, h.capacity_per_week from distribute.holder h
  where h.active or h.import_id is null or not exists (select from capture.import m where m.workspace_id = h.workspace_id and m.id = h.import_id and m.status = 'undone')
    or exists (select from distribute.assignment a join qualify.lead l on l.workspace_id = a.workspace_id and l.id = a.lead_id
      where a.workspace_id = h.workspace_id and a.holder_id = h.id and (l.fate is null or l.fate not in ('withdrawn', 'merged')));

grant select (workspace_id, id, status) on capture.import to baton_reader;
grant select (workspace_id, import_id) on capture.source, distribute.holder to baton_reader;
