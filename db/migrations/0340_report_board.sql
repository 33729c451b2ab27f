-- The board of now counts by clock: when an accepted lead's first contact is due, and when its verdict, as awaited_by says of the answer.
-- Null once it was kept, once the lead is closed, or while nobody owes it.
alter table report.lead_row add column contact_by timestamptz, add column verdict_by timestamptz;

update report.lead_row r set
  contact_by = case when a.first_followup_at is null then a.follow_by end,
  verdict_by = case when r.verdict is null or r.verdict = 'dont_know' or r.verdict_at < a.started_at then a.judge_by end
from distribute.assignment a
where a.workspace_id = r.workspace_id and a.id = r.assignment_id and a.ended_at is null and a.accepted_at is not null
  and r.closed_at is null and r.holder_kind in ('rep', 'partner') and (a.follow_by is not null or a.judge_by is not null);

-- Whatever somebody owes now, with all that is counted of it; and the lead's id, which row-level security asks for: without it every row is fetched.
create index lead_row_owed on report.lead_row (workspace_id, holder_id, territory_id) include (awaited_by, contact_by, verdict_by, counted, lead_id)
  where closed_at is null and (awaited_by is not null or contact_by is not null or verdict_by is not null);
