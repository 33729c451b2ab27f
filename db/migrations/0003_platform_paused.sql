-- While a past is being told into a workspace (the demo company), the house's own subscribers and clocks leave it alone: they would
-- act at today's time on what happened a year ago.
alter table platform.workspace add column paused boolean not null default false;

create function platform.awake_workspace_ids() returns table (id uuid) language sql stable security definer set search_path = '' as
  $$ select w.id from platform.workspace w where not w.paused order by w.created_at, w.id $$;
