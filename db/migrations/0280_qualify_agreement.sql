-- What marketing and sales promise each other, in versions: one draft at most, and every version both have signed, word for word.
create table qualify.agreement (
  workspace_id uuid not null references platform.workspace (id),
  version int not null,
  content jsonb not null,
  -- what people read and sign, as it was said then
  words jsonb not null,
  hash text not null,
  -- the day it is to begin; null: as soon as both have signed
  starts_on date,
  note text,
  drafted_at timestamptz not null,
  drafted_by uuid,
  -- from when it holds: set with the second signature. It ends where the next begins.
  from_at timestamptz,
  -- whether the journal says that it took force
  told boolean not null default false,
  primary key (workspace_id, version)
);
create unique index agreement_draft on qualify.agreement (workspace_id) where from_at is null;

create table qualify.agreement_signature (
  workspace_id uuid not null,
  version int not null,
  side text not null check (side in ('marketing', 'sales')),
  user_id uuid not null,
  signed_at timestamptz not null,
  -- of the words that were signed
  hash text not null,
  primary key (workspace_id, version, side),
  foreign key (workspace_id, version) references qualify.agreement (workspace_id, version) on delete cascade
);

-- Hand-offs are judged by what was signed: nothing of it is changed after.
create function qualify.agreement_stands() returns trigger language plpgsql as $$
  begin
    raise exception 'Version % of the agreement was signed by both sides and stays as it is.', old.version;
  end $$;
create trigger agreement_stands before update on qualify.agreement for each row
  when (old.from_at is not null and to_jsonb(old) - 'told' is distinct from to_jsonb(new) - 'told') execute function qualify.agreement_stands();

select platform.guard('qualify.agreement', partner => 'none');
select platform.guard('qualify.agreement_signature', partner => 'none');
