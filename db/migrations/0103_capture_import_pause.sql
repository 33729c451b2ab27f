-- An import may be paused and go on; its speed is that of the run at hand, not of the time it lay still.
alter table capture.import drop constraint import_status_check;
alter table capture.import add constraint import_status_check check (status in ('uploading', 'analysed', 'waiting', 'running', 'paused', 'finished', 'cancelled', 'failed', 'undoing', 'undone'));
alter table capture.import add column run_started_at timestamptz, add column run_from_rows int,
  -- the import whose problem rows, mended, came as this one
  add column mends uuid;
