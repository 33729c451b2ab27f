-- Leads that partners register as their own, as they typed them; what became of each, and until when it is kept for them.
create table followup.registration (
  workspace_id uuid not null references platform.workspace (id) on delete cascade,
  id uuid not null,
  holder_id uuid not null,
  made_at timestamptz not null,
  made_by uuid,
  -- what was typed, unreadable or not
  said jsonb not null,
  -- the same said again by the same partner is the same registration
  said_hash bytea not null,
  expected_minor bigint,
  currency text,
  state text not null check (state in ('incomplete', 'held', 'granted', 'refused')),
  problems text[] not null default '{}',
  inquiry_id uuid,
  person_id uuid,
  organization_id uuid,
  lead_id uuid,
  held_by uuid,
  held_by_name text,
  held_since timestamptz,
  decided_at timestamptz,
  decided_by uuid,
  reason text,
  protected_until timestamptz,
  primary key (workspace_id, id)
);
create index registration_of_holder on followup.registration (workspace_id, holder_id, id desc);
create unique index registration_same on followup.registration (workspace_id, holder_id, said_hash) where state in ('held', 'granted');
create index registration_state on followup.registration (workspace_id, state, id desc);
create index registration_person on followup.registration (workspace_id, person_id) where person_id is not null;
create index registration_organization on followup.registration (workspace_id, organization_id) where organization_id is not null;
create index registration_lead on followup.registration (workspace_id, lead_id) where lead_id is not null;
select platform.guard('followup.registration', partner => 'own');
create policy partner on followup.registration as restrictive using ((select platform.current_holder()) is null or holder_id = (select platform.current_holder()));
