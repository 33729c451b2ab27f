-- A holder may let a lead rest until a day, with a reason: its clocks stand meanwhile. What they are due by is put off when the pause begins, and
-- back when it ends before its time, so that by when something is due always stands in the hand-off.
alter table distribute.assignment
  add column paused_at timestamptz,
  add column paused_until timestamptz,
  add column pause_reason text,
  -- of this hand-off the first: from it on counts how long it may rest in all
  add column first_paused_at timestamptz,
  add constraint assignment_pause check ((paused_at is null) = (paused_until is null) and (paused_at is null) = (pause_reason is null));
