-- How many attempts are agreed stands beside the instant they are due by, as every other promise of a hand-off does: what is judged, shown and
-- counted reads one number. Until now each looked it up in the agreement.
alter table distribute.assignment add column tries_owed integer;
update distribute.assignment a set tries_owed = (
  select (g.content -> 'sales' -> coalesce(a.grade, a.decided ->> 'grade', l.grade) ->> 'attempts')::int
  from qualify.agreement g where g.workspace_id = a.workspace_id and g.from_at <= a.started_at order by g.from_at desc, g.version desc limit 1)
from qualify.lead l where l.workspace_id = a.workspace_id and l.id = a.lead_id and a.tries_by is not null;

-- By when an accepted lead has to have been tried so often, as contact_by and verdict_by: null once it was, or while nobody owes it.
alter table report.lead_row add column tries_by timestamptz;

-- All three anew: a pause that put them off was not heard of, and a verdict that was followed by "don't know" still was one.
update report.lead_row r set
  contact_by = case when a.first_followup_at is null then a.follow_by end,
  tries_by = case when not spoke.did and tried.times < a.tries_owed and tried.last_at > a.tries_by is not true then a.tries_by end,
  verdict_by = case when not spoke.did then a.judge_by end
from distribute.assignment a
  cross join lateral (select exists (select from followup.disposition d where d.workspace_id = a.workspace_id and d.lead_id = a.lead_id and d.verdict <> 'dont_know'
    and d.undone_at is null and d.at >= a.started_at) as did) spoke
  cross join lateral (select count(*) filter (where f.at >= a.started_at) as times, max(f.at) as last_at from followup.activity f
    where f.workspace_id = a.workspace_id and f.lead_id = a.lead_id and f.kind <> 'note') tried
where a.workspace_id = r.workspace_id and a.id = r.assignment_id and a.ended_at is null and a.accepted_at is not null
  and r.closed_at is null and r.holder_kind in ('rep', 'partner') and (a.follow_by is not null or a.tries_by is not null or a.judge_by is not null);

drop index report.lead_row_owed;
create index lead_row_owed on report.lead_row (workspace_id, holder_id, territory_id) include (awaited_by, contact_by, tries_by, verdict_by, counted, lead_id)
  where least(awaited_by, contact_by, tries_by, verdict_by) is not null;
create index lead_row_tries on report.lead_row (workspace_id, tries_by) where tries_by is not null;
drop statistics report.lead_row_late;
create statistics report.lead_row_late on (least(awaited_by, contact_by, tries_by, verdict_by)) from report.lead_row;
