-- What waiting costs, as learnt from own history: the company's curve and that of each source. Numbers and ids only; partners' queues use it too.
create table followup.decay_fit (
  workspace_id uuid not null references platform.workspace (id) on delete cascade,
  fitted_at timestamptz not null,
  decays jsonb not null,
  primary key (workspace_id)
);
select platform.guard('followup.decay_fit');
