-- What positions and businesses say, in a few levels, functions and sectors: one row for each different text, read by rules or said by a person.
-- It is found by the text itself (docs/decisions/0016), so the rows of people and organizations are as they were, and whatever brings a text back
-- (an undo, an unmerge) brings its reading back.
create function identity.said_key(said text) returns text language sql immutable parallel safe as
  $$ select left(lower(btrim(regexp_replace(said, '\s+', ' ', 'g'))), 200) $$;

create table identity.reading (
  workspace_id uuid not null references platform.workspace (id) on delete cascade,
  kind text not null check (kind in ('title', 'industry', 'naics', 'sic')),
  key text not null,
  -- one way it is written
  said text not null,
  level text,
  function text,
  sector text,
  -- what decided: {level, function} or {sector}
  words jsonb not null default '{}',
  -- which rules read it; a person's word stands whatever the rules say
  read_by text not null,
  said_by uuid,
  said_at timestamptz,
  primary key (workspace_id, kind, key)
);
create index reading_said on identity.reading (workspace_id, kind, key) where said_at is not null;
select platform.guard('identity.reading', partner => 'none');
