-- How far what is known of a person can be trusted: a level per kind of value with its reasons, by survivor. Derived: a subscriber keeps it behind
-- the flow, and a job makes it anew. Null where nothing is known that could be judged. No foreign keys: it is as big as the people (0009).
create table identity.quality (
  workspace_id uuid not null,
  person_id uuid not null,
  mail text,
  phone text,
  mobile text,
  address text,
  name text,
  life text,
  -- what speaks for and against: [{group, code, level, detail}]
  findings jsonb not null default '[]',
  -- 0 to 1: how much of what one wants to know is missing or bad
  lacking real not null,
  wanted text[] not null default '{}',
  mail_domain text,
  judged_at timestamptz not null,
  -- when time alone changes the answer
  next_at timestamptz,
  primary key (workspace_id, person_id)
);
create index quality_due on identity.quality (workspace_id, next_at) where next_at is not null;
create index quality_by_domain on identity.quality (workspace_id, mail_domain) where mail_domain is not null;
create index quality_lacking on identity.quality (workspace_id, lacking desc, person_id) where lacking > 0;
select platform.guard('identity.quality', partner => 'none');

-- By which rules and settings the whole base was last judged: other ones, and it is judged again.
create table identity.quality_base (
  workspace_id uuid not null primary key references platform.workspace (id) on delete cascade,
  judged_by text not null,
  judged_at timestamptz not null
);
select platform.guard('identity.quality_base', partner => 'none');

-- What the world's name servers said of a mail's domain; asked only where an installation wants it.
create table identity.mail_domain (
  workspace_id uuid not null references platform.workspace (id) on delete cascade,
  domain text not null,
  state text check (state in ('mail', 'no mail', 'no domain')),
  checked_at timestamptz,
  ask_at timestamptz not null,
  primary key (workspace_id, domain)
);
create index mail_domain_due on identity.mail_domain (workspace_id, ask_at);
select platform.guard('identity.mail_domain', partner => 'none');

-- Where the people with one postcode live, by what they say: made anew with the base.
create table identity.postcode_place (
  workspace_id uuid not null,
  country char(2) not null,
  postcode text not null,
  city text not null,
  people integer not null,
  primary key (workspace_id, country, postcode, city)
);
select platform.guard('identity.postcode_place', partner => 'none');

-- What became of our last mail to an address.
create index mail_to on platform.mail (workspace_id, to_address);
create index lead_mail_from on capture.lead_mail (workspace_id, from_address) where from_address is not null;
