-- A fact that the prompt subscribers heard inside the transaction that wrote it: their cursors pass over it.
alter table journal.fact add column carried boolean not null default false;
