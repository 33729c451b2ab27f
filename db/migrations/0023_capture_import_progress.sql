-- When the last batch of an import was taken in (its speed is read from it), and which saved mapping was proposed for it.
alter table capture.import add column progressed_at timestamptz, add column saved_mapping text;
