-- Partners with a system of their own: what changed of their leads, what their system answered, and who is called when something happens.
alter table followup.activity drop constraint activity_via_check, add constraint activity_via_check check (via in ('app', 'link', 'import', 'mail', 'api'));
alter table followup.disposition drop constraint disposition_via_check, add constraint disposition_via_check check (via in ('app', 'link', 'import', 'mail', 'api'));

-- One row for each partner and lead it has or had: when something last happened that concerns it, numbered in the order of happening. One
-- subscriber writes it, under its cursor's lock: a higher number is never seen before a lower one. It hears the journal from its beginning.
create table followup.lead_news (
  workspace_id uuid not null,
  holder_id uuid not null,
  lead_id uuid not null,
  at timestamptz not null,
  no bigint not null,
  primary key (workspace_id, holder_id, lead_id)
);
create unique index lead_news_no on followup.lead_news (workspace_id, no);
create index lead_news_order on followup.lead_news (workspace_id, holder_id, no);
select platform.guard('followup.lead_news', partner => 'own');
create policy partner on followup.lead_news as restrictive using ((select platform.current_holder()) is null or holder_id = (select platform.current_holder()));

-- What a partner's system sent, by its own reference: the same sent again is known and changes nothing.
create table followup.answer_taken (
  workspace_id uuid not null,
  holder_id uuid not null,
  reference text not null,
  said bytea not null,
  lead_id uuid not null,
  taken_at timestamptz not null,
  primary key (workspace_id, holder_id, reference)
);
create index answer_taken_at on followup.answer_taken (workspace_id, taken_at);
select platform.guard('followup.answer_taken', partner => 'own');
create policy partner on followup.answer_taken as restrictive using ((select platform.current_holder()) is null or holder_id = (select platform.current_holder()));

-- Where somebody else's system wants to be told. The secret is sealed; a former one signs beside it until it ends.
create table followup.webhook (
  workspace_id uuid not null,
  id uuid not null,
  holder_id uuid,
  name text not null,
  url text not null,
  secret bytea not null,
  former_secret bytea,
  former_until timestamptz,
  events text[] not null,
  state text not null default 'on' check (state in ('on', 'paused')),
  paused_why text,
  paused_at timestamptz,
  failures integer not null default 0,
  failing_since timestamptz,
  next_at timestamptz,
  created_by uuid,
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (workspace_id, id)
);
select platform.guard('followup.webhook', partner => 'own');
create policy partner on followup.webhook as restrictive using ((select platform.current_holder()) is null or holder_id = (select platform.current_holder()));

-- What each is to be told, by ids alone: the words are looked up when it is sent.
create table followup.webhook_delivery (
  workspace_id uuid not null,
  id uuid not null,
  webhook_id uuid not null,
  holder_id uuid,
  event text not null,
  at timestamptz not null,
  lead_id uuid,
  chain_id uuid,
  seq integer,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed')),
  attempts integer not null default 0,
  due_at timestamptz not null,
  leased_until timestamptz,
  created_at timestamptz not null,
  answered_at timestamptz,
  status integer,
  answer text,
  milliseconds integer,
  primary key (workspace_id, id),
  foreign key (workspace_id, webhook_id) references followup.webhook (workspace_id, id)
);
create index webhook_delivery_due on followup.webhook_delivery (workspace_id, webhook_id, due_at, id) where state = 'waiting';
create index webhook_delivery_turn on followup.webhook_delivery (workspace_id, webhook_id, lead_id, id) where state = 'waiting';
create index webhook_delivery_list on followup.webhook_delivery (workspace_id, webhook_id, id desc);
create index webhook_delivery_lead on followup.webhook_delivery (workspace_id, lead_id);
select platform.guard('followup.webhook_delivery', partner => 'own');
create policy partner on followup.webhook_delivery as restrictive using ((select platform.current_holder()) is null or holder_id = (select platform.current_holder()));
