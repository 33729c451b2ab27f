-- A provider that is asked over HTTP: where, how, and within which budget. Its key is sealed with the installation's own secret.
alter table identity.append_provider
  add column service jsonb,
  add column secret bytea,
  add column budget_minor bigint check (budget_minor >= 0),
  add column failures int not null default 0,
  add column rests_until timestamptz,
  add column problem text;

-- What a service answered, so that the same question is not paid twice. The question is a hash; the answer goes with whom it is about.
create table identity.append_answer (
  workspace_id uuid not null references platform.workspace (id),
  provider_id uuid not null,
  question text not null,
  kind text not null check (kind in ('person', 'organization')),
  subject_id uuid not null,
  answered_at timestamptz not null,
  answer jsonb not null,
  primary key (workspace_id, provider_id, question)
);
create index append_answer_of_subject on identity.append_answer (workspace_id, subject_id);
select platform.guard('identity.append_answer', partner => 'none');
