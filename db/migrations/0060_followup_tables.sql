-- What holders did with their leads, what they will do next, and what they say became of each.
create schema followup;
grant usage on schema followup to baton_app;

create table followup.activity (
  workspace_id uuid not null,
  id uuid not null,
  lead_id uuid not null,
  holder_id uuid,
  user_id uuid,
  kind text not null check (kind in ('call', 'mail', 'visit', 'meeting', 'quote', 'literature', 'note')),
  at timestamptz not null,
  outcome text,
  note text,
  via text not null check (via in ('app', 'link', 'import', 'mail')),
  primary key (workspace_id, id),
  foreign key (workspace_id, lead_id) references qualify.lead (workspace_id, id)
);
create index activity_lead on followup.activity (workspace_id, lead_id, at desc);
create index activity_holder on followup.activity (workspace_id, holder_id, at desc);

create table followup.next_action (
  workspace_id uuid not null,
  lead_id uuid not null,
  what text not null,
  due_at timestamptz,
  set_by uuid,
  set_at timestamptz not null,
  primary key (workspace_id, lead_id),
  foreign key (workspace_id, lead_id) references qualify.lead (workspace_id, id)
);
create index next_action_due on followup.next_action (workspace_id, due_at);

create table followup.disposition (
  workspace_id uuid not null,
  id uuid not null,
  lead_id uuid not null,
  verdict text not null check (verdict in ('hot', 'warm', 'bad', 'sale', 'dont_know')),
  reason text,
  value_minor bigint,
  currency char(3),
  at timestamptz not null,
  by_holder_id uuid,
  by_user_id uuid,
  via text not null check (via in ('app', 'link', 'import', 'mail')),
  expires_at timestamptz,
  current boolean not null default true,
  undone_at timestamptz,
  -- the state this verdict replaced, so that an undo restores it exactly
  before jsonb not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, lead_id) references qualify.lead (workspace_id, id)
);
create unique index disposition_current on followup.disposition (workspace_id, lead_id) where current;
create index disposition_lead on followup.disposition (workspace_id, lead_id, at desc);
create index disposition_expiry on followup.disposition (workspace_id, expires_at) where current and expires_at is not null;

-- no-login links: only the hash is kept, the token is derived from the id and the house secret
create table followup.link (
  workspace_id uuid not null,
  id uuid not null,
  token_hash text not null,
  lead_id uuid not null,
  assignment_id uuid not null,
  holder_id uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  first_opened_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, lead_id) references qualify.lead (workspace_id, id)
);
create index link_lead on followup.link (workspace_id, lead_id);

select platform.guard('followup.activity', partner => 'own');
select platform.guard('followup.next_action', partner => 'own');
select platform.guard('followup.disposition', partner => 'own');
select platform.guard('followup.link', partner => 'none');
create policy partner on followup.activity as restrictive using ((select platform.current_holder()) is null or holder_id = (select platform.current_holder()));
create policy partner on followup.next_action as restrictive using ((select platform.current_holder()) is null or distribute.holds(lead_id));
create policy partner on followup.disposition as restrictive using ((select platform.current_holder()) is null or distribute.holds(lead_id));
