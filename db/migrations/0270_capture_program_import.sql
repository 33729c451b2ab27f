-- Which import last wrote a program: null after a change by hand, so that whoever takes an import back is asked about what is another's work by now.
alter table capture.program add column last_import_id uuid;

-- Of those there are: the latest import that wrote it, unless it was changed after that import had ended.
update capture.program p set last_import_id = w.import_id
from (
  select distinct on (m.workspace_id, m.program_id) m.workspace_id, m.program_id, m.import_id, i.finished_at
  from (
    select workspace_id, id as program_id, import_id from capture.program where import_id is not null
    union select workspace_id, subject_id, import_id from capture.import_change where subject = 'program'
  ) m
  join capture.import i on i.workspace_id = m.workspace_id and i.id = m.import_id
  order by m.workspace_id, m.program_id, i.id desc
) w
where w.workspace_id = p.workspace_id and w.program_id = p.id and (w.finished_at is null or p.updated_at <= w.finished_at);
