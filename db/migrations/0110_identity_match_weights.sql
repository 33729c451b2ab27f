-- What agreement of two sightings is worth, learned from the workspace's own: a version a night in which there was something to learn.
create table identity.match_weights (
  workspace_id uuid not null references platform.workspace(id),
  version int not null,
  learned_at timestamptz not null,
  sightings int not null,
  decisions int not null,
  weights jsonb not null,
  primary key (workspace_id, version)
);
select platform.guard('identity.match_weights', partner => 'none');
