-- Whom a bureau was asked about: an extract under keys that mean nothing outside, and are of this one request.
create table identity.append_request (
  workspace_id uuid not null references platform.workspace (id),
  id uuid not null,
  provider_id uuid not null,
  kind text not null check (kind in ('person', 'organization')),
  fields text[] not null,
  whom text not null,
  asked int not null,
  asked_at timestamptz not null,
  asked_by text not null,
  primary key (workspace_id, id)
);
select platform.guard('identity.append_request', partner => 'none');

create table identity.append_key (
  workspace_id uuid not null references platform.workspace (id),
  key text not null,
  request_id uuid not null,
  subject_id uuid not null,
  -- the run whose file answered it, unless that was undone
  run_id uuid,
  primary key (workspace_id, key)
);
create index append_key_of_request on identity.append_key (workspace_id, request_id, subject_id);
create index append_key_of_run on identity.append_key (workspace_id, run_id) where run_id is not null;
select platform.guard('identity.append_key', partner => 'none');
