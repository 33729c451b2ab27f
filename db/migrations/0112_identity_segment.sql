-- Segments: people or organizations that conditions find. A live one follows the facts, a static one is a list as it was when it was made.
create table identity.segment (
  workspace_id uuid not null references platform.workspace (id) on delete cascade,
  id uuid not null,
  name text not null,
  note text,
  subject text not null check (subject in ('person', 'organization')),
  kind text not null check (kind in ('live', 'static')),
  criteria jsonb not null,
  members int not null default 0,
  made_at timestamptz not null,
  made_by uuid,
  changed_at timestamptz not null,
  -- when everybody was last looked at, and when any member last came or went
  counted_at timestamptz not null,
  moved_at timestamptz not null,
  problem text,
  primary key (workspace_id, id)
);
create unique index segment_name on identity.segment (workspace_id, lower(name));
select platform.guard('identity.segment', partner => 'none');

-- Who is in it, by the ids as they were found. No foreign keys: it is as big as the people (0009).
create table identity.segment_member (
  workspace_id uuid not null,
  segment_id uuid not null,
  subject_id uuid not null,
  since timestamptz not null,
  primary key (workspace_id, segment_id, subject_id)
);
create index segment_member_of on identity.segment_member (workspace_id, subject_id);
select platform.guard('identity.segment_member', partner => 'none');
