-- What people said about being contacted, one row per saying and person it counts for; never rewritten. An undone import or a withdrawn
-- inquiry takes its sayings back. Who is merged gets what is said from then on, too, so that parting them again leaves each theirs.
create table identity.consent (
  workspace_id uuid not null references platform.workspace (id),
  id uuid not null,
  person_id uuid not null,
  -- null: for every purpose, by every channel
  purpose text,
  channel text check (channel in ('mail', 'phone', 'post', 'fax', 'message')),
  said text not null check (said in ('given', 'withdrawn', 'objected', 'lifted')),
  ground text check (ground in ('consent', 'contract', 'legitimate interest')),
  at timestamptz not null,
  source text not null check (source in ('form', 'import', 'api', 'mail', 'phone', 'link', 'hand', 'before')),
  evidence jsonb not null default '{}',
  inquiry_id uuid,
  import_id uuid,
  noted_at timestamptz not null,
  noted_by text not null,
  taken_back_at timestamptz,
  primary key (workspace_id, id, person_id)
);
create index consent_of_person on identity.consent (workspace_id, person_id, at desc);
create index consent_of_inquiry on identity.consent (workspace_id, inquiry_id) where inquiry_id is not null;
create index consent_of_import on identity.consent (workspace_id, import_id) where import_id is not null;
select platform.guard('identity.consent', partner => 'none');
revoke update, delete on identity.consent from baton_app;
-- an erasure takes the evidence out
grant update (taken_back_at, evidence) on identity.consent to baton_app;

-- What of it stands, by survivor: derived, written by who writes the sayings. Purpose '' is every purpose that says nothing of its own.
create table identity.consent_standing (
  workspace_id uuid not null references platform.workspace (id),
  person_id uuid not null,
  purpose text not null,
  channel text not null,
  stands text not null check (stands in ('given', 'refused')),
  since timestamptz not null,
  consent_id uuid not null,
  primary key (workspace_id, person_id, purpose, channel)
);
select platform.guard('identity.consent_standing', partner => 'none');

-- Lists of addresses and numbers nobody may use, whoever they turn out to be. `key` is the value as it is compared, or a keyed hash
-- of it where even the value must not be kept.
create table identity.suppression (
  workspace_id uuid not null references platform.workspace (id),
  id uuid not null,
  channel text not null check (channel in ('mail', 'phone', 'post', 'fax')),
  kind text not null check (kind in ('address', 'domain', 'number', 'place', 'erased')),
  key text not null,
  shown text,
  list text not null,
  added_at timestamptz not null,
  added_by text not null,
  primary key (workspace_id, id)
);
create unique index suppression_key on identity.suppression (workspace_id, channel, kind, key);
create index suppression_listed on identity.suppression (workspace_id, added_at desc, id desc);
select platform.guard('identity.suppression', partner => 'none');

-- The wishes noted so far, as what they are: known, without evidence of how.
with own as (
  select workspace_id, id, coalesce(survivor_id, id) as survivor_id, last_seen_at,
    coalesce((own ->> 'do_not_contact')::boolean, do_not_contact) as do_not_contact,
    coalesce((own ->> 'do_not_mail')::boolean, do_not_mail) as do_not_mail,
    coalesce((own ->> 'do_not_call')::boolean, do_not_call) as do_not_call,
    case when own is null then unsubscribed_at else (own ->> 'unsubscribed_at')::timestamptz end as unsubscribed_at
  from identity.person
)
insert into identity.consent (workspace_id, id, person_id, channel, said, at, source, noted_at, noted_by)
select o.workspace_id, gen_random_uuid(), o.id, w.channel, w.said, w.at, 'before', w.at, 'baton'
from own o cross join lateral (values
  (o.do_not_contact, null, 'objected', o.last_seen_at),
  (o.do_not_mail, 'mail', 'objected', o.last_seen_at),
  (o.do_not_call, 'phone', 'objected', o.last_seen_at),
  (o.unsubscribed_at is not null, 'mail', 'withdrawn', coalesce(o.unsubscribed_at, o.last_seen_at))) as w (is_so, channel, said, at)
where w.is_so;
insert into identity.consent_standing (workspace_id, person_id, purpose, channel, stands, since, consent_id)
select distinct on (c.workspace_id, coalesce(p.survivor_id, p.id), ch.channel) c.workspace_id, coalesce(p.survivor_id, p.id), '', ch.channel, 'refused', c.at, c.id
from identity.consent c join identity.person p on p.workspace_id = c.workspace_id and p.id = c.person_id
cross join unnest(array['mail', 'phone', 'post', 'fax', 'message']) as ch (channel)
where c.channel is null or c.channel = ch.channel
order by c.workspace_id, coalesce(p.survivor_id, p.id), ch.channel, c.at;
