-- Who waits for a date or a signal, and every communication that went out to an enquirer.
create schema nurture;
grant usage on schema nurture to baton_app;

create table nurture.enrolment (
  workspace_id uuid not null,
  id uuid not null,
  lead_id uuid not null,
  person_id uuid not null,
  program_id uuid,
  why text not null,
  until_at timestamptz not null,
  -- what brought it back before its date
  signal text,
  started_at timestamptz not null,
  ended_at timestamptz,
  end_reason text,
  primary key (workspace_id, id),
  foreign key (workspace_id, lead_id) references qualify.lead (workspace_id, id)
);
create unique index enrolment_open on nurture.enrolment (workspace_id, lead_id) where ended_at is null;
create index enrolment_due on nurture.enrolment (workspace_id, until_at, id) where ended_at is null;
create index enrolment_lead on nurture.enrolment (workspace_id, lead_id, started_at);

create table nurture.touch (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  lead_id uuid,
  inquiry_id uuid,
  channel text not null,
  kind text not null,
  at timestamptz not null,
  mail_id uuid,
  -- null: sent. Otherwise why the contact guard held it back.
  held_back text,
  primary key (workspace_id, id)
);
create index touch_person on nurture.touch (workspace_id, person_id, at desc);

select platform.guard('nurture.enrolment', partner => 'own');
select platform.guard('nurture.touch', partner => 'none');
create policy partner on nurture.enrolment as restrictive using ((select platform.current_holder()) is null or distribute.holds(lead_id));
