-- Who asked to see, correct or erase what is kept of them, and what came of it; and the erasures themselves.
create table identity.privacy_request (
  workspace_id uuid not null references platform.workspace (id),
  id uuid not null,
  kind text not null check (kind in ('access', 'erasure', 'correction', 'objection')),
  person_id uuid,
  -- who it was and how they asked, in words; emptied when the person is erased
  asker text,
  asked_on date not null,
  due_on date not null,
  noted_at timestamptz not null,
  noted_by text not null,
  done_at timestamptz,
  done_by text,
  outcome text check (outcome in ('done', 'refused', 'nobody')),
  note text,
  primary key (workspace_id, id)
);
create index privacy_request_due on identity.privacy_request (workspace_id, due_on, id) where done_at is null;
create index privacy_request_of_person on identity.privacy_request (workspace_id, person_id) where person_id is not null;
select platform.guard('identity.privacy_request', partner => 'none');

-- A tombstone: that somebody was here, when they were erased, by whom and why. Nothing in it says who it was.
create table identity.erasure (
  workspace_id uuid not null references platform.workspace (id),
  id uuid not null,
  -- the survivor when it was asked for, and every id merged into it
  person_id uuid not null,
  person_ids uuid[] not null,
  why text not null check (why in ('asked', 'objected', 'no longer needed', 'unlawful', 'retention', 'other')),
  remembers boolean not null,
  asked_at timestamptz not null,
  asked_by text not null,
  request_id uuid,
  -- asked: nothing is gone yet; files: every row is empty, files on the disk may still be there; done
  state text not null default 'asked' check (state in ('asked', 'files', 'done')),
  done_at timestamptz,
  counts jsonb not null default '{}',
  job_id uuid,
  primary key (workspace_id, id)
);
create unique index erasure_of_person on identity.erasure (workspace_id, person_id);
create index erasure_open on identity.erasure (workspace_id, asked_at) where state <> 'done';
select platform.guard('identity.erasure', partner => 'none');

-- What addresses of the erased are hashed with, where a company remembers that they must not be contacted. No row: nobody is remembered.
create table identity.remembering (
  workspace_id uuid primary key references platform.workspace (id),
  secret bytea not null
);
select platform.guard('identity.remembering', partner => 'none');

alter table identity.person add column erased_at timestamptz;
alter table capture.import add column file_erased_at timestamptz;

-- A fact may lose what a person typed into it, and nothing else: named words become null. `verify` takes such a fact only with a later
-- `fact.erased` of its chain that names it, its hash, and its hash as it reads now (docs/decisions/0015).
create function journal.erase_words(chains uuid[], of_types text[], words text[], kept text[])
returns table (chain_id uuid, seq int, id uuid, type text, subject_id uuid, at timestamptz, actor text, data jsonb, hash bytea, previous bytea)
language sql security definer set search_path = '' as $$
  with gone as (
    update journal.fact f set data = f.data || (
      select jsonb_object_agg(w.key, 'null'::jsonb) from jsonb_each(f.data) w
      where w.key = any (words) and w.value <> 'null'::jsonb and not (jsonb_typeof(w.value) = 'string' and w.value #>> '{}' = any (kept)))
    where f.workspace_id = platform.current_workspace() and platform.current_holder() is null and f.chain_id = any (chains) and f.type = any (of_types)
      and exists (select 1 from jsonb_each(f.data) w
        where w.key = any (words) and w.value <> 'null'::jsonb and not (jsonb_typeof(w.value) = 'string' and w.value #>> '{}' = any (kept)))
    returning f.*)
  select g.chain_id, g.seq, g.id, g.type, g.subject_id, g.at, g.actor, g.data, g.hash,
    (select p.hash from journal.fact p where p.workspace_id = g.workspace_id and p.chain_id = g.chain_id and p.seq = g.seq - 1)
  from gone g order by g.chain_id, g.seq $$;
revoke all on function journal.erase_words(uuid[], text[], text[], text[]) from public;
grant execute on function journal.erase_words(uuid[], text[], text[], text[]) to baton_app;

-- What was taken off a do-not-contact list says in the audit what it was; an erasure takes it out.
grant update (detail) on platform.audit to baton_app;
