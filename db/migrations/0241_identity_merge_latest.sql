-- What was joined, the latest first: what the nightly check did is looked at in the morning.
create index merge_latest on identity.merge (workspace_id, kind, merged_at desc, id desc) where undone_at is null;
