-- Pairs of organizations that may be one, for somebody to decide; and what the check of the base found among organizations.
-- A table beside possible_duplicate, not a kind in it: that one is read by claims, erasures, learning and imports, which all mean people.
create table identity.organization_duplicate (
  workspace_id uuid not null references platform.workspace(id),
  id uuid not null,
  organization_id uuid not null,
  other_id uuid not null,
  weight real not null,
  evidence jsonb not null,
  found_at timestamptz not null,
  status text not null default 'open' check (status in ('open', 'joined', 'different')),
  decided_at timestamptz,
  decided_by uuid,
  primary key (workspace_id, id),
  check (organization_id < other_id)
);
create unique index organization_duplicate_pair on identity.organization_duplicate (workspace_id, organization_id, other_id);
create index organization_duplicate_other on identity.organization_duplicate (workspace_id, other_id);
create index organization_duplicate_listed on identity.organization_duplicate (workspace_id, status, weight desc, id desc);
select platform.guard('identity.organization_duplicate', partner => 'none');

alter table identity.base_check
  add column organizations integer not null default 0,
  add column organizations_joined integer not null default 0,
  add column organizations_asked integer not null default 0,
  add column organizations_remaining integer not null default 0;
