-- Under which other a territory lies: what it asks for is added to what that one and those above it ask for. Null: under none.
alter table distribute.territory
  add column parent_id uuid,
  add constraint territory_parent_check check (parent_id <> id),
  add constraint territory_parent_fkey foreign key (workspace_id, parent_id) references distribute.territory (workspace_id, id);
create index territory_parent on distribute.territory (workspace_id, parent_id) where parent_id is not null;
