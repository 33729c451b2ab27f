-- How each user wants to be told of the day: the id their calendar's address is made of (null: none; another id makes the old address dead),
-- and the hour of the mail with the day's plan, in their holder's time.
create table followup.diary (
  workspace_id uuid not null references platform.workspace (id) on delete cascade,
  user_id uuid not null,
  feed_id uuid,
  plan_hour integer check (plan_hour between 0 and 23),
  planned_on date,
  primary key (workspace_id, user_id)
);
create unique index diary_feed on followup.diary (workspace_id, feed_id) where feed_id is not null;
select platform.guard('followup.diary', partner => 'own');
create policy partner on followup.diary as restrictive using ((select platform.current_holder()) is null or user_id = (select platform.current_user_id()));
