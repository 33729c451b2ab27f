-- What a partner is certified for, as a list of {name, until}: the last day of each, or null where it does not end.
alter table distribute.holder add column certificates jsonb not null default '[]' check (jsonb_typeof(certificates) = 'array');
