-- Addresses to which mail for a program, a source or the company as a whole may be sent. One that ended takes nothing any more, and is kept
-- for the mails that came by it.
create table capture.lead_address (
  workspace_id uuid not null,
  id uuid not null,
  -- what stands after the plus sign; its beginning says whose it is
  key text not null collate "C",
  program_id uuid,
  source_id uuid,
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (workspace_id, id),
  check (program_id is null or source_id is null)
);
create unique index lead_address_key on capture.lead_address (workspace_id, key);
create unique index lead_address_of on capture.lead_address (workspace_id, coalesce(program_id, source_id, '00000000-0000-0000-0000-000000000000'::uuid)) where ended_at is null;
select platform.guard('capture.lead_address', partner => 'none');

-- Every mail as it came, on the disk before its sender was told that it arrived. What became of it stands beside.
create table capture.lead_mail (
  workspace_id uuid not null,
  id uuid not null,
  address_id uuid not null,
  -- of its message id, its head and its body: the same mail again is one mail
  same_key bytea not null,
  via text not null check (via in ('smtp', 'imap')),
  received_at timestamptz not null,
  sent_at timestamptz,
  raw bytea not null,
  bytes int not null,
  from_name text,
  from_address text,
  subject text,
  state text not null default 'waiting' check (state in ('waiting', 'read', 'held')),
  nature text,
  sentence text,
  inquiries int not null default 0,
  -- of the lists attached, in their order; null where one was looked at and is none
  import_ids uuid[] not null default '{}',
  attempts int not null default 0,
  read_after timestamptz not null,
  read_at timestamptz,
  primary key (workspace_id, id)
);
create unique index lead_mail_same on capture.lead_mail (workspace_id, same_key);
create index lead_mail_waiting on capture.lead_mail (workspace_id, read_after) where state = 'waiting';
create index lead_mail_address on capture.lead_mail (workspace_id, address_id, id);
select platform.guard('capture.lead_mail', partner => 'none');
