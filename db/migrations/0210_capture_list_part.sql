-- Which imports are one list: a file, and the rows of it that came again once they were mended. What was taken back is no part of anything.
create view capture.list_part with (security_invoker = true) as
with recursive part as (
  select m.workspace_id, m.id as list_id, m.id as import_id from capture.import m
  where m.kind in ('people', 'inquiries') and m.undone_at is null and m.started_at is not null
    and not exists (select from capture.import o where o.workspace_id = m.workspace_id and o.id = m.mends and o.undone_at is null)
  union all
  select p.workspace_id, p.list_id, m.id from part p
  join capture.import m on m.workspace_id = p.workspace_id and m.mends = p.import_id and m.undone_at is null and m.started_at is not null
)
select workspace_id, list_id, import_id from part;
grant select on capture.list_part to baton_app;
