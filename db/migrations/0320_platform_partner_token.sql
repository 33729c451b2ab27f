-- A token may act as one partner: bound to its holder, and narrowed to what that holder has or had, as its users are.
alter table platform.api_token add column holder_id uuid;
alter table platform.api_token add constraint api_token_partner check ((holder_id is not null) = ('partner' = any (roles)) and (holder_id is null or roles = '{partner}'));
drop policy partner on platform.api_token;
create policy partner on platform.api_token as restrictive
  using ((select platform.current_holder()) is null or holder_id = (select platform.current_holder()));
