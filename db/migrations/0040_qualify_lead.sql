create schema qualify;
grant usage on schema qualify to baton_app;

-- The definition of a lead, the scoring rules and the qualifying questions: each change is a new version, the old ones stay because
-- leads point at them.
create table qualify.ruleset (
  workspace_id uuid not null references platform.workspace(id),
  kind text not null check (kind in ('definition', 'scoring', 'questions')),
  version integer not null,
  body jsonb not null,
  note text,
  made_at timestamptz not null,
  made_by uuid,
  primary key (workspace_id, kind, version)
);
select platform.guard('qualify.ruleset', partner => 'none');

create table qualify.lead (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  organization_id uuid,
  inquiry_id uuid not null,
  program_id uuid,
  source_id uuid,
  qualified_at timestamptz not null,
  definition_version integer not null,
  score integer not null,
  grade text not null check (grade in ('hot', 'warm', 'cold')),
  score_reasons jsonb not null,
  scored_at timestamptz not null,
  -- when decay alone brings the grade down; null when it cannot fall any further
  grade_falls_at timestamptz,
  budget text,
  authority text,
  need text,
  timing text,
  answers jsonb,
  product text,
  vertical text,
  country char(2),
  state text,
  postal_code text,
  closed_at timestamptz,
  fate text check (fate in ('sold', 'bad', 'lost', 'withdrawn', 'merged')),
  merged_into_id uuid,
  primary key (workspace_id, id),
  check ((closed_at is null) = (fate is null))
);
create unique index lead_open_of_person on qualify.lead (workspace_id, person_id) where closed_at is null;
create index lead_of_person on qualify.lead (workspace_id, person_id);
create index lead_of_organization on qualify.lead (workspace_id, organization_id) where organization_id is not null;
create unique index lead_of_inquiry on qualify.lead (workspace_id, inquiry_id);
create index lead_falling on qualify.lead (workspace_id, grade_falls_at) where closed_at is null and grade_falls_at is not null;
select platform.guard('qualify.lead', partner => 'none');

create table qualify.lead_inquiry (
  workspace_id uuid not null,
  lead_id uuid not null,
  inquiry_id uuid not null,
  joined_at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (workspace_id, lead_id, inquiry_id)
);
create unique index lead_inquiry_once on qualify.lead_inquiry (workspace_id, inquiry_id);
select platform.guard('qualify.lead_inquiry', partner => 'none');

create table qualify.dismissal (
  workspace_id uuid not null,
  inquiry_id uuid not null,
  person_id uuid not null,
  reasons jsonb not null,
  definition_version integer not null,
  at timestamptz not null,
  primary key (workspace_id, inquiry_id)
);
create index dismissal_of_person on qualify.dismissal (workspace_id, person_id);
select platform.guard('qualify.dismissal', partner => 'none');
