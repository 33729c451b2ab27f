-- On which days somebody was signed in, by the company's clock: a day each, nothing of what they did. Sessions go when they end; this stays thirteen months.
create table platform.user_day (
  workspace_id uuid not null,
  user_id uuid not null,
  on_date date not null,
  primary key (workspace_id, user_id, on_date),
  foreign key (workspace_id, user_id) references platform.app_user (workspace_id, id) on delete cascade
);
select platform.guard('platform.user_day', partner => 'own');
create policy partner on platform.user_day as restrictive using (platform.current_holder() is null or user_id = platform.current_user_id());
