-- What was done in the clean-up queue: values typed, fields nobody knows, people put off; each with its way back.
create table identity.cleanup (
  workspace_id uuid not null references platform.workspace (id) on delete cascade,
  id uuid not null,
  person_id uuid not null,
  at timestamptz not null,
  by uuid,
  -- fields not asked for again until then; '*' is the whole person, put off
  fields text[] not null default '{}',
  until_at timestamptz,
  -- columns of the person's own row, as they were and as they were typed
  before jsonb,
  after jsonb,
  -- what the typing made besides: the sighting it is recognised by, a company nobody knew
  sighting_id uuid,
  organization_id uuid,
  undone_at timestamptz,
  primary key (workspace_id, id)
);
create index cleanup_standing on identity.cleanup (workspace_id, until_at) where undone_at is null and until_at is not null;
select platform.guard('identity.cleanup', partner => 'none');
