-- A next action that is a meeting: how long it takes (null: no meeting) and where it is.
alter table followup.next_action add column minutes integer check (minutes between 5 and 1440), add column place text;
