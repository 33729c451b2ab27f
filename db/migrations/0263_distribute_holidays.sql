-- Public holidays, a list for each calendar, and whose they are.
create table distribute.holiday_list (
  workspace_id uuid not null references platform.workspace(id),
  id uuid not null,
  name text not null,
  country char(2),
  -- [{ "on": "2026-12-25", "name": "Christmas Day" }, …] in order
  days jsonb not null,
  primary key (workspace_id, id)
);
create table distribute.holiday_holder (
  workspace_id uuid not null,
  holder_id uuid not null,
  list_id uuid not null,
  primary key (workspace_id, holder_id, list_id),
  foreign key (workspace_id, list_id) references distribute.holiday_list (workspace_id, id) on delete cascade,
  foreign key (workspace_id, holder_id) references distribute.holder (workspace_id, id) on delete cascade
);
select platform.guard('distribute.holiday_list');
select platform.guard('distribute.holiday_holder', partner => 'own');
create policy partner on distribute.holiday_holder as restrictive using (platform.current_holder() is null or holder_id = platform.current_holder());

-- All days of the lists somebody has, kept in their own row: it is read at the start of every clock.
alter table distribute.holder add column public_holidays date[] not null default '{}';

-- The calendar somebody works by: their own, and the public holidays they have. Without a table in it, so that it is taken into whatever asks for it.
create function distribute.worked_calendar(own jsonb, holidays date[]) returns jsonb language sql stable as $$
  select case when holidays <> '{}' then coalesce(own, '{}') || jsonb_build_object('holidays', coalesce(own -> 'holidays', '[]') || to_jsonb(holidays)) else own end
$$;
grant execute on function distribute.worked_calendar(jsonb, date[]) to baton_app;
