-- Every answer given without signing in: by which link, in which browser, and whether its holder had answered from there before. The mark
-- is a hash of what that browser was given to keep when it answered first; who only looks is given nothing and recorded nowhere.
create table followup.link_answer (
  workspace_id uuid not null,
  id uuid not null,
  link_id uuid not null,
  lead_id uuid not null,
  holder_id uuid not null,
  at timestamptz not null,
  did text not null,
  via text not null check (via in ('page', 'mail', 'round')),
  -- first: nobody of this holder answered before; known: as before; other: from somewhere new
  known text not null check (known in ('first', 'known', 'other')),
  browser text,
  mark bytea,
  primary key (workspace_id, id),
  foreign key (workspace_id, lead_id) references qualify.lead (workspace_id, id)
);
create index link_answer_link on followup.link_answer (workspace_id, link_id, at);
create index link_answer_holder on followup.link_answer (workspace_id, holder_id, mark);
select platform.guard('followup.link_answer', partner => 'own');
create policy partner on followup.link_answer as restrictive using ((select platform.current_holder()) is null or holder_id = (select platform.current_holder()));

-- A partner sees the links to its own leads, and may end them.
drop policy partner on followup.link;
create policy partner on followup.link as restrictive using ((select platform.current_holder()) is null or holder_id = (select platform.current_holder()));
alter table followup.link add column revoked_by uuid;

-- A verdict that somebody wrote in a mail: asked about, and given only once its holder says so on the page.
create table followup.proposal (
  workspace_id uuid not null,
  id uuid not null,
  link_id uuid not null,
  lead_id uuid not null,
  holder_id uuid not null,
  mail_id uuid not null,
  at timestamptz not null,
  verdict text not null check (verdict in ('hot', 'warm', 'bad', 'sale', 'dont_know')),
  words text,
  reason text,
  value_minor bigint,
  currency char(3),
  state text not null default 'open' check (state in ('open', 'confirmed', 'left', 'replaced')),
  settled_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, lead_id) references qualify.lead (workspace_id, id)
);
create unique index proposal_open on followup.proposal (workspace_id, lead_id, holder_id) where state = 'open';
create index proposal_lead on followup.proposal (workspace_id, lead_id, at desc);
select platform.guard('followup.proposal', partner => 'own');
create policy partner on followup.proposal as restrictive using ((select platform.current_holder()) is null or holder_id = (select platform.current_holder()));
